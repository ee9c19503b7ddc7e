"""A pair of parties in, the names of the features that describe it out (strings; the scorer knows their weights)."""

from itertools import pairwise
from typing import Any

from detente.coding.candidates import Pair, Party
from detente.coding.lexicon import types_of

CONTENT = {"VERB", "NOUN", "ADJ", "PROPN", "ADV"}
CLAUSAL = {"ccomp", "xcomp", "advcl", "acl", "relcl", "conj", "pcomp", "ROOT", "parataxis", "prep"}


def chain(token: Any, limit: int = 12) -> list[Any]:
    """The token and its heads up to the root."""
    out = [token]
    while token.head.i != token.i and len(out) < limit:
        token = token.head
        out.append(token)
    return out


def join(a: Any, b: Any) -> tuple[list[Any], Any, list[Any]]:
    """The way from `a` up to where it meets the way from `b`: (rising part, meeting token, falling part)."""
    up, down = chain(a, 40), chain(b, 40)
    seen = {t.i: n for n, t in enumerate(up)}
    for n, t in enumerate(down):
        if t.i in seen:
            return up[: seen[t.i]], t, down[:n][::-1]
    return up[:-1], up[-1], []


def word(token: Any) -> str:
    """A token's lemma, with its particle: 'call_for' is left to the bigrams, 'shoot_down' is one word."""
    if token.ent_type_ or token.pos_ == "PROPN":
        return str(token.lemma_).lower() if token.text.islower() else "PROPN"
    particle = next((c.lower_ for c in token.children if c.dep_ == "prt"), "")
    lemma = str(token.lemma_).lower()
    return f"{lemma}_{particle}" if particle else lemma


def governors(party: Party, doc: Any) -> list[str]:
    """What the party hangs on: ('nsubj', 'accuse'), and the preposition between where there is one."""
    out, token, label = [], doc[party.own], ""
    for _ in range(5):
        head = token.head
        if head.i == token.i:
            break
        label = f"{label}/{token.dep_}" if token.dep_ in {"pobj", "prep", "agent", "conj", "dative"} else token.dep_
        if head.pos_ in {"ADP", "PART", "SCONJ"}:
            label += f":{head.lower_}"
        elif head.pos_ in {"VERB", "AUX", "NOUN", "ADJ"}:
            out.append(f"{label}>{word(head)}")
            if head.pos_ in {"VERB", "AUX"} and len(out) > 1:
                break
        token = head
    return out


def kind(party: Party) -> str:
    """State, organisation, group …; organisations and groups by sector, states never by name."""
    mention = party.mention
    return f"{mention.kind}.{mention.sector}" if mention.kind not in {"state", "person"} else mention.kind


def features(pair: Pair) -> list[str]:
    """All features of a pair; duplicates removed, order fixed."""
    doc, a, b = pair.sentence.doc, pair.a, pair.b
    out = ["bias", f"ka={kind(a)}", f"kb={kind(b)}"]
    for side, party in (("a", a), ("b", b)):
        if party.mention.kind not in {"state", "person", "office"}:
            out.append(f"{side}id={party.root}")
        for n, governor in enumerate(governors(party, doc)):
            out.append(f"{side}g{min(n, 2)}={governor}")
            out.append(f"{side}w={governor.split('>')[1]}")
            out.append(f"{side}d{min(n, 2)}={governor.split('>')[0]}")
        mention = party.mention
        out += [f"{side}role={mention.role}", f"{side}sector={mention.sector}"]
        if party.last > party.first or mention.kind == "office":
            out += [f"{side}own={doc[t].lemma_.lower()}" for t in range(party.first, party.last + 1) if doc[t].is_lower]
        if party.own != party.head:
            out.append(f"{side}n={word(doc[party.head])}")
            out.append(f"{side}mod={doc[party.own].dep_}")
        out.append(f"{side}pos={'first' if party.first == 0 else 'early' if party.first < 4 else 'later'}")
    out += path_features(pair) + surface_features(pair)
    return list(dict.fromkeys(out))


