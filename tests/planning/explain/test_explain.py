"""Explanations of stored plans, held against plans made again from scratch."""

import dataclasses

import pytest
import shapely

from app.model.errors import InputError
from app.model.guidance import Guidance
from app.planning.explain.study import ExplainParameters, explain_plan
from app.planning.explain.subject import subject_of
from app.planning.extension import ExtensionParameters, plan_extension


def planned(network, name="A", **values):
    values.setdefault("sites", tuple(network.table("sites").index))
    result = plan_extension(network, ExtensionParameters(name=name, **values))
    return network.apply(result.changes), result.summary


def explained(network, summary, **values):
    return explain_plan(network, ExplainParameters(summary["plan_uid"], **values))


@pytest.fixture
def town(world, draw, grid):
    """A grid with a hub in a corner, five sites, two of them at one place."""
    return world(
        streets=grid(6),
        nodes=[draw.node("hub", 10, 10, "hub")],
        sites=[
            draw.site("a", 330, 360), draw.site("b", 130, 260), draw.site("c", 90, 490),
            draw.site("d", 460, 90), draw.site("e", 460, 90),
        ],
    )  # fmt: skip


def test_a_plan_is_found_again_edge_by_edge(town):
    network, summary = planned(town)
    subject = subject_of(network, summary["plan_uid"])
    spans = network.table("plan_spans")
    for uid, edges in subject.sections.items():
        length_m = subject.routes.length_mm[edges].sum() / 1000
        assert length_m == pytest.approx(spans.at[uid, "route_length_m"])
    assert set(subject.entry_of) == set("abcde")
    total = explained(network, summary).summary["objective"]
    assert total == pytest.approx(summary["objective"], abs=0.05)


@pytest.mark.parametrize("site", ["a", "b", "c", "d"])
def test_a_site_saves_what_a_plan_without_it_is_cheaper(town, site):
    network, summary = planned(town)
    rows = {row["uid"]: row for row in explained(network, summary).summary["sites"]}
    rest = tuple(uid for uid in "abcde" if uid != site)
    _, without = planned(town, "B", sites=rest)
    assert max(summary["gap"], without["gap"]) < 1e-5
    saved = summary["objective"] - without["objective"]
    assert rows[site]["saving_eur"] == pytest.approx(saved, abs=0.05)
    assert rows[site]["most_eur"] >= rows[site]["saving_eur"] - 0.01
    alone = explained(network, summary, site=site).summary["sites"]
    assert [row["uid"] for row in alone] == [site]
    assert alone[0]["saving_eur"] == rows[site]["saving_eur"]


def test_sites_at_one_place_are_dear_together(town):
    network, summary = planned(town)
    rows = {row["uid"]: row for row in explained(network, summary).summary["sites"]}
    _, without = planned(town, "B", sites=("a", "b", "c"))
    saved = summary["objective"] - without["objective"]
    assert rows["d"]["sites_at_place"] == rows["e"]["sites_at_place"] == 2
    assert rows["d"]["place_saving_eur"] == pytest.approx(saved, abs=0.05)
    assert rows["d"]["saving_eur"] < rows["d"]["place_saving_eur"] / 2


def test_every_section_costs_what_a_plan_without_it_costs_more(town):
    network, summary = planned(town)
    sections = explained(network, summary, tolerance=0.01).summary["sections"]
    assert len(sections) == (network.table("plan_spans")["plan"] == summary["plan_uid"]).sum()
    tried = 0
    for row in sections:
        if row["sites_lost"]:
            assert row["state"] == "onlyWay" and row["extra_eur"] is None
            continue
        closer = explained(network, summary, section=row["uid"])
        (exact,) = closer.summary["sections"]
        asked = Guidance(avoid=(row["uid"],))
        _, other = planned(network, f"without {row['uid']}", guidance=asked)
        extra = other["objective"] - summary["objective"]
        assert exact["extra_eur"] == pytest.approx(extra, abs=0.05)
        assert exact["least_eur"] <= exact["extra_eur"] <= row["extra_eur"] + 0.01
        is_dear = extra > 0.01 * summary["objective"]
        assert row["state"] in (("always", "likely") if is_dear else ("replaceable",))
        roles = closer.tables["alternative"].groupby("role")["length_m"].sum()
        own = network.table("plan_spans").at[row["uid"], "route_length_m"]
        assert roles["dropped"] >= own - 0.01
        tried += 1
    assert tried >= 4


