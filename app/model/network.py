"""The network: an immutable picture of the project at one moment."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from app.model.changes import ChangeSet, TableChange
from app.model.frames import GEOMETRY, REV, empty_frame
from app.model.tables import TABLES

DEFAULT_CRS = "EPSG:7791"
"""RDN2008 / UTM zone 32N, east-north."""


@dataclass(frozen=True)
class Network:
    """All tables of a project as frames (see `app.model.frames`), and what it is called.

    Frames are never changed in place. The object is picklable; no database, no Qt.
    """

    name: str
    crs: str
    uid: str
    tables: Mapping[str, pd.DataFrame]

    def table(self, name: str) -> pd.DataFrame:
        """Return the frame of a table without geometry (or one whose geometry is not needed)."""
        return self.tables[name]

    def geo(self, name: str) -> gpd.GeoDataFrame:
        """Return the frame of a table with geometry."""
        frame = self.tables[name]
        assert isinstance(frame, gpd.GeoDataFrame)
        return frame

    def only(self, names: Iterable[str]) -> Network:
        """Return a network that holds just the named tables, the others empty: for a job."""
        wanted = frozenset(names)
        tables = {
            name: frame if name in wanted else frame.iloc[0:0]
            for name, frame in self.tables.items()
        }
        return dataclasses.replace(self, tables=tables)

    def apply(self, changes: ChangeSet) -> Network:
        """Return the network after ``changes``, as `Project.apply` committed them."""
        tables = dict(self.tables)
        for change in changes.tables:
            tables[change.table] = _changed(tables[change.table], change)
        return dataclasses.replace(self, tables=tables)

    def content_hash(self, names: Iterable[str]) -> str:
        """Return a hash of the named tables' content, ``rev`` left out, order irrelevant."""
        total = hashlib.sha256()
        for name in sorted(names):
            total.update(name.encode())
            total.update(_frame_hash(self.tables[name]).tobytes())
        return total.hexdigest()[:32]


def empty_network(name: str, crs: str = DEFAULT_CRS, uid: str = "") -> Network:
    """Return a network with every table empty."""
    return Network(name, crs, uid, {key: empty_frame(table, crs) for key, table in TABLES.items()})


def _changed(frame: pd.DataFrame, change: TableChange) -> pd.DataFrame:
    """Return ``frame`` after ``change``: rows keep their place, new ones come last."""
    touched = frame.index.intersection(change.before.index.union(change.after.index))
    kept = frame.drop(index=touched)
    parts = [part for part in (kept, change.after) if len(part)]
    if not parts:
        return frame.iloc[0:0]
    whole = _with_plain_index(pd.concat(parts) if len(parts) > 1 else parts[0])
    if not len(touched) or not len(change.after):
        return whole
    stays = frame.index[frame.index.isin(whole.index)]
    order = stays.append(whole.index.difference(stays, sort=False))
    return _with_plain_index(whole.loc[order])


def _with_plain_index(frame: pd.DataFrame) -> pd.DataFrame:
    """Undo pandas' guess that an index of text is not of objects any more."""
    if frame.index.dtype == object:
        return frame
    return frame.set_axis(pd.Index(frame.index.to_numpy(dtype=object), dtype=object, name="uid"))


def _frame_hash(frame: pd.DataFrame) -> np.ndarray:
    """Sum of the rows' hashes: independent of the order of rows."""
    rows = pd.util.hash_array(frame.index.to_numpy(dtype=object))
    for name in frame.columns:
        if name != REV:
            rows = rows * np.uint64(1099511628211) ^ _column_hash(frame[name])
    return np.atleast_1d(np.add.reduce(rows))


def _column_hash(cells: pd.Series) -> np.ndarray:
    if cells.name == GEOMETRY:
        return pd.util.hash_array(np.asarray(shapely.to_wkb(cells.to_numpy()), dtype=object))
    if cells.dtype != object:
        return pd.util.hash_array(cells.to_numpy(dtype=float, na_value=np.nan))
    values = cells.to_numpy()
    if any(not isinstance(value, str) and value is not None for value in values):
        values = np.array([repr(value) for value in values], dtype=object)
    return pd.util.hash_array(values)
