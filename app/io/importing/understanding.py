"""Turns a source table into a draft: which column is which, converted, placed, in shape."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.io.importing.coordinates import Located, locate
from app.io.importing.draft import Draft
from app.io.importing.faults import to_exchange_error
from app.io.importing.finishing import add_house_numbers
from app.io.importing.headings import COORDINATE_HEADINGS, guess_mapping
from app.io.importing.noticing import notice_file, take_problems
from app.io.importing.outcome import ImportOptions
from app.io.importing.shaping import project_geometry, spread
from app.io.importing.source import SourceTable
from app.io.importing.targets import (
    assume_missing,
    family_of,
    guess_target,
    settle_closed_lists,
)
from app.io.importing.values import convert_columns, set_value
from app.model.errors import ExchangeError
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.schema import Table
from app.model.tables import TABLES

PRICES = "price_items"
"""Rows without any place: two prices in a row must not pass for coordinates."""


def understand(
    source: SourceTable, target: str, network: Network, options: ImportOptions, path: Path
) -> Draft:
    """Return the draft of one table: mapped, converted, placed and checked."""
    if len(source) == 0 and not source.target:
        raise to_exchange_error(path, "no_rows", {})
    is_sought = source.geometry is None and target != PRICES
    located = locate(source, options, path) if is_sought else None
    draft = _start(source, located, target, network, options, path)
    check_options(draft.table, source, options, path)
    _map(draft, {} if located is None else dict(located.columns))
    take_problems(draft, located)
    settle_closed_lists(draft)
    convert_columns(draft)
    assume_missing(draft, path.stem)
    if draft.has_geometry:
        crs = source.crs if located is None else located.crs
        project_geometry(draft, options.crs or crs, path)
    spread(draft)
    add_house_numbers(draft)
    notice_file(draft, located)
    return draft


def _start(
    source: SourceTable,
    located: Located | None,
    target: str,
    network: Network,
    options: ImportOptions,
    path: Path,
) -> Draft:
    """Return the empty draft of the right table; raises `ExchangeError` without places."""
    geometry = source.geometry if located is None else located.geometry
    if source.target:
        target = source.target
    elif target == "auto":
        target = guess_target(source, family_of(geometry), path.stem).target
    draft = Draft(
        table=TABLES[target],
        source=source,
        network=network,
        options=options,
        geometry=np.full(len(source), None, dtype=object) if geometry is None else geometry.copy(),
        reasons=np.full(len(source), None, dtype=object),
        is_placed=geometry is not None,
    )
    if target == "towers" and geometry is None and names_nodes(source, options):
        return draft
    if geometry is None and (draft.table.geometry or target == "towers"):
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
    return draft


def names_nodes(source: SourceTable, options: ImportOptions) -> bool:
    """Whether a table of towers without places names their nodes."""
    return "node" in {
        **guess_mapping(TABLES["towers"], list(source.columns)).columns,
        **options.mapping,
    }


def check_options(table: Table, source: SourceTable, options: ImportOptions, path: Path) -> None:
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
    draft.used_columns.update([*taken.values(), *draft.mapping.values()])
