"""Words and marks of one paragraph in; the same words as lines of Markdown out, escaped so that no word turns into a mark."""

import re
import unicodedata
from dataclasses import dataclass, field

_SPACES = re.compile(r"\s+")
_SPECIAL = re.compile(r"[\\`*\[\]<]|~(?=~)|(?<=~)~|&(?=#?\w{1,40};)|(?<![^\W_])_|_(?![^\W_])|!$")
_STARTS = (
    (re.compile(r"^(#{1,6}(?=\s|$)|>|=|[-+](?=\s|$)|-(?=[-|: ]*$)|:(?=[-|: ]*$)|\|(?=[-|: ]*$))"), r"\\\1"),
    (re.compile(r"^(\d{1,9})([.)])(?=\s|$)"), r"\1\\\2"),
)
_TICKS = re.compile(r"`+")


@dataclass
class _Atom:
    """`kind`: word, space, break, code, open, close; `mark`: of an open or close, `**`, `*` or `a`."""

    kind: str
    text: str = ""
    mark: str = ""
    target: str | None = None
    partner: "_Atom | None" = field(default=None, repr=False)
    dropped: bool = False
    nested: bool = False


class Inline:
    """The paragraph being written. Marks of one kind do not nest: the outermost counts."""

    def __init__(self, opened: "Inline | None" = None) -> None:
        self.atoms: list[_Atom] = []
        self._depth = {"**": 0, "*": 0, "a": 0, "code": 0}
        self._openers: dict[str, _Atom] = {}
        self._code: list[str] = []
        self._pending = False
        self._begun = False
        for mark, depth in (opened._depth if opened else {}).items():
            if depth:
                self.open(mark, opened._openers[mark].target if opened and mark in opened._openers else None)
                self._depth[mark] = depth

    def text(self, text: str) -> None:
        """Add running text; any run of white space is one space."""
        if self._depth["code"]:
            self._code.append(text)
            return
        for i, word in enumerate(_SPACES.split(text)):
            if i:
                self._pending = True
            if word:
                self._space()
                self.atoms.append(_Atom("word", word))

    def newline(self) -> None:
        """End the line within the paragraph."""
        if self._depth["code"]:
            self._code.append(" ")
            return
        self._pending = False
        if self._begun:
            self.atoms.insert(self._before_opens(), _Atom("break"))

    def open(self, mark: str, target: str | None = None) -> None:
        """Begin strong (`**`), emphasis (`*`), a link (`a`, to `target`) or code (`code`)."""
        self._depth[mark] += 1
        if self._depth[mark] > 1 or mark == "code" or self._depth["code"]:
            return
        atom = _Atom("open", mark=mark, target=target)
        self._openers[mark] = atom
        self.atoms.append(atom)

    def close(self, mark: str) -> None:
        """End what `open` began."""
        if not self._depth[mark]:
            return
        self._depth[mark] -= 1
        if self._depth[mark]:
            return
        if mark == "code":
            self._end_code()
            return
        opener = self._openers.pop(mark, None)
        if opener is not None:
            closer = _Atom("close", mark=mark, target=opener.target, partner=opener)
            opener.partner = closer
            self.atoms.append(closer)

    def finish(self) -> list[_Atom]:
        """The atoms of the whole paragraph, marks closed."""
        self._end_code()
        for mark, opener in reversed(self._openers.items()):
            closer = _Atom("close", mark=mark, target=opener.target, partner=opener)
            opener.partner = closer
            self.atoms.append(closer)
        return self.atoms

    def _end_code(self) -> None:
        written = _SPACES.sub(" ", "".join(self._code)).strip()
        self._code = []
        if written:
            self._space()
            self.atoms.append(_Atom("code", written))

    def _space(self) -> None:
        if self._pending and self._begun:
            self.atoms.insert(self._before_opens(), _Atom("space"))
        self._pending, self._begun = False, True

    def _before_opens(self) -> int:
        at = len(self.atoms)
        while at and self.atoms[at - 1].kind == "open":
            at -= 1
        return at


def lines(inline: Inline) -> list[str]:
    """The paragraph as Markdown, one string a line; empty where it has no words."""
    atoms = inline.finish()
    while atoms and atoms[-1].kind in {"break", "space"}:
        atoms.pop()
    if not any(a.kind in {"word", "code"} for a in atoms):
        return []
    _drop_idle(atoms)
    text = _written([a for a in atoms if not a.dropped])
    found = [line.strip(" ") for line in text.split("\n")]
    for pattern, escaped in _STARTS:
        found = [pattern.sub(escaped, line) for line in found]
    while found and found[-1] in {"", "\\"}:
        found.pop()
    return found


def fenced(body: str) -> list[str]:
    """A block of code as Markdown."""
    ticks = "`" * max(3, 1 + max((len(run) for run in _TICKS.findall(body)), default=0))
    return [ticks, *body.strip("\n").split("\n"), ticks]


def escape(word: str) -> str:
    """A run of text so that Markdown shows it as it is, except what means something only at a line's start."""
    return _SPECIAL.sub(lambda m: "\\" + m[0], word)


def _drop_idle(atoms: list[_Atom]) -> None:
    """Drop marks that Markdown would not read as such where they stand, or that hold nothing."""
    before: list[str] = []
    around: list[_Atom] = []
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
    for i, atom in enumerate(atoms[:-1]):
        if atom.kind == "open" and atoms[i + 1] is atom.partner:
            _drop(atom)


def _nest(atom: _Atom) -> None:
    atom.nested = True
    if atom.partner is not None:
        atom.partner.nested = True


def _drop(atom: _Atom) -> None:
    atom.dropped = True
    if atom.partner is not None:
        atom.partner.dropped = True


def _shown(atom: _Atom) -> str:
    """What an atom puts on the line, as far as its neighbours' marks depend on it."""
    if atom.mark == "a":
        return "" if atom.target is None else "[" if atom.kind == "open" else ")"
    return {"space": " ", "break": " ", "code": "`"}.get(atom.kind, atom.text)


def _flanks(atom: _Atom, before: str, after: str) -> bool:
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


def _written(atoms: list[_Atom]) -> str:
    out: list[str] = []
    link = -1
    for atom in atoms:
        if atom.kind == "word":
            out.append(escape(atom.text))
        elif atom.kind == "space":
            out.append(" ")
        elif atom.kind == "break":
            out.append("\\\n")
        elif atom.kind == "code":
            out.append(_code(atom.text))
        elif atom.mark != "a":
            out.append(atom.mark)
        elif atom.kind == "open":
            link = len(out)
            out.append("")
        elif atom.target is not None and link >= 0:
            label = "".join(out[link:])
            out[link:] = [_link(label, atom.target)]
            link = -1
    return "".join(out)


def _code(text: str) -> str:
    ticks = "`" * (1 + max((len(run) for run in _TICKS.findall(text)), default=0))
    pad = " " if "`" in (text[0], text[-1]) else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def _link(label: str, target: str) -> str:
    target = re.sub(r"&(?=#?\w{1,40};)", "&amp;", target)
    for char, code in (("\\", "%5C"), ("<", "%3C"), (">", "%3E")):
        target = target.replace(char, code)
    if not label.strip() or label in {target, escape(target)}:
        label = escape(target)
    return f"[{label}](<{target}>)"
