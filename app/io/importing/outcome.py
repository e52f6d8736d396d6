"""What an import is asked and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.model.changes import ChangeSet
from app.model.findings import Finding
from app.model.messages import Message

TARGETS = (
    "auto", "streets", "sites", "nodes", "spans", "conduits", "cables", "towers", "barriers",
    "hazards", "risk_groups", "organisations", "agreements", "fundings", "areas", "failure_rates",
)  # fmt: skip
"""What a file can be imported as."""


@dataclass(frozen=True)
class ImportOptions:
    """What the user asks for beyond the file and the target.

    Attributes
    ----------
    layer
        Layer or sheet to read; needed when several would fit.
    crs
        CRS of the source, overriding what the file says.
    set_values
        Column to value for every row, as text.
    mapping
        Field to column heading, overriding the guess; an empty heading leaves the field out.
        Besides the table's columns: ``lon lat x y wkt coordinates``.
    accept_ballpark
        Accept a transformation of unknown accuracy.
    rejected_folder
        Where the file of rejected rows goes; by default beside the project or the source.
    time_limit_s, memory_limit_mb
        Limits of the worker that reads the file.
    """

    layer: str | None = None
    crs: str | None = None
    set_values: Mapping[str, str] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)
    accept_ballpark: bool = False
    rejected_folder: Path | None = None
    time_limit_s: float = 600.0
    memory_limit_mb: int = 4096


@dataclass(frozen=True)
class RejectedRow:
    """A row that was not imported: its number in the source and why."""

    row: int
    reason: Message
    table: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ImportOutcome:
    """What an import does, before it is applied: ``accepted`` + rejected = ``read``.

    ``mapping`` (field to column) is what was used, to be remembered; ``changes`` inserts rows.
    ``peak_mb`` is the memory that the worker needed.
    """

    target: str
    read: int
    accepted: int
    rejected: tuple[RejectedRow, ...]
    rejected_file: Path | None
    findings: tuple[Finding, ...]
    changes: ChangeSet
    mapping: Mapping[str, str]
    layers: tuple[str, ...] = ()
    peak_mb: float = 0.0


@dataclass(frozen=True)
class Preview:
    """The first rows of a file and what an import would make of them.

    ``targets`` maps each possible target to the guessed mapping (field to column); ``crs`` is
    empty when the file does not say and it must be asked for.
    """

    format: str
    layers: tuple[str, ...]
    layer: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    geometry_type: str
    target: str
    mapping: Mapping[str, str]
    targets: Mapping[str, Mapping[str, str]]
    crs: str
    coordinates: Mapping[str, str]
