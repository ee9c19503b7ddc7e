"""Transfers found by different words in, each of the text once out."""

from msgspec.structs import replace

from detente.types import Transfer

NEXT = {"expected": {"offered"}, "offered": {"agreed"}, "agreed": {"delivered"}, "refused": {"embargoed"}}


def join(found: list[Transfer]) -> list[Transfer]:
    """Transfers in text order; of two with the same parties and stage (or the next) and class the first stays, with what the other adds."""
    out: list[Transfer] = []
    for one in sorted(found, key=lambda t: (t.evidence.start, -t.confidence, t.evidence.trigger or (0, 0))):
        twin = next((n for n, t in enumerate(out) if same(t, one)), None)
        if twin is None:
            out.append(one)
        else:
            out[twin] = filled(out[twin], one)
    return sorted(out, key=lambda t: (t.evidence.start, t.evidence.trigger or (0, 0)))


def same(a: Transfer, b: Transfer) -> bool:
    """Whether two transfers of one text are one."""
    sides = a.recipient == b.recipient and (a.supplier == b.supplier or not a.supplier or not b.supplier)
    stages = a.stage == b.stage or b.stage in NEXT.get(a.stage, ()) or a.stage in NEXT.get(b.stage, ())
    here = a.evidence.start == b.evidence.start
    alike = a.item == b.item or a.item_class == b.item_class or "other" in {a.item_class, b.item_class}
    return sides and a.form == b.form and (stages if here else a.stage == b.stage) and alike


def filled(a: Transfer, b: Transfer) -> Transfer:
    """A transfer with what only its twin knows."""
    more = {name: getattr(b, name) for name in ("number", "value", "currency", "start") if getattr(a, name) is None}
    if a.item_class == "other" and b.item_class != "other":
        more |= {"item": b.item, "item_class": b.item_class}
    return replace(a, supplier=a.supplier or b.supplier, **more)
