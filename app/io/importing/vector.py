"""Reads geometry files through GDAL. Runs in the worker only."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyogrio
import pyogrio.errors
import shapely

from app.io.importing.archives import extract_kml, extract_shapefile
from app.io.importing.faults import Fault, without_source_lines
from app.io.importing.sniffing import DRIVERS, Format, Sniffed
from app.io.importing.source import ObjectArray, Reading, SourceTable, text_array

_WANTED = {
    "streets": "line", "spans": "line", "conduits": "line", "sites": "point", "nodes": "point",
    "towers": "point", "hazards": "polygon", "areas": "polygon", "barriers": "line polygon",
    "organisations": "none", "risk_groups": "none", "cables": "none", "agreements": "none",
    "fundings": "none",
}  # fmt: skip
_LAYER_WORDS = {
    "streets": ("streets", "street", "strade", "vie", "roads", "edges", "archi", "grafo"),
    "spans": ("spans", "span", "tratte", "links", "edges"),
    "nodes": ("nodes", "node", "nodi"),
    "sites": ("sites", "site", "sedi", "siti"),
    "areas": ("areas", "aree", "comuni", "municipalities"),
    "hazards": ("hazards", "pericoli", "allagamenti", "flood"),
    "barriers": ("barriers", "barriere"),
    "conduits": ("conduits", "cavidotti", "ducts"),
}
"""Layer names that plainly mean a target, the plainest first."""

_KML_NOISE = {
    "timestamp", "begin", "end", "altitudeMode", "tessellate", "extrude", "visibility",
    "drawOrder", "icon",
}  # fmt: skip
_PROGRESS_STEP = 20_000


def read_vector(
    path: Path, sniffed: Sniffed, request: Mapping[str, Any], progress: Callable[[float], None]
) -> Reading:
    """Read the wanted layer or layers of ``path``; raises `Fault`."""
    try:
        where = _where(path, sniffed, request)
        layers = [(name, kind) for name, (_, _, kind) in where.items()]
        chosen = _choose(layers, sniffed.format, request)
        tables = []
        for position, name in enumerate(chosen):
            progress(position / len(chosen))
            place, layer, _ = where[name]
            tables.append(_read_layer(place, layer, sniffed.format, request["row_limit"]))
    except (
        pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError,
        pyogrio.errors.FieldError, pyogrio.errors.GeometryError, pyogrio.errors.CRSError,
        shapely.errors.ShapelyError,
    ) as error:  # fmt: skip
        reason = without_source_lines(str(error))
        raise Fault("unreadable", format=sniffed.format.value, reason=reason) from error
    joined = tables[0] if len(tables) == 1 else _join(path.stem, tables)
    if _is_guessed(layers, chosen, request):
        others = ", ".join(name for name, _ in layers if name not in chosen)
        note = ("layer_chosen", {"layer": chosen[0], "others": others})
        joined = dataclasses.replace(joined, notes=(*joined.notes, note))
    return Reading((joined,), tuple(name for name, _ in layers))


def _where(
    path: Path, sniffed: Sniffed, request: Mapping[str, Any]
) -> dict[str, tuple[Path, str, str]]:
    """Return file, layer and geometry kind of each layer by the name it is shown under.

    A KMZ may hold several documents, one for each layer, behind an index without content.
    """
    places = _places(path, sniffed, request)
    found: dict[str, tuple[Path, str, str]] = {}
    for place in places:
        for layer, kind in _layers(place):
            if len(places) > 1 and not pyogrio.read_info(place, layer=layer)["features"]:
                continue
            name, again = layer, 1
            while name in found:
                again += 1
                name = f"{layer} ({again})"
            found[name] = place, layer, kind
    return found


def _places(path: Path, sniffed: Sniffed, request: Mapping[str, Any]) -> list[Path]:
    """Return what GDAL shall open: the file, or what was unpacked from it."""
    if sniffed.format is Format.ZIPPED_SHAPEFILE:
        return [extract_shapefile(path, sniffed.members[0], Path(request["folder"]))]
    if sniffed.format is Format.KMZ:
        return extract_kml(path, sniffed.members, Path(request["folder"]))
    return [path]


def _layers(place: Path) -> list[tuple[str, str]]:
    """Return name and geometry kind of each layer, without GeoPackage's own tables."""
    listed = pyogrio.list_layers(place)
    return [
        (str(name), str(kind or "none").lower())
        for name, kind in listed
        if str(name) not in ("layer_styles", "changes", "alembic_version")
    ]


