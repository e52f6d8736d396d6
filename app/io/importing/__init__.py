"""Import of files into the project: read in a worker, checked, nothing dropped in silence."""

from app.io.importing.outcome import (
    TARGETS,
    ImportOptions,
    ImportOutcome,
    Preview,
    RejectedRow,
)
from app.io.importing.reading import preview_file, read_file

__all__ = [
    "TARGETS",
    "ImportOptions",
    "ImportOutcome",
    "Preview",
    "RejectedRow",
    "preview_file",
    "read_file",
]
