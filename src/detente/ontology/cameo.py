"""The CAMEO crosswalk: a code of 2 to 4 digits in, PLOVER type, mode and contexts out, and back; and its Goldstein value.

Codes are strings ("042"), never numbers: "010" and "10" are different codes.
"""

from functools import lru_cache

from msgspec import Struct

from detente.errors import BadInput
from detente.ontology.plover import MODES, event_type
from detente.ontology.tables import rows, words


class CameoCode(Struct, kw_only=True, frozen=True):
    """One CAMEO code. `type` is None for comments (most of root 01), which PLOVER does not code.

    `promises`: for a declared intent (root 03), the type of the act that is promised.
    """

    code: str
    label: str
    type: str | None
    mode: str | None
    contexts: tuple[str, ...]
    goldstein: float
    promises: str | None

    @property
    def status(self) -> str:
        """ "planned" where the code is a promise of an act still to come, else "occurred"."""
        return "planned" if self.promises else "occurred"


CAMEO: dict[str, CameoCode] = {
    row["code"]: CameoCode(
        code=row["code"],
        label=row["label"],
        type=row["type"] or None,
        mode=row["mode"] or None,
        contexts=words(row["contexts"]),
        goldstein=float(row["goldstein"]),
        promises=row["promises"] or None,
    )
    for row in rows("cameo.tsv")
}


@lru_cache(maxsize=4096)
def nearest(code: str) -> CameoCode:
    """The entry of a code, or of its nearest parent where a dataset has a finer code than the table.

    Raises BadInput where not even the two-digit root is known.
    """
    for length in range(len(code), 1, -1):
        if code[:length] in CAMEO:
            return CAMEO[code[:length]]
    raise BadInput(f"unknown CAMEO code {code!r}; codes are strings of 2 to 4 digits such as '042'")


def cameo_to_plover(code: str) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Type, mode and contexts of a CAMEO code; the type is None for comments (root 01), which PLOVER does not code.

    Raises BadInput for what is no CAMEO code.
    """
    entry = nearest(code)
    return entry.type, entry.mode, entry.contexts


def plover_to_cameo(name: str, mode: str | None = None, status: str = "occurred") -> str:
    """The CAMEO code that stands for a PLOVER type and mode.

    A planned cooperative act becomes CAMEO's declaration of intent (root 03). CAMEO has nothing for other acts that
    have not happened: they get the code of the act itself, and whoever exports them must say so (`expressible`).
    An unknown mode is treated as none. Raises BadInput for an unknown type.
    """
    entry = event_type(name)
    if status == "planned" and entry.planned:
        return entry.planned
    known = MODES[name].get(mode or "")
    return known.cameo if known else entry.cameo


def expressible(name: str, status: str) -> bool:
    """Whether CAMEO can say it: acts that happened or go on, and cooperative acts that are announced."""
    if status in {"occurred", "ongoing"}:
        return True
    return status == "planned" and (event_type(name).planned is not None or name == "AGREE")


def goldstein(code: str) -> float:
    """Conflict-cooperation value of a CAMEO code, -10..10 (Goldstein 1992 as carried over to CAMEO and used by GDELT).

    Raises BadInput for what is no CAMEO code.
    """
    return nearest(code).goldstein


def base_and_root(code: str) -> tuple[str, str]:
    """The three-digit base and the two-digit root of a code: "0841" -> ("084", "08")."""
    return (code[:3], code[:2])