def path_features(pair: Pair) -> list[str]:
    """The grammar between the two: the path's shape, its words, and what kinds of act its words may express."""
    doc = pair.sentence.doc
    up, top, down = join(doc[pair.a.own], doc[pair.b.own])
    shape = "<".join(t.dep_ for t in up[:5]) + "^" + top.pos_ + "^" + ">".join(t.dep_ for t in down[-5:])
    words = [word(t) for t in (*up[1:], top, *down[:-1]) if t.pos_ in CONTENT]
    out = [f"shape={shape}", f"top={word(top)}", f"len={min(len(up) + len(down), 10)}", f"topos={top.pos_}"]
    out.append(f"shapetop={shape}|{word(top)}")
    out += [f"p={w}" for w in words]
    out.append("path=" + "/".join(words[:4]))
    out.append(f"up={'<'.join(t.dep_ for t in up[:4])}")
    out.append(f"down={'>'.join(t.dep_ for t in down[-4:])}")
    for token in (*up[1:], top, *down[:-1]):
        out += [f"plx={t}" for t in types_of(token)]
    out += [
        f"toplx={t}|{'<'.join(x.dep_ for x in up[-1:])}^{'>'.join(x.dep_ for x in down[:1])}" for t in types_of(top)
    ]
    for child in top.children:
        if child.dep_ in {"dobj", "xcomp", "ccomp", "prep", "neg", "aux", "auxpass", "attr", "acomp", "advmod", "mark"}:
            out.append(f"tc={child.dep_}:{child.lemma_.lower()}")
            out += [f"tclx={t}" for t in types_of(child)]
        if child.dep_ == "dobj":
            out.append(f"vo={word(top)}+{word(child)}")
    verbs = sum(t.pos_ == "VERB" for t in (*up[1:], top, *down[:-1]))
    out.append(f"verbs={min(verbs, 4)}")
    out.append(f"clauses={min(sum(t.dep_ in CLAUSAL for t in (*up, *down)), 5)}")
    return out


def surface_features(pair: Pair) -> list[str]:
    """The words before, between and after, and who else is named."""
    doc, a, b = pair.sentence.doc, pair.a, pair.b
    between = [t for t in doc[a.last + 1 : b.first] if not t.is_punct]
    others = {p.root for p in pair.sentence.parties if a.last < p.first and p.last < b.first} - {a.root, b.root}
    names = {p.root for p in pair.sentence.parties}
    same = any(p.root in {a.root, b.root} for p in pair.sentence.parties if a.last < p.first and p.last < b.first)
    out = [f"dist={min(len(between) // 3, 8)}", f"others={min(len(others), 3)}", f"names={min(len(names), 5)}"]
    if same:
        out.append("same-between")
    marks = doc[a.last + 1 : b.first].text
    out += [f"mark={m}" for m in (":", ";", "(", ")", '"', ",") if m in marks]
    lemmas = [word(t) for t in between]
    if len(lemmas) <= 4:
        out.append("btw=" + "_".join(lemmas))
    out += [f"b={w}" for w in lemmas[:15]]
    out += [f"bb={x}_{y}" for x, y in pairwise(lemmas[:15])]
    for token in between[:15]:
        out += [f"blx={t}" for t in types_of(token)]
    before = [word(t) for t in doc[max(0, a.first - 4) : a.first] if not t.is_punct]
    after = [word(t) for t in doc[b.last + 1 : b.last + 7] if not t.is_punct]
    out += [f"l={w}" for w in before] + [f"r={w}" for w in after]
    if before:
        out.append(f"l1={before[-1]}")
    if after:
        out += [f"r1={after[0]}", "rr=" + "_".join(after[:2])]
    for token in doc[b.last + 1 : b.last + 9]:
        out += [f"rlx={t}" for t in types_of(token)]
    out += [f"s={word(t)}" for t in doc if t.pos_ in {"VERB", "NOUN"}]
    for token in doc:
        if token.pos_ in {"VERB", "NOUN"}:
            out += [f"slx={t}" for t in types_of(token)]
    return out
