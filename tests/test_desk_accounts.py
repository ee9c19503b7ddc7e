"""Accounts: who can sign in, that guessing is slow and tells nothing, and that sessions end when they should."""

from pathlib import Path

import pytest
from sqlalchemy import select

from desks import NOON, later, new_desk
from detente.desk import Desk, accounts, sessions
from detente.desk.people import Person, require
from detente.desk.tables import Account, SignIn
from detente.errors import BadInput, NotAllowed

PASSWORD = "correct horse battery"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = new_desk(tmp_path)
    accounts.add(made, "Anna", PASSWORD, role="admin", now=NOON)
    return made


def sign_in(desk: Desk, name: str = "anna", password: str = PASSWORD, address: str = "10.0.0.1", **more: object) -> str:
    return sessions.sign_in(desk, name, password, address=address, **({"now": NOON} | more))  # type: ignore[arg-type]


def test_the_password_is_kept_as_argon2id_only(desk: Desk) -> None:
    with desk.reading() as session:
        held = session.scalars(select(Account.password)).one()
    assert held is not None and held.startswith("$argon2id$") and PASSWORD not in held


@pytest.mark.parametrize("password", ["", "elevenchars", "x" * 1025])
def test_a_password_has_twelve_characters_or_more(desk: Desk, password: str) -> None:
    with pytest.raises(BadInput, match="12 to 1,024"):
        accounts.add(desk, "ben", password)
    assert len(accounts.everyone(desk)) == 1


@pytest.mark.parametrize("name", ["", "two words", "-x", "x-", "a" * 41, "a@b", "<b>", "a/b", "x\n", "."])
def test_a_name_that_could_be_mistaken_for_something_else(desk: Desk, name: str) -> None:
    with pytest.raises(BadInput, match="no name"):
        accounts.add(desk, name, PASSWORD)


def test_a_name_is_taken_in_any_case(desk: Desk) -> None:
    with pytest.raises(BadInput, match="taken"):
        accounts.add(desk, "ANNA", PASSWORD)


def test_a_session_is_a_cookie_of_which_only_a_hash_is_kept(desk: Desk) -> None:
    token = sign_in(desk)
    person = sessions.person_of(desk, token, address="10.0.0.1", now=NOON)
    assert person == Person(account=1, name="Anna", role="admin", address="10.0.0.1")
    with desk.reading() as session:
        assert token not in session.scalars(select(SignIn.token_hash)).all()
    assert len(token) >= 43
    for wrong in (None, "", "x", token[:-1], token + "x", "é"):
        assert sessions.person_of(desk, wrong, now=NOON) is None


def test_sessions_end(desk: Desk) -> None:
    first = sign_in(desk)
    assert sessions.person_of(desk, first, now=later(days=29)) is not None
    assert sessions.person_of(desk, first, now=later(days=30)) is None
    second = sign_in(desk, old=first)
    assert sessions.person_of(desk, first, now=NOON) is None
    third = sign_in(desk)
    sessions.sign_out(desk, second)
    assert sessions.person_of(desk, second, now=NOON) is None
    assert sessions.person_of(desk, third, now=NOON) is not None
    sign_in(desk)
    assert sessions.sign_out_everywhere(desk, 1) == 2
    assert sessions.person_of(desk, third, now=NOON) is None


def test_another_password_or_role_takes_effect_at_once(desk: Desk) -> None:
    accounts.add(desk, "ben", PASSWORD, role="editor")
    token = sign_in(desk, "ben")
    accounts.set_role(desk, "ben", "reader")
    person = sessions.person_of(desk, token, now=NOON)
    assert person is not None and person.role == "reader"
    accounts.set_password(desk, "ben", "another good password")
    assert sessions.person_of(desk, token, now=NOON) is None
    with pytest.raises(NotAllowed):
        sign_in(desk, "ben")
    assert sign_in(desk, "ben", "another good password")


