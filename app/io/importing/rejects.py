"""Rejected rows, kept whole in a file that can be mended and imported again."""

from __future__ import annotations

import csv
import json
import os
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from app.io.importing.draft import Draft, attributes_at
from app.io.importing.outcome import RejectedRow
from app.io.importing.source import SourceTable, text_array
from app.model.errors import ExchangeError
from app.model.messages import QT_TRANSLATE_NOOP, message

REASON, ROW, TARGET = "anello_reason", "anello_row", "anello_target"

_FORMULA = re.compile(r"^'*[=@\t\r]|^'+[+-]|^[+-](?![\d.,]+$)")
_QUOTED = re.compile(r"^'(?='*[=@\t\r+-])")


def rejected_rows(draft: Draft) -> tuple[RejectedRow, ...]:
    """Return the rejected rows of a draft in the order of the source."""
    return tuple(
        RejectedRow(
            int(draft.source.rows[place]),
            draft.reasons[place],
            draft.table.name,
            attributes_at(draft.source, int(place)),
        )
        for place in np.flatnonzero(~draft.is_alive)
    )


def write_rejects(drafts: Sequence[Draft], path: Path, folder: Path) -> Path | None:
    """Write the rejected rows of all drafts beside the project; ``None`` if there are none.

    Tables give CSV, everything with geometry GeoJSON in the CRS of the source.
    """
    if all(draft.is_alive.all() for draft in drafts):
        return None
    is_table = all(draft.source.geometry is None for draft in drafts)
    goal = _free_name(folder, path, "csv" if is_table else "geojson")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=".anello-", suffix=".tmp")
        temporary = Path(name)
        encoding = "utf-8-sig" if is_table else "utf-8"
        try:
            with os.fdopen(handle, "w", encoding=encoding, newline="") as stream:
                (_write_csv if is_table else _write_geojson)(drafts, stream)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(goal)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise ExchangeError(
            message(
                QT_TRANSLATE_NOOP("core", "The file of rejected rows cannot be written: {reason}"),
                reason=error.strerror or str(error),
            ),
            goal,
        ) from error
    return goal


def _free_name(folder: Path, path: Path, ending: str) -> Path:
    """Return a name that overwrites nothing: an older file may be just being mended."""
    stem = re.sub(r"\.rejected(-\d+)?$", "", path.stem.removesuffix(".osm"))
    goal = folder / f"{stem}.rejected.{ending}"
    number = 2
    while goal.exists():
        goal = folder / f"{stem}.rejected-{number}.{ending}"
        number += 1
    return goal


def _write_csv(drafts: Sequence[Draft], stream: TextIO) -> None:
    headings = list(dict.fromkeys(name for draft in drafts for name in draft.source.columns))
    headings = [name for name in headings if name not in (REASON, ROW, TARGET)]
    delimiter = drafts[0].source.dialect.get("delimiter", ",")
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow([*headings, ROW, REASON])
    for draft in drafts:
        for place in np.flatnonzero(~draft.is_alive):
            values = attributes_at(draft.source, int(place))
            row = [_inert(values.get(name)) for name in headings]
            writer.writerow([*row, int(draft.source.rows[place]), str(draft.reasons[place])])


def _inert(value: Any) -> Any:
    """Keep a spreadsheet from running text as a formula; `restored` takes the mark off again."""
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return "" if value is None else value


def restored(source: SourceTable) -> SourceTable:
    """Return a table of our own rejects as it was before its texts were made inert."""
    if REASON not in source.columns or source.geometry is not None:
        return source
    return unquoted(source)


def unquoted(source: SourceTable) -> SourceTable:
    """Return a table without the marks that keep spreadsheets from running its texts."""
    columns: dict[str, Any] = {}
    for name, values in source.columns.items():
        columns[name] = values
        if values.dtype.kind == "O":
            columns[name] = text_array(
                [item if item is None else _QUOTED.sub("", item) for item in values]
            )
    return SourceTable(**{**source.__dict__, "columns": columns})


def _write_geojson(drafts: Sequence[Draft], stream: TextIO) -> None:
    head: dict[str, Any] = {"type": "FeatureCollection"}
    crs = _urn(drafts[0].options.crs or drafts[0].source.crs)
    if crs is not None:
        head["crs"] = {"type": "name", "properties": {"name": crs}}
    stream.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [\n')
    for number, feature in enumerate(_features(drafts)):
        stream.write(",\n" if number else "")
        stream.write(json.dumps(feature, ensure_ascii=False, allow_nan=False))
    stream.write("\n]}\n")


def _features(drafts: Sequence[Draft]) -> Iterable[Mapping[str, Any]]:
    for draft in drafts:
        for place in np.flatnonzero(~draft.is_alive):
            properties = {
                name: item
                for name, item in attributes_at(draft.source, int(place)).items()
                if name not in (REASON, ROW, TARGET)
            }
            properties[ROW] = int(draft.source.rows[place])
            properties[REASON] = str(draft.reasons[place])
            properties[TARGET] = draft.table.name
            shapes = draft.source.geometry
            yield {
                "type": "Feature",
                "properties": {name: _finite(item) for name, item in properties.items()},
                "geometry": None if shapes is None else _geojson(shapes[place]),
            }


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not np.isfinite(value) else value


def _geojson(shape: Any) -> Any:
    if shape is None or shape.is_empty or not np.isfinite(shapely.get_coordinates(shape)).all():
        return None
    return json.loads(shapely.to_geojson(shape))


def _urn(crs: str | None) -> str | None:
    """Return the name by which a GeoJSON reader finds the CRS again."""
    if crs is None:
        return None
    try:
        authority = CRS.from_user_input(crs).to_authority(min_confidence=70)
    except CRSError:
        return None
    if authority is None:
        return None
    name, code = authority
    return "urn:ogc:def:crs:OGC:1.3:CRS84" if code == "CRS84" else f"urn:ogc:def:crs:{name}::{code}"
