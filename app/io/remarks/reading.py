"""Remarks as a file holds them: from the layer of a GeoPackage, or the sheets of a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from app.io.importing.faults import Fault, to_exchange_error
from app.io.importing.projecting import find_passage, parse_crs, transform_shapes
from app.io.importing.sandbox import read_in_worker
from app.io.importing.source import SourceTable
from app.io.importing.tabular import KEY_HEADING
from app.io.remarks.layout import BILL, LAYER, heading_fields, plan_of_heading
from app.model.errors import ExchangeError
from app.model.frames import plain
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.progress import Progress
from app.model.tables import TABLES

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "uid": ("uid",),
    "plan": ("plan",),
    "reply_to": ("reply_to",),
    "table": ("object_table", "object_tab"),
    "object": ("object_uid",),
    "text": ("body", *TABLES["comments"].column("body").aliases),
    "author": ("author", "autore"),
    "created": ("created",),
    "state": ("state", "stato"),
    "answer": ("answer", "risposta"),
    "answer_author": ("answer_author", "answer_aut"),
    "base": ("base",),
}
"""Columns of a layer or plain table by field; the short forms are those of a Shapefile."""


@dataclass(frozen=True, kw_only=True)
class ReturnedRow:
    """A row as it came back.

    ``is_listed`` tells a row of the list of remarks from one of objects, where a text is always
    a new remark. ``table`` may be `BILL`, then ``object`` is the code of an item.
    """

    where: str
    number: int
    is_listed: bool
    uid: str | None = None
    plan: str | None = None
    reply_to: str | None = None
    table: str | None = None
    object: str | None = None
    text: str | None = None
    author: str | None = None
    created: str | None = None
    state: str | None = None
    answer: str | None = None
    answer_author: str | None = None
    base: str | None = None
    point: shapely.Point | None = None


def read_returned(
    path: Path, crs: str, progress: Progress, forbidden_path: Path, layer: str | None = None
) -> list[ReturnedRow]:
    """Read the remarks of a file, with places in ``crs``; raises `ExchangeError`.

    The file is opened in a worker, never here; the open project itself is refused.
    """
    request = {
        "path": str(path.absolute()), "target": LAYER, "layer": layer, "row_limit": None,
    }  # fmt: skip
    try:
        if path.exists() and forbidden_path.exists() and path.samefile(forbidden_path):
            raise Fault("is_project")
        reading = read_in_worker(request, progress)
    except Fault as fault:
        raise to_exchange_error(path, fault.code, fault.values, fault.row) from fault
    rows: list[ReturnedRow] = []
    for table in reading.tables:
        keyed = next((name for name in table.columns if name.startswith(KEY_HEADING)), None)
        found = _layer(table, crs, path) if keyed is None else _sheet(table, keyed)
        rows.extend(found)
    return rows


def _layer(table: SourceTable, crs: str, path: Path) -> Iterator[ReturnedRow]:
    names = {name.casefold(): name for name in table.columns}
    fields = {
        field: names[alias]
        for field, aliases in _COLUMNS.items()
        for alias in reversed(aliases)
        if alias in names
    }
    if "text" not in fields:
        raise ExchangeError(
            message(
                QT_TRANSLATE_NOOP("core", "{name} has no column of remarks; it has: {columns}"),
                name=path.name,
                columns=", ".join(table.columns),
            ),
            path,
        )
    points = _points(table, crs, path)
    for at in range(len(table)):
        cells = {field: _text(table.columns[name][at]) for field, name in fields.items()}
        yield ReturnedRow(
            where=table.name, number=int(table.rows[at]), is_listed=True, point=points[at], **cells
        )


def _points(table: SourceTable, crs: str, path: Path) -> list[Any]:
    """Return a point for each row, in ``crs``; ``None`` where there is none."""
    if table.geometry is None or table.crs is None:
        return [None] * len(table)
    shapes = shapely.point_on_surface(table.geometry)
    shapes[shapely.is_empty(shapes)] = None
    xy = shapely.get_coordinates(shapes)
    if len(xy):
        passage = find_passage(
            parse_crs(table.crs, path), crs, np.asarray(xy), accept_ballpark=False, path=path
        )
        shapes = transform_shapes(shapes, passage, swap=False)
    return [
        None if point is None or not np.isfinite(shapely.get_coordinates(point)).all() else point
        for point in shapes
    ]


def _sheet(table: SourceTable, keyed: str) -> Iterator[ReturnedRow]:
    fields = {
        field: name
        for name in table.columns
        if (field := heading_fields().get(name.casefold())) is not None
    }
    plan = plan_of_heading(keyed)
    extra = {"base": "anello_base", "reply_to": "anello_thread"}
    fields |= {field: name for field, name in extra.items() if name in table.columns}
    for at in range(len(table)):
        cells = {field: _text(table.columns[name][at]) for field, name in fields.items()}
        kind, _, uid = (_text(table.columns[keyed][at]) or "").partition(":")
        is_listed = "answer" in fields
        if is_listed:
            cells["uid"] = uid or None
        else:
            cells |= {"table": kind or None, "object": uid or None}
        yield ReturnedRow(
            where=table.name, number=int(table.rows[at]), is_listed=is_listed, plan=plan, **cells
        )


def _text(value: Any) -> str | None:
    value = plain(value)
    if value is None:
        return None
    return str(value).strip() or None


def is_bill_line(row: ReturnedRow) -> bool:
    """Return whether a row is about a line of the bill."""
    return row.table == BILL
