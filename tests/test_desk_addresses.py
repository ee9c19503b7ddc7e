"""Of an address only its network is hashed; the same network however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.desk.addresses import UNKNOWN, network


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        (" 203.0.113.1 ", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("::FFFF:CB00:714D", "203.0.113.0/24"),
        ("2002:cb00:714d::1", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("[2001:db8:1::1]", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("::1", "::/48"),
        ("127.0.0.1", "127.0.0.0/24"),
        (None, UNKNOWN),
        ("", UNKNOWN),
        ("localhost", UNKNOWN),
        ("1.2.3", UNKNOWN),
        ("1.2.3.4.5", UNKNOWN),
        ("01.2.3.4", UNKNOWN),
    ],
)
def test_networks(address: str | None, expected: str) -> None:
    assert network(address) == expected


@given(st.ip_addresses(v=4))
def test_an_address_and_its_ipv6_form_are_one(address: object) -> None:
    assert network(f"::ffff:{address}") == network(str(address)) != UNKNOWN


@given(st.text())
def test_nothing_breaks_it(text: str) -> None:
    assert network(text)
