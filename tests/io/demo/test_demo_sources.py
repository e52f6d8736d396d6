"""Writing the demo's files: the same each time, and fit for the import."""

import hashlib

import pytest

from app.io.demo import extra_rows, write_sources
from app.io.importing import ImportOptions, read_file
from app.model.network import empty_network

_NEEDED = ("organisations", "hazards", "nodes", "spans", "sites")


def test_a_second_run_replaces_the_files_by_the_same_bytes(demo_sources):
    before = [_digest(source.path) for source in demo_sources]
    reports = []
    again = write_sources(
        demo_sources[0].path.parent, lambda fraction, text=None: reports.append(fraction)
    )
    assert again == demo_sources
    assert [_digest(source.path) for source in again] == before
    assert reports == sorted(reports)
    assert reports[-1] == 1.0


@pytest.fixture(scope="module")
def imported(demo_sources):
    network = empty_network("Demo")
    for source in demo_sources:
        if source.target in _NEEDED:
            options = ImportOptions(layer=source.layer)
            outcome = read_file(source.path, source.target, network=network, options=options)
            assert outcome.accepted == outcome.read
            network = network.apply(outcome.changes)
    return network


def test_the_import_takes_every_row_and_resolves_the_references(imported):
    spans, nodes = imported.table("spans"), imported.table("nodes")
    assert set(spans["start_node"]) | set(spans["end_node"]) <= set(nodes.index)
    sites = imported.table("sites")
    assert sites.loc[sites["status"] == "operational", "node"].notna().all()
    assert {uid[14] for uid in [*spans.index, *nodes.index, *sites.index]} == {"5"}


def test_agreements_and_risk_groups_come_with_it(imported):
    extra = extra_rows(imported)
    agreements = extra["agreements"]
    assert len(agreements) == 90
    assert int(agreements["is_in_operation"].sum()) == 55
    assert set(agreements["body"]) <= set(imported.table("organisations").index)
    groups = extra["risk_groups"]
    assert len(groups) >= 4
    for members in groups["spans"]:
        assert len(members) > 1
        assert set(members) <= set(imported.table("spans").index)


def _digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()
