"""References, end nodes, towers, identifiers."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from tests.io.importing.helpers import finding_of, outcome_of, rules_of, table_of

pytestmark = pytest.mark.usefixtures("in_process")

X, Y = 514000.0, 5034000.0


def line(*points):
    return shapely.LineString([(X + x, Y + y) for x, y in points])


def write_lines(path, columns, shapes):
    gpd.GeoDataFrame(columns, geometry=shapes, crs=7791).to_file(path)
    return path


def with_nodes(network, tmp_path):
    """Return a network with two named nodes 100 m apart, and their identifiers."""
    path = tmp_path / "nodi.geojson"
    points = [shapely.Point(X, Y), shapely.Point(X + 100, Y)]
    frame = {"Nome": ["Centrale", "Pozzetto 1"], "Tipo": ["hub", "pozzetto"]}
    gpd.GeoDataFrame(frame, geometry=points, crs=7791).to_file(path)
    outcome = outcome_of(path, network=network)
    assert outcome.target == "nodes"
    rows = table_of(outcome, "nodes")
    assert rows["type"].tolist() == ["hub", "chamber"]
    return network.apply(outcome.changes), list(rows.index)


def test_spans_find_nodes_by_name_and_by_place_and_make_the_rest(network, tmp_path):
    network, (hub, chamber) = with_nodes(network, tmp_path)
    columns = {"Tratta": ["T1", "T2", "T3"], "nodo_a": ["CENTRALE", None, None]}
    shapes = [
        line((0.2, 0), (100, 0)),  # named start, end by place
        line((100.4, 0), (200, 0)),  # start by place, end made
        line((200.3, 0.2), (300, 50)),  # start shares the made node, end made
    ]
    outcome = outcome_of(write_lines(tmp_path / "tratte.gpkg", columns, shapes), network=network)
    assert outcome.target == "spans"
    spans, nodes = table_of(outcome, "spans"), table_of(outcome, "nodes")
    assert spans["start_node"].iloc[0] == hub
    assert spans["end_node"].iloc[0] == chamber == spans["start_node"].iloc[1]
    assert spans["end_node"].iloc[1] == spans["start_node"].iloc[2]
    assert len(nodes) == 2
    assert set(nodes["type"]) == {"other"}
    assert "2 nodes" in str(finding_of(outcome, "span.nodes_created").message)
    assert [change.table for change in outcome.changes.tables] == ["nodes", "spans"]
    after = network.apply(outcome.changes)
    assert set(spans["start_node"]) | set(spans["end_node"]) <= set(after.table("nodes").index)


def test_named_node_far_from_the_drawn_end_is_told(network, tmp_path):
    network, _ = with_nodes(network, tmp_path)
    path = write_lines(
        tmp_path / "tratte.gpkg", {"start_node": ["Centrale"]}, [line((500, 0), (600, 0))]
    )
    assert "span.end_far_from_node" in rules_of(outcome_of(path, "spans", network=network))


def test_parts_of_one_row_share_inner_nodes_by_place_only(network, tmp_path):
    network, (hub, chamber) = with_nodes(network, tmp_path)
    shape = shapely.MultiLineString([line((0, 0), (50, 0)), line((50, 0), (100, 0))])
    columns = {"start_node": ["Centrale"], "end_node": ["Pozzetto 1"], "lunghezza": [5000.0]}
    path = write_lines(tmp_path / "tratte.gpkg", columns, [shape])
    spans = table_of(outcome_of(path, "spans", network=network), "spans")
    assert spans["start_node"].iloc[0] == hub and spans["end_node"].iloc[1] == chamber
    assert spans["end_node"].iloc[0] == spans["start_node"].iloc[1]
    assert spans["route_length_m"].sum() == pytest.approx(100.04, abs=0.05)


def test_owners_become_organisations_once(network, tmp_path):
    columns = {"nome": ["a", "b", "c"], "Proprietario": ["CAP Holding", "cap holding", None]}
    shapes = [line((0, 0), (9, 0)), line((9, 0), (19, 0)), line((19, 0), (29, 0))]
    path = write_lines(tmp_path / "cavidotti.gpkg", columns, shapes)
    outcome = outcome_of(path, network=network)
    assert outcome.target == "conduits"
    owners = table_of(outcome, "organisations")
    assert owners["name"].tolist() == ["CAP Holding"]
    conduits = table_of(outcome, "conduits")
    assert conduits["owner"].tolist() == [owners.index[0], owners.index[0], None]
    network = network.apply(outcome.changes)
    columns["nome"] = ["d", "e", "f"]
    again = outcome_of(
        write_lines(tmp_path / "b.gpkg", columns, shapes), "conduits", network=network
    )
    assert "organisations" not in again.changes.counts()


def test_towers_bring_their_nodes_and_share_a_place(network, tmp_path):
    path = tmp_path / "torri.csv"
    path.write_text(
        "Nome;Altezza;lon;lat\nBruzzano;52,5;9.17;45.53\n"
        "Bruzzano radio;30;9.17;45.53\nSeggiano;600;9.3;45.48\n",
        "utf-8",
    )
    outcome = outcome_of(path)
    assert outcome.target == "towers"
    towers, nodes = table_of(outcome, "towers"), table_of(outcome, "nodes")
    assert nodes["type"].tolist() == ["tower", "tower"]
    assert towers["node"].iloc[0] == towers["node"].iloc[1] == nodes.index[0]
    assert towers["height_m"].iloc[0] == 52.5
    assert towers["height_m"].isna().iloc[2]  # 600 m is no height of a tower
    assert {"tower.same_place", "import.bad_value"} <= rules_of(outcome)
    network = network.apply(outcome.changes)
    assert outcome_of(path, "towers", network=network).accepted == 0


def test_own_identifiers_come_back_unless_taken(network, tmp_path):
    path = tmp_path / "sedi.csv"
    path.write_text("uid;Nome;lon;lat\nabc-1;A;9.19;45.46\nx y;B;9.2;45.46\n", "utf-8")
    first = outcome_of(path, "sites")
    uids = list(table_of(first, "sites").index)
    assert uids[0] == "abc-1" and uids[1] != "x y"
    network = network.apply(first.changes)
    path.write_text("uid;Nome;lon;lat\nabc-1;Altra sede;9.25;45.46\n", "utf-8")
    second = outcome_of(path, "sites", network=network)
    assert table_of(second, "sites").index[0] != "abc-1"
    assert "import.uid_replaced" in rules_of(second)


def test_a_project_of_our_own_comes_back_whole(network, tmp_path):
    from app.io.project import Project

    columns = {"nome": ["T1", "T2"], "Proprietario": ["ACME", None]}
    shapes = [line((0, 0), (100, 0)), line((100, 0), (200, 0))]
    tracks = write_lines(tmp_path / "tratte.gpkg", columns, shapes)
    towers = tmp_path / "torri.csv"
    towers.write_text("Nome;lon;lat\nBruzzano;9.17;45.53\n", "utf-8")
    with Project.create(tmp_path / "p.gpkg", "Prova") as project:
        for path, target in ((tracks, "spans"), (towers, "towers")):
            project.apply(outcome_of(path, target, network=project.read()).changes)
        before = project.read()
    for target in ("organisations", "nodes", "spans", "towers"):
        outcome = outcome_of(tmp_path / "p.gpkg", target, network=network)
        network = network.apply(outcome.changes)
    tables = ("organisations", "nodes", "spans", "towers")
    assert network.content_hash(tables) == before.content_hash(tables)


def test_cables_and_risk_groups_name_their_spans(network, tmp_path):
    columns = {"nome": ["T1", "T2"]}
    shapes = [line((0, 0), (100, 0)), line((100, 0), (200, 0))]
    spans = outcome_of(write_lines(tmp_path / "tratte.gpkg", columns, shapes), "spans")
    network = network.apply(spans.changes)
    uids = list(table_of(spans, "spans").index)
    path = tmp_path / "cavi.csv"
    path.write_text('nome,fibre,tratte\nC1,96,"T1; T2"\nC2,48,T9\n', "utf-8")
    outcome = outcome_of(path, "cables", network=network)
    cables = table_of(outcome, "cables")
    assert cables["spans"].tolist() == [tuple(uids), ()]
    assert cables["fibre_count"].tolist() == [96, 48]
    assert "T9" in str(finding_of(outcome, "import.reference_unknown").message)
    path = tmp_path / "rischi.csv"
    path.write_text('nome,tipo,tratte\nPonte,ponte,"[""T1""]"\n', "utf-8")
    groups = table_of(outcome_of(path, "risk_groups", network=network), "risk_groups")
    assert groups["spans"].tolist() == [(uids[0],)]
    assert groups["kind"].tolist() == ["bridge"]


def test_status_and_booleans_in_italian(tmp_path):
    columns = {
        "nome": ["a", "b", "c"],
        "stato": ["in esercizio", "In costruzione", "dismesso"],
        "spillabile": ["sì", "NO", None],
    }
    shapes = [line((0, 0), (9, 0)), line((9, 0), (19, 0)), line((19, 0), (29, 0))]
    spans = table_of(
        outcome_of(write_lines(tmp_path / "tratte.gpkg", columns, shapes), "spans"), "spans"
    )
    assert spans["status"].tolist() == ["operational", "underConstruction", "decommissioned"]
    assert spans["allows_joint"].tolist() == [True, False, True]
