"""Workflows: choosing sites, building the demo once, keeping what stands in its way."""

from dataclasses import replace

import pytest

from app import workflows
from app.io.project import Project
from app.model.errors import InputError
from app.workflows import demo


def the_demo_is_what_it_says(built):
    assert not built.is_reused
    assert built.counts["streets"] >= 60_000
    assert built.plan["connected"] == 87
    assert built.plan["gap"] is not None and built.plan["gap"] < 0.02
    for paper in built.papers:
        assert paper.stat().st_size > 10_000


def a_second_run_reuses_the_project_and_rewrites_the_papers(built):
    before = built.project.read_bytes()
    built.papers[0].unlink()
    again = workflows.build_demo(built.project.parent)
    assert again.is_reused
    assert again.papers[0].exists()
    assert built.project.read_bytes() == before
    assert dict(again.plan) == dict(built.plan)


def the_demo_has_no_errors(built):
    with Project.open(built.project, read_only=True) as project:
        findings = workflows.check(project.read())
    assert [item.rule for item in findings if item.severity.value == "error"] == []


def test_a_project_in_the_way_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(
        demo, "_build_project", lambda path, *_: Project.create(path, "new").close()
    )
    monkeypatch.setattr(demo, "_planned", lambda project, network, progress: (network, {}))
    monkeypatch.setattr(demo, "SUFFIXES", ())
    Project.create(tmp_path / demo.PROJECT, "mine").close()
    assert not workflows.build_demo(tmp_path).is_reused
    with Project.open(tmp_path / "demo-kept-1.gpkg", read_only=True) as project:
        assert project.name == "mine"


def sites_are_chosen_by_name_condition_or_all(built):
    with Project.open(built.project, read_only=True) as project:
        network = project.read()
    everything = workflows.select_sites(network, "all")
    hospitals = workflows.select_sites(network, "where:category = 'hospital'")
    assert 0 < len(hospitals) < len(everything) == len(network.table("sites"))
    two = hospitals[:2]
    assert workflows.select_sites(network, f"{two[0]}, {two[1]},{two[0]}") == two
    with pytest.raises(InputError, match="No site is called nobody"):
        workflows.select_sites(network, "nobody")


def a_site_is_found_by_uid_code_or_name(built):
    with Project.open(built.project, read_only=True) as project:
        network = project.read()
    sites = network.table("sites")
    once = sites[~sites["name"].duplicated(keep=False)].iloc[0]
    assert workflows.find_site(network, once["name"]) == once.name
    assert workflows.find_site(network, once.name) == once.name
    with pytest.raises(InputError, match="no site “nobody”"):
        workflows.find_site(network, "nobody")
    twice = sites.assign(name="twin")
    with pytest.raises(InputError, match="are called “twin”"):
        workflows.find_site(replace(network, tables={**network.tables, "sites": twice}), "twin")


def papers_know_when_a_plan_is_out_of_date(built):
    with Project.open(built.project, read_only=True) as project:
        network = project.read()
    assert not workflows.is_out_of_date(network, demo.PLAN)
    tables = {**network.tables, "streets": network.table("streets").iloc[1:]}
    changed = type(network)(network.name, network.crs, network.uid, tables)
    assert workflows.is_out_of_date(changed, demo.PLAN)
    assert workflows.dossier(network, demo.PLAN).organisation == "Città metropolitana di Milano"


def an_accepted_plan_is_not_out_of_date(built):
    """Accepting changes the plan's own inputs; that alone is no reason to compute it again."""
    with Project.open(built.project, read_only=True) as project:
        network = project.read()
    taken = network.apply(workflows.accept_plan(network, demo.PLAN))
    assert not workflows.is_out_of_date(taken, demo.PLAN)


def test_the_demo_holds_what_it_promises(tmp_path):
    """One test, because building the demo takes longer than all that is asked of it."""
    built = workflows.build_demo(tmp_path / "demo")
    for ask in (
        the_demo_is_what_it_says,
        a_second_run_reuses_the_project_and_rewrites_the_papers,
        the_demo_has_no_errors,
        sites_are_chosen_by_name_condition_or_all,
        a_site_is_found_by_uid_code_or_name,
        papers_know_when_a_plan_is_out_of_date,
        an_accepted_plan_is_not_out_of_date,
    ):
        ask(built)
