"""Text and its date in; mentions of actors out, in text order, none overlapping."""

import re
from datetime import date

from detente.actors.compounds import compound
from detente.actors.people import Person, choose
from detente.actors.pieces import OWNERS, Piece, index
from detente.actors.surnames import appositions, echoes
from detente.types import Mention, MentionKind

_FORMER = re.compile(r"\b(?:[Ff]ormer|[Ee]x|[Ll]ate|[Dd]eposed|[Oo]usted|[Oo]ne-time|[Pp]revious)[ -](?:[\w.]+ )?$")
_LINK = re.compile(
    r"(?:(?:['’]s?)? (?:(?P<former>former|ex-|ex)[ -]?)?(?P<words>(?:[a-zé-]+,? |[A-Z][a-z]+ (?=[A-Z])){0,2}))$"
)
_OF = re.compile(r"(?:,? (?:of|for)(?: the)?(?: (?:State|Republic|Kingdom|Islamic Republic) of)?(?: the)? )$")
_TO = re.compile(r" (?:to|in|at|near)(?: the)? $")
_GLUE = re.compile(
    r"(?: |,? (?:Gen|Lt|Col|Maj|Dr|Mr|Mrs|Ms|Sen|Rep|Adm|Sir|Dame|Lord|Shaikh|Sheikh|Haji|Mullah)\.? | General )$"
)
_NAME = re.compile(
    r" ((?:[A-ZÀ-ŽÖ][\w’'ʻ-]*[\w]|[A-Z]\.|Al|al-[A-Z]\w+)(?: (?:(?:bin|ibn|van|der|de|von|da|dos|del|el|al|ben|ould|la) )*"
    r"(?:[A-ZÀ-ŽÖ][\w’'ʻ-]*[\w]|[A-Z]\.|al-[A-Z]\w+)){0,4})"
)
_NO_LINK = frozenset(
    "and or in of to on by at with from for the a an that as is was are were has have had be been said says who which after before "
    "over against between under into during amid its his her their not but also will would can could may might while than "
    "shot kill killed kills shoots fired fires arrested arrests told tells asked asks urged urges meets met".split()
)
_NOT_NAMES = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October "
    "November December Twitter Facebook The In On At".split()
)
# after a country's bare name these are verbs
_VERB_LIKE = frozenset(
    "forces states ships fires patrols bases rules people man drones guards banks force state base aides".split()
)
_WORD_BEFORE = re.compile(r"(?<![\w.])(\w+) $")
_PLURALS = frozenset({"overseas", "arms", "affairs", "services", "forces", "rights", "special-operations"})
_OPENERS = frozenset(
    "The But And When While As If That Mr Mrs Ms Dr Both Although After Before Since In On Of By With For Against".split()
)  # noqa: SIM905
_KINDS: dict[str, MentionKind] = {
    "name": "state", "region": "state", "capital": "state", "seat": "state", "adjective": "state", "people": "state",
    "organisation": "organisation", "group": "group", "agency": "agency", "collective": "collective", "person": "person",
    "office:generic": "generic",
}  # fmt: skip


def scan(text: str, on: date | None = None) -> list[Mention]:
    """Mentions of actors in `text`, read as of the day `on` (None: unknown; names then mean what they mean today)."""
    day = on.toordinal() if on else None
    pieces = index().find(text, day)
    found = Scanner(text, pieces, day).run()
    if any(m.kind == "office" and m.id for m in found):
        found = appositions(text, found)
    return echoes(text, found) if any(m.kind == "person" for m in found) else found


