"""Mends: for rules whose faults have one safe answer, the change that gives it.

Each mend looks at a network and returns changes of tables; what has no single answer stays as
it is and is found again by the next check. Everything is one undo step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from app.model.changes import ChangeSet, TableChange, combine, delete, update
from app.model.edits import delete_rows
from app.model.frames import GEOMETRY, plain
from app.model.geodesy import from_lonlat, lengths_m, to_lonlat
from app.model.labels import label_of
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.network import Network
from app.model.rules.places import is_swapped
from app.model.rules.repeated import repeated_sites
from app.model.rules.topology import END_TOLERANCE_M
from app.model.schema import Column, Kind, Table
from app.model.tables import TABLES

Changes = Iterable[TableChange | ChangeSet]

GAP_M = 10.0
"""An end that lies farther from its node than this is drawn wrongly, not imprecisely."""


@dataclass(frozen=True)
class Mend:
    """What a mend does, in the words of a button, and how."""

    text: str
    make: Callable[[Network, Sequence[str]], Changes]


def mend(network: Network, rule: str, table: str = "") -> ChangeSet:
    """Return the change that mends what ``rule`` finds, in one table or in all.

    Raises `KeyError` for a rule without a safe mend; see `MENDS`.
    """
    tables = [table] if table else list(TABLES)
    label = message(QT_TRANSLATE_NOOP("core", "Mend: {what}"), what=message(MENDS[rule].text))
    return combine(label, MENDS[rule].make(network, tables))


def mend_text(rule: str) -> Message:
    """Return what the mend of a rule does."""
    return message(MENDS[rule].text)


def _dead_references(network: Network, tables: Sequence[str]) -> Changes:
    """Empty references to objects that are not there; needed ones stay."""
    for name in tables:
        frame = network.table(name)
        values: dict[str, pd.Series] = {}
        for column in TABLES[name].columns:
            if column.reference and not column.required and len(frame):
                values[column.name] = _living(network, column, frame[column.name])
        yield from _changed(name, frame, values)


def _living(network: Network, column: Column, cells: pd.Series) -> pd.Series:
    known = set(network.table(column.reference).index)
    if column.kind is Kind.JSON:
        return cells.map(lambda uids: tuple(uid for uid in uids or () if uid in known))
    return cells.where(cells.isin(known), None)


def _words(network: Network, tables: Sequence[str]) -> Changes:
    """Read words that differ from a code only in spelling; else take the code for others."""
    for name in tables:
        frame = network.table(name)
        for column in TABLES[name].columns:
            if not column.choices or frame.empty:
                continue
            cells = frame[column.name]
            unknown = cells.notna() & ~cells.isin(column.choices)
            if unknown.any():
                rows = frame.loc[unknown]
                yield from _renamed(TABLES[name], column, rows)


def _renamed(table: Table, column: Column, rows: pd.DataFrame) -> Changes:
    codes = {_spelling(word): code for code in column.choices for word in (code, label_of(code))}
    others = [code for code in column.choices if code in ("other", "other_body", "unknown")]
    found = [codes.get(_spelling(str(word))) for word in rows[column.name]]
    values: dict[str, pd.Series] = {
        column.name: pd.Series(
            [
                code or (others[0] if others else word)
                for code, word in zip(found, rows[column.name], strict=True)
            ],
            index=rows.index,
            dtype=object,
        )
    }
    if others and "note" in table.column_names:
        notes = [
            plain(note)
            if code
            else "; ".join(filter(None, (plain(note), f"{column.name}: {word}")))
            for code, note, word in zip(found, rows["note"], rows[column.name], strict=True)
        ]
        values["note"] = pd.Series(notes, index=rows.index, dtype=object)
    yield from _changed(table.name, rows, values)


def _spelling(word: str) -> str:
    return "".join(sign for sign in word.casefold() if sign.isalnum())


def _valid_shapes(network: Network, tables: Sequence[str]) -> Changes:
    """Take areas that cross themselves apart, if that keeps their kind."""
    for name in tables:
        if not TABLES[name].geometry or network.table(name).empty:
            continue
        frame = network.geo(name)
        shapes = frame[GEOMETRY].to_numpy()
        wrong = ~shapely.is_missing(shapes) & ~shapely.is_valid(shapes)
        rows = frame.loc[wrong]
        mended = shapely.make_valid(shapes[wrong])
        fits = np.array([_is_area(shape) for shape in mended], dtype=bool)
        if fits.any():
            whole = [_as_multi(shape) for shape in mended[fits]]
            yield update(name, rows.loc[fits], {}, _objects(whole))


def _is_area(shape: shapely.Geometry) -> bool:
    return shape.geom_type in ("Polygon", "MultiPolygon") and not shape.is_empty


def _as_multi(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.MultiPolygon([shape]) if shape.geom_type == "Polygon" else shape


def _swapped_places(network: Network, tables: Sequence[str]) -> Changes:
    """Exchange latitude and longitude of points that then lie where the CRS holds."""
    for name in tables:
        if TABLES[name].geometry != "POINT" or network.table(name).empty:
            continue
        rows = network.geo(name)
        rows = rows.loc[is_swapped(rows, network.crs)]
        if len(rows):
            lon, lat = to_lonlat(rows.geometry.x, rows.geometry.y, network.crs)
            x, y = from_lonlat(lat, lon, network.crs)
            yield update(name, rows, {}, _objects(list(shapely.points(x, y))))


def _ends(network: Network, tables: Sequence[str]) -> Changes:
    """Name the one node that lies at the end of a span without one."""
    spans, nodes = network.geo("spans"), network.geo("nodes")
    if "spans" not in tables or spans.empty or nodes.empty:
        return
    shapes = spans[GEOMETRY].to_numpy()
    tree = shapely.STRtree(nodes[GEOMETRY].to_numpy())
    values: dict[str, pd.Series] = {}
    for column, position in (("start_node", 0), ("end_node", -1)):
        ends = shapely.get_point(shapes, position)
        open_ends = np.flatnonzero(spans[column].isna().to_numpy() & ~shapely.is_missing(ends))
        cells = spans[column].copy()
        for row, node in _only_near(tree, ends, open_ends, END_TOLERANCE_M):
            cells.iloc[row] = nodes.index[node]
        values[column] = cells
    yield from _changed("spans", spans, values)


def _serving_nodes(network: Network, tables: Sequence[str]) -> Changes:
    """Name the one node that lies where a site in operation does."""
    sites, nodes = network.geo("sites"), network.geo("nodes")
    if "sites" not in tables or sites.empty or nodes.empty:
        return
    lacks = sites["status"].isin(["operational", "underConstruction"]) & sites["node"].isna()
    places = sites[GEOMETRY].to_numpy()
    rows = np.flatnonzero(lacks.to_numpy() & ~shapely.is_missing(places))
    cells = sites["node"].copy()
    tree = shapely.STRtree(nodes[GEOMETRY].to_numpy())
    for row, node in _only_near(tree, places, rows, END_TOLERANCE_M):
        cells.iloc[row] = nodes.index[node]
    yield from _changed("sites", sites, {"node": cells})


def _only_near(
    tree: shapely.STRtree,
    points: npt.NDArray[np.object_],
    rows: npt.NDArray[np.intp],
    within_m: float,
) -> Iterable[tuple[int, int]]:
    """Yield row and object for rows whose point has exactly one object within ``within_m``."""
    if not len(rows):
        return
    asked, near = tree.query(points[rows], predicate="dwithin", distance=within_m)
    numbers, counts = np.unique(asked, return_counts=True)
    single = set(numbers[counts == 1].tolist())
    for number, item in zip(asked.tolist(), near.tolist(), strict=True):
        if number in single:
            yield int(rows[number]), item


def _joined_ends(network: Network, tables: Sequence[str]) -> Changes:
    """Draw the ends of spans to their nodes, over gaps of at most `GAP_M`."""
    spans, nodes = network.geo("spans"), network.geo("nodes")
    if "spans" not in tables or spans.empty or nodes.empty:
        return
    places = dict(zip(nodes.index, nodes[GEOMETRY], strict=True))
    touched, shapes = [], []
    for uid, start, end, shape in zip(
        spans.index, spans["start_node"], spans["end_node"], spans[GEOMETRY], strict=True
    ):
        drawn = _drawn_to(shape, places.get(start), places.get(end))
        if drawn is not None:
            touched.append(uid)
            shapes.append(drawn)
    if touched:
        yield update("spans", spans.loc[touched], {}, _objects(shapes))


def _drawn_to(
    shape: shapely.LineString | None, start: shapely.Point | None, end: shapely.Point | None
) -> shapely.LineString | None:
    """Return a line with its ends moved to the points that are near, ``None`` if none moves."""
    if shape is None or shape.is_empty:
        return None
    xy = shapely.get_coordinates(shape).copy()
    has_moved = False
    for position, place in ((0, start), (-1, end)):
        if place is None:
            continue
        gap_m = float(np.hypot(*(xy[position] - (place.x, place.y))))
        if END_TOLERANCE_M < gap_m <= GAP_M:
            xy[position] = (place.x, place.y)
            has_moved = True
    return shapely.LineString(xy) if has_moved else None


def _loops(network: Network, tables: Sequence[str]) -> Changes:
    """Delete spans without length that lead from a node to itself, or from nothing to nothing."""
    spans = network.geo("spans")
    if "spans" not in tables or spans.empty:
        return
    is_dot = lengths_m(spans[GEOMETRY].to_numpy(), network.crs) < 0.01
    same = (spans["start_node"] == spans["end_node"]) | (
        spans["start_node"].isna() & spans["end_node"].isna()
    )
    gone = [str(uid) for uid in spans.index[is_dot & same.to_numpy()]]
    if gone:
        yield delete_rows(network, "spans", gone)


def _lengths(network: Network, tables: Sequence[str]) -> Changes:
    """Fill route lengths that are missing with the drawn one, on the ellipsoid."""
    spans = network.geo("spans")
    if "spans" not in tables or spans.empty:
        return
    rows = spans.loc[spans["route_length_m"].isna()]
    rows = rows.loc[~shapely.is_missing(rows[GEOMETRY].to_numpy())]
    if len(rows):
        drawn = lengths_m(rows[GEOMETRY].to_numpy(), network.crs)
        yield update("spans", rows, {"route_length_m": np.round(drawn, 3)})


def _repeats(network: Network, tables: Sequence[str]) -> Changes:
    """Delete sites that repeat another one in every column and that nothing refers to."""
    gone = repeated_sites(network) if "sites" in tables else []
    if gone:
        yield delete("sites", network.table("sites").loc[gone])


def _changed(table: str, frame: pd.DataFrame, values: Mapping[str, pd.Series]) -> Changes:
    """Yield the change of the rows in which a column differs."""
    differs = np.zeros(len(frame), dtype=bool)
    for name, cells in values.items():
        pairs = zip(frame[name].astype(object), cells.astype(object), strict=True)
        differs |= np.array([plain(old) != plain(new) for old, new in pairs], dtype=bool)
    if differs.any():
        made = {name: cells.loc[differs].to_numpy() for name, cells in values.items()}
        yield update(table, frame.loc[differs], made)


def _objects(shapes: Sequence[shapely.Geometry]) -> npt.NDArray[np.object_]:
    made = np.empty(len(shapes), dtype=object)
    made[:] = shapes
    return made


MENDS: Mapping[str, Mend] = {
    "reference.missing": Mend(
        QT_TRANSLATE_NOOP("core", "Empty references to objects that are not there"),
        _dead_references,
    ),
    "value.not_in_list": Mend(
        QT_TRANSLATE_NOOP("core", "Read the words anew; the unknown become “other”, with a note"),
        _words,
    ),
    "geometry.invalid": Mend(
        QT_TRANSLATE_NOOP("core", "Take areas that cross themselves apart"), _valid_shapes
    ),
    "geometry.swapped": Mend(
        QT_TRANSLATE_NOOP("core", "Exchange latitude and longitude"), _swapped_places
    ),
    "span.no_end": Mend(
        QT_TRANSLATE_NOOP("core", "Join ends to the one node that lies there"), _ends
    ),
    "span.end_apart": Mend(
        QT_TRANSLATE_NOOP("core", "Draw ends to their nodes over gaps of up to 10 m"), _joined_ends
    ),
    "span.zero_length": Mend(
        QT_TRANSLATE_NOOP("core", "Delete spans that lead from a node to itself"), _loops
    ),
    "span.length_missing": Mend(
        QT_TRANSLATE_NOOP("core", "Measure the missing lengths on the map"), _lengths
    ),
    "site.no_node": Mend(
        QT_TRANSLATE_NOOP("core", "Name the one node that lies at the site"), _serving_nodes
    ),
    "site.repeated": Mend(
        QT_TRANSLATE_NOOP("core", "Delete sites that are there twice, word for word"), _repeats
    ),
}
"""The mend of each rule that has a safe one."""
