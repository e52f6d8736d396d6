"""Studies of street distance under ``analyse``: reach and distances."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from app import jobs, workflows
from app.cli.analyses import analyse
from app.cli.arguments import statuses
from app.cli.console import ProgressBar, print_json, print_pairs, print_table
from app.cli.options import AsJson, StatusOption
from app.io.project import Project

_SHOWN = 40
"""Sites that are listed on screen; JSON holds all."""

_MaxLeadIn = Annotated[float, typer.Option("--max-lead-in", min=0, help="Longest lead-in, m.")]


@analyse.command()
def reach(
    context: typer.Context,
    origin: Annotated[
        str,
        typer.Option("--from", help="network (wherever it can be joined), hubs, a node or a site."),
    ] = "network",
    within_m: Annotated[
        list[float] | None,
        typer.Option("--within", min=0, help="Ring of streets up to so many m; repeatable."),
    ] = None,
    margin_m: Annotated[
        float, typer.Option("--margin", min=1, help="Rings cover so many m beside streets.")
    ] = 40.0,
    geojson: Annotated[
        bool, typer.Option("--geojson", help="Print the rings alone, as GeoJSON.")
    ] = False,
    max_lead_in_m: _MaxLeadIn = 500.0,
    status: StatusOption = None,
    as_json: AsJson = False,
) -> None:
    """Tell how far open sites are from the network along streets, and what lies within reach."""
    with Project.open(context.obj, read_only=True) as opened, ProgressBar("Reach") as bar:
        result = jobs.run(
            workflows.street_reach, opened.read(), origin, within_m or (), statuses(status),
            max_lead_in_m, margin_m, geojson, report=bar,
        )  # fmt: skip
    summary = dict(result.summary)
    if geojson and not as_json:
        print_json(summary["geojson"])
    elif as_json:
        print_json(summary)
    else:
        _print_reach(summary)
    raise typer.Exit(int(bool(summary["unreachable"])))


def _print_reach(summary: dict[str, Any]) -> None:
    counts = {name: len(summary[name]) for name in ("sites", "unreachable")}
    print_pairs({"origin": summary["origin"], **counts})
    print_table(summary["rings"], ("within_m", "street_m", "sites", "area_m2"))
    print_table(summary["sites"][:_SHOWN], ("uid", "name", "distance_m", "joins", "joins_uid"))
    print_table(summary["unreachable"][:_SHOWN], ("uid", "reason"))


@analyse.command()
def distances(
    context: typer.Context,
    sites: Annotated[str, typer.Option("--sites", help="all, UID,UID or where:CONDITION.")] = "all",
    max_lead_in_m: _MaxLeadIn = 500.0,
    status: StatusOption = None,
    as_json: AsJson = False,
) -> None:
    """Measure the street distances between sites, each to each."""
    with Project.open(context.obj, read_only=True) as opened, ProgressBar("Distances") as bar:
        network = opened.read()
        result = jobs.run(
            workflows.site_distances, network, sites, statuses(status), max_lead_in_m, report=bar
        )
    if as_json:
        print_json(result.summary)
        return
    names = network.table("sites")["name"]
    uids = result.summary["sites"]
    heads = [str(number + 1) for number in range(len(uids))]
    rows = [
        {"": head, "site": names[uid] or uid, **dict(zip(heads, row, strict=True))}
        for head, uid, row in zip(heads, uids, result.summary["distances_m"], strict=True)
    ]
    print_table(rows, ("", "site", *heads))
