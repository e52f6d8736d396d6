"""A small town with a plan of four sections, made by hand, for the tests of the review."""

from __future__ import annotations

import shapely

from app.model.changes import combine, insert
from app.model.frames import frame_from_rows
from app.model.messages import message
from app.model.network import empty_network
from app.model.tables import TABLES
from app.planning.costs.prices import default_price_changes, default_price_list

CRS = "EPSG:7791"
X0, Y0 = 514000.0, 5034000.0
WHEN = "2026-03-01T09:00:00.000Z"
PRICE_LIST = str(sorted(default_price_list()["price_lists"].query("is_current").index)[0])


def frame(table, rows):
    """Return a frame of ``table`` in the town's CRS."""
    return frame_from_rows(TABLES[table], rows, CRS)


def point(x, y):
    """Return a point of the town."""
    return shapely.Point(X0 + x, Y0 + y)


def line(*points):
    """Return a line of the town."""
    return shapely.LineString([(X0 + x, Y0 + y) for x, y in points])


PLACES = {"n0": (0, 0), "n1": (100, 0), "n2": (200, 0), "n3": (200, 100), "n4": (100, 80)}
SECTIONS = {"x1": ("n0", "n1"), "x2": ("n1", "n2"), "x3": ("n2", "n3"), "x4": ("n1", "n4")}


def span_row(uid, start, end, **more):
    """Return a section of plan A between two of its nodes, 100 m of trench."""
    a, b = PLACES[start], PLACES[end]
    return {
        "uid": uid, "plan": "plan-a", "start_node": start, "end_node": end, "technique": "trench",
        "route_length_m": 100.0, "items": {"trench.asphalt": 100.0}, "typical_eur": 9000.0,
        "geometry": line(a, b), **more,
    }  # fmt: skip


def rows_of_town():
    """Return the rows of the town by table."""
    return {
        "nodes": [{"uid": "hub", "name": "Hub", "type": "hub", "geometry": point(0, 0)}],
        "sites": [
            {"uid": "s1", "name": "Scuola", "geometry": point(201, 101)},
            {"uid": "s2", "name": "Ospedale", "geometry": point(100, 81)},
        ],
        "plans": [
            {"uid": "plan-a", "name": "A", "created": WHEN, "typical_eur": 36000.0,
             "price_list": PRICE_LIST}
        ],
        "plan_nodes": [
            {"uid": uid, "plan": "plan-a", "type": "chamber", "geometry": point(*xy)}
            for uid, xy in PLACES.items()
        ],
        "plan_spans": [span_row(uid, *ends) for uid, ends in SECTIONS.items()],
        "plan_sites": [
            {"uid": "ps1", "plan": "plan-a", "site": "s1", "state": "connected", "node": "n3",
             "spans": ("x1", "x2", "x3")},
            {"uid": "ps2", "plan": "plan-a", "site": "s2", "state": "connected", "node": "n4",
             "spans": ("x1", "x4")},
        ],
    }  # fmt: skip


def town_changes():
    """Return the change that fills an empty project with the town and the shipped prices."""
    parts = [insert(table, frame(table, rows)) for table, rows in rows_of_town().items()]
    return combine(message("Town"), [default_price_changes(), *parts])


def town():
    """Return the town as a network."""
    return empty_network("town", CRS, "town").apply(town_changes())
