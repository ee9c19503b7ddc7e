"""How strong an act is: PLOVER type, mode and status in, a value from -10 (conflict) to 10 (cooperation) out."""

from detente.ontology.cameo import CAMEO
from detente.ontology.plover import MODES, event_type

STATUS_WEIGHT = {
    "occurred": 1.0,
    "ongoing": 1.0,
    "planned": 0.5,
    "alleged": 0.5,
    "hypothetical": 0.25,
    "denied": 0.0,
}


def intensity(name: str, mode: str | None = None, status: str = "occurred") -> float:
    """Strength of an act, -10..10, rounded to two decimals.

    Without a mode: the mean Goldstein value of the type's CAMEO codes, weighted by how often ICEWS 2005-2015 has
    each. With a mode: the value of the code that stands for it, or our own where docs/ontology.md says so. What has
    not happened counts in part (STATUS_WEIGHT; an unknown status counts fully). Raises BadInput for an unknown type.
    """
    value = event_type(name).intensity
    known = MODES[name].get(mode or "")
    if known:
        value = CAMEO[known.cameo].goldstein if known.intensity is None else known.intensity
    return round(value * STATUS_WEIGHT.get(status, 1.0), 2)
