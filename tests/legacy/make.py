"""Writes the file of the present schema: run once for each release that changes a table.

    python tests/legacy/make.py

Files of older schemas are never written again: they are what users have.
"""

from __future__ import annotations

import sys
from pathlib import Path

import shapely

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.io.migrations import SCHEMA_VERSION
from app.io.project import Project
from app.model.changes import ChangeSet, insert, update
from app.model.frames import make_frame
from app.model.messages import message
from app.model.tables import TABLES


def make(path: Path) -> None:
    """Write a small project with two rows in every table and two changes in its history."""
    path.unlink(missing_ok=True)
    with Project.create(path, "Legacy trial") as project:
        parts = []
        for number, (name, table) in enumerate(TABLES.items()):
            x, y = 510000.5 + number, 5035000.25
            shapes = {
                "": None,
                "POINT": [shapely.Point(x, y), None],
                "MULTIPOLYGON": [shapely.MultiPolygon([shapely.box(x, y, x + 5, y + 5)]), None],
            }.get(table.geometry, [shapely.LineString([(x, y), (x + 9, y + 3)]), None])
            texts = {"name": ["Città", None]} if "name" in table.column_names else {}
            uids = [f"{name}-1", f"{name}-2"]
            parts.append(
                insert(name, make_frame(table, texts, project.crs, geometry=shapes, uids=uids))
            )
        project.apply(ChangeSet(message("Add to {count} tables", count=len(parts)), tuple(parts)))
        rows = project.read().table("cables").iloc[:1]
        spans = [("spans-1", "spans-2")]
        project.apply(
            ChangeSet(message("Lay a cable"), (update("cables", rows, {"spans": spans}),)),
            who="Ada",
        )


if __name__ == "__main__":
    make(Path(__file__).with_name(f"schema_{SCHEMA_VERSION}.gpkg"))
