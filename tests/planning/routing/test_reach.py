"""Street distances of sites, measured in towns drawn by hand."""

import pytest
import shapely

from app.model.errors import InputError
from app.planning.routing.reach import (
    DistanceParameters,
    ReachParameters,
    site_distances,
    street_reach,
)


@pytest.fixture
def street(world, draw):
    """Two parallel streets joined at the west; a hub there and a chain of spans to the east."""
    return world(
        streets=[
            draw.street("south", (0, 0), (1000, 0)), draw.street("north", (0, 200), (1000, 200)),
            draw.street("west", (0, 0), (0, 200)),
        ],
        nodes=[draw.node("hub", -5, 0, "hub"), draw.node("end", 600, 5)],
        spans=[draw.span("s", "hub", "end", (-5, 0), (600, 5), allows_joint=False,
                         status="operational")],
        sites=[
            draw.site("near", 300, 20), draw.site("off", 300, 190), draw.site("east", 900, -10),
            draw.site("lost", 300, 5000), {"uid": "void", "name": "v", "geometry": None},
        ],
    )  # fmt: skip


def distances(result):
    return {row["uid"]: row["distance_m"] for row in result.summary["sites"]}


def test_distances_count_lead_in_street_and_join(street):
    summary = street_reach(street, ReachParameters()).summary
    rows = {row["uid"]: row for row in summary["sites"]}
    assert rows["near"]["distance_m"] == pytest.approx(20 + 300 + 5, abs=0.5)
    assert rows["off"]["distance_m"] == pytest.approx(10 + 300 + 200 + 5, abs=0.7)
    assert rows["east"]["distance_m"] == pytest.approx(10 + 300 + 5, abs=0.5)
    assert (rows["east"]["joins"], rows["east"]["joins_uid"]) == ("nodes", "end")
    assert rows["off"]["joins_uid"] == "hub"
    assert rows["near"]["lead_in_m"] == pytest.approx(20, abs=0.1)
    assert [row["uid"] for row in summary["unreachable"]] == ["lost", "void"]
    assert all(row["reason"] for row in summary["unreachable"])


def test_other_origins_are_farther_or_nearer(street):
    anywhere = distances(street_reach(street, ReachParameters()))
    hubs = distances(street_reach(street, ReachParameters("hubs")))
    assert hubs["east"] == pytest.approx(915, abs=1) and hubs["near"] == anywhere["near"]
    node = distances(street_reach(street, ReachParameters("end")))
    assert node["near"] == pytest.approx(325, abs=0.5)
    from_site = distances(street_reach(street, ReachParameters("near")))
    assert from_site["near"] == 0
    assert from_site["east"] == pytest.approx(20 + 600 + 10, abs=0.7)
    with pytest.raises(InputError):
        street_reach(street, ReachParameters("zebra"))


def test_rings_hold_the_streets_within_reach_and_no_others(street):
    asked = ReachParameters("hubs", (105.0, 305.0), with_geojson=True)
    result = street_reach(street, asked)
    small, large = result.summary["rings"]
    assert small["street_m"] == pytest.approx(100 + 100, abs=1)
    assert large["street_m"] == pytest.approx(300 + 200 + 100, abs=1)
    assert (small["sites"], large["sites"]) == (0, 0)
    features = result.summary["geojson"]["features"]
    assert [item["properties"]["within_m"] for item in features] == [305.0, 105.0]
    wide, narrow = (shapely.geometry.shape(item["geometry"]) for item in features)
    assert narrow.area < wide.area and wide.buffer(1e-6).contains(narrow)
    assert 9 < wide.centroid.x < 10 and 45 < wide.centroid.y < 46
    areas = result.tables["rings"]["geometry"]
    assert areas.iloc[1].area == pytest.approx(large["area_m2"], abs=1)
    assert large["area_m2"] > 600 * 80


def test_sites_are_as_far_from_each_other_as_the_streets_say(street):
    result = site_distances(street, DistanceParameters(("near", "off", "void", "east", "lost")))
    frame = result.tables["distances"]
    assert result.summary["sites"] == ["near", "off", "east", "lost"]
    assert frame.at["near", "off"] == pytest.approx(20 + 300 + 200 + 300 + 10, abs=1)
    assert frame.at["near", "east"] == frame.at["east", "near"]
    assert (frame.to_numpy().diagonal() == 0).all()
    assert result.summary["distances_m"][0][3] is None
    assert [row["uid"] for row in result.summary["unreachable"]] == ["void"]
    with pytest.raises(InputError):
        site_distances(street, DistanceParameters(("zebra",)))
