"""Rows that are already in the project, and identifiers that come back."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from app.io.importing.draft import Draft, as_text
from app.io.importing.headings import normalised
from app.io.importing.source import ObjectArray, is_missing
from app.model.findings import Severity
from app.model.frames import GEOMETRY
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.schema import new_uid

GRID_M = 0.01
"""Places are equal when they fall on the same centimetre."""
_IDENTITY = ("code", "source_id", "name", "kind", "identifier")
_UID = re.compile(r"^[\w.:-]{1,64}$")


def geometry_keys(shapes: ObjectArray) -> npt.NDArray[np.uint64]:
    """Return a hash of each geometry, equal for equal places."""
    if not len(shapes):
        return np.zeros(0, dtype=np.uint64)
    rounded = shapely.transform(shapes, lambda xy: np.round(xy / GRID_M) + 0.0)
    return np.asarray(pd.util.hash_array(np.asarray(shapely.to_wkb(rounded), dtype=object)))


def row_keys(
    values: dict[str, ObjectArray], shapes: ObjectArray | None, count: int
) -> npt.NDArray[np.uint64]:
    """Return a hash of what makes a row the same thing: its identity columns and its place."""
    total = np.zeros(count, dtype=np.uint64) if shapes is None else geometry_keys(shapes)
    for name in _IDENTITY:
        if name in values:
            words = np.array([_word(item) for item in values[name]], dtype=object)
            total = total * np.uint64(1099511628211) + pd.util.hash_array(words)
    return total


def _word(item: object) -> str:
    return "" if item is None or item is pd.NA else str(item).strip().casefold()


def reject_known(draft: Draft) -> None:
    """Reject rows all of whose objects are in the project already."""
    frame = draft.network.table(draft.table.name)
    if not len(frame) or not len(draft.owner):
        return
    shapes = draft.geometry if draft.has_geometry else None
    compared = [name for name in _IDENTITY if name in draft.table.column_names]
    ours = {name: frame[name].to_numpy(dtype=object) for name in compared}
    theirs = {
        name: draft.values.get(
            name, np.full(len(draft.owner), draft.table.column(name).default, dtype=object)
        )
        for name in compared
    }
    known = row_keys(ours, _places(draft) if shapes is not None else None, len(frame))
    keys = row_keys(theirs, shapes, len(draft.owner))
    is_known = np.isin(keys, known)
    fresh_rows = np.unique(draft.owner[~is_known])
    repeated = np.setdiff1d(draft.owner, fresh_rows)
    if not len(repeated):
        return
    draft.remark(
        "import.already_known",
        Severity.WARNING,
        message(
            QT_TRANSLATE_NOOP(
                "core", "{count} rows are in the project already and were not imported again"
            ),
            count=len(repeated),
        ),
    )
    draft.reject(repeated, message(QT_TRANSLATE_NOOP("core", "Already in the project")))
    draft.drop_dead()


def _places(draft: Draft) -> ObjectArray:
    """Return the geometry of each row of the project; a tower stands where its node is."""
    frame = draft.network.table(draft.table.name)
    if draft.table.geometry:
        return np.asarray(frame[GEOMETRY].to_numpy(), dtype=object)
    nodes = draft.network.geo("nodes")[GEOMETRY]
    return np.asarray(nodes.reindex(frame["node"]).to_numpy(), dtype=object)


def choose_uids(draft: Draft) -> ObjectArray:
    """Return an identifier for each object: the source's own where it is valid and free."""
    count = len(draft.owner)
    uids = np.array([new_uid() for _ in range(count)], dtype=object)
    heading = draft.options.mapping.get("uid") or next(
        (name for name in draft.source.columns if normalised(name) == "uid"), None
    )
    if heading is None or not count:
        return uids
    draft.used_columns.add(heading)
    given = as_text(draft.source.columns[heading])[draft.owner]
    usable = np.array([item is not None and bool(_UID.match(item)) for item in given])
    usable &= ~pd.Series(given).duplicated(keep=False).to_numpy()
    taken = draft.network.table(draft.table.name).index
    usable &= ~np.isin(given.astype(str), np.asarray(taken, dtype=str))
    uids[usable] = given[usable]
    renamed = int((~usable & ~is_missing(given)).sum())
    if renamed:
        draft.remark(
            "import.uid_replaced",
            Severity.INFO,
            message(
                QT_TRANSLATE_NOOP(
                    "core", "{count} identifiers were taken or not valid; new ones were given"
                ),
                count=renamed,
            ),
        )
    return uids
