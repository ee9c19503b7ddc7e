"""A URL in, whether robots.txt allows it out (RFC 9309), asked once a host and run."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from detente.types import Skip

_LONGEST_DELAY = 60.0
_ABSENT = ("not-found", "forbidden", "unsupported", "too-large")


class Robots:
    """The rules of the hosts met; `text` brings a robots.txt, or a Skip that says why there is none."""

    def __init__(self, agent: str, text: Callable[[str], str | Skip]) -> None:
        self._agent, self._text = agent, text
        self._rules: dict[str, Any] = {}

    def refusal(self, url: str) -> Skip | None:
        """Return why a URL may not be fetched: its host's rules, or no answer when asked for them; None if it may."""
        rules, host = self._of(url), urlsplit(url).hostname
        if isinstance(rules, Skip):
            return Skip(origin=url, reason="unreachable", detail=f"robots.txt of {host}: {rules.detail}", url=url)
        if rules is None or rules.can_fetch(url, self._agent):
            return None
        return Skip(origin=url, reason="forbidden", detail=f"robots.txt of {host} does not allow it", url=url)

    def delay(self, url: str) -> float | None:
        """Return the seconds that the host asks for between two requests, at most a minute."""
        rules = self._of(url)
        asked = None if rules is None or isinstance(rules, Skip) else rules.crawl_delay(self._agent)
        return min(float(asked), _LONGEST_DELAY) if asked is not None else None

    def _of(self, url: str) -> Any:
        """The rules (None: the host has none), or the Skip where the host does not answer."""
        from protego import Protego

        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._rules:
            found = self._text(f"{host}/robots.txt")
            if isinstance(found, Skip):
                self._rules[host] = None if found.reason in _ABSENT else found
            else:
                self._rules[host] = Protego.parse(found)
        return self._rules[host]
