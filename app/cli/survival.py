"""Studies of survival under ``analyse``: risk groups and diverse routes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from app import jobs, workflows
from app.cli.analyses import analyse
from app.cli.arguments import given, require, statuses
from app.cli.console import ProgressBar, print_json, print_pairs, print_table
from app.cli.options import AsJson, Language, StatusOption, WithPlan
from app.cli.shown import readable
from app.io.project import Project
from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message

_SHOWN = 40
"""Groups that are listed on screen; JSON and the table of risk groups hold all."""


@analyse.command()
def risks(
    context: typer.Context,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="Kind of groups to make; repeatable.")
    ] = None,
    within_m: Annotated[
        float | None, typer.Option("--within", min=0, help="Same trench: closer than this, m.")
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Store the groups, as one step that can be undone.")
    ] = False,
    name: WithPlan = None,
    status: StatusOption = None,
    as_json: AsJson = False,
) -> None:
    """Make shared-risk groups: what one event takes down together, and why."""
    if write and name is not None:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core", "Groups of network plus plan cannot be stored: accept the plan first."
                )
            )
        )
    chosen = [part.strip() for item in kind or () for part in item.split(",")]
    with Project.open(context.obj, read_only=not write) as opened:
        with ProgressBar("Risk groups") as bar:
            result = jobs.run(
                workflows.risk_groups, opened.read(), chosen, within_m, name, statuses(status),
                report=bar,
            )  # fmt: skip
        if write and result.changes is not None:
            opened.apply(result.changes)
    summary = {**result.summary, "stored": write}
    if as_json:
        print_json(summary)
        return
    print_pairs({key: summary[key] for key in ("groups", "edited", "spans", "spans_in_groups")})
    print_pairs(summary["by_kind"])
    told = [{**group, "members": len(group["spans"])} for group in summary["list"][:_SHOWN]]
    print_table(told, ("kind", "name", "members", "reason"))


_DISJOINT = ("edge", "node", "risk")
_ENDS = ("any", "hub", "two-hubs", "ring")
_ROUTE_COLUMNS = ("length_m", "new_route_length_m", "spans", "crossings")


@analyse.command()
def diversity(
    context: typer.Context,
    site: Annotated[str | None, typer.Option("--site", help="Site: uid, code or name.")] = None,
    sites: Annotated[
        str | None, typer.Option("--sites", help="Several: all, UID,UID or where:CONDITION.")
    ] = None,
    disjoint: Annotated[
        str, typer.Option("--disjoint", help="What two routes may not share: edge, node or risk.")
    ] = "edge",
    to: Annotated[
        str, typer.Option("--to", help="Where they end: any, hub (one), two-hubs or ring.")
    ] = "any",
    exempt_m: Annotated[
        float, typer.Option("--exempt", min=0, help="Share freely this near to site and ends, m.")
    ] = 0.0,
    separation_m: Annotated[
        float, typer.Option("--separation", min=0, help="Keep the routes this far apart, m.")
    ] = 0.0,
    passes: Annotated[
        list[str] | None, typer.Option("--pass", help="Object that one route passes; repeatable.")
    ] = None,
    avoids: Annotated[
        list[str] | None, typer.Option("--avoid", help="Object that no route takes; repeatable.")
    ] = None,
    within_m: Annotated[
        float | None, typer.Option("--within", min=0, help="Same trench: closer than this, m.")
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="Kind of risk that counts; repeatable.")
    ] = None,
    time_limit_s: Annotated[
        float, typer.Option("--time-limit", min=0, help="Seconds for each site.")
    ] = 30.0,
    target: Annotated[
        Path | None, typer.Option("--to-file", help="Write the report too: a .pdf.")
    ] = None,
    language: Annotated[Language, typer.Option("--language", help="it or en.")] = Language.IT,
    status: StatusOption = None,
    as_json: AsJson = False,
) -> None:
    """Find two diverse routes of a site, or of many, that need least new construction."""
    require(disjoint, _DISJOINT, "--disjoint")
    require(to, _ENDS, "--to")
    if (site is None) == (sites is None):
        raise InputError(message(QT_TRANSLATE_NOOP("core", "Give either --site or --sites.")))
    request = workflows.DiverseRequest(
        disjoint=disjoint,
        to=to,
        exempt_m=exempt_m,
        separation_m=separation_m,
        passes=tuple(passes or ()),
        avoids=tuple(avoids or ()),
        within_m=within_m,
        kinds=tuple(part.strip() for item in kind or () for part in item.split(",")),
        time_limit_s=time_limit_s,
        statuses=statuses(status),
    )
    if target is not None:
        workflows.check_report_path(target)
    with Project.open(context.obj, read_only=True) as opened:
        network = opened.read()
    with ProgressBar("Diversity") as bar:
        if sites is not None:
            result = jobs.run(workflows.diverse_routes, network, sites, request, report=bar)
        else:
            uid = given(site, "--site")
            result = jobs.run(workflows.second_route, network, uid, request=request, report=bar)
        if target is not None:
            paper = (network, result, target, language.value)
            jobs.run(workflows.diversity_report, *paper, report=bar)
    summary = result.summary
    if as_json:
        print_json(summary)
    elif sites is None:
        _print_pair(summary)
    else:
        print_table(
            [{**answer, "routes": len(answer["routes"])} for answer in summary["sites"]],
            ("site", "found", "min_separation_m", "shared_m", "objective", "gap"),
        )
        print_table([*summary["without"], *summary["unreachable"]], ("uid", "reason"))
    bad = not summary["found"] if sites is None else summary["without"] or summary["unreachable"]
    raise typer.Exit(int(bool(bad)))


def _print_pair(summary: Mapping[str, Any]) -> None:
    told = {name: value for name, value in summary.items() if not isinstance(value, list | Mapping)}
    minutes = summary["availability"]["minutes_per_year"]
    print_pairs(readable({**told, "cost_eur": summary["cost_eur"], "outage_min_per_year": minutes}))
    routes = [
        {name: len(item) if isinstance(item, list) else item for name, item in route.items()}
        for route in summary["routes"]
    ]
    print_table(routes, _ROUTE_COLUMNS)
    if summary["shared"]:
        print_table(summary["shared"], ("kind", "length_m", "exempt", "reason"))
