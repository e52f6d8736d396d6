"""Studies of failures under ``analyse``: what they take down, availability, rates, measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from app import jobs, workflows
from app.cli.analyses import analyse
from app.cli.arguments import require, statuses
from app.cli.console import (
    ProgressBar,
    euro_range,
    print_findings,
    print_json,
    print_pairs,
    print_table,
    share,
)
from app.cli.options import AsJson, StatusOption, WithPlan
from app.io.project import Project

_SOURCES = ("hub", "pop")
FromOption = Annotated[
    str, typer.Option("--from", help="Where service comes from: hub, or pop for hubs and pops.")
]


def uids(named: Sequence[str] | None) -> tuple[str, ...]:
    """Return what an option names, several times or separated by commas."""
    parts = (part.strip() for item in named or () for part in item.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


@analyse.command()
def failures(
    context: typer.Context,
    depth: Annotated[int, typer.Option("--depth", min=1, max=2, help="Failures at once.")] = 1,
    cut: Annotated[
        list[str] | None,
        typer.Option("--cut", help="Span, node or conduit that fails; all named fail together."),
    ] = None,
    group: Annotated[
        list[str] | None, typer.Option("--group", help="Risk group that fails as a whole, or all.")
    ] = None,
    with_nodes: Annotated[
        bool, typer.Option("--with-nodes", help="Let pairs hold nodes besides spans.")
    ] = False,
    top: Annotated[int | None, typer.Option("--top", min=1, help="Most pairs to tell.")] = None,
    name: WithPlan = None,
    source: FromOption = "hub",
    status: StatusOption = None,
    as_json: AsJson = False,
) -> None:
    """Let spans and nodes fail and tell which sites go dark, are left with one way, move."""
    require(source, _SOURCES, "--from")
    with Project.open(context.obj, read_only=True) as opened, ProgressBar("Failures") as bar:
        network = opened.read()
        result = jobs.run(
            workflows.failures, network, depth, uids(cut), uids(group), name, statuses(status),
            source, top, with_nodes, report=bar,
        )  # fmt: skip
    if as_json:
        print_json(result.summary)
        return
    summary = result.summary
    today = summary["today"]
    print_pairs(
        {
            "sites": today["sites"],
            "served": today["served"],
            "without protection": today["unprotected"],
            "served from": len(summary["served_from"]),
            "failures examined": summary["examined"],
            "failures that matter": len(summary["failures"]),
        }
    )
    _print_failures(summary["failures"][: top or _SHOWN])
    if "pairs" in summary:
        print_pairs(
            {
                "pairs examined": summary["pairs_examined"],
                "pairs that matter": summary["pairs_that_matter"],
            }
        )
        _print_failures(summary["pairs"][: top or _SHOWN])
    print_findings(result.findings)


@analyse.command()
def availability(
    context: typer.Context,
    site: Annotated[
        list[str] | None, typer.Option("--site", help="Site: uid, code or name; default all.")
    ] = None,
    with_groups: Annotated[
        bool, typer.Option("--risk-groups", help="Count events that strike a whole risk group.")
    ] = False,
    is_checked: Annotated[
        bool, typer.Option("--check", help="Compute by enumeration and by random draws too.")
    ] = False,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the random draws.")] = 0,
    name: WithPlan = None,
    source: FromOption = "hub",
    status: StatusOption = None,
    as_json: AsJson = False,
) -> None:
    """Tell how many minutes a year each site is expected to be without service."""
    require(source, _SOURCES, "--from")
    with Project.open(context.obj, read_only=True) as opened, ProgressBar("Availability") as bar:
        network = opened.read()
        result = jobs.run(
            workflows.availability, network, name, tuple(site or ()), statuses(status), source,
            with_groups, is_checked, seed, report=bar,
        )  # fmt: skip
    if as_json:
        print_json(result.summary)
        return
    table = result.tables["sites"]
    print_pairs(
        {
            "sites": len(table),
            "served from": len(result.summary["served_from"]),
            "weighted minutes per year": result.summary["weighted_minutes_per_year"],
            "resting on placeholders": share(result.summary["placeholder_share"]),
        }
    )
    worst = table.sort_values(["minutes_per_year", "uid"], ascending=[False, True])
    rows: list[Mapping[str, Any]] = worst.head(_SHOWN).to_dict(orient="records")
    columns = ("uid", "name", "minutes_per_year", "minutes_at_best", "class", "depth")
    print_table(rows, columns)
    for kind, figures in result.summary.get("check", {}).items():
        print_pairs({"check": kind, **figures})
    for text in result.summary["assumptions"]:
        typer.echo(text)
    print_findings(result.findings)


@analyse.command()
def rates(
    context: typer.Context,
    write: Annotated[
        bool, typer.Option("--write", help="Copy the shipped rates into the project, to edit.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the failure rates and repair times in effect, with their sources."""
    with Project.open(context.obj, read_only=not write) as opened:
        result = workflows.failure_rates(opened.read())
        if write and result.changes is not None and not result.changes.is_empty:
            opened.apply(result.changes)
            result = workflows.failure_rates(opened.read())
    if as_json:
        print_json({**result.summary, "stored": write})
        return
    columns = ("code", "cuts_per_km_year", "failures_per_year", "mttr_h", "is_placeholder",
               "is_own", "source")  # fmt: skip
    rows = [{**row, **_exact(row)} for row in result.summary["rates"]]
    print_table(rows, columns)


