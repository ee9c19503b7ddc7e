"""Words and marks of one paragraph in; the same words as lines of Markdown out, escaped so that no word turns into a mark."""

import re

from detente.desk.importing.flanking import Atom, kept

_SPECIAL = re.compile(r"[\\`*\[\]<]|~(?=~)|(?<=~)~|&(?=#?\w{1,40};)|(?<![^\W_])_|_(?![^\W_])|!$")
_STARTS = (
    (re.compile(r"^(#{1,6}(?=\s|$)|>|=|[-+](?=\s|$)|-(?=[-|: ]*$)|:(?=[-|: ]*$)|\|(?=[-|: ]*$))"), r"\\\1"),
    (re.compile(r"^(\d{1,9})([.)])(?=\s|$)"), r"\1\\\2"),
)
_TICKS = re.compile(r"`+")


class Inline:
    """The paragraph being written. Marks of one kind do not nest: the outermost counts."""

    def __init__(self, opened: "Inline | None" = None) -> None:
        self.atoms: list[Atom] = []
        self._depth = {"**": 0, "*": 0, "a": 0, "code": 0}
        self._openers: dict[str, Atom] = {}
        self._code: list[str] = []
        self._pending = False
        self._breaks = 0
        self._begun = False
        for mark, depth in (opened._depth if opened else {}).items():
            if depth:
                self.open(mark, opened._openers[mark].target if opened and mark in opened._openers else None)
                self._depth[mark] = depth

    @property
    def empty(self) -> bool:
        """Whether no word has come yet."""
        return not (self._begun or self._code)

    def text(self, text: str) -> None:
        """Add running text; any run of white space is one space."""
        if not text:
            return
        if self._depth["code"]:
            self._code.append(text)
            return
        words = " ".join(text.split())
        self._pending |= not words or text[0].isspace()
        if words:
            self._space()
            self.atoms.append(Atom("word", words))
            self._pending = text[-1].isspace()

    def newline(self) -> None:
        """End the line within the paragraph."""
        if self._depth["code"]:
            self._code.append(" ")
            return
        self._breaks += self._begun
        self._pending = False

    def open(self, mark: str, target: str | None = None) -> None:
        """Begin strong (`**`), emphasis (`*`), a link (`a`, to `target`) or code (`code`)."""
        self._depth[mark] += 1
        if self._depth[mark] > 1 or mark == "code" or self._depth["code"]:
            return
        atom = Atom("open", mark=mark, target=target)
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
            closer = Atom("close", mark=mark, target=opener.target, partner=opener)
            opener.partner = closer
            self.atoms.append(closer)

    def finish(self) -> list[Atom]:
        """The atoms of the whole paragraph, marks closed."""
        self._end_code()
        for mark, opener in reversed(self._openers.items()):
            closer = Atom("close", mark=mark, target=opener.target, partner=opener)
            opener.partner = closer
            self.atoms.append(closer)
        return self.atoms

    def _end_code(self) -> None:
        written = " ".join("".join(self._code).split())
        self._code = []
        if written:
            self._space()
            self.atoms.append(Atom("code", written))

    def _space(self) -> None:
        if self._begun and (self._breaks or self._pending):
            at = self._before_opens()
            self.atoms[at:at] = [Atom("break")] * min(self._breaks, 2) or [Atom("space")]
        self._pending, self._breaks, self._begun = False, 0, True

    def _before_opens(self) -> int:
        at = len(self.atoms)
        while at and self.atoms[at - 1].kind == "open":
            at -= 1
        return at


def lines(inline: Inline) -> list[str]:
    """The paragraph as Markdown, one string a line; empty where it has no words."""
    atoms = kept(inline.finish())
    if not any(a.kind in {"word", "code"} for a in atoms):
        return []
    text = _written(atoms)
    found = [line.strip(" ") for line in text.split("\n")]
    for pattern, escaped in _STARTS:
        found = [pattern.sub(escaped, line) for line in found]
    return found


def fenced(body: str) -> list[str]:
    """A block of code as Markdown."""
    ticks = "`" * max(3, 1 + max((len(run) for run in _TICKS.findall(body)), default=0))
    return [ticks, *body.strip("\n").split("\n"), ticks]


def escape(word: str) -> str:
    """A run of text so that Markdown shows it as it is, except what means something only at a line's start."""
    return _SPECIAL.sub(lambda m: "\\" + m[0], word)


def _written(atoms: list[Atom]) -> str:
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
