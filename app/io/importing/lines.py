"""Findings about imported lines: tiny gaps between ends, and parts that hang together nowhere."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from app.io.importing.draft import UIDS_PER_FINDING, Draft
from app.io.importing.source import ObjectArray
from app.model.findings import Finding, Severity
from app.model.messages import QT_TRANSLATE_NOOP, message

GAP_M = 0.5
GRID_M = 0.01
LISTED_GAPS = 50
LISTED_ISLANDS = 20
_MOSTLY_ONE = 0.95

IntArray = npt.NDArray[np.int64]


def check_lines(draft: Draft, uids: ObjectArray) -> list[Finding]:
    """Return gaps and islands of streets, spans and conduits."""
    if len(draft.geometry) < 2:
        return []
    xy, line = shapely.get_coordinates(draft.geometry, return_index=True)
    point = _point_numbers(xy)
    return _gaps(draft, uids, xy, line, point) + _islands(draft, uids, line, point)


def _point_numbers(xy: npt.NDArray[np.float64]) -> IntArray:
    """Number the vertices so that those on the same centimetre have the same number."""
    cells = np.round(xy / GRID_M).astype(np.int64)
    packed = (cells[:, 0] << 32) ^ (cells[:, 1] & 0xFFFFFFFF)
    return np.asarray(np.unique(packed, return_inverse=True)[1], dtype=np.int64)


def _gaps(
    draft: Draft, uids: ObjectArray, xy: npt.NDArray[np.float64], line: IntArray, point: IntArray
) -> list[Finding]:
    """Return ends that miss another line by less than `GAP_M` although they surely mean it."""
    first = np.concatenate([[True], line[1:] != line[:-1]])
    last = np.append(first[1:], True)
    uses = np.bincount(point)
    loose = np.flatnonzero((first | last) & (uses[point] == 1))
    if not len(loose):
        return []
    ends = shapely.points(xy[loose])
    hit = shapely.STRtree(draft.geometry).query(ends, predicate="dwithin", distance=GAP_M)
    is_other = hit[1] != line[loose[hit[0]]]
    is_on = shapely.dwithin(ends[hit[0]], draft.geometry[hit[1]], GRID_M)
    touching = np.unique(hit[0][is_other & is_on])  # a junction, though without a vertex
    found = np.setdiff1d(hit[0][is_other], touching)
    if not len(found):
        return []
    places, owners = xy[loose[found]], line[loose[found]]
    advice = message(
        QT_TRANSLATE_NOOP(
            "core", "A plan closes such gaps within its tolerance; mend the source for other uses"
        )
    )
    summary = message(
        QT_TRANSLATE_NOOP("core", "{count} ends miss another line by less than {gap} m"),
        count=len(found),
        gap=GAP_M,
    )
    findings = [
        Finding(
            f"{_rule(draft)}.gaps", Severity.INFO, summary, draft.table.name,
            tuple(uids[np.unique(owners)[:UIDS_PER_FINDING]].tolist()), _place(places[0]), advice,
        )
    ]  # fmt: skip
    text = message(
        QT_TRANSLATE_NOOP("core", "The end misses another line by less than {gap} m"), gap=GAP_M
    )
    findings.extend(
        Finding(
            f"{_rule(draft)}.gap", Severity.INFO, text, draft.table.name, (str(uids[owner]),),
            _place(place), advice,
        )
        for owner, place in zip(owners[:LISTED_GAPS], places[:LISTED_GAPS], strict=True)
    )  # fmt: skip
    return findings


def _islands(draft: Draft, uids: ObjectArray, line: IntArray, point: IntArray) -> list[Finding]:
    """Return the parts of the lines that do not meet the largest part."""
    count, points = len(draft.geometry), int(point.max()) + 1
    label = _labels(count + points, line, point + count)[:count]
    if label.any():
        label = _labels(label.max() + 1, *label[_meetings(draft, label)])[label]
    kinds, inverse, sizes = np.unique(label, return_inverse=True, return_counts=True)
    if len(kinds) < 2:
        return []
    lengths = np.bincount(inverse, weights=shapely.length(draft.geometry))
    order = np.argsort(-lengths, kind="stable")
    share = float(lengths[order[0]] / lengths.sum())
    aside = np.flatnonzero(inverse != order[0])
    advice = message(
        QT_TRANSLATE_NOOP(
            "core", "Sites on a separate part cannot be reached; add the missing connections"
        )
    )
    summary = message(
        QT_TRANSLATE_NOOP(
            "core",
            "The lines form {count} separate parts; the largest holds {share} % of the length",
        ),
        count=len(kinds),
        share=round(100 * share, 1),
    )
    severity = Severity.INFO if share >= _MOSTLY_ONE else Severity.WARNING
    findings = [
        Finding(
            f"{_rule(draft)}.separate_parts", severity, summary, draft.table.name,
            tuple(uids[aside[:UIDS_PER_FINDING]].tolist()), _line_place(draft, int(aside[0])),
            advice,
        )
    ]  # fmt: skip
    for kind in order[1 : 1 + LISTED_ISLANDS]:
        members = np.flatnonzero(inverse == kind)
        text = message(
            QT_TRANSLATE_NOOP("core", "A separate part of {count} lines, {length} m long"),
            count=int(sizes[kind]),
            length=round(float(lengths[kind])),
        )
        findings.append(
            Finding(
                f"{_rule(draft)}.separate_part", Severity.INFO, text, draft.table.name,
                tuple(uids[members[:UIDS_PER_FINDING]].tolist()),
                _line_place(draft, int(members[0])), advice,
            )
        )  # fmt: skip
    return findings


def _labels(count: int, first: IntArray, second: IntArray) -> IntArray:
    """Return the connected part of each of ``count`` things, given the pairs that touch."""
    from scipy.sparse import coo_array  # noqa: PLC0415 - the window imports this without
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    links = coo_array((np.ones(len(first), dtype=bool), (first, second)), shape=(count, count))
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)


def _meetings(draft: Draft, label: IntArray) -> IntArray:
    """Return ``(2, k)`` pairs of lines of different parts that meet without a common vertex.

    They meet where an end comes near the other line; streets of one level also where they cross,
    as a plan sees them.
    """
    aside = np.flatnonzero(label != np.bincount(label).argmax())
    shapes = draft.geometry
    near = shapely.STRtree(shapes).query(shapes[aside], predicate="dwithin", distance=GAP_M)
    first, second = aside[near[0]], near[1]
    apart = label[first] != label[second]
    first, second = first[apart], second[apart]
    meets = np.zeros(len(first), dtype=np.bool_)
    for one, other in ((first, second), (second, first)):
        for corner in (0, -1):
            ends = shapely.get_point(shapes[one], corner)
            meets |= shapely.dwithin(ends, shapes[other], GAP_M)
    if draft.table.name == "streets":
        level = _levels(draft)
        meets |= (level[first] == level[second]) & shapely.crosses(shapes[first], shapes[second])
    return np.stack((first[meets], second[meets]))


def _levels(draft: Draft) -> IntArray:
    """Return a number for level, bridge and tunnel of each line, 0 for the ground."""
    code = np.zeros(len(draft.geometry), dtype=np.int64)
    for name, weight in (("level", 4), ("is_bridge", 2), ("is_tunnel", 1)):
        values = draft.values.get(name)
        if values is not None:
            code += weight * pd.to_numeric(pd.Series(values)).fillna(0).to_numpy(dtype=np.int64)
    return code


def _rule(draft: Draft) -> str:
    return {"streets": "street", "spans": "span", "conduits": "conduit"}[draft.table.name]


def _place(xy: npt.NDArray[np.float64]) -> tuple[float, float]:
    return float(xy[0]), float(xy[1])


def _line_place(draft: Draft, number: int) -> tuple[float, float]:
    return _place(shapely.get_coordinates(shapely.get_point(draft.geometry[number], 0))[0])
