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
    kept = frame.drop(index=frame.index.intersection(change.deleted))
    updated = change.updated.intersection(kept.index)
    if len(updated):
        kept = kept.copy()
        kept.loc[updated] = change.after.loc[updated]
    inserted = change.after.loc[change.inserted]
    if inserted.empty:
        return kept
    if kept.empty:
        return inserted
    return pd.concat([kept, inserted])


def _frame_hash(frame: pd.DataFrame) -> np.ndarray:
    """Sum of the rows' hashes: independent of the order of rows."""
    if frame.empty:
        return np.zeros(1, dtype=np.uint64)
    columns = frame.drop(columns=[name for name in (GEOMETRY, REV) if name in frame.columns])
    texts = columns.astype(object).map(repr)
    if GEOMETRY in frame.columns:
        texts[GEOMETRY] = shapely.to_wkb(frame[GEOMETRY].to_numpy(), hex=True)
    hashes = pd.util.hash_pandas_object(texts.astype(object), index=True).to_numpy()
    return np.atleast_1d(np.add.reduce(hashes.astype(np.uint64)))