def test_a_wrong_name_and_a_wrong_password_are_told_apart_by_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts.add(desk, "nopassword", None)
    hasher, checked = accounts.hasher(), []

    class Counting:
        def verify(self, held: str, password: str) -> bool:
            checked.append(held.rsplit("$", 2)[0])
            return hasher.verify(held, password)

    monkeypatch.setattr(accounts, "hasher", Counting)
    said = set()
    for name, password in (("anna", "wrong"), ("nobody", PASSWORD), ("nopassword", PASSWORD), ("anna", "x" * 5000)):
        with pytest.raises(NotAllowed) as caught:
            sign_in(desk, name, password)
        said.add(str(caught.value))
    assert said == {"The name or the password is wrong."}
    assert len(checked) == 4 and len(set(checked)) == 1, "each costs one check with the same settings"


def test_guessing_is_slowed_by_network_and_by_name(desk: Desk) -> None:
    for _ in range(10):
        with pytest.raises(NotAllowed, match="wrong"):
            sign_in(desk, "nobody", address="10.1.1.1")
    with pytest.raises(NotAllowed, match="too often"):
        sign_in(desk, address="10.1.1.200")
    assert sign_in(desk, address="10.1.2.1")
    assert sign_in(desk, address="10.1.1.1", now=later(minutes=16))
    for number in range(19):
        with pytest.raises(NotAllowed, match="wrong"):
            sign_in(desk, "anna", "wrong", address=f"10.2.{number}.1", now=later(hours=1))
    sign_in(desk, address="10.3.1.1", now=later(hours=1))
    with pytest.raises(NotAllowed, match="too often; try again in 15 minutes"):
        sign_in(desk, address="10.3.2.1", now=later(hours=1))


def test_the_last_administrator_stays_one(desk: Desk) -> None:
    for tried in (lambda: accounts.set_role(desk, "anna", "editor"), lambda: accounts.remove(desk, "anna")):
        with pytest.raises(BadInput, match="only administrator"):
            tried()
    accounts.add(desk, "ben", PASSWORD, role="admin")
    accounts.set_role(desk, "anna", "editor")
    with pytest.raises(BadInput, match="no role"):
        accounts.set_role(desk, "anna", "king")


def test_signing_up_is_for_sites_that_want_it(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="administrator"):
        sessions.sign_up(desk, "ben", PASSWORD, address="10.0.0.1", now=NOON)
    desk.set_rules(sign_up=True)
    sessions.sign_up(desk, "ben", PASSWORD, address="10.0.0.1", now=NOON)
    assert {a.name: a.role for a in accounts.everyone(desk)}["ben"] == "commenter"
    with pytest.raises(NotAllowed, match="taken"):
        sessions.sign_up(desk, "Ben", PASSWORD, address="10.0.0.1", now=NOON)
    sessions.sign_up(desk, "cleo", PASSWORD, address="10.0.0.1", now=NOON)
    with pytest.raises(NotAllowed, match="too often"):
        sessions.sign_up(desk, "dora", PASSWORD, address="10.0.0.1", now=NOON)


def test_alone_on_ones_own_machine_nobody_signs_in(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    desk = new_desk(tmp_path / "own")
    owner = accounts.sole_user(desk)
    assert owner == accounts.sole_user(desk) and owner is not None and owner.role == "admin"
    with pytest.raises(NotAllowed):
        sign_in(desk, "owner", "")
    accounts.add(desk, "anna", PASSWORD)
    assert accounts.sole_user(desk) is None


def test_roles_are_steps() -> None:
    for role, passes in (("reader", 1), ("commenter", 2), ("editor", 3), ("admin", 4)):
        person = Person(account=1, role=role)
        assert [person.may(other) for other in ("reader", "commenter", "editor", "admin")].count(True) == passes
    with pytest.raises(NotAllowed, match="administrator"):
        require(Person(account=1, role="editor"), "admin")


def test_a_form_of_one_session_is_none_of_another(desk: Desk) -> None:
    one, two = sign_in(desk), sign_in(desk)
    assert sessions.csrf_fits(desk, one, sessions.csrf(desk, one))
    for wrong in (sessions.csrf(desk, two), "", "é", one):
        assert not sessions.csrf_fits(desk, one, wrong)


def test_secrets_are_compared_in_constant_time() -> None:
    """Nothing secret is compared with == in the modules that check tokens."""
    import inspect

    from detente.desk import keys, subscriptions

    for part in (keys.Keys.read, sessions.csrf_fits, subscriptions.unsubscribe):
        assert "compare_digest" in inspect.getsource(part)
