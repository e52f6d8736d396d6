"""Rules on single values: required, in range, of the closed list, at a place."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import shapely

from app.model.findings import Finding, Severity
from app.model.frames import GEOMETRY
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.rules.places import found, is_swapped
from app.model.schema import Column, Table
from app.model.tables import TABLES


def required_values(network: Network) -> Iterable[Finding]:
    """``value.missing``: a required column is empty."""
    for table in TABLES.values():
        frame = network.table(table.name)
        for column in table.columns:
            if not column.required or frame.empty:
                continue
            cells = frame[column.name]
            uids = frame.index[cells.isna() | (cells.astype(object) == "")]
            text = message(
                QT_TRANSLATE_NOOP("core", "{count} of {table} have no {column}"),
                count=len(uids),
                table=message(table.label),
                column=message(column.label),
            )
            advice = message(QT_TRANSLATE_NOOP("core", "Fill the column in the table."))
            yield from found(
                network, "value.missing", Severity.ERROR, table.name, uids, text, advice
            )


def values_in_range(network: Network) -> Iterable[Finding]:
    """``value.out_of_range`` and ``value.not_in_list``."""
    for table in TABLES.values():
        frame = network.table(table.name)
        for column in table.columns:
            if frame.empty:
                continue
            if column.choices:
                yield from _not_in_list(network, table, column, frame)
            if column.low is not None or column.high is not None:
                yield from _out_of_range(network, table, column, frame)


def _not_in_list(
    network: Network, table: Table, column: Column, frame: pd.DataFrame
) -> Iterable[Finding]:
    cells = frame[column.name]
    uids = frame.index[cells.notna() & ~cells.isin(column.choices)]
    text = message(
        QT_TRANSLATE_NOOP("core", "{count} of {table}: “{value}” is no {column}"),
        count=len(uids),
        table=message(table.label),
        column=message(column.label),
        value=cells[uids[0]] if len(uids) else "",
    )
    advice = message(
        QT_TRANSLATE_NOOP("core", "Choose one of: {choices}."), choices=", ".join(column.choices)
    )
    yield from found(network, "value.not_in_list", Severity.ERROR, table.name, uids, text, advice)


def _out_of_range(
    network: Network, table: Table, column: Column, frame: pd.DataFrame
) -> Iterable[Finding]:
    numbers = frame[column.name].to_numpy(dtype=float, na_value=np.nan)
    low = -np.inf if column.low is None else column.low
    high = np.inf if column.high is None else column.high
    uids = frame.index[(numbers < low) | (numbers > high)]
    text = message(
        QT_TRANSLATE_NOOP("core", "{count} of {table}: {column} outside {low} to {high} {unit}"),
        count=len(uids),
        table=message(table.label),
        column=message(column.label),
        low=low,
        high=high,
        unit=column.unit,
    )
    advice = message(QT_TRANSLATE_NOOP("core", "Check the value and its unit."))
    yield from found(
        network, "value.out_of_range", Severity.WARNING, table.name, uids, text, advice
    )


def geometries(network: Network) -> Iterable[Finding]:
    """``geometry.missing`` and ``geometry.invalid``."""
    for table in TABLES.values():
        if not table.geometry or network.table(table.name).empty:
            continue
        frame = network.geo(table.name)
        shapes = frame[GEOMETRY].to_numpy()
        missing = shapely.is_missing(shapes) | shapely.is_empty(shapes)
        if table.name != "comments":
            text = message(
                QT_TRANSLATE_NOOP("core", "{count} of {table} have no place on the map"),
                count=int(missing.sum()),
                table=message(table.label),
            )
            advice = message(QT_TRANSLATE_NOOP("core", "Draw or import their geometry."))
            yield from found(
                network, "geometry.missing", Severity.ERROR, table.name, frame.index[missing],
                text, advice,
            )  # fmt: skip
        wrong = ~missing & ~shapely.is_valid(shapes)
        text = message(
            QT_TRANSLATE_NOOP("core", "{count} of {table} have a geometry that crosses itself"),
            count=int(wrong.sum()),
            table=message(table.label),
        )
        advice = message(QT_TRANSLATE_NOOP("core", "Mend the geometry at its source."))
        yield from found(
            network, "geometry.invalid", Severity.WARNING, table.name, frame.index[wrong],
            text, advice,
        )  # fmt: skip


def coordinates(network: Network) -> Iterable[Finding]:
    """``geometry.swapped``: points whose latitude and longitude are exchanged."""
    for table in TABLES.values():
        if table.geometry != "POINT" or network.table(table.name).empty:
            continue
        frame = network.geo(table.name)
        uids = frame.index[is_swapped(frame, network.crs)]
        text = message(
            QT_TRANSLATE_NOOP("core", "{count} of {table}: latitude and longitude are exchanged"),
            count=len(uids),
            table=message(table.label),
        )
        advice = message(
            QT_TRANSLATE_NOOP("core", "Exchanged once more, they lie where the others are.")
        )
        yield from found(
            network, "geometry.swapped", Severity.ERROR, table.name, uids, text, advice
        )


RULES = (required_values, values_in_range, geometries, coordinates)
