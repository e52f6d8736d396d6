"""Imports a file: read in the worker, understood here, answered as a change set."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from app.io.importing.coordinates import coordinate_fields, locate
from app.io.importing.draft import Draft
from app.io.importing.faults import Fault, to_exchange_error
from app.io.importing.finishing import add_house_numbers, finish
from app.io.importing.headings import COORDINATE_HEADINGS, guess_mapping
from app.io.importing.noticing import notice_file
from app.io.importing.outcome import TARGETS, ImportOptions, ImportOutcome, Preview
from app.io.importing.rejects import rejected_rows, restored, write_rejects
from app.io.importing.sandbox import read_in_worker
from app.io.importing.shaping import project_geometry, spread
from app.io.importing.source import Reading, SourceTable
from app.io.importing.targets import (
    assume_missing,
    family_of,
    guess_target,
    settle_closed_lists,
)
from app.io.importing.values import convert_columns, set_value
from app.model.changes import combine
from app.model.errors import ExchangeError
from app.model.frames import plain
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.progress import Progress, no_progress, part
from app.model.schema import Table
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
    reading = _read(path, target, options, None, part(progress, 0.0, 0.5), forbidden_path)
    drafts = []
    share = 0.4 / max(len(reading.tables), 1)
    for number, source in enumerate(reading.tables):
        progress(0.5 + share * number, message(QT_TRANSLATE_NOOP("core", "Understanding the rows")))
        drafts.append(_understand(restored(source), target, network, options, path))
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
    reading = _read(path, target, options, PREVIEW_ROWS, progress, forbidden_path)
    source = reading.tables[0]
    fields = coordinate_fields(source, options) if source.geometry is None else {}
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


def _read(
    path: Path,
    target: str,
    options: ImportOptions,
    row_limit: int | None,
    progress: Progress,
    forbidden_path: Path | str | None,
) -> Reading:
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


def _understand(
    source: SourceTable, target: str, network: Network, options: ImportOptions, path: Path
) -> Draft:
    """Return the draft of one table: mapped, converted, placed and checked."""
    if len(source) == 0 and not source.target:
        raise to_exchange_error(path, "no_rows", {})
    geometry, crs, taken = source.geometry, source.crs, {}
    located = None
    if geometry is None:
        located = locate(source, options, path)
        if located is not None:
            geometry, crs, taken = located.geometry, located.crs, dict(located.columns)
    if target == "auto":
        target = guess_target(source, family_of(geometry), path.stem).target
    elif source.target:
        target = source.target
    table = TABLES[target]
    draft = Draft(
        table=table,
        source=source,
        network=network,
        options=options,
        geometry=np.full(len(source), None, dtype=object) if geometry is None else geometry.copy(),
        reasons=np.full(len(source), None, dtype=object),
    )
    draft.used_columns.update(taken.values())
    _check_options(table, source, options, path)
    _map(draft, taken)
    _take_problems(draft)
    if located is not None:
        for place, reason in located.reasons.items():
            draft.reject(np.array([place]), reason)
    if draft.has_geometry and geometry is None:
        raise ExchangeError(
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "{name} has neither geometry nor columns with coordinates; name them with "
                    "--map x=... --map y=...",
                ),
                name=path.name,
            ),
            path,
        )
    settle_closed_lists(draft)
    convert_columns(draft)
    assume_missing(draft, path.stem)
    if draft.has_geometry:
        project_geometry(draft, options.crs or crs, path)
    spread(draft)
    add_house_numbers(draft)
    notice_file(draft, located)
    return draft


def _check_options(table: Table, source: SourceTable, options: ImportOptions, path: Path) -> None:
    """Raise `ExchangeError` when a set value or a mapping names what does not exist."""
    names = {*table.column_names, "uid", *COORDINATE_HEADINGS}
    for name, heading in options.mapping.items():
        if name not in names:
            _refuse_name(name, table, path)
        if heading and heading not in source.columns:
            raise ExchangeError(
                message(
                    QT_TRANSLATE_NOOP("core", "{file} has no column {heading}; it has: {columns}"),
                    file=path.name,
                    heading=heading,
                    columns=", ".join(source.columns),
                ),
                path,
            )
    for name, text in options.set_values.items():
        if name not in table.column_names:
            _refuse_name(name, table, path)
        if not table.column(name).reference:
            set_value(table.column(name), text)


def _refuse_name(name: str, table: Table, path: Path) -> None:
    raise ExchangeError(
        message(
            QT_TRANSLATE_NOOP("core", "{table} have no column {column}; they have: {columns}"),
            table=table.name,
            column=name,
            columns=", ".join(table.column_names),
        ),
        path,
    )


def _map(draft: Draft, taken: dict[str, str]) -> None:
    """Settle which column is which field: asked for first, then guessed."""
    asked = {
        name: heading
        for name, heading in draft.options.mapping.items()
        if name not in COORDINATE_HEADINGS
    }
    reserved = {*taken.values(), *filter(None, asked.values())}
    guess = guess_mapping(draft.table, list(draft.source.columns), reserved)
    for name, heading in guess.columns.items():
        if name not in asked and name not in draft.options.set_values:
            draft.mapping[name] = heading
    draft.mapping.update({name: heading for name, heading in asked.items() if heading})
    draft.used_columns.update(draft.mapping.values())


def _take_problems(draft: Draft) -> None:
    for place, (_, values) in draft.source.problems.items():
        draft.reject(
            np.array([place]),
            message(
                QT_TRANSLATE_NOOP("core", "The line has {count} fields instead of {expected}"),
                count=values.get("count"),
                expected=values.get("expected"),
            ),
        )


def _outcome(
    drafts: Sequence[Draft],
    target: str,
    reading: Reading,
    path: Path,
    options: ImportOptions,
    forbidden_path: Path | str | None,
) -> ImportOutcome:
    parts, findings = [], []
    for draft in drafts:
        changes, found = finish(draft)
        parts.extend(changes)
        findings.extend(found)
    read = sum(len(draft.source) for draft in drafts)
    accepted = sum(int(draft.is_alive.sum()) for draft in drafts)
    folder = options.rejected_folder
    if folder is None:
        folder = Path(forbidden_path).parent if forbidden_path is not None else path.parent
    rejected = tuple(row for draft in drafts for row in rejected_rows(draft))
    rejected_file = write_rejects(drafts, path, folder)
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