def test_sections_that_were_asked_for_are_told_apart(town):
    _, first = planned(town)
    network, _ = planned(town)
    section = next(
        row["uid"] for row in explained(network, first).summary["sections"] if row["extra_eur"]
    )
    guided, summary = planned(network, "B", guidance=Guidance(must_use=(section,)))
    rows = explained(guided, summary).summary["sections"]
    assert "kept" in {row["state"] for row in rows}


@pytest.fixture
def obstructed(world, draw):
    """Sites that cannot be reached, each for another reason."""
    return world(
        streets=[
            draw.street("main", (0, 0), (1000, 0), name="Via Roma"),
            draw.street("private", (3000, 100), (3000, 400), name="Via Chiusa", access="private"),
            draw.street("island", (1100, 900), (1400, 900)),
            draw.street("beyond", (2000, -2000), (2400, -2000)),
            draw.street("bridge", (1000, 0), (2000, -2000)),
        ],
        barriers=[
            {"uid": "river", "name": "Lambro", "kind": "river", "crossing": "forbidden",
             "geometry": draw.line((1200, -3000), (1800, 0))},
        ],
        nodes=[draw.node("hub", 0, 0, "hub")],
        sites=[
            draw.site("fine", 500, 20),
            {"uid": "nowhere", "name": "nowhere", "geometry": None},
            draw.site("far", 400, 3000),
            draw.site("closed", 2990, 300),
            draw.site("isle", 1250, 910),
            draw.site("across", 2200, -1990),
        ],
    )  # fmt: skip


def test_each_site_out_of_reach_says_why_where_and_what_would_help(obstructed):
    network, summary = planned(obstructed)
    result = explained(network, summary)
    found = {row["uid"]: row for row in result.summary["unreachable"]}
    assert {row["uid"] for row in summary["unreachable"]} == set(found)
    causes = {uid: row["cause"] for uid, row in found.items()}
    assert causes == {
        "nowhere": "noPosition", "far": "tooFar", "closed": "rule", "isle": "island",
        "across": "closed",
    }  # fmt: skip
    assert found["closed"]["streets"] == ["private"] and "Via Chiusa" in found["closed"]["reason"]
    assert found["across"]["closed_by"] == ["river"] and "Lambro" in found["across"]["reason"]
    assert found["far"]["missing_m"] == pytest.approx(3000, abs=1)
    isle = shapely.LineString(found["isle"]["gap"])
    assert isle.length == pytest.approx(found["isle"]["missing_m"], abs=0.1)
    assert isle.length == pytest.approx(((1100 - 1000) ** 2 + 900**2) ** 0.5, abs=1)
    for uid, row in found.items():
        assert row["remedy"] and (row["place"] is None) == (uid == "nowhere")
    rules = [finding for finding in result.findings if finding.rule == "explain.unreachable"]
    assert {finding.uids[0] for finding in rules} == set(found)
    assert len(result.tables["links"]) == 4
    one = explained(network, summary, site="isle").summary
    assert [row["uid"] for row in one["unreachable"]] == ["isle"] and one["sites"] == []


def test_what_cannot_be_explained_is_refused(town):
    network, summary = planned(town)
    for wrong in ({"site": "zebra"}, {"section": "zebra"}):
        with pytest.raises(InputError):
            explained(network, summary, **wrong)
    with pytest.raises(InputError):
        explain_plan(network, ExplainParameters("nothing"))
    paired, other = planned(town, "P", sites=("a",), protection="edge")
    with pytest.raises(InputError):
        explained(paired, other)


def test_a_plan_whose_streets_are_gone_is_refused_and_an_old_one_told(town):
    network, summary = planned(town)
    streets = network.table("streets")
    used = network.table("plan_spans")["street"].dropna().iloc[0]
    gone = dataclasses.replace(
        network, tables={**network.tables, "streets": streets[streets.index != used]}
    )
    with pytest.raises(InputError):
        explained(gone, summary)
    renamed = streets.copy()
    renamed["name"] = [f"another {number}" for number in range(len(renamed))]
    renamed["name"] = renamed["name"].astype(object)
    old = dataclasses.replace(network, tables={**network.tables, "streets": renamed})
    assert explained(old, summary).summary["is_out_of_date"]
    assert not explained(network, summary).summary["is_out_of_date"]
