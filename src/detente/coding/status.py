"""A trigger word in its sentence in, whether the act occurred, is planned, denied, alleged … out."""

from typing import Any, get_args

from detente.coding.features import chain, word
from detente.coding.lexicon import rows
from detente.coding.scorer import head
from detente.types import Status

CLAUSE = {"ccomp", "advcl", "xcomp", "acl", "relcl", "pcomp", "csubj", "conj"}
VERBAL = {"THREATEN", "REQUEST", "ACCUSE", "REJECT", "SUPPORT"}  # the denial, or the accusation denied, did occur
CANCELLED = {
    "COOPERATE",
    "AID",
    "AGREE",
    "ASSAULT",
    "MOBILIZE",
}  # of other types 'not' may be the act: "will not attend"
STATUSES: tuple[str, ...] = get_args(Status)


def cues() -> dict[str, str]:
    """Lemma -> the kind of doubt or time it brings (table data/cues.tsv)."""
    return {row[0]: row[1] for row in rows("cues.tsv")}


CUES: dict[str, str] = {}


def cue(token: Any) -> str:
    """The kind of cue a word is, or ''."""
    if not CUES:
        CUES.update(cues())
    return CUES.get(token.lemma_.lower(), "")


def tense(token: Any) -> str:
    """Auxiliaries and ending of a verb: 'will+VB', 'has+VBN', 'VBZ'."""
    helpers = [c.lower_.replace("’", "'") for c in token.children if c.dep_ in {"aux", "auxpass", "neg"}]
    return "+".join([*helpers, token.tag_])


def features(token: Any, kind: str) -> list[str]:
    """What the words around a trigger say about its reality."""
    out = [
        "bias",
        f"t={kind}",
        f"w={word(token)}",
        f"wt={word(token)}|{kind}",
        f"pos={token.pos_}",
        f"ten0={tense(token)}",
    ]
    out.append(f"tt={tense(token)}|{kind}")
    clause = 0
    previous = token
    for n, up in enumerate(chain(token)):
        if up.i != token.i:
            out += [
                f"up={word(up)}",
                f"upd={word(up)}>{previous.dep_}",
                f"upn{min(n, 3)}={word(up)}",
                f"cueup={cue(up)}",
            ]
        if up.pos_ in {"VERB", "AUX"}:
            out.append(f"ten{min(clause, 2)}v={tense(up)}")
            out.append(f"vc{min(clause, 2)}={cue(up) or '-'}|{tense(up)}")
            clause += 1
        for child in up.children:
            if child.i == previous.i:
                continue
            if child.dep_ in {"mark", "neg", "aux", "auxpass", "advmod", "prt", "npadvmod", "amod", "det", "preconj"}:
                out += [f"c{min(clause, 2)}={child.dep_}:{child.lemma_.lower()}", f"cc={cue(child)}"]
            if child.dep_ in {"nsubj", "dobj", "attr", "acomp", "prep"} and n < 2:
                out += [f"k{min(n, 1)}={child.dep_}:{word(child)}"]
        previous = up
    for child in token.children:
        if child.dep_ in {"xcomp", "ccomp", "dobj", "advcl"}:
            out += [f"down={child.dep_}:{word(child)}", f"downt={child.dep_}:{tense(child)}"]
    doc = token.doc
    out += [f"l={word(t)}" for t in doc[max(0, token.i - 4) : token.i]]
    out += [f"r={word(t)}" for t in doc[token.i + 1 : token.i + 4]]
    out += [f"s={cue(t)}" for t in doc if cue(t)]
    out += [f"sw={t.lower_}" for t in doc if t.tag_ == "MD"]
    return list(dict.fromkeys(out))


def conditional(token: Any) -> bool:
    """Whether the act stands in an if-clause, or under one's verb: 'If it ever made …' never occurred."""
    previous = token
    for up in chain(token):
        marks = {c.lower_ for c in up.children if c.dep_ in {"mark", "advmod"}}
        if up.pos_ in {"VERB", "AUX"} and marks & {"if", "unless", "lest"}:
            return True
        modal = any(c.lower_ in {"would", "could", "might"} for c in up.children if c.dep_ == "aux")
        has_if = any(
            g.lower_ == "if" for c in up.children if c.dep_ == "advcl" and c.i != previous.i for g in c.children
        )
        if modal and has_if:
            return True
        if up.pos_ == "VERB" and previous.dep_ in {"ccomp", "relcl"}:
            break
        previous = up
    return False


def negated(token: Any) -> bool:
    """Whether the act's own verb is negated: 'will not sell', 'did not attack', 'never signed'; not 'not only'."""
    verb = token if token.pos_ in {"VERB", "AUX"} else token.head if token.dep_ == "dobj" else None
    if verb is None or verb.pos_ not in {"VERB", "AUX"}:
        return False
    words = [c for c in verb.children if c.dep_ == "neg" and c.lower_ in {"not", "n't", "n’t", "never"}]
    doc = token.doc
    return any(c.i + 1 >= len(doc) or doc[c.i + 1].lower_ not in {"only", "just", "merely"} for c in words)


def disowned(token: Any) -> bool:
    """Whether somebody denies the act: 'denied that Russia had any cooperation', 'denies having armed the rebels'."""
    previous = token
    for up in chain(token)[1:]:
        if up.lemma_.lower() in {"deny", "refute", "disavow"} and previous.dep_ in {"ccomp", "xcomp", "dobj", "pcomp"}:
            return True
        previous = up
    return False


def under_way(token: Any) -> bool:
    """Whether words say that the act goes on: 'in the process of …', 'is negotiating', 'keeps … on its list'."""
    verb = token if token.pos_ == "VERB" else token.head
    helpers = {c.lemma_.lower() for c in verb.children if c.dep_ == "aux"}
    present = any(c.lower_ in {"is", "are", "'s", "'re"} for c in verb.children if c.dep_ == "aux")
    if verb.tag_ == "VBG" and "be" in helpers and present and token.i == verb.i:
        return True
    above = chain(token)[1:5]
    if any(t.lemma_.lower() == "process" and t.dep_ == "pobj" for t in above):
        return True
    return token.lemma_.lower() in {"keep", "remain", "maintain"} and token.tag_ in {"VB", "VBZ", "VBP", "VBG"}


def status(token: Any, kind: str) -> tuple[Status, float]:
    """The status of the act and its probability. A condition is never taken for a fact."""
    found = head("status").probabilities(features(token, kind))
    if conditional(token) and kind not in {"THREATEN", "REQUEST", "ACCUSE"}:
        found = {**found, "occurred": 0.0, "ongoing": 0.0, "hypothetical": found["hypothetical"] + 0.5}
    if (kind in CANCELLED and negated(token)) or (kind not in VERBAL and disowned(token)):
        found = {**found, "occurred": 0.0, "ongoing": 0.0, "planned": 0.0, "denied": found["denied"] + 0.5}
    if under_way(token) and found["occurred"] + found["ongoing"] > 0.5:
        found = {**found, "occurred": 0.0, "ongoing": found["occurred"] + found["ongoing"]}
    best = max(STATUSES, key=lambda s: found.get(s, 0.0))
    return best, found[best]  # type: ignore[return-value]
