"""What kinds of events there are: PLOVER types, modes, contexts, the CAMEO crosswalk, and how strong each is."""

from detente.ontology.cameo import CAMEO, CameoCode, base_and_root, cameo_to_plover, goldstein, plover_to_cameo
from detente.ontology.intensity import STATUS_WEIGHT, intensity
from detente.ontology.plover import (
    CONTEXTS,
    EVENT_TYPES,
    MODES,
    Context,
    EventType,
    Mode,
    context,
    penta,
    quad,
    type_of_word,
)

__all__ = [
    "CAMEO",
    "CONTEXTS",
    "EVENT_TYPES",
    "MODES",
    "STATUS_WEIGHT",
    "CameoCode",
    "Context",
    "EventType",
    "Mode",
    "base_and_root",
    "cameo_to_plover",
    "context",
    "goldstein",
    "intensity",
    "penta",
    "plover_to_cameo",
    "quad",
    "type_of_word",
]
