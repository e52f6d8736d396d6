"""The command ``analyse PROJECT STUDY``: one sub-command for each study."""

from __future__ import annotations

from typing import Annotated

import typer

from app import jobs, workflows
from app.cli.arguments import given, statuses
from app.cli.console import (
    ProgressBar,
    print_json,
    print_pairs,
    print_table,
)
from app.cli.options import AsJson, ProjectPath, StatusOption, WithPlan
from app.cli.shown import print_failures, readable
from app.io.project import Project

app = typer.Typer()
analyse = typer.Typer(no_args_is_help=True)
app.add_typer(analyse, name="analyse")


@analyse.callback()
def _analyse(context: typer.Context, project: ProjectPath) -> None:
    """Analyse the network, or the network plus a plan."""
    context.obj = project


@analyse.command()
def redundancy(
    context: typer.Context,
    name: WithPlan = None,
    status: StatusOption = None,
    as_json: AsJson = False,
) -> None:
    """Tell what each single failure takes down."""
    with Project.open(context.obj, read_only=True) as opened, ProgressBar("Redundancy") as bar:
        network = opened.read()
        result = jobs.run(workflows.redundancy, network, name, statuses(status), report=bar)
    if as_json:
        print_json(result.summary)
        return
    print_pairs({key: value for key, value in result.summary.items() if key != "failures"})
    print_failures(network, result.summary["failures"])


@analyse.command()
def diversity(
    context: typer.Context,
    site: Annotated[str | None, typer.Option("--site", help="Site: uid, code or name.")] = None,
    disjoint: Annotated[
        str, typer.Option("--disjoint", help="What two routes may not share: edge or node.")
    ] = "edge",
    status: StatusOption = None,
    as_json: AsJson = False,
) -> None:
    """Find the two disjoint routes of one site to the hubs that need least new construction."""
    uid = given(site, "--site")
    with Project.open(context.obj, read_only=True) as opened, ProgressBar("Diversity") as bar:
        network = opened.read()
        result = jobs.run(
            workflows.second_route, network, uid, disjoint, statuses(status), report=bar
        )
    if as_json:
        print_json(result.summary)
    else:
        print_pairs(readable({**result.summary, "routes": len(result.summary["routes"])}))
        routes = [
            {name: len(item) if isinstance(item, list) else item for name, item in route.items()}
            for route in result.summary["routes"]
        ]
        print_table(routes, ("new_route_length_m", "spans", "crossings"))
    raise typer.Exit(int(not result.summary["found"]))