def _choose(
    layers: Sequence[tuple[str, str]], format: Format, request: Mapping[str, Any]
) -> list[str]:
    names = [name for name, _ in layers]
    wanted = request["layer"]
    if wanted is not None:
        if wanted not in names:
            raise Fault("layer_unknown", layer=wanted, layers=", ".join(names))
        return [wanted]
    if not names:
        raise Fault("no_layer")
    if len(names) == 1 or format in (Format.KML, Format.KMZ):
        return names  # folders of a KML are headings of one list, not layers of different kind
    target = request["target"]
    if target in names:
        return [target]
    fitting = [name for name, kind in layers if _fits(kind, target)]
    if len(fitting) == 1:
        return fitting
    named = [word for word in _LAYER_WORDS.get(target, ()) if word in fitting]
    if named:
        return named[:1]
    if request["row_limit"] is not None:
        return names[:1]  # a preview shows the first and lists the others
    raise Fault("which_layer", layers=", ".join(names))


def _is_guessed(
    layers: Sequence[tuple[str, str]], chosen: Sequence[str], request: Mapping[str, Any]
) -> bool:
    """Whether one of several layers was chosen by its name or geometry alone."""
    return (
        request["layer"] is None
        and len(chosen) == 1
        and sum(_fits(kind, request["target"]) for _, kind in layers) > 1
    )


def _fits(kind: str, target: str) -> bool:
    wanted = _WANTED.get(target)
    if wanted is None:
        return kind != "none"
    if kind == "none":
        return wanted == "none"
    return kind == "unknown" or any(word in kind for word in wanted.split())


def _read_layer(place: Path, layer: str, format: Format, row_limit: int | None) -> SourceTable:
    driver = pyogrio.read_info(place, layer=layer)["driver"]
    if driver not in DRIVERS[format]:
        raise Fault("driver", format=format.value, driver=str(driver))
    meta, fids, wkb, fields = pyogrio.raw.read(
        place, layer=layer, force_2d=True, return_fids=True, datetime_as_string=True,
        max_features=row_limit,
    )  # fmt: skip
    columns = {
        str(name): _column(values) for name, values in zip(meta["fields"], fields, strict=True)
    }
    if format in (Format.KML, Format.KMZ):
        columns = _without_kml_noise(columns)
    geometry = None if wkb is None else _geometry(wkb)
    count = len(fids)
    return SourceTable(
        name=layer,
        columns=columns,
        geometry=geometry,
        crs=meta["crs"],
        rows=np.asarray(fids if count else [], dtype=np.int64),
        format=format.value,
    )


def _geometry(wkb: ObjectArray) -> ObjectArray:
    return np.asarray(shapely.from_wkb(wkb, on_invalid="ignore"), dtype=object)


def _column(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return numbers as they are, and anything else as text with ``None`` for missing."""
    kind = values.dtype.kind
    if kind in "iu":
        return values.astype(np.int64)
    if kind == "f":
        return values.astype(np.float64)
    if kind == "b":
        return values
    return text_array([None if item is None else _text(item) for item in values.tolist()])


def _text(item: Any) -> str:
    if isinstance(item, bytes):
        return item.hex()
    if isinstance(item, np.ndarray | list | tuple):
        return ", ".join(str(part) for part in item)
    return str(item)


def _without_kml_noise(columns: Mapping[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
    return {name: values for name, values in columns.items() if name not in _KML_NOISE}


def _join(name: str, tables: Sequence[SourceTable]) -> SourceTable:
    """Return the rows of all tables as one, their names in the column ``layer``."""
    headings = list(dict.fromkeys(heading for table in tables for heading in table.columns))
    columns: dict[str, npt.NDArray[Any]] = {
        heading: text_array(
            [item for table in tables for item in _as_text(table.columns.get(heading), len(table))]
        )
        for heading in headings
    }
    columns.setdefault(
        "folder", text_array([table.name for table in tables for _ in range(len(table))])
    )
    shapes = [
        table.geometry if table.geometry is not None else np.full(len(table), None)
        for table in tables
    ]
    count = sum(len(table) for table in tables)
    return SourceTable(
        name=name,
        columns=columns,
        geometry=np.concatenate(shapes),
        crs=tables[0].crs,
        rows=np.arange(1, count + 1, dtype=np.int64),
        format=tables[0].format,
    )


def _as_text(values: npt.NDArray[Any] | None, count: int) -> list[str | None]:
    if values is None:
        return [None] * count
    if values.dtype.kind == "f":
        return [None if np.isnan(item) else repr(float(item)) for item in values]
    return [None if item is None else str(item) for item in values.tolist()]
