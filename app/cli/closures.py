"""Ring closure under ``analyse``: what to build so that connected sites survive any failure."""

from __future__ import annotations

from typing import Annotated

import typer

from app import jobs, workflows
from app.cli.analyses import analyse
from app.cli.arguments import require, statuses
from app.cli.console import ProgressBar, print_json, print_pairs, print_table
from app.cli.options import AsJson, StatusOption
from app.cli.shown import readable
from app.io.project import Project

_LEVELS = ("edge", "node")
_COLUMNS = ("rank", "length_m", "typical_eur", "spans_relieved", "sites_gained")


@analyse.command()
def closure(
    context: typer.Context,
    sites: Annotated[
        str, typer.Option("--sites", help="Connected ones of: all, UID,UID or where:CONDITION.")
    ] = "all",
    protection: Annotated[
        str, typer.Option("--protection", help="What may fail: edge or node.")
    ] = "edge",
    time_limit_s: Annotated[
        float, typer.Option("--time-limit", min=0, help="Seconds for the optimiser.")
    ] = 30.0,
    gap: Annotated[
        float, typer.Option("--gap", min=0, max=1, help="Stop at this gap, a fraction.")
    ] = 0.0,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the search.")] = 0,
    status: StatusOption = None,
    as_json: AsJson = False,
) -> None:
    """Find the cheapest lines that free connected sites of single points of failure."""
    require(protection, _LEVELS, "--protection")
    with Project.open(context.obj, read_only=True) as opened, ProgressBar("Ring closure") as bar:
        result = jobs.run(
            workflows.closure, opened.read(), sites, protection, statuses(status), time_limit_s,
            gap, seed, report=bar,
        )  # fmt: skip
    summary = result.summary
    if as_json:
        print_json(summary)
    else:
        told = {key: value for key, value in summary.items() if key != "closures"}
        print_pairs(readable(told))
        print_table(
            [
                {
                    "rank": row["rank"],
                    "length_m": round(row["length_m"]),
                    "typical_eur": row["cost_eur"]["typical"],
                    "spans_relieved": len(row["spans_relieved"]),
                    "sites_gained": len(row["sites_gained"]),
                }
                for row in summary["closures"]
            ],
            _COLUMNS,
        )
    raise typer.Exit(int(bool(summary["unprotected"])))
