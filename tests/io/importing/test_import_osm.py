"""OpenStreetMap: streets cut at real junctions, and barriers, as a planner reads the tags."""

from __future__ import annotations

import gzip

import pytest
import shapely

from app.io.importing.osm_tags import access_of, barrier_of, street_of
from app.model.errors import ExchangeError
from tests.io.importing.helpers import metric, outcome_of, rules_of, table_of

OSM = """<?xml version='1.0' encoding='UTF-8'?>
<osm version="0.6">
  <node id="1" lat="45.460" lon="9.190"/> <node id="2" lat="45.460" lon="9.192"/>
  <node id="3" lat="45.460" lon="9.194"/> <node id="4" lat="45.458" lon="9.192"/>
  <node id="5" lat="45.462" lon="9.192"/> <node id="6" lat="45.459" lon="9.193"/>
  <node id="7" lat="45.461" lon="9.193"/> <node id="8" lat="45.470" lon="9.190"/>
  <node id="9" lat="45.470" lon="9.191"/> <node id="10" lat="45.471" lon="9.191"/>
  <way id="100"> <nd ref="1"/><nd ref="2"/><nd ref="3"/>
    <tag k="highway" v="residential"/><tag k="name" v="Via Larga"/>
    <tag k="surface" v="sett"/><tag k="sidewalk" v="both"/></way>
  <way id="101"> <nd ref="4"/><nd ref="2"/><nd ref="5"/>
    <tag k="highway" v="service"/><tag k="access" v="private"/></way>
  <way id="102"> <nd ref="6"/><nd ref="7"/>
    <tag k="highway" v="motorway"/><tag k="bridge" v="yes"/><tag k="layer" v="1"/></way>
  <way id="103"> <nd ref="6"/><nd ref="5"/>
    <tag k="waterway" v="river"/><tag k="name" v="Olona"/><tag k="tunnel" v="culvert"/></way>
  <way id="104"> <nd ref="1"/><nd ref="5"/> <tag k="railway" v="rail"/></way>
  <way id="105"> <nd ref="1"/><nd ref="4"/> <tag k="railway" v="tram"/></way>
  <way id="106"> <nd ref="8"/><nd ref="9"/><nd ref="10"/><nd ref="8"/>
    <tag k="natural" v="water"/><tag k="name" v="Laghetto"/></way>
  <way id="107"> <nd ref="1"/><nd ref="999"/> <tag k="highway" v="primary"/></way>
  <way id="108"> <nd ref="3"/><nd ref="5"/> <tag k="highway" v="proposed"/></way>
</osm>
"""

pytestmark = pytest.mark.usefixtures("in_process")


@pytest.fixture(params=["osm", "osm.gz"])
def osm_file(request, tmp_path):
    path = tmp_path / f"milano.{request.param}"
    data = OSM.encode()
    path.write_bytes(gzip.compress(data) if request.param == "osm.gz" else data)
    return path


def test_streets_are_cut_at_shared_nodes_and_not_under_bridges(osm_file):
    outcome = outcome_of(osm_file, "streets")
    rows = table_of(outcome, "streets")
    assert rows["source_id"].tolist() == ["100", "100", "101", "101", "102"]
    junction = shapely.Point(metric([9.192], [45.460])[0])
    ends = [shapely.get_point(line, place) for line in rows.geometry[:4] for place in (0, -1)]
    assert sum(end.distance(junction) < 0.01 for end in ends) == 4
    crossing = rows.geometry.iloc[4].intersection(rows.geometry.iloc[1])
    assert not crossing.is_empty  # the motorway passes above and was not joined


def test_tags_mean_what_a_planner_reads(osm_file):
    rows = table_of(outcome_of(osm_file, "streets"), "streets").drop_duplicates("source_id")
    rows = rows.set_index("source_id")
    street = rows.loc["100"]
    assert (street["road_class"], street["surface"], street["access"]) == (
        "residential", "stone", "public"
    )  # fmt: skip
    assert street["has_sidewalk"]
    assert rows.loc["101", "access"] == "private"
    assert rows.loc["102", "access"] == "forbidden"
    assert rows.loc["102", "is_bridge"] and rows.loc["102", "level"] == 1


def test_barriers_hold_rivers_railways_motorways_and_lakes_but_no_trams(osm_file):
    rows = table_of(outcome_of(osm_file, "barriers"), "barriers")
    assert sorted(rows["kind"]) == ["lake", "motorway", "railway", "river"]
    by_kind = rows.set_index("kind")
    assert by_kind.loc["river", "is_below_ground"] and by_kind.loc["river", "crossing"] == "free"
    assert by_kind.loc["railway", "crossing"] == "priced"
    assert by_kind.loc["lake"].geometry.geom_type == "MultiPolygon"


def test_auto_gives_both_and_the_incomplete_way_is_rejected(osm_file):
    outcome = outcome_of(osm_file)
    assert outcome.changes.counts()["streets"]["inserted"] == 5
    assert outcome.changes.counts()["barriers"]["inserted"] == 4
    assert [row.row for row in outcome.rejected] == [107]
    assert "nodes" in str(outcome.rejected[0].reason)
    assert {"import.osm_incomplete", "import.osm_cut"} <= rules_of(outcome)


def test_osm_is_no_list_of_sites(osm_file):
    with pytest.raises(ExchangeError, match="streets, barriers or auto"):
        outcome_of(osm_file, "sites")


@pytest.mark.parametrize(
    ("tags", "access"),
    [
        ({}, "public"),
        ({"access": "private"}, "private"),
        ({"access": "no", "foot": "yes"}, "public"),
        ({"motorroad": "yes"}, "forbidden"),
    ],
)
def test_access(tags, access):
    assert access_of(tags, "primary") == access


@pytest.mark.parametrize(
    "tags", [{"highway": "construction"}, {"highway": "footway", "area": "yes"}, {}]
)
def test_what_is_no_street(tags):
    assert street_of(tags) is None


@pytest.mark.parametrize(
    "tags", [{"railway": "abandoned"}, {"waterway": "ditch"}, {"highway": "trunk"}]
)
def test_what_is_no_barrier(tags):
    assert barrier_of(tags) is None


def test_layer_that_is_no_number_is_ground_level():
    assert street_of({"highway": "service", "layer": "-1;0"})["level"] == "0"
