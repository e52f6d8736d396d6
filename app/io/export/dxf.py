"""The plan as DXF for CAD: metres of the project's CRS, a layer for each type, text labels."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import ezdxf
import geopandas as gpd
import numpy as np
import shapely
from ezdxf.colors import RGB
from ezdxf.document import Drawing
from ezdxf.enums import TextEntityAlignment
from ezdxf.filemanagement import read

from app.io.export.dossier import PlanDossier
from app.io.export.fonts import abbreviated
from app.io.export.mapsheet import plan_bounds
from app.io.export.safe import VerificationError
from app.io.export.tables import warnings
from app.io.export.texts import Speech
from app.model.frames import plain
from app.model.symbols import Symbol, load_symbols, outline

APPLICATION = "ANELLO"
"""Name under which every entity carries its uid as extended data."""
TITLE_LAYER = "TITLE"

_TEXT_M = 3.0
_TITLE_M = 12.0
_M_PER_PX = 0.8
"""Size of point symbols on the ground, which suits plots of about 1:2 000."""
_METRES = 6
_LONGEST_TEXT = 200
_LINEWEIGHTS = (13, 18, 25, 35, 50, 70, 100)
"""Widths that DXF knows, in hundredths of a millimetre."""


def build_drawing(dossier: PlanDossier, language: str) -> bytes:
    """Return the drawing; layers are ``TABLE-type``, their labels ``TABLE-type-TEXT``."""
    speech = Speech(language)
    drawing = ezdxf.new("R2018", units=_METRES)
    drawing.header["$MEASUREMENT"] = 1
    drawing.appids.add(APPLICATION)
    for table, frame in _frames(dossier):
        style = load_symbols().layers[table]
        for (uid, row), label in zip(frame.iterrows(), _labels(table, frame), strict=True):
            value = str(row[style.column]) if style.column else ""
            layer = _layer(drawing, table, value, style.symbol(value))
            _draw(drawing, layer, str(uid), row.geometry, style.symbol(value), label)
    _title(drawing, dossier, speech)
    text = io.StringIO()
    drawing.write(text)
    return text.getvalue().encode(drawing.output_encoding, errors="dxfreplace")


def count_entities(content: bytes) -> int:
    """Return the number of entities; raises `VerificationError` where the audit finds errors."""
    try:
        drawing = read(io.StringIO(content.decode("utf-8")))
    except (ezdxf.DXFError, ValueError) as error:
        raise VerificationError(str(error)) from error
    faults = drawing.audit().errors
    if faults:
        raise VerificationError(f"{len(faults)} errors, first: {faults[0].message}")
    return len(drawing.modelspace())


def _frames(dossier: PlanDossier) -> Iterator[tuple[str, gpd.GeoDataFrame]]:
    network = dossier.network
    sites = dossier.sites.assign(number=range(1, len(dossier.sites) + 1))
    yield "spans", network.geo("spans")
    yield "nodes", network.geo("nodes")
    yield "plan_spans", dossier.spans
    yield "plan_nodes", dossier.nodes
    yield "sites", sites


def _labels(table: str, frame: gpd.GeoDataFrame) -> list[str]:
    if table == "sites":
        numbers, names = frame["number"].tolist(), frame["name"].tolist()
        return [f"{number} {_line(name)}" for number, name in zip(numbers, names, strict=True)]
    if table == "plan_nodes":
        return [""] * len(frame)
    return [_line(name) for name in frame["name"]]


def _line(text: object) -> str:
    """Return one line of text without the codes that CAD programs interpret in it."""
    known = plain(text)
    shown = "" if known is None else abbreviated(str(known), _LONGEST_TEXT)
    shown = shown.replace("\N{ZERO WIDTH SPACE}", "").replace("%%", "% %")
    return shown.replace("\\", "/").replace("^", " ")


def _layer(drawing: Drawing, table: str, value: str, symbol: Symbol) -> str:
    name = f"{table}-{value or 'other'}".upper().replace("_", "-")
    name = "".join(char if char.isalnum() or char in "-." else "-" for char in name)
    if name not in drawing.layers:
        color = symbol.fill if symbol.fill and symbol.color == "#ffffff" else symbol.color
        width = symbol.width_px * 26
        weight = min(_LINEWEIGHTS, key=lambda known: abs(known - width))
        drawing.layers.add(name, lineweight=weight).rgb = RGB.from_hex(color)
        drawing.layers.add(f"{name}-TEXT").rgb = RGB.from_hex(color)
    return name


def _draw(drawing: Drawing, layer: str, uid: str, shape: Any, symbol: Symbol, label: str) -> None:
    if shape is None or shape.is_empty:
        return
    space = drawing.modelspace()
    xy = shapely.get_coordinates(shape)
    if isinstance(shape, shapely.Point):
        entity: Any = space.add_blockref(_block(drawing, symbol), xy[0], {"layer": layer})
        middle = xy[0]
    else:
        entity = space.add_lwpolyline(xy.tolist(), dxfattribs={"layer": layer})
        middle = shapely.get_coordinates(
            shapely.line_interpolate_point(shape, 0.5, normalized=True)
        )[0]
    entity.set_xdata(APPLICATION, [(1000, uid[:250])])
    if label:
        place = tuple((middle + np.array([2.0, 2.0])).tolist())
        text = space.add_text(label, height=_TEXT_M, dxfattribs={"layer": f"{layer}-TEXT"})
        text.set_placement(place)


def _block(drawing: Drawing, symbol: Symbol) -> str:
    """Return the name of a block with the outline of a point symbol, made at first use."""
    size_m = symbol.size_px * _M_PER_PX
    name = f"{symbol.shape}-{symbol.size_px:g}".upper()
    if name not in drawing.blocks:
        block = drawing.blocks.new(name)
        corners = [(x * size_m, -y * size_m) for x, y in outline(symbol.shape)]
        if corners:
            block.add_lwpolyline(corners, close=True, dxfattribs={"layer": "0"})
        else:
            block.add_circle((0, 0), size_m / 2, dxfattribs={"layer": "0"})
    return name


def _title(drawing: Drawing, dossier: PlanDossier, speech: Speech) -> None:
    """Write below the plan what it is, its coordinate system and what it costs."""
    drawing.layers.add(TITLE_LAYER)
    west, south, _, _ = plan_bounds(dossier)
    form = speech.formats
    low, typical, high = (form.euro(part) for part in dossier.total_eur.parts())
    lines = [
        dossier.title,
        f"{speech.word('crs')}: {dossier.network.crs}",
        f"{speech.word('cost_typical')}: {typical} ({low} – {high})",
        *warnings(dossier, speech),
        f"{dossier.program} · {form.day(dossier.created)}",
    ]
    space = drawing.modelspace()
    for number, line in enumerate(lines, start=1):
        text = space.add_text(_line(line), height=_TITLE_M, dxfattribs={"layer": TITLE_LAYER})
        place = (west, south - 2.0 * _TITLE_M * (number + 1))
        text.set_placement(place, align=TextEntityAlignment.LEFT)
