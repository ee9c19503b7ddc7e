"""Charts that answer to the pointer once Vega has arrived: the specification of each, and Vega itself from vl-convert's wheel."""

from detente.web.live.bundle import bundle, bundle_address, bundle_name
from detente.web.live.level import level_spec

__all__ = ["bundle", "bundle_address", "bundle_name", "level_spec"]
