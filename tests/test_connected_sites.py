"""What “connected” means to window and command line: a site reaches a hub through spans in use."""

import shapely

from app import workflows
from app.model.changes import combine, insert
from app.model.frames import frame_from_rows
from app.model.messages import message
from app.model.network import DEFAULT_CRS, empty_network
from app.model.tables import TABLES

PLACES = {"hub": 0, "near": 100, "far": 200, "alone": 900}


def network_of(**span_values):
    """A hub and two chambers in a line, a chamber that hangs on nothing, a site at each."""
    rows = {
        "nodes": [
            {
                "uid": name,
                "type": "hub" if name == "hub" else "chamber",
                "geometry": shapely.Point(515_000 + east, 5_035_000),
            }
            for name, east in PLACES.items()
        ],
        "spans": [
            {
                "uid": f"{start}-{end}",
                "start_node": start,
                "end_node": end,
                "geometry": shapely.LineString(
                    [(515_000 + PLACES[name], 5_035_000) for name in (start, end)]
                ),
                **values,
            }
            for start, end, values in (("hub", "near", {}), ("near", "far", span_values))
        ],
        "sites": [
            {
                "uid": f"at-{name}",
                "name": name,
                "category": "library",
                "node": name,
                "geometry": shapely.Point(515_000 + east, 5_035_001),
            }
            for name, east in PLACES.items()
        ],
    }
    tables = ("nodes", "spans", "sites")
    changes = [insert(t, frame_from_rows(TABLES[t], rows[t], DEFAULT_CRS)) for t in tables]
    return empty_network(DEFAULT_CRS).apply(combine(message("Network"), changes))


def test_a_node_that_hangs_on_no_hub_connects_nobody():
    assert workflows.connected_sites(network_of()) == {"at-hub", "at-near", "at-far"}


def test_a_span_out_of_service_cuts_off_what_is_behind_it():
    network = network_of(status="inactive")
    assert workflows.connected_sites(network) == {"at-hub", "at-near"}
    assert "at-far" in workflows.connected_sites(network, ("operational", "inactive"))