@analyse.command()
def measures(
    context: typer.Context,
    budget_eur: Annotated[
        float | None, typer.Option("--budget", min=0, help="Most money for the sequence, EUR.")
    ] = None,
    steps: Annotated[
        int, typer.Option("--steps", min=1, max=20, help="Measures chosen one after the other.")
    ] = 5,
    as_plan: Annotated[
        str | None, typer.Option("--as-plan", help="Store one measure as a plan of this name.")
    ] = None,
    pick: Annotated[str, typer.Option("--pick", help="Its rank, 1 for the best, or uid.")] = "1",
    source: FromOption = "hub",
    status: StatusOption = None,
    author: Annotated[str | None, typer.Option("--author", help="Who made the plan.")] = None,
    as_json: AsJson = False,
) -> None:
    """Rank what could be built by cost for each minute of weighted outage avoided in a year."""
    require(source, _SOURCES, "--from")
    with Project.open(context.obj, read_only=as_plan is None) as opened:
        with ProgressBar("Measures") as bar:
            result = jobs.run(
                workflows.measures, opened.read(), budget_eur, steps, as_plan, pick,
                statuses(status), source, author, report=bar,
            )  # fmt: skip
        if result.changes is not None:
            opened.apply(result.changes)
    summary = result.summary
    if as_json:
        print_json(summary)
        return
    print_pairs(
        {
            "weighted minutes per year": summary["weighted_minutes_per_year"],
            "resting on placeholders": share(summary["placeholder_share"]),
            "measures considered": summary["considered"],
            "measures that help": len(summary["measures"]),
        }
    )
    _print_measures(summary["measures"][:_SHOWN])
    print_table(
        [
            {
                **step,
                "cost": euro_range(step["cost_eur"]),
                "so_far": euro_range(step["total_cost_eur"]),
            }
            for step in summary["sequence"]
        ],
        ("step", "uid", "cost", "weighted_minutes_avoided", "weighted_minutes_left", "so_far"),
    )
    for text in summary["assumptions"]:
        typer.echo(text)


_SHOWN = 20
"""Rows on screen; JSON and the result's tables hold all."""


def _exact(row: Mapping[str, Any]) -> dict[str, str]:
    """Return rates with all their digits."""
    names = ("cuts_per_km_year", "failures_per_year", "mttr_h")
    return {name: f"{row[name]:g}" for name in names if row[name] is not None}


def _print_failures(items: Sequence[Mapping[str, Any]]) -> None:
    counted = ("sites_lost", "sites_unprotected", "overloaded")
    rows = [
        {**item, **{key: len(item[key]) for key in counted}, "uid": item["uid"] or item["uids"][0]}
        for item in items
    ]
    columns = ("uid", "kind", "name", "sites_lost", "sites_unprotected", "sites_rerouted",
               "guaranteed_mbps_lost", "overloaded", "weighted_minutes_per_year")  # fmt: skip
    print_table(rows, columns)


def _print_measures(items: Sequence[Mapping[str, Any]]) -> None:
    rows = [
        {
            **item,
            "cost": euro_range(item["cost_eur"]),
            "eur_per_minute": euro_range(item["eur_per_minute"]),
        }
        for item in items
    ]
    columns = ("rank", "uid", "kind", "name", "route_length_m", "cost", "weighted_minutes_avoided",
               "sites_helped", "eur_per_minute", "on_front")  # fmt: skip
    print_table(rows, columns)
