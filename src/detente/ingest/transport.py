"""An HTTP client whose every connection goes to an address that was checked first."""

from typing import Any

from detente.ingest.addresses import check_url, resolve


def make_client(agent: str, accept: str, *, allow_private: bool) -> Any:
    """Return an httpx.Client that follows no redirects and connects to checked addresses only.

    A host is resolved once a request, and the connection goes to the very address that was checked: a name that
    changes between check and use (DNS rebinding) leads nowhere. Proxy settings of the environment are not used.
    """
    import httpx

    class Pinned(httpx.BaseTransport):
        def __init__(self) -> None:
            # Without kept connections none is shared by two names on one address.
            limits = httpx.Limits(max_keepalive_connections=0, max_connections=10)
            self._inner = httpx.HTTPTransport(limits=limits)

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            _, host, port = check_url(str(request.url), allow_private=allow_private)
            addresses = resolve(host, port, allow_private=allow_private)
            extensions = {**request.extensions, "sni_hostname": host}
            last: Exception | None = None
            for address in addresses[:3]:
                target = httpx.Request(
                    request.method, request.url.copy_with(host=address), headers=request.headers, extensions=extensions
                )
                try:
                    return self._inner.handle_request(target)
                except httpx.ConnectError as error:
                    last = error
            raise last or httpx.ConnectError(f"{host} has no address")

        def close(self) -> None:
            self._inner.close()

    return httpx.Client(
        transport=Pinned(),
        headers={
            "User-Agent": agent,
            "Accept": accept,
            "Accept-Encoding": "gzip, deflate",
            "Accept-Language": "en,*;q=0.5",
        },
        timeout=httpx.Timeout(20.0, connect=10.0),
        follow_redirects=False,
        trust_env=False,
    )
