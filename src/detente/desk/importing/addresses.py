"""A page's address as an archive has it, in; the one target that all its spellings share, out."""

from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from msgspec.structs import replace

from detente.desk.importing.neutral import ImportedThread
from detente.errors import BadInput

_COUNTERS = frozenset({"fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "ref_src", "disqus_preview"})
_PORTS = {"http": 80, "https": 443}


def canonical(url: str) -> str | None:
    """Return the address with https, a lower-case host, no fragment, click counters, default port or closing slash.

    A bare path comes back as one; None for what is neither a path nor http.
    """
    try:
        parts = urlsplit("".join(url.split()))
        port = parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    path = parts.path.rstrip("/") or "/"
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _counts_clicks(k)]
    query = f"?{urlencode(kept)}" if kept else ""
    if scheme in _PORTS and parts.hostname:
        host = parts.hostname if port in {None, _PORTS[scheme]} else f"{parts.hostname}:{port}"
        return f"https://{host}{path if path != '/' else ''}{query}"
    if scheme or parts.netloc or not parts.path.startswith("/"):
        return None
    return f"{path}{query}"


def _counts_clicks(name: str) -> bool:
    return name.lower().startswith("utm_") or name.lower() in _COUNTERS


def site_address(text: str) -> str:
    """Return the address of a site that bare paths belong to. Raises BadInput for anything but http(s)://host…."""
    found = canonical(text)
    if found is None or not found.startswith("https:"):
        raise BadInput(f"{text}: the site's address should look like https://example.org")
    return text.rstrip("/") + "/"


def placed(thread: ImportedThread, form: str, site: str | None = None) -> ImportedThread:
    """Return the thread with its target: its address, else the name that the site gave it, else the archive's key.

    A bare path is completed by the site, where that is given.
    """
    if thread.target is not None:
        return thread
    url = thread.url
    if url and site:
        try:
            url = urljoin(site, url)
        except ValueError:
            url = None
    target = canonical(url) if url else None
    return replace(thread, url=url if target else None, target=target or thread.identifier or f"{form}:{thread.key}")
