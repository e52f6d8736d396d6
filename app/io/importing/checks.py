"""Findings about imported points and areas: places and names that do not fit."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from app.io.importing.draft import Draft, examples, place_of
from app.io.importing.headings import normalised
from app.io.importing.repeats import geometry_keys, row_keys
from app.io.importing.source import ObjectArray
from app.model.findings import Finding, Severity
from app.model.frames import GEOMETRY
from app.model.messages import QT_TRANSLATE_NOOP, Message, message

FloatArray = npt.NDArray[np.float64]

EACH_LIMIT = 300
"""So many findings of one rule are listed one by one; the rest is counted."""
BORDER_TOLERANCE_M = 50.0
"""Municipal borders in public data are simplified by tens of metres."""
_FAR_MIN_M, _FAR_FACTOR = 30_000.0, 6.0
_PEER_MIN_M, _PEER_FACTOR, _PEER_COUNT = 8_000.0, 6.0, 3


def check_points(draft: Draft, uids: ObjectArray) -> list[Finding]:
    """Return what is odd about the places of sites, nodes and towers."""
    xy = shapely.get_coordinates(draft.geometry)
    findings = _same_place(draft, uids)
    if draft.table.name == "sites":
        findings += _municipalities(draft, uids, xy)
    told = {
        uid for finding in findings if finding.rule != "point.same_place" for uid in finding.uids
    }
    is_far = _far_from_rest(xy)
    far = np.array([one for one in np.flatnonzero(is_far) if uids[one] not in told], dtype=np.int64)
    texts = [
        message(
            QT_TRANSLATE_NOOP("core", "{name} lies far away from all others"),
            name=_name(draft, int(one)),
        )
        for one in far
    ]
    advice = message(QT_TRANSLATE_NOOP("core", "Check the coordinates of the row"))
    findings += _listed(draft, uids, far, "point.far_away", Severity.WARNING, texts, advice)
    findings += _outside_areas(draft, uids, is_far)
    return findings


def check_repeats(draft: Draft, uids: ObjectArray) -> list[Finding]:
    """Return the rows that stand in the file more than once."""
    count = len(draft.owner)
    shapes = draft.geometry if draft.has_geometry else None
    repeated = pd.Series(row_keys(draft.values, shapes, count)).duplicated(keep="first").to_numpy()
    if not repeated.any():
        return []
    text = message(
        QT_TRANSLATE_NOOP("core", "{count} objects repeat another one of the file exactly"),
        count=int(repeated.sum()),
    )
    advice = message(QT_TRANSLATE_NOOP("core", "Delete what is twice"))
    return [
        _finding(
            draft, "import.repeated", Severity.WARNING, text, uids, np.flatnonzero(repeated), advice
        )
    ]


def _same_place(draft: Draft, uids: ObjectArray) -> list[Finding]:
    """Return objects on the same centimetre.

    With one address they share a building, which is told once. With several addresses most of
    them are in the wrong place, and each group is told.
    """
    keys = geometry_keys(draft.geometry)
    order = np.argsort(keys, kind="stable")
    _, starts, counts = np.unique(keys[order], return_index=True, return_counts=True)
    groups = [order[starts[one] : starts[one] + counts[one]] for one in np.flatnonzero(counts > 1)]
    groups.sort(key=lambda members: (-len(members), int(members[0])))
    doubtful = [members for members in groups if _addresses(draft, members) > 1]
    shared = [members for members in groups if _addresses(draft, members) <= 1]
    texts = [
        message(
            QT_TRANSLATE_NOOP(
                "core", "{count} objects of different address have the same coordinates: {names}"
            ),
            count=len(members),
            names=examples([_described(draft, int(one)) for one in members], 4),
        )
        for members in doubtful[:EACH_LIMIT]
    ]
    advice = message(QT_TRANSLATE_NOOP("core", "Correct the coordinates of all but one of them"))
    findings = [
        _finding(draft, "point.same_place", Severity.WARNING, text, uids, members, advice)
        for text, members in zip(texts, doubtful, strict=False)
    ]
    if shared:
        text = message(
            QT_TRANSLATE_NOOP("core", "{count} objects share {places} places with one another"),
            count=sum(len(members) for members in shared),
            places=len(shared),
        )
        advice = message(QT_TRANSLATE_NOOP("core", "Right if they share a building"))
        together = np.concatenate(shared)
        findings.append(
            _finding(draft, "point.shared_place", Severity.INFO, text, uids, together, advice)
        )
    return findings


def _addresses(draft: Draft, members: npt.NDArray[np.int64]) -> int:
    """Return how many different streets the objects name; those that name none do not count."""
    words = {
        street for one in members if (street := _street(_value(draft, "address", int(one)) or ""))
    }
    return len(words)


def _street(address: str) -> str:
    """Return the telling word of an address: neither the house number nor ``Via U.`` matters."""
    words = re.findall(r"[a-z]{3,}", normalised(re.split(r"\d", address)[0]))
    return words[-1] if words else ""


def _described(draft: Draft, one: int) -> str:
    address = _value(draft, "address", one)
    return f"{_name(draft, one)} ({address})" if address else _name(draft, one)


def _far_from_rest(xy: FloatArray) -> npt.NDArray[np.bool_]:
    """Return the points many times farther from the middle than nine tenths of the others."""
    if len(xy) < 5:
        return np.zeros(len(xy), dtype=bool)
    distance = np.hypot(*(xy - np.median(xy, axis=0)).T)
    limit = max(_FAR_MIN_M, _FAR_FACTOR * float(np.quantile(distance, 0.9)) / 2)
    return np.asarray(distance > limit)


def _municipalities(draft: Draft, uids: ObjectArray, xy: FloatArray) -> list[Finding]:
    """Compare each point with the municipality that its row names."""
    areas = draft.network.geo("areas")
    areas = areas[(areas["kind"] == "municipality") & ~areas[GEOMETRY].isna()]
    if not len(areas):
        return _away_from_peers(draft, uids, xy)
    by_word: dict[str, int] = {}
    for place, (name, code) in enumerate(zip(areas["name"], areas["code"], strict=True)):
        by_word.setdefault(f"name {normalised(str(name))}", place)
        by_word[f"code {_istat(code)}"] = place
    named = np.array(
        [_named(draft, one, by_word) for one in range(len(draft.owner))], dtype=np.int64
    )
    known = np.flatnonzero(named >= 0)
    outlines = areas[GEOMETRY].to_numpy()
    distance = shapely.distance(draft.geometry[known], outlines[named[known]])
    worst = np.argsort(-distance, kind="stable")
    worst = worst[distance[worst] > BORDER_TOLERANCE_M]
    wrong, how_far = known[worst], distance[worst]
    names = areas["name"].to_numpy(dtype=object)
    actual = _containing(draft.geometry[wrong], outlines, names)
    texts = [
        message(
            QT_TRANSLATE_NOOP(
                "core", "{name} lies {distance} m outside {municipality}, in {actual}"
            ),
            name=_name(draft, int(one)),
            distance=round(float(metres)),
            municipality=str(names[named[one]]),
            actual=where,
        )
        for one, metres, where in zip(wrong, how_far, actual, strict=True)
    ]
    advice = message(
        QT_TRANSLATE_NOOP("core", "Correct the coordinates or the name of the municipality")
    )
    return _listed(draft, uids, wrong, "site.outside_municipality", Severity.WARNING, texts, advice)


def _containing(
    points: ObjectArray, outlines: ObjectArray, names: ObjectArray
) -> list[str | Message]:
    nowhere = message(QT_TRANSLATE_NOOP("core", "none of the known municipalities"))
    found: list[str | Message] = [nowhere] * len(points)
    if len(points):
        for point, area in shapely.STRtree(outlines).query(points, predicate="within").T:
            found[point] = str(names[area])
    return found


def _istat(code: object) -> str:
    """Return an ISTAT code without leading zeros, which tables lose."""
    return str(code).strip().removesuffix(".0").lstrip("0")


def _named(draft: Draft, one: int, by_word: dict[str, int]) -> int:
    code, name = _value(draft, "municipality_code", one), _value(draft, "municipality", one)
    place = by_word.get(f"code {_istat(code)}", -1) if code else -1
    return by_word.get(f"name {normalised(name)}", -1) if place < 0 and name else place


def _away_from_peers(draft: Draft, uids: ObjectArray, xy: FloatArray) -> list[Finding]:
    """Without outlines: compare each point with the others that name the same municipality."""
    words = draft.values.get("municipality_code", draft.values.get("municipality"))
    if words is None:
        return []
    codes, _ = pd.factorize(words)
    frame = pd.DataFrame({"town": codes, "x": xy[:, 0], "y": xy[:, 1]})
    frame = frame[frame["town"] >= 0]
    towns = frame.groupby("town")
    middle = towns[["x", "y"]].transform("median")
    steps = np.hypot(frame["x"] - middle["x"], frame["y"] - middle["y"])
    distance = pd.Series(steps, index=frame.index)
    spread = distance.groupby(frame["town"]).transform("median")
    count = towns["x"].transform("size")
    odd = (distance > _PEER_MIN_M) & (distance > _PEER_FACTOR * spread) & (count >= _PEER_COUNT)
    places = np.asarray(frame.index[odd])
    texts = [
        message(
            QT_TRANSLATE_NOOP(
                "core", "{name} lies {distance} km from the others of its municipality ({town})"
            ),
            name=_name(draft, int(one)),
            distance=round(float(distance[one]) / 1000, 1),
            town=str(_value(draft, "municipality", int(one)) or words[one]),
        )
        for one in places
    ]
    advice = message(
        QT_TRANSLATE_NOOP(
            "core", "Import the municipalities as areas for an exact test, and import again"
        )
    )
    return _listed(draft, uids, places, "site.away_from_peers", Severity.WARNING, texts, advice)


def _outside_areas(draft: Draft, uids: ObjectArray, is_far: npt.NDArray[np.bool_]) -> list[Finding]:
    """Return the points outside all municipalities of the project, in one finding."""
    areas = draft.network.geo("areas")
    outlines = areas.loc[areas["kind"] == "municipality", GEOMETRY].dropna().to_numpy()
    if not len(outlines):
        return []
    near = shapely.STRtree(outlines).query(
        draft.geometry, predicate="dwithin", distance=BORDER_TOLERANCE_M
    )
    outside = np.setdiff1d(np.flatnonzero(~is_far), near[0])
    if not len(outside):
        return []
    text = message(
        QT_TRANSLATE_NOOP(
            "core", "{count} objects lie outside all municipalities of the project: {names}"
        ),
        count=len(outside),
        names=examples([_name(draft, int(one)) for one in outside[:6]]),
    )
    advice = message(
        QT_TRANSLATE_NOOP("core", "Delete them if they are of no interest, or add the areas")
    )
    return [_finding(draft, "point.outside_areas", Severity.INFO, text, uids, outside, advice)]


def _value(draft: Draft, name: str, one: int) -> str | None:
    values = draft.values.get(name)
    item = None if values is None else values[one]
    return None if item is None else str(item)


def _name(draft: Draft, one: int) -> str:
    label = _value(draft, "name", one) or _value(draft, "code", one)
    return label or str(int(draft.source.rows[draft.owner[one]]))


def _listed(
    draft: Draft, uids: ObjectArray, members: npt.NDArray[np.int64], rule: str,
    severity: Severity, texts: Sequence[Message], advice: Message,
) -> list[Finding]:  # fmt: skip
    """Return a finding for each member, and one for those beyond the limit."""
    findings = [
        _finding(draft, rule, severity, text, uids, np.array([one]), advice)
        for one, text in zip(members[:EACH_LIMIT], texts, strict=False)
    ]
    rest = members[EACH_LIMIT:]
    if len(rest):
        text = message(
            QT_TRANSLATE_NOOP("core", "{count} more objects have the same problem"), count=len(rest)
        )
        findings.append(_finding(draft, rule, severity, text, uids, rest, advice))
    return findings


def _finding(
    draft: Draft, rule: str, severity: Severity, text: Message, uids: ObjectArray,
    members: npt.NDArray[np.int64], advice: Message,
) -> Finding:  # fmt: skip
    place = place_of(draft.geometry[members[0]]) if draft.has_geometry else None
    return Finding(
        rule, severity, text, draft.table.name, tuple(uids[members].tolist()), place, advice
    )
