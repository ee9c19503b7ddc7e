"""Other datasets in and out: GDELT 2.0 events and mentions, ICEWS, POLECAT, and any dyadic table."""

from detente.record.exchange.exporting import FORMATS as EXPORT_FORMATS
from detente.record.exchange.exporting import export_file
from detente.record.exchange.importing import FORMATS as IMPORT_FORMATS
from detente.record.exchange.importing import import_file
from detente.record.exchange.row import BadLine, ExportCount, ExternalRow, ImportReport

__all__ = [
    "EXPORT_FORMATS",
    "IMPORT_FORMATS",
    "BadLine",
    "ExportCount",
    "ExternalRow",
    "ImportReport",
    "export_file",
    "import_file",
]