class Scanner:
    """One walk over the pieces of one text, joining offices and people to the actors they belong to."""

    def __init__(self, text: str, pieces: list[Piece], day: int | None) -> None:
        self.text = text
        self.pieces = pieces
        self.day = day
        self.at = 0
        self.found: list[Mention] = []
        self.posting: Piece | None = None

    def run(self) -> list[Mention]:
        """All mentions."""
        while self.at < len(self.pieces):
            mention = self._next()
            if mention is not None:
                self.found.append(mention)
        return self.found

    def _gap(self, left: int, right: int) -> str:
        return self.text[left : self.pieces[right].start] if right < len(self.pieces) else "\n\n"

    def _next(self) -> Mention | None:
        piece = self.pieces[self.at]
        if piece.kind == "surname":
            self.at += 1
            return self._surname(piece)
        if piece.kind in OWNERS:
            return self._owner(piece)
        if piece.kind == "person":
            self.at += 1
            return self._person(piece, None, piece.start, piece.end, None, self._is_former(piece.start))
        if piece.kind.startswith("office"):
            return self._office(piece)
        self.at += 1
        return self._plain(piece)

    # an actor's name, and the office that may follow it: "Pakistan's foreign minister", "US President Barack Obama"
    def _owner(self, piece: Piece) -> Mention | None:
        self.at += 1
        special = compound(self.text, piece, self.pieces[self.at : self.at + 2])
        if special is not None:
            self.at += special.consumed
            return special.mention
        former = self._is_former(piece.start)
        if self.at < len(self.pieces):
            following = self.pieces[self.at]
            gap = self._gap(piece.end, self.at)
            link = _LINK.match(gap) if following.kind.startswith("office") else None
            if link is not None and self._links(piece, following, link):
                return self._held(piece, piece.start, former or bool(link["former"]))
            if gap == " " and following.kind in ("person", "surname"):
                person = self._who(following, None, piece.sense.id if piece.sense else None)
                if person is not None and piece.sense is not None and person.actor == piece.sense.id:
                    self.at += 1
                    return self._person(following, person, piece.start, following.end, None, former)
        return self._plain(piece)

    def _links(self, owner: Piece, office: Piece, link: re.Match[str]) -> bool:
        possessive = link[0][:1] in "'’"
        words = link["words"].split()
        if any(
            word in _NO_LINK
            or word.endswith((",", "ed"))
            or (word.endswith("s") and word[0].islower() and word not in _PLURALS)
            for word in words
        ):
            return False
        assert office.sense is not None
        if office.kind == "office:generic":
            return False
        attributive = owner.kind in ("adjective", "organisation", "agency", "group", "collective", "seat") or possessive
        if attributive:
            return True
        form = self.text[office.start : office.end]
        if owner.kind in ("name", "capital", "region"):
            return not words and (
                form[0].isupper() or form not in _VERB_LIKE or self.text[owner.start : owner.end].isupper()
            )
        return False

    # from an office on: more offices, then the holder's name, then "of France"
    def _held(self, owner: Piece | None, start: int, former: bool) -> Mention | None:
        office = self.pieces[self.at]
        self.at += 1
        while self.at < len(self.pieces):
            following = self.pieces[self.at]
            gap = self._gap(office.end, self.at)
            if (
                following.kind.startswith("office:")
                and following.kind != "office:generic"
                and gap in (" ", "'s ", "’s ", " and ")
            ):
                if gap == " and " and office.kind != "office:post":
                    break
                office = following
                self.at += 1
            else:
                break
        assert office.sense is not None
        actor = owner.sense.id if owner is not None and owner.sense is not None else None
        if self.at < len(self.pieces):
            following = self.pieces[self.at]
            gap = self._gap(office.end, self.at)
            if following.kind in ("person", "surname") and _GLUE.match(gap):
                person = self._who(following, office.sense.role, actor)
                if person is not None:
                    self.at += 1
                    return self._person(following, person, start, following.end, office.sense.role, former, actor)
            if following.kind in OWNERS and owner is None and _OF.match(gap) and following.sense is not None:
                self.at += 1
                return self._held_of(following, office, start, former)
            if following.kind in OWNERS and office.sense.role in ("ambassador", "embassy") and _TO.match(gap):
                self.posting = following
        end, name = self._unknown_name(office)
        if name and owner is None and self.at < len(self.pieces):
            following = self.pieces[self.at]
            if following.kind in OWNERS and _OF.match(self._gap(end, self.at)) and following.sense is not None:
                self.at += 1
                return self._mention(start, following.end, following.sense.id, "person", office.sense.sector, name,
                                     office.sense.role, former, "title and state")  # fmt: skip
        if owner is None and name is None:
            alone = office.sense.source == "alone" and office.start == start
            if not alone:
                return None
        return self._filled(owner, office, start, end, former, name)

    # "President of Zambia Edgar Lungu"
    def _held_of(self, owner: Piece, office: Piece, start: int, former: bool) -> Mention:
        assert owner.sense is not None
        assert office.sense is not None
        if self.at < len(self.pieces) and self._gap(owner.end, self.at) == " ":
            following = self.pieces[self.at]
            if following.kind in ("person", "surname"):
                person = self._who(following, office.sense.role, owner.sense.id)
                if person is not None:
                    self.at += 1
                    return self._person(
                        following, person, start, following.end, office.sense.role, former, owner.sense.id
                    )
        end, name = self._unknown_name(office, owner.end) if office.kind == "office:post" else (owner.end, None)
        return self._filled(owner, office, start, end, former, name)

    def _filled(
        self, owner: Piece | None, office: Piece, start: int, end: int, former: bool, name: str | None = None
    ) -> Mention:
        assert office.sense is not None
        sense = office.sense
        actor, kind = "", "generic" if office.kind == "office:generic" else "office"
        sector, label = sense.sector, sense.name
        if owner is not None and owner.sense is not None:
            actor, label = owner.sense.id, f"{owner.sense.name}: {sense.name}"
            if owner.kind in ("organisation", "group", "collective"):
                sector = owner.sense.sector
        if name:
            kind, label = "person", name
        why = f"{owner.sense.source} + offices.tsv" if owner is not None and owner.sense is not None else "offices.tsv"
        return self._mention(start, end, actor, kind, sector, label, sense.role, former, why)

    def _unknown_name(self, office: Piece, after: int | None = None) -> tuple[int, str | None]:
        """The end of the mention, and the holder's name where capitalised words follow the office."""
        assert office.sense is not None
        after = office.end if after is None else after
        if office.kind in ("office:body", "office:generic") and office.sense.role not in (
            "military",
            "court",
            "police",
        ):
            return after, None
        if self.text[office.end - 1] == "s" and office.sense.role not in ("secretary of state",):
            return after, None
        match = _NAME.match(self.text, after)
        if match is None:
            return after, None
        end = match.end(1)
        if self.at < len(self.pieces) and self.pieces[self.at].start < end:
            following = self.pieces[self.at]
            if following.kind in OWNERS or following.kind.startswith("office") or following.kind == "person":
                end = following.start
        name = self.text[match.start(1) : end].strip(" -")
        if not name or name.split(" ")[0] in _NOT_NAMES or name.isupper() or len(name) < 3:
            return after, None
        while self.at < len(self.pieces) and self.pieces[self.at].start < end:
            self.at += 1
        return match.start(1) + len(name), name

    def _office(self, piece: Piece) -> Mention | None:
        former = self._is_former(piece.start)
        return self._held(None, piece.start, former)

    def _who(self, piece: Piece, role: str | None, actor: str | None) -> Person | None:
        if piece.sense is not None and piece.people and actor is not None:
            return next((p for p in piece.people if p.actor == actor), piece.sense.person)
        if piece.sense is not None and piece.sense.person is not None:
            return piece.sense.person
        return choose(piece.people or [], self.day, role, actor)

    def _surname(self, piece: Piece) -> Mention | None:
        form = self.text[piece.start : piece.end]
        before = _WORD_BEFORE.search(self.text, max(0, piece.start - 30), piece.start)
        if before and before[1][0].isupper() and before[1] not in _OPENERS and before.start() > 0:
            return None
        if re.match(r" [A-Z][a-z]", self.text[piece.end : piece.end + 3]):
            return None
        fit = [p for p in piece.people or [] if form in p.single and (p.alone == "always" or p.near(self.day))]
        if self.day is not None and len(fit) > 1:
            fit = [p for p in fit if p.near(self.day, 0)]
        if len(fit) != 1:
            return None
        return self._person(piece, fit[0], piece.start, piece.end, None, self._is_former(piece.start))

    def _person(
        self,
        piece: Piece,
        person: Person | None,
        start: int,
        end: int,
        role: str | None,
        former: bool,
        owner: str | None = None,
    ) -> Mention:
        if person is None:
            assert piece.sense is not None
            assert piece.sense.person is not None
            person = piece.sense.person
        if self.at < len(self.pieces) and role is not None and owner is None:
            following = self.pieces[self.at]
            gap = self._gap(end, self.at)
            if following.kind in ("name", "organisation") and following.sense and _OF.match(gap):
                if following.sense.id == person.actor:
                    end = following.end
                    self.at += 1
        if role is None and self.at < len(self.pieces):
            body = self.pieces[self.at]
            if body.kind == "office:body" and self._gap(end, self.at) in (" ", "'s ", "’s ") and body.sense is not None:
                self.at += 1
                return self._mention(start, body.end, person.actor, "office", body.sense.sector, f"{person.name}: {body.sense.name}",
                                     body.sense.role, False, f"people.tsv {person.name} + offices.tsv")  # fmt: skip
        term, out = person.term(self.day)
        # a known name outweighs the title's state while its holder is in office
        actor = owner if owner and (piece.kind == "surname" or term is None or out) else person.actor
        if role is None:
            former = former or out
            role = term.office if term else None
        sector = term.sector if term else "GOV"
        why = f"people.tsv {person.name}" + (f", {term.office}" if term else "")
        return self._mention(start, end, actor, "person", sector, person.name, role, former, why)

    def _plain(self, piece: Piece) -> Mention | None:
        sense = piece.sense
        assert sense is not None
        role = sense.role
        if piece is self.posting:
            role = "posting"
        elif piece.kind == "capital" and re.search(
            r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Aa]round) $", self.text[max(0, piece.start - 9) : piece.start]
        ):
            role = "place"
        return self._mention(piece.start, piece.end, sense.id, _KINDS.get(piece.kind, "generic"), sense.sector, sense.name, role,
                             False, sense.source)  # fmt: skip

    def _is_former(self, start: int) -> bool:
        return bool(_FORMER.search(self.text, max(0, start - 25), start))

    def _mention(
        self,
        start: int,
        end: int,
        actor: str,
        kind: str,
        sector: str,
        name: str,
        role: str | None,
        former: bool,
        why: str,
    ) -> Mention:
        return Mention(start=start, end=end, text=self.text[start:end], id=actor, kind=kind, sector=sector, name=name, role=role,
                       former=former, why=why)  # type: ignore[arg-type]  # fmt: skip
