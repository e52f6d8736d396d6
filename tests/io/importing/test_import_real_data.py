"""The real files of the region: how well they are served."""

from __future__ import annotations

import pytest

from tests.io.importing.helpers import outcome_of, rules_of, table_of

pytestmark = pytest.mark.usefixtures("in_process")


@pytest.mark.parametrize(
    ("name", "target", "read", "accepted"),
    [
        ("sites/schools_state_MI_MB.csv", "sites", 1726, 1726),
        ("sites/hospitals_lombardia.geojson", "sites", 212, 212),
        ("sites/pharmacies_MI_MB.geojson", "sites", 1155, 1155),
        ("sites/radio_masts_milano.geojson", "towers", 78, 78),
        ("barriers/railways_milano.geojson", "barriers", 37, 37),
        ("barriers/osm_subway_tracks_milano.geojson", "barriers", 251, 251),
        ("barriers/restricted_areas_ztl_pedestrian_milano.geojson", "barriers", 180, 156),
        ("municipalities/milano_metro_133_comuni_utm32.gpkg", "areas", 133, 133),
        ("streets/monaco.osm.gz", "auto", 1568, 1568),
    ],
)
def test_real_files(shared_data, tmp_path, name, target, read, accepted):
    outcome = outcome_of(shared_data / name, rejected_folder=tmp_path)
    assert (outcome.target, outcome.read, outcome.accepted) == (target, read, accepted)


def test_dirt_of_the_schools_is_found(shared_data, tmp_path, network):
    towns = outcome_of(shared_data / "municipalities/milano_metro_133_comuni_utm32.gpkg")
    network = network.apply(towns.changes)
    path = shared_data / "sites/schools_state_MI_MB.geojson"
    outcome = outcome_of(path, "sites", network=network, rejected_folder=tmp_path)
    rows = table_of(outcome, "sites")
    assert rows["category"].value_counts().to_dict() == {
        "school_primary": 993, "school_secondary": 733
    }  # fmt: skip
    assert rows["address"].iloc[0] == "Via Giotto, 28"
    wrong = [f for f in outcome.findings if f.rule == "site.outside_municipality"]
    assert 20 <= len(wrong) <= 55
    assert "46" in str(wrong[0].message) and "Segrate" in str(wrong[0].message)
    assert "point.shared_place" in rules_of(outcome)
    again = outcome_of(
        path, "sites", network=network.apply(outcome.changes), rejected_folder=tmp_path
    )
    assert again.accepted == 0


def test_of_several_line_layers_the_plainly_named_one_is_read_and_told(shared_data):
    path = shared_data / "streets/milano_core_streets.gpkg"
    outcome = outcome_of(path, "streets")
    assert outcome.accepted == 8483
    told = next(item for item in outcome.findings if item.rule == "import.layer_chosen")
    assert "edges" in str(told.message) and "sumo_directed_edges" in str(told.message)
    assert outcome.layers == ("nodes", "edges", "sumo_directed_edges")
