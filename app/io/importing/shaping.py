"""Brings geometries into the project's CRS and into the shape that the target's table takes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from app.io.importing.draft import Draft, rows_text
from app.io.importing.projecting import (
    Passage,
    find_passage,
    inside_share,
    is_outside,
    label_of,
    lonlat_of,
    parse_crs,
    transform_shapes,
)
from app.io.importing.source import ObjectArray
from app.model.errors import ExchangeError
from app.model.findings import Severity
from app.model.messages import QT_TRANSLATE_NOOP, message

BoolArray = npt.NDArray[np.bool_]

_POINTS, _LINES, _POLYGONS = (0, 4), (1, 2, 5), (3, 6)
_COLLECTION = 7
_SWAP_SHARE_AS_IS, _SWAP_SHARE_SWAPPED = 0.1, 0.9
_SWAP_SAMPLE = 2_000
FREE_PARAMETERS_M = 4.0


def project_geometry(draft: Draft, crs_text: str | None, path: Path) -> None:
    """Transform ``draft.geometry`` to the project's CRS; says how well, rejects what is outside.

    Raises
    ------
    ExchangeError
        When the CRS is missing, unknown, or no transformation of known accuracy exists.
    """
    _reject_empty(draft)
    alive = draft.is_alive
    shapes = draft.geometry[alive]
    if crs_text is None:
        raise ExchangeError(
            message(
                QT_TRANSLATE_NOOP(
                    "core", "{name} does not say its CRS; give it with --crs, for example "
                    "--crs EPSG:32632"
                ),
                name=path.name,
            ),
            path,
        )  # fmt: skip
    source_crs = parse_crs(crs_text, path)
    xy = shapely.get_coordinates(shapes)
    passage = find_passage(
        source_crs, draft.network.crs, xy, accept_ballpark=draft.options.accept_ballpark, path=path
    )
    swap = _is_swapped(xy, passage, draft.network.crs)
    moved = transform_shapes(shapes, passage, swap=swap)
    draft.geometry = np.full(len(alive), None, dtype=object)
    draft.geometry[alive] = moved
    _tell_passage(draft, passage, swap=swap)
    _reject_outside(draft, passage)


def _reject_empty(draft: Draft) -> None:
    nothing = shapely.is_missing(draft.geometry) | shapely.is_empty(draft.geometry)
    draft.reject(
        nothing, message(QT_TRANSLATE_NOOP("core", "The row has no geometry, or an empty one"))
    )
    alive = np.flatnonzero(draft.is_alive)
    xy, owner = shapely.get_coordinates(draft.geometry[alive], return_index=True)
    broken = np.unique(owner[~np.isfinite(xy).all(axis=1)])
    draft.reject(
        alive[broken],
        message(QT_TRANSLATE_NOOP("core", "A coordinate of the row is not a finite number")),
    )


def _is_swapped(xy: npt.NDArray[np.float64], passage: Passage, crs: str) -> bool:
    """Whether the numbers evidently stand north first: nonsense as they are, right exchanged."""
    if not len(xy):
        return False
    step = max(1, len(xy) // _SWAP_SAMPLE)
    sample = xy[::step]
    if inside_share(passage.apply(sample), crs) > _SWAP_SHARE_AS_IS:
        return False
    return inside_share(passage.apply(sample[:, ::-1]), crs) >= _SWAP_SHARE_SWAPPED


def _tell_passage(draft: Draft, passage: Passage, *, swap: bool) -> None:
    names = {"source": label_of(passage.source), "target": draft.network.crs}
    if swap:
        draft.remark(
            "import.axes_swapped",
            Severity.WARNING,
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "The coordinates stand north before east; they were exchanged ({source})",
                ),
                **names,
            ),
            advice=message(
                QT_TRANSLATE_NOOP("core", "Look on the map whether the places are right")
            ),
        )
    if passage.accuracy_m < 0:
        text = message(
            QT_TRANSLATE_NOOP(
                "core", "The transformation from {source} to {target} is of unknown accuracy"
            ),
            **names,
        )
        draft.remark("import.ballpark", Severity.WARNING, text)
    elif passage.accuracy_m >= FREE_PARAMETERS_M:
        text = message(
            QT_TRANSLATE_NOOP(
                "core",
                "{source} was transformed to {target} with free parameters, good to {accuracy} m",
            ),
            **names,
            accuracy=f"{passage.accuracy_m:g}",
        )
        draft.remark(
            "import.crs_accuracy", Severity.WARNING, text,
            advice=message(
                QT_TRANSLATE_NOOP(
                    "core", "Where metres matter, convert the file with the official grids first"
                )
            ),
        )  # fmt: skip
    elif not passage.is_identity and passage.accuracy_m > 0:
        text = message(
            QT_TRANSLATE_NOOP(
                "core",
                "{source} was read as {target}: "
                "their datums were treated as equal within {accuracy} m",
            ),
            **names,
            accuracy=f"{passage.accuracy_m:g}",
        )
        draft.remark("import.crs_accuracy", Severity.INFO, text)


def _reject_outside(draft: Draft, passage: Passage) -> None:
    """Reject rows with a point clearly outside the areas of use of both CRS."""
    alive = np.flatnonzero(draft.is_alive)
    xy, owner = shapely.get_coordinates(draft.geometry[alive], return_index=True)
    if not len(xy):
        return
    project = parse_crs(draft.network.crs)
    lon, lat = lonlat_of(xy, draft.network.crs)
    outside = ~np.isfinite(xy).all(axis=1)
    outside |= is_outside(lon, lat, project) | is_outside(lon, lat, passage.source)
    draft.reject(
        alive[np.unique(owner[outside])],
        message(
            QT_TRANSLATE_NOOP(
                "core", "The coordinates lie far outside the area of {source} and {target}"
            ),
            source=label_of(passage.source),
            target=draft.network.crs,
        ),
    )


def spread(draft: Draft) -> None:
    """Give each row the shape of the target; rows with several lines become several objects."""
    kind = "POINT" if draft.table.name == "towers" else draft.table.geometry
    if not draft.has_geometry:
        draft.owner = np.flatnonzero(draft.is_alive)
        draft.geometry = draft.geometry[draft.owner]
        draft.values = {name: values[draft.owner] for name, values in draft.values.items()}
        return
    _flatten_collections(draft)
    shaper = {
        "POINT": _as_points, "LINESTRING": _as_lines, "MULTIPOLYGON": _as_polygons,
        "GEOMETRY": _as_anything,
    }[kind]  # fmt: skip
    shaper(draft)
    for name, values in draft.values.items():
        draft.values[name] = values[draft.owner]


def _flatten_collections(draft: Draft) -> None:
    """Take the lines (else polygons, else points) out of geometry collections."""
    ids = shapely.get_type_id(draft.geometry)
    for place in np.flatnonzero(ids == _COLLECTION):
        parts = shapely.get_parts(draft.geometry[place])
        part_ids = shapely.get_type_id(parts)
        for family, build in (
            (_LINES, shapely.multilinestrings), (_POLYGONS, shapely.multipolygons),
            (_POINTS, shapely.multipoints),
        ):  # fmt: skip
            chosen = shapely.get_parts(parts[np.isin(part_ids, family)])
            if len(chosen):
                draft.geometry[place] = build(chosen)
                break


def _ids(draft: Draft) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    alive = np.flatnonzero(draft.is_alive)
    return alive, shapely.get_type_id(draft.geometry[alive])


def _as_points(draft: Draft) -> None:
    alive, ids = _ids(draft)
    single = shapely.get_num_geometries(draft.geometry[alive]) == 1
    many = (ids == 4) & ~single
    draft.reject(
        alive[many],
        message(QT_TRANSLATE_NOOP("core", "The row has several points; one place is needed")),
    )
    lone = alive[(ids == 4) & single]
    draft.geometry[lone] = shapely.get_geometry(draft.geometry[lone], 0)
    drawn = alive[~np.isin(ids, _POINTS)]
    if len(drawn):
        draft.geometry[drawn] = shapely.point_on_surface(draft.geometry[drawn])
        draft.remark(
            "import.point_made",
            Severity.INFO,
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "{count} rows are drawn as lines or areas; a point within stands for each",
                ),
                count=len(drawn),
            ),
            rows=drawn,
        )
    draft.owner = np.flatnonzero(draft.is_alive)
    draft.geometry = draft.geometry[draft.owner]


def _as_lines(draft: Draft) -> None:
    alive, ids = _ids(draft)
    draft.reject(
        alive[~np.isin(ids, _LINES)],
        message(QT_TRANSLATE_NOOP("core", "The row is not a line")),
    )
    alive = np.flatnonzero(draft.is_alive)
    parts, part_owner = shapely.get_parts(draft.geometry[alive], return_index=True)
    rings = shapely.get_type_id(parts) == 2
    parts[rings] = shapely.linestrings(
        shapely.get_coordinates(parts[rings], return_index=False),
        indices=shapely.get_coordinates(parts[rings], return_index=True)[1],
    ) if rings.any() else parts[rings]  # fmt: skip
    owner = alive[part_owner]
    usable = shapely.length(parts) > 0
    _reject_zero(draft, owner, usable)
    keep = usable & draft.is_alive[owner]
    draft.owner, draft.geometry = owner[keep], parts[keep]
    counts = np.bincount(draft.owner, minlength=len(draft.source))
    if (counts > 1).any():
        draft.remark(
            "import.split_multi",
            Severity.INFO,
            message(
                QT_TRANSLATE_NOOP(
                    "core", "{rows} rows have several lines; they became {objects} objects"
                ),
                rows=int((counts > 1).sum()),
                objects=int(counts[counts > 1].sum()),
            ),
            rows=np.flatnonzero(counts > 1),
        )


def _reject_zero(draft: Draft, owner: npt.NDArray[np.int64], usable: BoolArray) -> None:
    """Reject rows all of whose lines have length zero; a zero part of a longer row is told."""
    good = np.bincount(owner[usable], minlength=len(draft.source)) > 0
    bad_rows = np.unique(owner[~usable])
    draft.reject(
        bad_rows[~good[bad_rows]],
        message(QT_TRANSLATE_NOOP("core", "The line has no length")),
    )
    partly = bad_rows[good[bad_rows]]
    if len(partly):
        draft.remark(
            "line.zero_part",
            Severity.INFO,
            message(
                QT_TRANSLATE_NOOP(
                    "core", "Parts without length were left out of rows {rows}"
                ),
                rows=rows_text(draft.source, partly),
            ),
            rows=partly,
        )  # fmt: skip


def _as_polygons(draft: Draft) -> None:
    alive, ids = _ids(draft)
    closed = np.isin(ids, _LINES) & _all_closed(draft.geometry[alive])
    draft.geometry[alive[closed]] = shapely.polygonize(draft.geometry[alive[closed], None])
    draft.reject(
        alive[~np.isin(ids, _POLYGONS) & ~closed],
        message(QT_TRANSLATE_NOOP("core", "The row is not an area")),
    )
    alive = np.flatnonzero(draft.is_alive)
    draft.geometry[alive] = _repaired(draft, alive)
    draft.reject(
        shapely.is_missing(draft.geometry),
        message(QT_TRANSLATE_NOOP("core", "The outline encloses no area")),
    )
    draft.owner = np.flatnonzero(draft.is_alive)
    draft.geometry = draft.geometry[draft.owner]


def _all_closed(shapes: ObjectArray) -> BoolArray:
    return shapely.is_closed(shapes) & (shapely.get_num_geometries(shapes) == 1)


def _repaired(draft: Draft, rows: npt.NDArray[np.int64]) -> ObjectArray:
    """Return the rows' polygons as valid multi-polygons; what was mended is told."""
    shapes = draft.geometry[rows].copy()
    invalid = ~shapely.is_valid(shapes)
    shapes[invalid] = shapely.make_valid(shapes[invalid], method="structure", keep_collapsed=False)
    if invalid.any():
        draft.remark(
            "polygon.repaired",
            Severity.WARNING,
            message(
                QT_TRANSLATE_NOOP("core", "{count} outlines crossed themselves and were repaired"),
                count=int(invalid.sum()),
            ),
            rows=rows[invalid],
            advice=message(QT_TRANSLATE_NOOP("core", "Look whether the areas are still right")),
        )
    out = np.full(len(shapes), None, dtype=object)
    for family in (3, 6):
        chosen = (shapely.get_type_id(shapes) == family) & ~shapely.is_empty(shapes)
        out[chosen] = shapes[chosen]
    single = shapely.get_type_id(out) == 3
    out[single] = shapely.multipolygons(out[single], indices=np.arange(single.sum()))
    return out


def _as_anything(draft: Draft) -> None:
    """Keep lines and areas of barriers; lines are split, areas repaired, points refused."""
    alive, ids = _ids(draft)
    draft.reject(
        alive[np.isin(ids, _POINTS)],
        message(QT_TRANSLATE_NOOP("core", "The row is a point; a line or an area is needed")),
    )
    areas = alive[np.isin(ids, _POLYGONS)]
    draft.geometry[areas] = _repaired(draft, areas)
    draft.reject(
        areas[shapely.is_missing(draft.geometry[areas])],
        message(QT_TRANSLATE_NOOP("core", "The outline encloses no area")),
    )
    lines = alive[np.isin(ids, _LINES)]
    draft.reject(
        lines[shapely.length(draft.geometry[lines]) == 0],
        message(QT_TRANSLATE_NOOP("core", "The line has no length")),
    )
    draft.owner = np.flatnonzero(draft.is_alive)
    draft.geometry = draft.geometry[draft.owner]
