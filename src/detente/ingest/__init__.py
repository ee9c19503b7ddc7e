"""The world in, documents out: pages, feeds, archives and folders become clean dated text.

`iterate` yields what a source holds, item by item; `clean` makes a document of an item. Both give a `Skip` with the
reason for whatever is not taken.
"""

from detente.ingest.cleaning import canonical, clean
from detente.ingest.sources import LIMIT, iterate

__all__ = ["LIMIT", "canonical", "clean", "iterate"]
