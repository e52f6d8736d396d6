"""The map of two routes: surroundings faint, both routes in their colours, shared parts marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from app.io.export import svg
from app.io.export.frame import Frame, clipped, fit
from app.io.export.labels import Box, Label, place
from app.model.frames import GEOMETRY
from app.model.network import Network
from app.model.symbols import LayerStyle, SymbolSet, load_symbols

ROUTE_COLOURS = {1: "route", 2: "protection"}
"""Names of colours of the symbols file, by the number of the route."""

_BACKDROP = ("areas", "hazards", "streets", "barriers", "spans")
_PAD_MM = 3.0
_SIMPLIFY_MM = 0.1
_WIDTH_MM = {1: 1.1, 2: 1.1}
_LABEL_MM = 3.0


@dataclass(frozen=True)
class RoutesSheet:
    """A drawn map and its frame."""

    svg: str
    frame: Frame


def draw_routes(
    network: Network, site: str, routes: pd.DataFrame, shared: pd.DataFrame,
    separation: pd.DataFrame, width_mm: float, height_mm: float, *, is_detail: bool = False,
) -> RoutesSheet:  # fmt: skip
    """Return the map of a site's routes, or of what they share or where they are closest.

    Parameters
    ----------
    routes, shared, separation
        Tables of the study on diverse routes, rows of ``site`` only.
    """
    symbols = load_symbols()
    point = network.geo("sites").at[site, GEOMETRY]
    close = [shape for shape, is_exempt in zip(shared[GEOMETRY], shared["is_exempt"], strict=True)
             if shape is not None and not is_exempt] or [*separation[GEOMETRY]]  # fmt: skip
    everything = np.array(close if is_detail else [point, *routes[GEOMETRY]], dtype=object)
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(everything))
    frame = fit((west, south, east, north), width_mm, height_mm)
    paper = symbols.colors["paper"]
    content = [f'<rect width="{width_mm}" height="{height_mm}" fill="{paper}"/>']
    for table in _BACKDROP:
        content.extend(_backdrop(network, symbols.layers[table], frame))
    content.extend(_routes(routes, symbols, frame))
    content.extend(_shared(shared, symbols, frame))
    content.extend(_separation(separation, symbols, frame))
    content.extend(_ends(network, site, routes, symbols, frame))
    ink = symbols.colors["ink"]
    content.append(
        f'<rect width="{width_mm}" height="{height_mm}" fill="none" stroke="{ink}"'
        ' stroke-width="0.4"/>'
    )
    return RoutesSheet(svg.document(width_mm, height_mm, content), frame)


def _backdrop(network: Network, style: LayerStyle, frame: Frame) -> Iterator[str]:
    """Draw what lies around, thin and pale."""
    table = network.geo(style.table)
    assert style.column is not None
    values = table[style.column].astype(object).to_numpy()
    shapes = np.asarray(table.geometry.to_numpy(), dtype=object)
    wanted = {str(value): style.symbol(value) for value in set(values)}
    parts = []
    for value, symbol in sorted(wanted.items(), key=lambda item: (item[1].width_px, item[0])):
        if symbol.max_scale < frame.scale:
            continue
        rows = np.array([str(item) == value for item in values], dtype=np.bool_)
        cut, _ = clipped(shapes[rows], frame.bounds(_PAD_MM), _SIMPLIFY_MM * frame.m_per_mm)
        is_area = shapely.get_dimensions(cut) == 2
        if symbol.fill:
            parts.append(svg.scaled(svg.area(symbol, svg.line_data(cut[is_area], frame))))
        factor = 0.5 if style.table == "spans" else 0.7
        parts.append(
            svg.scaled(svg.line(symbol, svg.line_data(cut[~is_area], frame), factor=factor))
        )
    if parts:
        yield f'<g opacity="{0.55 if style.table == "spans" else 0.8}">{"".join(parts)}</g>'


def _stroke(data: str, color: str, width_mm: float, extra: str = "") -> str:
    return svg.scaled(
        f'<path d="{data}" fill="none" stroke="{color}" stroke-width="{width_mm * 100:.0f}"'
        f' stroke-linejoin="round" stroke-linecap="round"{extra}/>'
    )


def _lines(rows: pd.DataFrame) -> npt.NDArray[np.object_]:
    return np.asarray(rows[GEOMETRY].to_numpy(), dtype=object)


def _routes(routes: pd.DataFrame, symbols: SymbolSet, frame: Frame) -> Iterator[str]:
    """Draw both routes; existing spans solid, new construction with a light core."""
    for number, name in ROUTE_COLOURS.items():
        mine = routes[routes["route"] == number]
        width = _WIDTH_MM[number]
        whole = svg.line_data(_lines(mine), frame)
        if not whole:
            continue
        yield _stroke(whole, symbols.colors["label_halo"], width + 0.8)
        yield _stroke(whole, symbols.colors[name], width)
        new = svg.line_data(_lines(mine[mine["is_new"].astype(bool)]), frame)
        if new:
            yield _stroke(new, "#ffffff", 0.35)


def _shared(shared: pd.DataFrame, symbols: SymbolSet, frame: Frame) -> Iterator[str]:
    """Mark shared lines with a broad band, shared points with a ring, and number them."""
    color = symbols.colors["error"]
    labels: list[Label] = []
    taken: list[Box] = []
    for number, (shape, is_exempt) in enumerate(
        zip(shared[GEOMETRY], shared["is_exempt"], strict=True), start=1
    ):
        if shape is None or shape.is_empty:
            continue
        faint = ' opacity="0.35"' if is_exempt else ' opacity="0.6"'
        if shapely.get_dimensions(shape) == 1:
            data = svg.line_data(np.array([shape], dtype=object), frame)
            yield _stroke(data, color, 2.6, faint) if data else ""
            spot = shapely.get_parts(shape)[0].interpolate(0.5, normalized=True)
        else:
            spot = shape.representative_point()
        x, y = frame.to_mm(shapely.get_coordinates(spot))[0].tolist()
        if not frame.contains_mm(x, y):
            continue
        yield (
            f'<circle cx="{svg.short(x)}" cy="{svg.short(y)}" r="1.7" fill="none"'
            f' stroke="{color}" stroke-width="0.5"{faint}/>'
        )
        taken.append((x - 1.7, y - 1.7, x + 1.7, y + 1.7))
        if not is_exempt:
            labels.append(
                Label(str(number), x, y, _LABEL_MM, 50, color, symbols.colors["label_halo"],
                      gap_mm=2.2, weight="700")
            )  # fmt: skip
    yield from place(labels, frame, taken)


def _separation(separation: pd.DataFrame, symbols: SymbolSet, frame: Frame) -> Iterator[str]:
    """Draw the line where the routes come closest."""
    for line in separation[GEOMETRY]:
        xy = frame.to_mm(shapely.get_coordinates(line))
        (x0, y0), (x1, y1) = xy[0].tolist(), xy[-1].tolist()
        ink = symbols.colors["ink"]
        yield (
            f'<line x1="{svg.short(x0)}" y1="{svg.short(y0)}" x2="{svg.short(x1)}"'
            f' y2="{svg.short(y1)}" stroke="{ink}" stroke-width="0.5" stroke-dasharray="1 0.6"/>'
        )
        yield (
            f'<circle cx="{svg.short((x0 + x1) / 2)}" cy="{svg.short((y0 + y1) / 2)}" r="3"'
            f' fill="none" stroke="{ink}" stroke-width="0.35"/>'
        )


def _ends(
    network: Network, site: str, routes: pd.DataFrame, symbols: SymbolSet, frame: Frame
) -> Iterator[str]:
    """Draw the site and the hubs on the map with their names."""
    ink, halo = symbols.colors["ink"], symbols.colors["label_halo"]
    labels: list[Label] = []
    nodes = network.geo("nodes")
    nodes = nodes[nodes["type"].isin(("hub", "pop")) & nodes[GEOMETRY].notna()]
    things = [
        (symbols.layers["nodes"].symbol(kind), name, point, 70)
        for kind, name, point in zip(nodes["type"], nodes["name"], nodes[GEOMETRY], strict=True)
    ]
    row = network.geo("sites").loc[site]
    things.append((symbols.layers["sites"].symbol(row["category"]), row["name"], row[GEOMETRY], 90))
    taken: list[Box] = []
    for symbol, name, point, rank in things:
        x, y = frame.to_mm(shapely.get_coordinates(point))[0].tolist()
        if not frame.contains_mm(x, y):
            continue
        yield svg.marker(symbol, x, y, factor=1.3)
        half = svg.px_to_mm(symbol.size_px) * 0.65
        taken.append((x - half, y - half, x + half, y + half))
        if isinstance(name, str) and name:
            labels.append(
                Label(name[:40], x, y, _LABEL_MM, rank, ink, halo, gap_mm=half + 0.6, weight="700")
            )
    yield from place(labels, frame, taken)
