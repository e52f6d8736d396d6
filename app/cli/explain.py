"""The study ``analyse PROJECT explain``: why a plan is as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from app import jobs, workflows
from app.cli.analyses import analyse
from app.cli.console import ProgressBar, print_json, print_pairs, print_table, share
from app.cli.options import AsJson, PlanOption
from app.io.project import Project

_SHOWN = 25
"""Sites and sections that are listed on screen; JSON holds all."""


@analyse.command()
def explain(
    context: typer.Context,
    name: PlanOption,
    site: Annotated[str | None, typer.Option("--site", help="Site: uid, code or name.")] = None,
    section: Annotated[
        str | None, typer.Option("--section", help="Section of the plan: uid of a plan span.")
    ] = None,
    tolerance: Annotated[
        float | None,
        typer.Option(
            "--within", min=0, max=1,
            help="Plans dearer by up to this fraction are near-optimal; default: the gap or 0.01.",
        ),
    ] = None,
    time_limit_s: Annotated[
        float, typer.Option("--time-limit", min=0, help="Seconds for searching.")
    ] = 30.0,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Say what each site of a plan really costs, what sections could be, what keeps sites out."""
    with Project.open(context.obj, read_only=True) as opened, ProgressBar("Explain") as bar:
        result = jobs.run(
            workflows.explain, opened.read(), name, site, section, tolerance, time_limit_s,
            report=bar,
        )  # fmt: skip
    if as_json:
        print_json(result.summary)
    else:
        print_explanation(result.summary)
    raise typer.Exit(int(bool(result.summary["unreachable"])))


def explained(opened: Project, name: str) -> Mapping[str, Any]:
    """Return what explains a plan that was just stored."""
    with ProgressBar("Explain") as bar:
        return jobs.run(workflows.explain, opened.read(), name, report=bar).summary


def print_explanation(summary: Mapping[str, Any]) -> None:
    """Print what explains a plan."""
    print_pairs(
        {
            "plan": summary["plan"],
            "gap": share(summary["gap"]),
            "near-optimal": "up to " + share(summary["tolerance"]),
            "out of date": summary["is_out_of_date"],
        }
    )
    print_table(
        summary["sites"][:_SHOWN],
        ("uid", "name", "saving_eur", "most_eur", "alone_eur", "sites_at_place"),
    )
    ranked = sorted(
        summary["sections"],
        key=lambda row: (row["extra_eur"] is None, -(row["extra_eur"] or 0.0), row["uid"]),
    )
    print_table(ranked[:_SHOWN], ("uid", "name", "state", "extra_eur", "least_eur"))
    print_table(summary["unreachable"][:_SHOWN], ("uid", "cause", "reason", "remedy"))
