"""Commands about plans: plan, accept, demo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app import jobs, workflows
from app.cli.arguments import assignments, require, statuses, techniques
from app.cli.console import (
    ProgressBar,
    print_findings,
    print_json,
    print_pairs,
    print_table,
)
from app.cli.explain import explained, print_explanation
from app.cli.options import AsJson, Language, ProjectPath, StatusOption
from app.cli.shown import readable
from app.io.project import Project
from app.model.codes import CHOOSABLE_TECHNIQUES, PROTECTIONS
from app.model.guidance import LENGTH_RULES, Guidance
from app.model.selection import MAXIMISED, Selection
from app.workflows.prices import load_rules

app = typer.Typer()
_CHOICES = ", ".join(CHOOSABLE_TECHNIQUES)
_DEMO_FIGURES = (
    "plan", "sites", "connected", "unreachable", "route_length_m", "cost_eur", "gap",
    "placeholder_share", "seconds",
)  # fmt: skip
_COUNTS = ("table", "inserted", "updated", "deleted")


@app.command()
def plan(
    project: ProjectPath,
    name: Annotated[str, typer.Option("--name", help="Name of the plan.")],
    sites: Annotated[str, typer.Option("--sites", help="all, UID,UID or where:CONDITION.")] = "all",
    protection: Annotated[
        str,
        typer.Option(
            "--protection",
            help=f"{', '.join(PROTECTIONS)}: what may fail. With risk the two routes share no "
            "span, node, trench, duct, sewer, bridge, crossing or zone.",
        ),
    ] = "none",
    exempt_m: Annotated[
        float | None,
        typer.Option(
            "--exempt",
            min=0,
            help="With risk: ignore what routes share this near to a site or hub, m; default 50.",
        ),
    ] = None,
    time_limit_s: Annotated[
        float, typer.Option("--time-limit", min=0, help="Seconds for the optimiser.")
    ] = 30.0,
    gap: Annotated[
        float, typer.Option("--gap", min=0, max=1, help="Stop at this gap, a fraction.")
    ] = 0.0,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the search.")] = 0,
    max_lead_in_m: Annotated[
        float | None, typer.Option("--max-lead-in", min=0, help="Longest lead-in, m.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace a plan of this name.")
    ] = False,
    must_use: Annotated[
        list[str] | None,
        typer.Option(
            "--must-use",
            help="Uid of a street, conduit or plan section to build, or "
            "of a span or node in service to join. Repeatable.",
        ),
    ] = None,
    avoid: Annotated[
        list[str] | None,
        typer.Option(
            "--avoid",
            help="Uid of a street, conduit, plan section, span, node, area, "
            "hazard or barrier to keep clear of. Repeatable.",
        ),
    ] = None,
    lock: Annotated[
        list[str] | None,
        typer.Option("--lock", help="Plan, or uid of a plan's section, to keep. Repeatable."),
    ] = None,
    waypoint: Annotated[
        list[str] | None,
        typer.Option("--waypoint", help="LON,LAT or node uid to pass. Repeatable."),
    ] = None,
    technique: Annotated[
        list[str] | None,
        typer.Option("--technique", help=f"Use only these of {_CHOICES}. Repeatable."),
    ] = None,
    no_technique: Annotated[
        list[str] | None,
        typer.Option("--no-technique", help="Do not use this technique. Repeatable."),
    ] = None,
    hub: Annotated[
        list[str] | None,
        typer.Option("--hub", help="Uid of a hub or pop that counts. Repeatable; default all."),
    ] = None,
    assign: Annotated[
        list[str] | None,
        typer.Option("--assign", help="SITE=HUB: the site hangs on this hub. Repeatable."),
    ] = None,
    max_length_m: Annotated[
        float | None, typer.Option("--max-length", min=0, help="Longest route to the hub, m.")
    ] = None,
    length_rule: Annotated[
        str | None,
        typer.Option("--length-rule", help="keep or tell; with --max-length keep, else tell."),
    ] = None,
    optional: Annotated[
        bool,
        typer.Option("--optional", help="Leave sites out that cost more than they are worth."),
    ] = False,
    prize_eur: Annotated[
        float | None,
        typer.Option("--prize", min=0, help="Worth of a site that states none, EUR."),
    ] = None,
    budget_eur: Annotated[
        float | None,
        typer.Option("--budget", min=0, help="Connect what this buys, EUR at typical prices."),
    ] = None,
    maximise: Annotated[
        str, typer.Option("--maximise", help=f"Within the budget: {', '.join(MAXIMISED)}.")
    ] = "number",
    is_explained: Annotated[
        bool, typer.Option("--explain", help="Say what sites really cost and what else could be.")
    ] = False,
    status: StatusOption = None,
    author: Annotated[str | None, typer.Option("--author", help="Who made the plan.")] = None,
    prices: Annotated[
        str | None, typer.Option("--prices", help="Price list, uid or NAME; default: in use.")
    ] = None,
    rules: Annotated[
        Path | None,
        typer.Option("--rules", help="Cost rules, a JSON file; default: the project's."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Plan the cheapest connection of sites to the network and store it beside the network."""
    require(protection, PROTECTIONS, "--protection")
    require(maximise, MAXIMISED, "--maximise")
    if is_explained:
        require(protection, PROTECTIONS[:1], "--explain with --protection")
    if length_rule is not None:
        require(length_rule, LENGTH_RULES, "--length-rule")
    request = workflows.PlanRequest(
        name=name,
        sites=sites,
        protection=protection,
        time_limit_s=time_limit_s,
        gap=gap,
        seed=seed,
        is_replacing=replace,
        statuses=statuses(status),
        author=author,
        max_lead_in_m=max_lead_in_m,
        exempt_m=exempt_m,
        guidance=Guidance(
            must_use=tuple(must_use or ()),
            avoid=tuple(avoid or ()),
            locked=tuple(lock or ()),
            waypoints=tuple(waypoint or ()),
            techniques=techniques(technique, "--technique"),
            excluded_techniques=techniques(no_technique, "--no-technique"),
            hubs=tuple(hub or ()),
            assigned=assignments(assign),
            max_length_m=max_length_m,
            length_rule=length_rule or ("tell" if max_length_m is None else "keep"),
        ),
        selection=Selection(optional or prize_eur is not None, prize_eur, budget_eur, maximise),
        price_list=prices,
        rules=None if rules is None else load_rules(rules).document,
    )
    with Project.open(project) as opened:
        with ProgressBar(f"Plan {name}") as bar:
            result = jobs.run(workflows.plan_project, project, request, report=bar)
        if result.changes is not None:
            opened.apply(result.changes)
        explanation = explained(opened, name) if is_explained and result.changes else None
    if as_json:
        more = {} if explanation is None else {"explanation": explanation}
        print_json({**result.summary, **more})
    else:
        print_pairs(readable(result.summary))
        print_findings(result.findings)
        if explanation is not None:
            print_explanation(explanation)
    told = ("unreachable", "unprotected", "too_long")
    raise typer.Exit(int(any(result.summary.get(key) for key in told)))


@app.command()
def accept(
    project: ProjectPath,
    name: Annotated[str, typer.Option("--plan", help="Name of the plan.")],
    as_json: AsJson = False,
) -> None:
    """Make a plan part of the network, with status planned, as one step that can be undone."""
    with Project.open(project) as opened:
        changes = opened.apply(workflows.accept_plan(opened.read(), name))
    counts = changes.counts()
    if as_json:
        print_json({"accepted": name, "changes": counts})
    else:
        print_table([{"table": table, **count} for table, count in counts.items()], _COUNTS)


@app.command()
def demo(
    folder: Annotated[Path, typer.Option("--folder", help="Where to put it.")] = Path("demo"),
    language: Annotated[Language, typer.Option("--language", help="it or en.")] = Language.IT,
    as_json: AsJson = False,
) -> None:
    """Build the demo project with a plan and all its papers."""
    with ProgressBar("Demo") as bar:
        built = workflows.build_demo(folder, language.value, bar)
    if as_json:
        print_json(built.summary())
        return
    figures = readable(built.plan)
    print_pairs({name: figures[name] for name in _DEMO_FIGURES})
    print_table(built.files(), ("file", "what", "size_mb"))
