"""An internet address in; the network it belongs to, which is all that is ever hashed and kept of it, out."""

from ipaddress import IPv4Address, IPv6Address, ip_address

UNKNOWN = "unknown"


def network(address: str | None) -> str:
    """The /24 of an IPv4 address, the /48 of an IPv6 one; an IPv4 address written as IPv6 is IPv4.

    Whatever is no address comes back as one and the same network, so that no limit can be passed by it.
    """
    try:
        found: IPv4Address | IPv6Address = ip_address((address or "").strip().strip("[]").partition("%")[0])
    except ValueError:
        return UNKNOWN
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None:
            return f"{IPv6Address(int(found) >> 80 << 80)}/48"
        found = inner
    return f"{IPv4Address(int(found) >> 8 << 8)}/24"
