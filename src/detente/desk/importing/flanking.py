"""The words and marks of a paragraph in; those marks out that Markdown would read as such where they stand."""

import unicodedata
from dataclasses import dataclass, field


@dataclass
class Atom:
    """`kind`: word (a run of text), space, break, code, open, close; `mark`: of an open or close, `**`, `*` or `a`."""

    kind: str
    text: str = ""
    mark: str = ""
    target: str | None = None
    partner: "Atom | None" = field(default=None, repr=False)
    dropped: bool = False
    nested: bool = False


def kept(atoms: list[Atom]) -> list[Atom]:
    """Return the atoms without marks that hold nothing, links to nowhere, and emphasis that would show as stars."""
    if not any(atom.mark for atom in atoms):
        return atoms
    words = 0
    since: dict[int, int] = {}
    for atom in atoms:
        words += atom.kind in {"word", "code"}
        if atom.kind == "open":
            since[id(atom)] = words
        if (atom.mark == "a" and atom.target is None) or (
            atom.kind == "close" and since.get(id(atom.partner), words) == words
        ):
            _drop(atom)
    filled = [atom for atom in atoms if not atom.dropped]
    _drop_unread(filled)
    return [atom for atom in filled if not atom.dropped]


def _drop_unread(atoms: list[Atom]) -> None:
    before: list[str] = []
    around: list[Atom] = []
    last, after_close = "", False
    for atom in atoms:
        before.append(last)
        if atom.kind == "open" and after_close and atom.mark != "a":
            _drop(atom)
        if atom.kind == "open" and atom.mark != "a":
            around.append(atom)
            if len(around) > 1:
                _nest(around[0])
                _nest(atom)
        elif atom.mark != "a" and atom.partner in around:
            around.remove(atom.partner)
        if atom.kind == "close" and atom.mark != "a":
            after_close = True
        elif _shown(atom):
            last, after_close = _shown(atom)[-1], False
    following = ""
    for i in range(len(atoms) - 1, -1, -1):
        atom = atoms[i]
        if atom.mark in {"**", "*"} and not atom.dropped and not _flanks(atom, before[i], following):
            _drop(atom)
        if _shown(atom):
            following = _shown(atom)[0]


def _nest(atom: Atom) -> None:
    atom.nested = True
    if atom.partner is not None:
        atom.partner.nested = True


def _drop(atom: Atom) -> None:
    atom.dropped = True
    if atom.partner is not None:
        atom.partner.dropped = True


def _shown(atom: Atom) -> str:
    """What an atom puts on the line, as far as its neighbours' marks depend on it."""
    if atom.mark == "a":
        return "[" if atom.kind == "open" else ")"
    return {"space": " ", "break": " ", "code": "`"}.get(atom.kind, atom.text)


def _flanks(atom: Atom, before: str, after: str) -> bool:
    """Whether Markdown reads a mark between these characters; marks within marks must not read both ways."""
    inner, outer = (after, before) if atom.kind == "open" else (before, after)
    if not inner or inner.isspace():
        return False
    if not outer or outer.isspace():
        return True
    if _punctuation(inner):
        return _punctuation(outer) and not atom.nested
    return _punctuation(outer) or not atom.nested


def _punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"
