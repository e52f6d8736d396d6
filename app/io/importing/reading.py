"""Imports a file: read in the worker, understood here, answered as a change set."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.io.importing.coordinates import coordinate_fields, locate
from app.io.importing.draft import Draft
from app.io.importing.faults import Fault, to_exchange_error
from app.io.importing.finishing import finish
from app.io.importing.headings import guess_mapping
from app.io.importing.outcome import TARGETS, ImportOptions, ImportOutcome, Preview
from app.io.importing.rejects import rejected_rows, restored, write_rejects
from app.io.importing.sandbox import read_in_worker
from app.io.importing.source import Reading, SourceTable
from app.io.importing.targets import (
    family_of,
    guess_target,
)
from app.io.importing.understanding import PRICES, understand
from app.model.changes import TableChange, combine
from app.model.errors import ExchangeError
from app.model.findings import Finding
from app.model.frames import plain
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.progress import Progress, no_progress, part
from app.model.tables import TABLES

PREVIEW_ROWS = 50


def read_file(
    path: Path | str,
    target: str,
    *,
    network: Network,
    options: ImportOptions | None = None,
    progress: Progress = no_progress,
    forbidden_path: Path | str | None = None,
) -> ImportOutcome:
    """Read ``path`` as rows of ``target`` and return what applying them would do.

    Parameters
    ----------
    target
        One of `TARGETS`; ``auto`` decides by geometry, headings and names.
    network
        The project as it is: its CRS, and the rows that references and duplicates are sought in.
    forbidden_path
        The open project's file, which must never be opened here.

    Raises
    ------
    ExchangeError
        When the file cannot be imported; names file, place and reason.
    Cancelled
        When ``progress`` says so.
    """
    path, options = Path(path), options or ImportOptions()
    if target not in TARGETS:
        raise ExchangeError(
            message(
                QT_TRANSLATE_NOOP(
                    "core", "{target} is nothing that can be imported; use {targets}"
                ),
                target=target,
                targets=", ".join(TARGETS),
            ),
            path,
        )
    reading = read_tables(path, target, options, None, part(progress, 0.0, 0.5), forbidden_path)
    drafts = []
    share = 0.4 / max(len(reading.tables), 1)
    for number, source in enumerate(reading.tables):
        progress(0.5 + share * number, message(QT_TRANSLATE_NOOP("core", "Understanding the rows")))
        drafts.append(understand(restored(source), target, network, options, path))
    progress(0.9, message(QT_TRANSLATE_NOOP("core", "Checking the rows")))
    outcome = _outcome(drafts, target, reading, path, options, forbidden_path)
    progress(1.0)
    return outcome


def preview_file(
    path: Path | str,
    options: ImportOptions | None = None,
    *,
    target: str = "auto",
    progress: Progress = no_progress,
    forbidden_path: Path | str | None = None,
) -> Preview:
    """Return the first rows of ``path`` and what they seem to be; raises `ExchangeError`."""
    path, options = Path(path), options or ImportOptions()
    reading = read_tables(path, target, options, PREVIEW_ROWS, progress, forbidden_path)
    source = reading.tables[0]
    is_placed = source.geometry is None and target != PRICES
    fields = coordinate_fields(source, options) if is_placed else {}
    geometry, crs = source.geometry, source.crs
    if geometry is None and fields:
        try:
            located = locate(source, options, path)
        except ExchangeError:
            located = None  # no CRS yet: the dialog asks for it
        geometry = None if located is None else located.geometry
        crs = None if located is None else located.crs
    family = family_of(geometry) if geometry is not None else ("point" if fields else "none")
    guess = guess_target(source, family, path.stem)
    chosen = guess.target if target == "auto" else target
    targets = {name: dict(item.columns) for name, item in guess.candidates.items()}
    taken = fields.values()
    targets.setdefault(
        chosen, dict(guess_mapping(TABLES[chosen], list(source.columns), taken).columns)
    )
    return Preview(
        format=source.format,
        layers=reading.layers,
        layer=source.name,
        columns=tuple(source.columns),
        rows=tuple(_preview_row(source, place) for place in range(len(source))),
        geometry_type=family,
        target=chosen,
        mapping={**targets[chosen], **options.mapping},
        targets=targets,
        crs=options.crs or crs or "",
        coordinates=fields,
    )


def _preview_row(source: SourceTable, place: int) -> tuple[str, ...]:
    cells = (plain(values[place]) for values in source.columns.values())
    return tuple("" if item is None else str(item) for item in cells)


def read_tables(
    path: Path,
    target: str,
    options: ImportOptions,
    row_limit: int | None,
    progress: Progress,
    forbidden_path: Path | str | None,
) -> Reading:
    """Return what the worker reads of ``path``; raises `ExchangeError` naming file and row."""
    request = {
        "path": str(path.absolute()),
        "target": target,
        "layer": options.layer,
        "row_limit": row_limit,
    }
    try:
        _refuse_project(path, forbidden_path)
        return read_in_worker(
            request,
            progress,
            time_limit_s=options.time_limit_s,
            memory_limit_mb=options.memory_limit_mb,
        )
    except Fault as fault:
        raise to_exchange_error(path, fault.code, fault.values, fault.row) from fault


def _refuse_project(path: Path, forbidden_path: Path | str | None) -> None:
    """Refuse the open project by identity, not by name: a link to it is the same file."""
    if forbidden_path is None or not path.exists():
        return
    project = Path(forbidden_path)
    if project.exists() and path.samefile(project):
        raise Fault("is_project")


def _outcome(
    drafts: Sequence[Draft],
    target: str,
    reading: Reading,
    path: Path,
    options: ImportOptions,
    forbidden_path: Path | str | None,
) -> ImportOutcome:
    parts: list[TableChange] = []
    findings: list[Finding] = []
    for draft in drafts:
        changes, found = finish(draft)
        parts.extend(changes)
        findings.extend(item for item in found if item.uids or not _is_told(item, findings))
    read = sum(len(draft.source) for draft in drafts)
    accepted = sum(int(draft.is_alive.sum()) for draft in drafts)
    folder = options.rejected_folder
    if folder is None:
        folder = Path(forbidden_path).parent if forbidden_path is not None else path.parent
    rejected = tuple(row for draft in drafts for row in rejected_rows(draft))
    rejected_file = write_rejects(drafts, path, Path(folder))
    label = message(QT_TRANSLATE_NOOP("core", "Import {name}"), name=path.name)
    return ImportOutcome(
        target=drafts[0].table.name if len(drafts) == 1 else target,
        read=read,
        accepted=accepted,
        rejected=rejected,
        rejected_file=rejected_file,
        findings=tuple(findings),
        changes=combine(label, parts),
        mapping={name: heading for draft in drafts for name, heading in draft.mapping.items()},
        layers=reading.layers,
        peak_mb=reading.peak_mb,
    )


def _is_told(finding: Finding, findings: Sequence[Finding]) -> bool:
    """Whether the same was said already, of another table of the same file."""
    return any(item.rule == finding.rule and item.message == finding.message for item in findings)
