"""A small town to plan in (streets, a ring with a hub, sites), and hands for the desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import shapely
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from app.io.project import Project
from app.model.changes import ChangeSet, combine, insert
from app.model.frames import frame_from_rows
from app.model.messages import message
from app.model.network import DEFAULT_CRS
from app.model.tables import TABLES
from app.planning.costs.prices import default_price_list
from app.ui.application import Desk
from app.ui.panels.freshness import refresh_seen

JOB_MS = 60_000
EAST_M, NORTH_M, STEP_M, SIDE = 515_000.0, 5_035_000.0, 100.0, 9
NAMES = ("Alfa", "Bravo & Co", "<b>Charlie</b>", "Delta", "Eco", "Foxtrot", "Golf", "Hotel")


def town() -> ChangeSet:
    """Return everything that the town consists of."""
    frames = {
        "streets": _streets(),
        "nodes": _nodes(),
        "spans": _spans(),
        "sites": _sites(),
    }
    rows = [
        insert(table, frame_from_rows(TABLES[table], frames[table], DEFAULT_CRS))
        for table in ("streets", "nodes", "spans", "sites")
    ]
    return combine(message("Town"), rows)


def make_project(path: Path, name: str = "Town") -> Path:
    """Write the town's project to ``path``."""
    prices = default_price_list()
    with Project.create(path, name, DEFAULT_CRS) as project:
        project.apply(
            combine(message("Prices"), [insert(table, prices[table]) for table in sorted(prices)])
        )
        project.apply(town())
    return path


def at(column: float, row: float) -> shapely.Point:
    """Return a point of the grid; whole numbers are crossings."""
    return shapely.Point(EAST_M + column * STEP_M, NORTH_M + row * STEP_M)


def _streets() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for row in range(SIDE):
        for column in range(SIDE):
            for east, north in ((1, 0), (0, 1)):
                if column + east < SIDE and row + north < SIDE:
                    ends = [at(column, row), at(column + east, row + north)]
                    rows.append(
                        {
                            "uid": f"street-{column}-{row}-{east}",
                            "name": f"Via {column} {row}",
                            "road_class": "residential",
                            "surface": "asphalt",
                            "geometry": shapely.LineString(ends),
                        }
                    )
    return rows


def _nodes() -> list[dict[str, Any]]:
    corners = {"hub": (1, 1), "east": (4, 1), "north": (4, 4), "west": (1, 4)}
    return [
        {
            "uid": f"node-{name}",
            "name": name.title(),
            "type": "hub" if name == "hub" else "chamber",
            "geometry": at(*place),
        }
        for name, place in corners.items()
    ]


def _spans() -> list[dict[str, Any]]:
    order = (("hub", (1, 1)), ("east", (4, 1)), ("north", (4, 4)), ("west", (1, 4)))
    rows = []
    for number, (name, place) in enumerate(order):
        other, there = order[(number + 1) % len(order)]
        rows.append(
            {
                "uid": f"span-{name}",
                "name": f"{name}-{other}",
                "start_node": f"node-{name}",
                "end_node": f"node-{other}",
                "role": "ring",
                "geometry": shapely.LineString([at(*place), at(*there)]),
            }
        )
    return rows


def _sites() -> list[dict[str, Any]]:
    rows = []
    for number, name in enumerate(NAMES):
        is_served = number == 0
        number_of_place = min(number, len(NAMES) - 2)  # the last two lie on the same spot
        rows.append(
            {
                "uid": f"site-{number}",
                "name": name,
                "code": f"C{number:03d}",
                "category": "hospital" if number % 3 == 0 else "school_primary",
                "status": "operational" if is_served else "proposed",
                "node": "node-east" if is_served else None,
                "municipality": "Milano" if number < 5 else "Rho",
                "peak_mbps": 1000.0 * (number + 1),
                "priority": 1 + number % 5,
                "geometry": at(4, 1)
                if is_served
                else at(5.5 + number_of_place % 3, number_of_place % 7 + 0.12),
            }
        )
    return rows


def select_in_table(desk: Desk, names: set[str]) -> list[str]:
    sites = desk.window.sites
    flag = QItemSelectionModel.SelectionFlag
    chosen = []
    for row in range(sites.model.rowCount()):
        index = sites.model.index(row, 0)
        if index.data() in names:
            sites.table.selectionModel().select(index, flag.Select | flag.Rows)
            chosen.append(sites.model.uid_at(row))
    return sorted(chosen)


def make_plan(desk: Desk, qtbot: QtBot, names: set[str]) -> str:
    select_in_table(desk, names)
    press(desk, qtbot, "new_plan")
    with qtbot.waitSignal(desk.window.cases.planned, timeout=JOB_MS) as told:
        desk.session.jobs.failed.connect(lambda _title, error: pytest.fail(str(error)))
        desk.window.plans.form.run.click()
    return str(told.args[1])


def press(desk: Desk, qtbot: QtBot, action: str) -> None:
    wanted = desk.window.actions_by.by_id[action]
    qtbot.waitUntil(wanted.isEnabled, timeout=JOB_MS)  # not while the project is being written
    wanted.trigger()


def trigger(desk: Desk, qtbot: QtBot, action: str) -> None:
    with qtbot.waitSignal(desk.session.changed, timeout=JOB_MS):
        press(desk, qtbot, action)
    qtbot.waitUntil(lambda: not desk.session.is_busy)


def dialog_of(desk: Desk, qtbot: QtBot, kind: type) -> Any:
    found: list[Any] = []

    def is_there() -> bool:
        found[:] = [item for item in desk.window.findChildren(kind) if item.isVisible()]
        return bool(found)

    qtbot.waitUntil(is_there, timeout=5000)
    return found[0]


def look_at(desk: Desk, name: str, page: QWidget | None = None) -> None:
    """Bring a panel and a page of it to the front, as a user does to read it."""
    desk.window.show_panel(name)
    below: QWidget | None = page
    while below is not None:
        above = below.parentWidget()
        tabs = above.parentWidget() if above is not None else None
        if isinstance(tabs, QTabWidget):
            tabs.setCurrentWidget(below)
        below = above
    refresh_seen(desk.window.docks[name])
