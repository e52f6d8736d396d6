"""Rows of every table with every kind of value, for the tests of the project file."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pandas.testing
import pytest
import shapely

from app.io.project import Project
from app.model.changes import ChangeSet, insert
from app.model.frames import make_frame
from app.model.messages import message
from app.model.network import Network
from app.model.schema import Column, Kind, Table
from app.model.tables import TABLES

CRS = "EPSG:7791"
TEXTS = ("Via Roma", "", "àè€ 東京", "'; DROP TABLE nodes; --", 'a"b', "a\x00b\n", "=1+1", "nan")


def _value(column: Column, random_: random.Random) -> Any:
    if random_.random() < 0.25:
        return column.default
    if random_.random() < 0.2:
        return None
    if column.kind is Kind.INTEGER:
        return random_.choice((0, 1, -5, 2**40, 7))
    if column.kind is Kind.REAL:
        return random_.choice((0.0, -1.5, 1e-9, 1 / 3, 2.0, 1e300))
    if column.kind is Kind.BOOLEAN:
        return random_.random() < 0.5
    if column.kind is Kind.DATETIME:
        return "2026-01-02T03:04:05.000Z"
    if column.kind is Kind.JSON:
        if column.reference:
            return random_.choice(((), ("a",), ("a", "b"), ("ü", "'")))
        return random_.choice(({"a": 1.5}, {}, {"b": [1, None, "x"], "c": {"d": True}}))
    return random_.choice(column.choices or TEXTS)


def _shape(table: Table, random_: random.Random) -> Any:
    x, y = random_.uniform(4.9e5, 5.5e5), random_.uniform(5.0e6, 5.06e6)
    if random_.random() < 0.1:
        return None
    if table.geometry == "POINT":
        return shapely.Point(x, y)
    if table.geometry == "MULTIPOLYGON":
        return shapely.MultiPolygon([shapely.box(x, y, x + 9, y + 7)])
    if table.geometry == "GEOMETRY" and random_.random() < 0.5:
        return shapely.box(x, y, x + 9, y + 7)
    return shapely.LineString([(x, y), (x + random_.uniform(1, 99), y), (x, y + 1)])


def _sample_frame(table: Table, count: int, seed: int = 0) -> pd.DataFrame:
    random_ = random.Random(f"{table.name} {seed}")
    values = {
        column.name: [_value(column, random_) for _ in range(count)] for column in table.columns
    }
    # An absent list is an empty list: that is how the project gives it back.
    for column in table.columns:
        if column.kind is Kind.JSON and column.reference:
            values[column.name] = [item or () for item in values[column.name]]
    shapes = [_shape(table, random_) for _ in range(count)] if table.geometry else None
    uids = [f"{table.name}-{seed}-{at}" for at in range(count)]
    return make_frame(table, values, CRS, geometry=shapes, uids=uids)


def _assert_same(first: Network, second: Network) -> None:
    assert (first.name, first.crs, first.uid) == (second.name, second.crs, second.uid)
    for name in TABLES:
        pandas.testing.assert_frame_equal(
            first.tables[name], second.tables[name], check_exact=True, obj=name
        )
        assert type(first.tables[name]) is type(second.tables[name])


@pytest.fixture(scope="session")
def sample_frame() -> Callable[..., pd.DataFrame]:
    """Give the maker of a frame: ``(table, count, seed=0)``."""
    return _sample_frame


@pytest.fixture(scope="session")
def assert_same_network() -> Callable[[Network, Network], None]:
    """Give the comparison of two networks, cell by cell, order and types included."""
    return _assert_same


@pytest.fixture(scope="session")
def sample_changes() -> ChangeSet:
    """Give rows for every table."""
    return ChangeSet(
        message("Add samples"),
        tuple(insert(name, _sample_frame(table, 20)) for name, table in TABLES.items()),
    )


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """Give a new, empty project that stores any row: those of chance obey no rule of review."""
    monkeypatch.setattr("app.io.project.guard", lambda connection, changes: None)
    with Project.create(tmp_path / "trial.gpkg", "Trial") as made:
        yield made


@pytest.fixture
def full_project(project: Project, sample_changes: ChangeSet) -> Project:
    """Give a project with rows in every table."""
    project.apply(sample_changes)
    return project
