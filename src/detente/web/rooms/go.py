"""Names typed by a reader in, the page they mean out: 'Russia Pakistan' leads to /RUS/PAK, 'russia' to /RUS."""

import re

from detente import actors
from detente.errors import UnknownActor
from detente.web.asking import Answer, Ask, Page
from detente.web.params import words
from detente.web.rooms import pages
from detente.web.serving import redirect
from detente.web.sight import Sight

BETWEEN = re.compile(r"\s*(?:[-–—/,;:&+]|\bvs?\.?\b|\band\b|\bwith\b)\s*", re.IGNORECASE)


def go(ask: Ask) -> Answer:
    """Lead to the page of a state or of two; to the search where there is one and no actor fits."""
    text = ask.params["q"] or ""
    found = understood(ask.sight, text)
    kept = {key: ask.given[key] for key in ("as_of",) if key in ask.given}
    if found:
        return redirect("/" + "/".join(found), **kept)
    if not text:
        return redirect("/", **kept)
    if any(page.path == "/search" for page in pages()):
        return redirect("/search", q=text, **kept)
    raise UnknownActor(
        f"No state or organisation is called {text[:60]!r}; try a name (Russia), a code (RUS), or two of them."
    )


def understood(sight: Sight, text: str) -> list[str]:
    """The one or two actors that a text names; none where it does not name so many."""
    whole = actor_id(sight, text)
    if whole:
        return [whole]
    parts = [part for part in BETWEEN.split(text) if part]
    if len(parts) == 2:
        return two(sight, *parts)
    tokens = text.split()
    for n in range(1, len(tokens)):
        found = two(sight, " ".join(tokens[:n]), " ".join(tokens[n:]))
        if found:
            return found
    return []


def two(sight: Sight, one: str, other: str) -> list[str]:
    """The ids of two names, or nothing."""
    found = [actor_id(sight, one), actor_id(sight, other)]
    return [x for x in found if x] if all(found) and found[0] != found[1] else []


def actor_id(sight: Sight, text: str) -> str | None:
    """The id of a name or code; None where the catalogue and the record know none."""
    text = text.strip()
    if not text:
        return None
    for form in (text, text.upper()):
        if actors.lookup(form) is not None or form in sight.names:
            return form
    found = actors.resolve(text)
    return found.id if found and found.id else None


PAGES = [Page(path="/go", make=go, params={"q": words(120)})]
