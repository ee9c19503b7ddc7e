"""The words that name a speaker in, who it is out: name, role, whom they speak for, whether they are out of office."""

import re
from bisect import bisect_right

from detente.coding.statements.parts import Said
from detente.reading import complete, cues, datelines, speakers
from detente.reading.sentences import at
from detente.reading.text import AnnotatedText
from detente.types import Mention, Span, Speaker

HE = {"he", "she", "him", "her", "his", "i", "who"}
IT = {"it", "they", "we", "its", "their"}
FORMER = re.compile(r"\b(?:former|ex-|late|retired|erstwhile|one-time)\b", re.IGNORECASE)
FORMERLY = re.compile(r"\bformerly\b|(?:,|\band) (?:a )?former\b", re.IGNORECASE)
LOCAL = re.compile(
    r"\b(?:mayor|governor|city|local|regional|residents?|locals|villagers?|police|hospital|officials?|authorities|prosecutors?|court|doctors?|witness(?:es)?|governorate|provincial)\b",
    re.IGNORECASE,
)
FREE = re.compile(
    r"\b(?:analysts?|experts?|reports?|observers?|critics|researchers?|scientists?|economists?|study|studies|poll|survey|model|doctors?|historians?|files|video|documents?|some|many|others)\b",
    re.IGNORECASE,
)
CIVIL = re.compile(
    r"\b(?:residents?|locals?|villagers?|witness(?:es)?|protesters?|people|citizens?|activists?|families|relatives|lawyers?)\b",
    re.IGNORECASE,
)
APPOSED = re.compile(
    r"^,\s(?!(?:which|whose|where|whom|who (?!was|is|serve[ds]))\b)(?P<role>(?:an?|the|who (?:served|serves) as|formerly|former|who was|who is)?\s?[\w’'-][^,;:()\"“”]{2,90}?)(?:,|(?=\s(?:said|says|told)\b)|\.|$)"
)
VERBS = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|said|says)\b")
NAME = re.compile(r"[A-ZÀ-Þ][\w’'.-]+(?: (?:[a-z]{1,3} )?[A-ZÀ-Þ][\w’'.-]+)*$")
BEFORE = 70


