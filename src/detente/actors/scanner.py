"""Text and its date in; mentions of actors out, in text order, none overlapping."""

import re
from datetime import date

from detente.actors.compounds import compound
from detente.actors.holders import alone, is_former, named_after, who
from detente.actors.mentions import Span, from_nobody, from_office, from_person, from_piece
from detente.actors.people import Person
from detente.actors.pieces import OWNERS, Piece, index
from detente.actors.surnames import appositions, echoes
from detente.actors.words import WORDS
from detente.types import Mention

_LINK = re.compile(
    r"(?:['’]s?)? (?:(?P<former>former|ex-|ex)[ -]?)?(?P<words>(?:[a-zé-]+,? |[A-Z][a-z]+ (?=[A-Z])){0,2})$"
)
_OF = re.compile(r",? of(?: the)?(?: (?:State|Republic|Kingdom|Islamic Republic) of)?(?: the)? $")
_TO = re.compile(r" (?:to|in|at|near)(?: the)? $")
_FROM = re.compile(r" (?:from|in|based in)(?: the)? $")
_GLUE = re.compile(
    r"(?: |,? (?:Gen|Lt|Col|Maj|Dr|Mr|Mrs|Ms|Sen|Rep|Adm|Sir|Dame|Lord|Shaikh|Sheikh|Haji|Mullah|General)\.? )$"
)
_AMBASSADOR = re.compile(r"(?:[Aa]mbassador|[Pp]ermanent [Rr]epresentative)\b")
_SENT_TO = frozenset({"UN", "NATO"})  # organisations that states send ambassadors to, and that have none of their own
_PEOPLE = ("person", "surname")
_ATTRIBUTIVE = frozenset({"adjective", "organisation", "agency", "group", "collective", "seat"})


def scan(text: str, on: date | None = None) -> list[Mention]:
    """Mentions of actors in `text`, read as of the day `on` (None: unknown; names then mean what they mean today)."""
    day = on.toordinal() if on else None
    found = Scanner(text, index().find(text, day), day).run()
    if any(m.kind == "office" for m in found):
        found = appositions(text, found)
    return echoes(text, found) if any(m.kind == "person" for m in found) else found


