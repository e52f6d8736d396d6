"""The command ``analyse PROJECT STUDY``: one sub-command for each study."""

from __future__ import annotations

import typer

from app import jobs, workflows
from app.cli.arguments import statuses
from app.cli.console import (
    ProgressBar,
    print_json,
    print_pairs,
)
from app.cli.options import AsJson, ProjectPath, StatusOption, WithPlan
from app.cli.shown import print_failures
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