class Cast:
    """The speakers of a text as they appear, so that 'he' and a surname carry over who was named before."""

    def __init__(self, text: AnnotatedText) -> None:
        self.text = text
        self.words = text.document.text
        self.known: list[Speaker] = []

    def speaker(self, said: Said) -> Speaker:
        """Who speaks."""
        if said.speaker is None:
            return Speaker(name="")
        span = said.speaker
        words = self.words[slice(*span)]
        low = words.lower()
        found = self._he(span) if low in HE else self._it(span) if low in IT else self._again(words)
        if found is None:
            found = self._new(span, words)
        if found.name and found not in self.known:
            self.known.append(found)
        return found

    def _again(self, words: str) -> Speaker | None:
        """Somebody named before in full, by the last name: 'Shukla' after 'Prabhat Shukla'."""
        if not NAME.fullmatch(words):
            return None
        for before in reversed(self.known):
            if (
                words != before.name
                and NAME.fullmatch(before.name)
                and before.name.split()[-1] == words.rsplit(maxsplit=1)[-1]
                and len(words.split()) == 1
            ):
                return before
            if words == before.name:
                return before
        return None

    def _he(self, span: Span) -> Speaker | None:
        """A person that a pronoun stands for: who spoke last, else the person that the text named last."""
        sentence = at(self.text.sentences, span[0])
        persons = [
            m for m in self.text.mentions if m.kind == "person" and sentence[0] - 400 <= m.start and m.end <= span[0]
        ]
        last = (
            self.known[-1]
            if self.known and re.search(r"[A-Z]", self.known[-1].name) and not persons_after(persons, self.known[-1])
            else None
        )
        if last is not None:
            return last
        if persons:
            mention = persons[0] if sentence[0] <= persons[0].start else persons[-1]
            return self._of(mention)
        subject = self._subject(span)
        return self._new(subject, self.words[slice(*subject)]) if subject else None

    def _it(self, span: Span) -> Speaker | None:
        """An organisation or state that a pronoun stands for."""
        own = next((m for m in self.text.mentions if m.start == span[0] and m.id), None)
        if own is not None:
            return Speaker(name=own.name or self.words[slice(*span)], actor=own.id)
        subject = self._subject(span)
        return self._new(subject, self.words[slice(*subject)]) if subject else None

    def _subject(self, span: Span) -> Span | None:
        """The subject of the sentence, or of the one before where the pronoun opens it."""
        sentences = self.text.sentences
        n = max(bisect_right(sentences, (span[0], 1 << 60)) - 1, 0)
        for sentence in (sentences[n], sentences[n - 1] if n else sentences[n]):
            start, end = datelines.end(self.words, sentence), sentence[1]
            found = speakers.subject(self.words, start, min(end, span[0]) if start <= span[0] else end)
            quoted = found and re.search(r"[\"“”]", self.words[max(0, found[0] - 2) : found[1] + 1])
            if found and not quoted and found[0] < span[0] and self.words[slice(*found)].lower() not in HE | IT:
                return found
        return None

    def _of(self, mention: Mention) -> Speaker:
        """A person whom the catalogue knows."""
        return self._new((mention.start, mention.end), self.words[mention.start : mention.end])

    def _new(self, span: Span, words: str) -> Speaker:
        """Somebody named for the first time."""
        whole = f"{self._role(span) or ''} {words}"
        named = next(
            (m for m in self.text.mentions if m.kind == "person" and m.name and m.start < span[1] and m.end > span[0]),
            None,
        )
        at_name = words.find(named.name.split()[0]) if named else -1
        if named and at_name > 0 and words.endswith(named.name.split()[-1]):
            span, words = (span[0] + at_name, span[1]), words[at_name:]
        role = self._role(span)
        return Speaker(name=words, actor=self._actor(span, whole), role=role, former=former(role or words))

    def _role(self, span: Span) -> str | None:
        """The office or description: before the name ("Belarusian President"), or behind it between commas ("former envoy to Russia")."""
        words, sentence = self.words, at(self.text.sentences, span[0])
        behind = APPOSED.match(words[span[1] : min(sentence[1], span[1] + 120)])
        lead = self._lead(span, sentence)
        if lead:
            return lead
        if (
            behind
            and re.match(r"[a-zA-Z]", behind["role"])
            and not re.match(r"(?:and|but|or|while|as|on|in|at|when)\b", behind["role"])
        ):
            role = re.sub(r"^(?:an?|the|who (?:served|serves|was|is)(?: as)?)\s", "", behind["role"].strip())
            if cues.pattern().match(role) or VERBS.search(role):
                return None
            return (
                role if role[:1].islower() or any(t in role.lower().split() for t in speakers.words("title")) else None
            )
        return None

    def _lead(self, span: Span, sentence: Span) -> str | None:
        """Title words right before a name, with the state in front of them."""
        before = self.words[max(sentence[0], span[0] - BEFORE) : span[0]]
        tokens = (
            re.split(r"(?<=[,;:()\"“”])\s+", before)[-1].strip(" ,").split()
            if not before.rstrip().endswith(",")
            else re.split(r",\s+", before.rstrip(" ,"))[-1].split()
        )
        kept: list[str] = []
        for token in reversed(tokens):
            bare = token.lower().strip("’'s.,")
            fits = (
                token[0].isupper()
                or token.lower() in speakers.words("title")
                or token in speakers.words("particle")
                or bare in speakers.words("noun")
                or re.fullmatch(
                    r"[a-z]+(?:al|ic|an|ior|ish|ese|ary|ign)|vice|prime|acting|former|deputy|then|co-\w+", token
                )
            )
            if not fits or token in {"The", "A", "An"}:
                break
            kept.insert(0, token)
        while kept and (kept[0] in speakers.words("particle") or kept[0].lower() in speakers.words("lead")):
            kept.pop(0)
        while kept and kept[-1].lower() in {"and", "of", "for"}:
            kept.pop()
        titled = any(
            t.lower().removeprefix("ex-").strip("’'s") in speakers.words("title") | {"pm", "owner", "spokesperson"}
            for t in kept
        )
        return " ".join(kept) if kept and titled else None

    def _actor(self, span: Span, whole: str) -> str | None:
        """The state or organisation spoken for: named in the speaker's words, in the title before, or the only one nearby for an army or police."""
        sentence = at(self.text.sentences, span[0])
        around = [
            m
            for m in self.text.mentions
            if m.id and m.start < span[1] and m.end > max(sentence[0], span[0] - BEFORE) and self._joined(m, span)
        ]
        if around:
            best = max(around, key=lambda m: (m.start < span[1] and m.end > span[0], m.kind == "person", m.end))
            return best.id
        if FREE.search(whole):
            return None
        near = [
            m
            for m in self.text.mentions
            if m.id and m.end <= sentence[1] and m.kind in {"state", "office"} and m.end > sentence[0] - 400
        ]
        before = [m for m in near if m.end <= span[0]]
        if LOCAL.search(whole) and (country := self._country(span)):
            return f"{country}.CVL" if CIVIL.search(whole) else country
        if not near or re.search(r"[A-Z]\w+ [A-Z]", self.words[slice(*span)]):
            return None  # a person whom nothing here ties to a state
        state = (before[-1] if before else near[0]).id.split(".")[0]
        return f"{state}.CVL" if CIVIL.search(whole) else state

    def _country(self, span: Span) -> str | None:
        """The country of the place named last before a speaker of that place: 'the city's mayor'."""
        places = [p for p in complete(self.text).places if p.place.country and p.start < span[1] + 60]
        return places[-1].place.country if places else None

    def _joined(self, mention: Mention, span: Span) -> bool:
        """Whether a mention is part of the speaker's noun phrase."""
        gap = self.words[mention.end : span[0]] if mention.end < span[0] else ""
        return re.fullmatch(r"(?:['’]s?)?(?:[ ,]+(?:[\w’'.-]+ ){0,4})?", gap) is not None and not re.search(
            r"\b(?:in|to|with|against|and|says|said|that)\b", gap
        )


def former(role: str) -> bool:
    """Whether an office is held no more: 'former envoy', 'a Pakistan expert and formerly with RAW'; not 'minister under former president X'."""
    head = re.split(r"\b(?:of|to|under|for|with|in|at|from|by|and)\b", role, maxsplit=1)[0]
    return FORMER.search(head) is not None or FORMERLY.search(role) is not None


def persons_after(persons: list[Mention], last: Speaker) -> bool:
    """Whether somebody else was named after the last speaker."""
    return bool(persons) and not any(word in last.name for word in persons[-1].text.split()[-1:])