class Scanner:
    """One walk over the pieces of one text, joining offices and people to the actors they belong to."""

    def __init__(self, text: str, pieces: list[Piece], day: int | None) -> None:
        self.text = text
        self.pieces = pieces
        self.day = day
        self.at = 0
        self.posting: Piece | None = None

    def run(self) -> list[Mention]:
        """All mentions."""
        found = []
        while self.at < len(self.pieces):
            piece = self.pieces[self.at]
            self.at += 1
            mention = self._read(piece)
            if mention is not None:
                found.append(mention)
        return found

    def _read(self, piece: Piece) -> Mention | None:
        if piece.kind == "surname":
            person = alone(self.text, piece, self.day)
            return self._person(piece, person, piece.start) if person is not None else None
        if piece.kind in OWNERS:
            return self._owner(piece)
        if piece.kind == "person" and piece.sense is not None and piece.sense.person is not None:
            return self._person(piece, piece.sense.person, piece.start)
        if piece.kind.startswith("office"):
            return self._held(None, piece, piece.start, is_former(self.text, piece.start))
        return from_piece(self.text, piece, False)

    def _peek(self, end: int) -> tuple[Piece | None, str]:
        """The next piece and the text between `end` and it."""
        if self.at == len(self.pieces):
            return None, ""
        following = self.pieces[self.at]
        return following, self.text[end : following.start]

    # an actor's name, and the office that may follow it: "Pakistan's foreign minister", "US President Barack Obama"
    def _owner(self, piece: Piece) -> Mention | None:
        special = compound(self.text, piece, self.pieces[self.at : self.at + 2])
        if special is not None:
            self.at += special.consumed
            return special.mention
        former = is_former(self.text, piece.start)
        following, gap = self._peek(piece.end)
        if following is None:
            return from_piece(self.text, piece, piece is self.posting)
        if piece is self.posting and gap in (" and ", ", ") and following.kind in OWNERS:
            self.posting = following  # "envoy to Moscow and Washington"
            return from_piece(self.text, piece, True)
        if following.kind == "organisation" and self._sends(piece, gap):
            self.at += 1
            following = self.pieces[self.at]  # "Israel's UN ambassador" is Israel's
        if following.kind.startswith("office"):
            link = _LINK.match(gap)
            if link is not None and self._links(piece, following, link):
                self.at += 1
                return self._held(piece, following, piece.start, former or bool(link["former"]))
        elif gap in (" ", "'s ", "’s ") and following.kind in _PEOPLE and piece.sense is not None:
            person = who(following, self.day, None, piece.sense.id)
            if person is not None and person.actor == piece.sense.id:
                self.at += 1
                return self._person(following, person, piece.start, former=former)
        return from_piece(self.text, piece, piece is self.posting)

    def _sends(self, piece: Piece, gap: str) -> bool:
        """Whether the next two pieces are an organisation and the envoy whom this state has there."""
        known = piece.kind in ("name", "adjective", "capital") and gap in (" ", "'s ", "’s ")
        if not known or self.at + 1 >= len(self.pieces):
            return False
        body, office = self.pieces[self.at : self.at + 2]
        envoy = office.kind == "office:post" and office.sense is not None and office.sense.role == "ambassador"
        sent = self._is_ambassador(office) or (envoy and gap != " ")  # "Syria UN envoy" is the UN's
        return sent and self.text[body.end : office.start] == " "

    def _is_ambassador(self, office: Piece) -> bool:
        return _AMBASSADOR.match(self.text, office.start, office.end) is not None

    def _links(self, owner: Piece, office: Piece, link: re.Match[str]) -> bool:
        if office.kind == "office:generic" or owner.kind == "people":
            return False
        words = link["words"].split()
        for word in words:
            if word in WORDS["unlinked"] or word.endswith((",", "ed")):
                return False
            if word.endswith("s") and word[0].islower() and word not in WORDS["linked_plurals"]:
                return False
        if owner.kind in _ATTRIBUTIVE or link[0][0] in "'’":
            return True
        form = self.text[office.start : office.end]
        known_as_adjective = self.text[owner.start : owner.end].isupper()
        return not words and (form[0].isupper() or form not in WORDS["verbs"] or known_as_adjective)

    # from an office on: more offices, then the holder's name, then "of France"
    def _held(self, owner: Piece | None, office: Piece, start: int, former: bool) -> Mention | None:
        first = office
        office = self._last_office(office)
        sense = office.sense
        assert sense is not None
        if owner is not None and owner.sense is not None and owner.sense.id in _SENT_TO and self._is_ambassador(office):
            owner = None
        actor = owner.sense.id if owner is not None and owner.sense is not None else None
        following, gap = self._peek(office.end)
        if following is not None and following.kind in _PEOPLE and office.kind != "office:body" and _GLUE.match(gap):
            person = who(following, self.day, sense.role, actor)
            if person is not None:
                self.at += 1
                sent = following.kind == "person" and self._is_ambassador(office)  # a state's, also to "UN" and "Iraq"
                return self._person(following, person, start, sense.role, former, None if sent else actor)
        if following is not None and following.kind in OWNERS:
            if owner is None and following.kind != "adjective" and _OF.match(gap):
                self.at += 1
                return self._held_of(following, office, start, former)
            if sense.role in ("ambassador", "embassy") and _TO.match(gap):
                self.posting = following
        end, name = self._name(office, owner is not None, office.end)
        if owner is None and name is not None:
            following, gap = self._peek(end)
            if following is not None and following.kind in OWNERS and following.kind != "adjective" and _OF.match(gap):
                self.at += 1
                return from_office(self.text, Span(start, following.end), following, office, former, name)
        if owner is None and name is None and not (sense.source == "alone" and office is first):
            free = sense.role == "ngo" and office is first and not self._placed(end)
            return from_nobody(self.text, Span(start, end)) if free else None
        return from_office(self.text, Span(start, end), owner, office, former, name)

    def _last_office(self, office: Piece) -> Piece:
        """Of offices in a row the last: "army spokesman", "government's security forces"."""
        while True:
            following, gap = self._peek(office.end)
            if following is None or not following.kind.startswith("office:") or following.kind == "office:generic":
                return office
            if gap not in (" ", "'s ", "’s ") and not (gap == " and " and office.kind == "office:post"):
                return office
            office = following
            self.at += 1

    def _placed(self, end: int) -> bool:
        """Whether a country follows to which a body belongs: "aid agencies from Germany"."""
        following, gap = self._peek(end)
        return following is not None and following.kind in OWNERS and _FROM.match(gap) is not None

    # "President of Zambia Edgar Lungu"
    def _held_of(self, owner: Piece, office: Piece, start: int, former: bool) -> Mention:
        assert owner.sense is not None
        assert office.sense is not None
        following, gap = self._peek(owner.end)
        if following is not None and following.kind in _PEOPLE and gap == " ":
            person = who(following, self.day, office.sense.role, owner.sense.id)
            if person is not None:
                self.at += 1
                return self._person(following, person, start, office.sense.role, former, owner.sense.id)
        end, name = owner.end, None
        if office.kind == "office:post":
            end, name = self._name(office, True, owner.end)
        return from_office(self.text, Span(start, end), owner, office, former, name)

    def _name(self, office: Piece, owned: bool, after: int) -> tuple[int, str | None]:
        end, name = named_after(self.text, office, self.pieces[self.at : self.at + 4], owned, after)
        while name is not None and self.at < len(self.pieces) and self.pieces[self.at].start < end:
            self.at += 1
        return end, name

    def _person(
        self,
        piece: Piece,
        person: Person,
        start: int,
        role: str | None = None,
        former: bool | None = None,
        owner: str | None = None,
    ) -> Mention:
        end = piece.end
        following, gap = self._peek(end)
        if following is not None and following.sense is not None:
            if role is None and following.kind == "office:body" and gap in (" ", "'s ", "’s "):
                self.at += 1  # "the Bush administration"
                return from_office(self.text, Span(start, following.end), None, following, False, None, person)
            if role is not None and owner is None and following.sense.id == person.actor and _OF.match(gap):
                self.at += 1  # "President Emmanuel Macron of France"
                end = following.end
        if former is None:
            former = is_former(self.text, start)
        return from_person(self.text, Span(start, end), person, self.day, role, former, owner, piece.kind == "surname")
