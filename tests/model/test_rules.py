"""Rules: a clean network has no findings; each fault is found under its identifier."""

import shapely

from app.model.changes import combine, update
from app.model.messages import message
from app.model.rules import check
from app.model.tables import TABLES

X0, Y0 = 514000.0, 5034000.0


def changed(network, table, uid, values, geometry=None):
    rows = network.table(table).loc[[uid]]
    return network.apply(combine(message("x"), [update(table, rows, values, geometry)]))


def found(network):
    return {finding.rule: finding for finding in check(network)}


def test_a_clean_network_has_no_findings(small):
    assert check(small) == []


def test_values(small):
    network = changed(small, "sites", "s1", {"category": "zoo", "priority": 9, "name": None})
    findings = found(network)
    assert findings["value.not_in_list"].uids == ("s1",)
    assert findings["value.out_of_range"].uids == ("s1",)
    assert findings["value.missing"].uids == ("s1",)
    assert findings["value.not_in_list"].place == (X0 + 500, Y0 + 300)


def test_references(small):
    findings = found(changed(small, "cables", "k1", {"spans": [("ha", "gone")]}))
    assert findings["reference.missing"].uids == ("k1",)
    findings = found(changed(small, "sites", "s2", {"node": None}))
    assert findings["site.no_node"].uids == ("s2",)


def test_topology(small):
    far = shapely.LineString([(X0, Y0), (X0 + 1000, Y0 + 50)])
    findings = found(changed(small, "spans", "ha", {}, [far]))
    assert findings["span.end_apart"].uids == ("ha",)
    findings = found(changed(small, "spans", "ha", {"end_node": None, "route_length_m": 5000.0}))
    assert findings["span.no_end"].uids == ("ha",)
    assert findings["span.length_differs"].uids == ("ha",)
    findings = found(changed(small, "nodes", "h", {"type": "chamber"}))
    assert "network.no_hub" in findings
    findings = found(changed(small, "sites", "s1", {}, [shapely.Point(X0 + 2010, Y0 + 1000)]))
    assert set(findings["site.same_place"].uids) == {"s1", "s2"}


def test_capacity(small):
    findings = found(changed(small, "sites", "s2", {"guaranteed_mbps": 100000.0}))
    assert "2.0 times the 50 Gbit/s" in str(findings["hub.overbooked"].message)
    assert findings["site.guaranteed_above_peak"].uids == ("s2",)
    findings = found(changed(small, "cables", "k1", {"used_fibres": 97, "cable_length_m": 1500.0}))
    assert findings["cable.overfull"].uids == ("k1",)
    assert findings["cable.shorter_than_route"].uids == ("k1",)


def test_the_worst_comes_first_and_everything_is_plain(small):
    network = changed(small, "spans", "ha", {"end_node": None})
    network = changed(network, "sites", "s1", {"category": "zoo"})
    severities = [finding.severity.value for finding in check(network)]
    assert severities == sorted(severities, key=["error", "warning", "info"].index)
    for finding in check(network):
        assert finding.to_json()["table"] in TABLES
        assert finding.to_json()["advice"]
