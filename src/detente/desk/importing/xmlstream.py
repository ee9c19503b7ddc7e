"""A stream of XML in; its elements out one by one, each freed after use, with nothing declared in the file obeyed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from detente.desk.importing.archive import Readable, opened
from detente.errors import BadInput

Element = Any
"""An element of lxml, which has no types of its own."""
Names = tuple[str, ...]
"""Names from the root down."""
LARGEST_RECORD = 10_000
"""Elements of one comment or thread; exports have some twenty."""


def records(path: Path, containers: frozenset[Names]) -> Iterator[tuple[Names, Element]]:
    """Yield (path of names, element) for each child of the `containers`, at its end; it is emptied afterwards.

    Names are without namespace; a path starts at the root, which must be the first name of every container. A container
    within a container comes too, when its children are gone. Entities are not expanded, nothing is fetched, a DOCTYPE
    that declares or refers to anything is refused, and memory stays flat however long the file.

    Raises BadInput `file:line: …` for broken XML, a forbidden DOCTYPE, another root, or a record of absurd size.
    """
    from lxml import etree

    deepest = max(map(len, containers))
    with opened(path, xml=True) as stream:
        watched = _Watched(path, stream)
        events = watched.parser = etree.iterparse(
            watched,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            attribute_defaults=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        names: list[str] = []
        within = 0
        try:
            for event, element in events:
                if event == "start":
                    names.append(local(element))
                    if len(names) == 1:
                        _check_head(path, element, {container[0] for container in containers})
                    within += 1
                    if within > LARGEST_RECORD:
                        raise BadInput(
                            f"{path}:{element.sourceline}: one record of more than {LARGEST_RECORD:,} elements"
                        )
                    continue
                if len(names) <= deepest + 1 and tuple(names[:-1]) in containers:
                    yield tuple(names), element
                    _free(element)
                    within = 0
                names.pop()
        except etree.XMLSyntaxError as error:
            watched.check()
            raise _broken(path, error.lineno, error.msg) from None


class _Watched:
    """A stream that stops at the first fault: after an unknown entity the parser would begin anew with the next bytes."""

    def __init__(self, path: Path, stream: Readable) -> None:
        self._path, self._stream = path, stream
        self.parser: Any = None

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, as long as all before were sound."""
        self.check()
        return self._stream.read(size)

    def check(self) -> None:
        """Raise BadInput for the first fault so far."""
        for entry in self.parser.error_log if self.parser is not None else ():
            if entry.level_name == "FATAL":
                raise _broken(self._path, entry.line, entry.message)


def _broken(path: Path, line: int | None, message: str | None) -> BadInput:
    text = " ".join((message or "not well-formed").split()).partition(", line ")[0][:160]
    return BadInput(f"{path}:{line or 1}: broken XML: {text}; nothing was imported")


def local(element: Element) -> str:
    """An element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def values(element: Element) -> dict[str, str]:
    """The texts of an element's children by name without namespace; the first of a name counts."""
    found: dict[str, str] = {}
    for child in element:
        found.setdefault(local(child), child.text or "")
    return found


def _free(element: Element) -> None:
    """Empty an element and forget its elder siblings."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _check_head(path: Path, element: Element, roots: set[str]) -> None:
    head = element.getroottree().docinfo
    declared = head.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise BadInput(
            f"{path}:1: the file declares XML entities, which no export of comments does; nothing was imported"
        )
    if head.system_url or head.public_id:
        raise BadInput(f"{path}:1: the file refers to an outside DTD, which no export does; nothing was imported")
    if local(element) not in roots:
        wanted = " or ".join(f"<{root}>" for root in sorted(roots))
        raise BadInput(
            f"{path}:{element.sourceline or 1}: the root is <{local(element)}>, not {wanted}: another format?"
        )
