"""A URL or an address in, a verdict out: what may be fetched without reaching into this machine or its network."""

import ipaddress
import socket
from urllib.parse import urlsplit

from detente.errors import Refused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_WEB_PORTS = (80, 443)


def check_url(url: str, *, allow_private: bool = False) -> tuple[str, str, int]:
    """Return (scheme, host, port) of a URL that may be fetched; raises Refused, with the reason, for any other."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused(f"{url}: is not a valid address") from None
    if parts.scheme not in ("http", "https"):
        raise Refused(f"{url}: only http and https addresses are fetched")
    if parts.username is not None or parts.password is not None:
        raise Refused(
            f"{parts.scheme}://{parts.hostname or ''}: addresses with a user name or password are not fetched"
        )
    if not parts.hostname or any(char <= " " or char == "\\" for char in url):
        raise Refused(f"{url}: is not a valid address")
    port = port or (443 if parts.scheme == "https" else 80)
    if not allow_private and port < 1024 and port not in _WEB_PORTS:
        raise Refused(f"{url}: port {port} is not one that web pages are served on")
    return parts.scheme, parts.hostname, port


def resolve(host: str, port: int, *, allow_private: bool = False) -> list[str]:
    """Return the addresses of a host; raises Refused where one of them is not public, OSError where there is none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]).split("%", maxsplit=1)[0] for entry in found))
    if not allow_private and any(not is_public(ipaddress.ip_address(address)) for address in addresses):
        raise Refused(f"{host}: leads to this machine or a private network; allow it with --allow-private")
    return addresses


def is_public(address: Address) -> bool:
    """Tell whether an address lies on the public internet, looking through the forms that wrap an IPv4 address."""
    if isinstance(address, ipaddress.IPv6Address):
        if (inner := _wrapped(address)) is not None:
            return is_public(inner)
        if address.is_site_local:
            return False
    return address.is_global and not (
        address.is_multicast
        or address.is_reserved
        or address.is_loopback
        or address.is_link_local
        or address.is_unspecified
    )


def _wrapped(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    low = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if any(address in network for network in _NAT64):
        return low
    return low if address in _COMPATIBLE and int(address) > 1 else None
