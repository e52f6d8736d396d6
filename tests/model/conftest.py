"""A small network: hub, a ring of four spans, a spur, two sites."""

import pytest
import shapely

from app.model.changes import combine, insert
from app.model.frames import frame_from_rows
from app.model.geodesy import lengths_m
from app.model.messages import message
from app.model.network import empty_network
from app.model.tables import TABLES

CRS = "EPSG:7791"
X0, Y0 = 514000.0, 5034000.0
CORNERS = {"h": (0, 0), "a": (1000, 0), "b": (1000, 1000), "c": (0, 1000), "d": (2000, 1000)}
SPANS = {"ha": "ha", "ab": "ab", "bc": "bc", "ch": "ch", "bd": "bd"}


def frame(table, rows):
    return frame_from_rows(TABLES[table], rows, CRS)


def point(x, y):
    return shapely.Point(X0 + x, Y0 + y)


def line(*points):
    return shapely.LineString([(X0 + x, Y0 + y) for x, y in points])


@pytest.fixture
def small():
    nodes = [
        {
            "uid": uid,
            "name": uid.upper(),
            "type": "hub" if uid == "h" else "chamber",
            "capacity_gbps": 50.0 if uid == "h" else None,
            "geometry": point(*xy),
        }
        for uid, xy in CORNERS.items()
    ]
    spans = []
    for uid, (start, end) in SPANS.items():
        course = line(CORNERS[start], CORNERS[end])
        spans.append(
            {
                "uid": uid,
                "start_node": start,
                "end_node": end,
                "route_length_m": float(lengths_m([course], CRS)[0]),
                "geometry": course,
            }
        )
    sites = [
        {"uid": "s1", "name": "School", "category": "school_primary", "geometry": point(500, 300)},
        {
            "uid": "s2",
            "name": "Hospital",
            "category": "hospital",
            "status": "operational",
            "node": "d",
            "guaranteed_mbps": 20000.0,
            "peak_mbps": 20000.0,
            "geometry": point(2010, 1000),
        },
    ]
    cables = [
        {
            "uid": "k1",
            "name": "Cable 1",
            "fibre_count": 96,
            "spans": ["ha", "ab"],
            "cable_length_m": 2100.0,
        }
    ]
    return empty_network("small", CRS).apply(
        combine(
            message("start"),
            [
                insert("nodes", frame("nodes", nodes)),
                insert("spans", frame("spans", spans)),
                insert("sites", frame("sites", sites)),
                insert("cables", frame("cables", cables)),
            ],
        )
    )
