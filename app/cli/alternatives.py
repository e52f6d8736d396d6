"""The commands ``plans``, about plans as alternatives, and ``route``, about one by hand."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from app import jobs
from app.cli.arguments import given, statuses
from app.cli.console import ProgressBar, euro_range, print_json, print_pairs, print_table, share
from app.cli.options import AsJson, ProjectPath, StatusOption
from app.cli.shown import print_facts
from app.io.project import Project
from app.model.changes import ChangeSet
from app.workflows import alternatives, routes

app = typer.Typer()
plans = typer.Typer(help="List plans, copy, rename, note, colour or delete one.")
app.add_typer(plans, name="plans")

_SHOWN = ("name", "state", "sites", "unreachable", "length_km", "cost", "gap", "color", "made_from")
PlanName = Annotated[str, typer.Argument(metavar="PLAN", help="Name of the plan.")]


@plans.command("list")
def list_plans(project: ProjectPath, as_json: AsJson = False) -> None:
    """List the plans, not building first."""
    with Project.open(project, read_only=True) as opened:
        rows = alternatives.list_plans(opened.read())
    if as_json:
        print_json(rows)
        return
    shown = [
        {
            "name": row["name"], "state": row["state"] or "", "sites": row["site_count"],
            "unreachable": row["unreachable_count"],
            "length_km": round((row["route_length_m"] or 0.0) / 1000, 1),
            "cost": euro_range(row["cost_eur"]) if row["cost_eur"]["typical"] is not None else "",
            "gap": "" if row["gap"] is None else share(row["gap"]),
            "color": row["color"] or "", "made_from": row["based_on"] or "",
        }
        for row in rows
    ]  # fmt: skip
    print_table(shown, _SHOWN)


@plans.command()
def duplicate(
    project: ProjectPath,
    plan: PlanName,
    name: Annotated[str | None, typer.Option("--name", help="Name of the copy.")] = None,
    as_json: AsJson = False,
) -> None:
    """Copy a plan with all its rows as a new draft, as one step."""
    with Project.open(project) as opened:
        network = opened.read()
        changes = opened.apply(alternatives.duplicate_plan(network, plan, name))
    head = next(part for part in changes.tables if part.table == "plans")
    facts = {"plan": plan, "copy": str(head.after["name"].iloc[0]), "uid": str(head.after.index[0])}
    print_facts(facts | {"changed": _count(changes)}, as_json)


@plans.command()
def rename(
    project: ProjectPath,
    plan: PlanName,
    name: Annotated[str, typer.Argument(metavar="NEW_NAME", help="Its new name.")],
    as_json: AsJson = False,
) -> None:
    """Give a plan another name."""
    _change(project, {"plan": plan, "name": name}, alternatives.rename_plan, (plan, name), as_json)


@plans.command()
def note(
    project: ProjectPath,
    plan: PlanName,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The note; '' removes it.")],
    as_json: AsJson = False,
) -> None:
    """Write a note on a plan."""
    _change(project, {"plan": plan, "note": text}, alternatives.note_plan, (plan, text), as_json)


@plans.command()
def color(
    project: ProjectPath,
    plan: PlanName,
    value: Annotated[str, typer.Argument(metavar="COLOUR", help="#rrggbb; '' for the usual one.")],
    as_json: AsJson = False,
) -> None:
    """Give a plan a colour on the map."""
    _change(
        project, {"plan": plan, "color": value}, alternatives.color_plan, (plan, value), as_json
    )


@plans.command()
def delete(project: ProjectPath, plan: PlanName, as_json: AsJson = False) -> None:
    """Delete a plan with its rows; the network stays as it is."""
    _change(project, {"plan": plan}, alternatives.drop_plan, (plan,), as_json)


def _change(
    project: ProjectPath, facts: dict[str, Any], make: Any, words: tuple[str, ...], as_json: bool
) -> None:
    with Project.open(project) as opened:
        changes: ChangeSet = make(opened.read(), *words)
        if not changes.is_empty:
            opened.apply(changes)
    print_facts(facts | {"changed": _count(changes)}, as_json)


def _count(changes: ChangeSet) -> int:
    return sum(len(part.after.index.union(part.before.index)) for part in changes.tables)


@app.command()
def route(
    project: ProjectPath,
    begin: Annotated[str, typer.Option("--from", help="LON,LAT or a site: uid, code or name.")],
    end: Annotated[
        str, typer.Option("--to", help="LON,LAT, a site, or network: wherever it is nearest.")
    ] = "network",
    via: Annotated[
        list[str] | None, typer.Option("--via", help="LON,LAT to pass, in order. Repeatable.")
    ] = None,
    avoid: Annotated[
        list[str] | None, typer.Option("--avoid", help="Uid of a street or conduit. Repeatable.")
    ] = None,
    must_use: Annotated[
        list[str] | None,
        typer.Option("--must-use", help="Uid of a street or conduit to run along. Repeatable."),
    ] = None,
    plan: Annotated[
        str | None,
        typer.Option("--plan", help="Plan whose sections for other sites cost nothing more."),
    ] = None,
    is_stored: Annotated[
        bool,
        typer.Option("--replace-route", help="Put it into the plan in place of the site's route."),
    ] = False,
    status: StatusOption = None,
    as_json: AsJson = False,
) -> None:
    """Tell length, cost and loss of a route drawn by hand, and put it into a plan if asked."""
    if is_stored:
        _replace(project, routes.HandRoute(begin, end, tuple(via or ()), tuple(avoid or ()),
                                              tuple(must_use or ()), plan), as_json)  # fmt: skip
        return
    asked = routes.HandRoute(
        begin, end, tuple(via or ()), tuple(avoid or ()), tuple(must_use or ()), plan,
        statuses(status),
    )  # fmt: skip
    with Project.open(project, read_only=True) as opened:
        network = opened.read()
    with ProgressBar("Route") as bar:
        found = routes.route(network, asked, bar).summary
    if as_json:
        print_json(found)
        return
    print_pairs(
        {
            "length_m": found["length_m"], "new_m": found["new_m"],
            "cost_eur": euro_range(found["cost_eur"]), "hub": found["hub"] or "",
            "fibre_m": found["fibre_m"],
        }
    )  # fmt: skip
    print_table(
        [{**row, **{f"{end}_db": row["loss_db"][end] for end in ("low", "typical", "high")}}
         for row in found["loss"]],
        ("wavelength_nm", "low_db", "typical_db", "high_db"),
    )  # fmt: skip
    print_table(found["optics"], ("optics", "wavelength_nm", "limit_db", "left_db", "fits"))


def _replace(project: ProjectPath, asked: routes.HandRoute, as_json: bool) -> None:
    name = given(asked.plan, "--plan")
    with Project.open(project) as opened:
        network = opened.read()
        with ProgressBar(f"Route in {name}") as bar:
            result = jobs.run(
                routes.edit_route, network, name, asked.begin, asked.via, asked.avoid,
                asked.must_use, report=bar,
            )  # fmt: skip
        opened.apply(result.changes)
    if as_json:
        print_json(result.summary)
        return
    gap = result.summary["gap"]
    print_pairs(
        {
            "plan": name, "route_length_m": result.summary["route_length_m"],
            "cost_eur": euro_range(result.summary["cost_eur"]),
            "cost_before": result.summary["before"]["cost_eur"],
            "gap": "unknown" if gap is None else share(gap),
        }
    )  # fmt: skip
