"""The commands; each parses its arguments, calls one workflow and prints the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.main import get_command

from app import __version__, jobs, workflows
from app.cli.arguments import given, pairs, require, statuses
from app.cli.console import (
    ProgressBar,
    euro_range,
    print_findings,
    print_json,
    print_pairs,
    print_table,
    share,
)
from app.io.importing import TARGETS, ImportOptions
from app.io.project import Project
from app.model.codes import PROTECTIONS, STATUSES
from app.model.conditions import parse_condition
from app.model.findings import Finding, Severity
from app.model.frames import GEOMETRY, rows_of
from app.model.network import DEFAULT_CRS, Network
from app.model.tables import TABLES

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Plan the extension of a public fibre network.",
)

ProjectPath = Annotated[Path, typer.Argument(metavar="PROJECT.gpkg", help="The project file.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON value.")]
StatusOption = Annotated[
    list[str] | None,
    typer.Option("--status", help=f"Status counted as built; repeatable. {', '.join(STATUSES)}"),
]
_GRAVE = (Severity.ERROR, Severity.WARNING)
_PLAIN_COLUMNS = 8
_DEMO_FIGURES = (
    "plan", "sites", "connected", "unreachable", "route_length_m", "cost_eur", "gap",
    "placeholder_share", "seconds",
)  # fmt: skip
_COUNTS = ("table", "inserted", "updated", "deleted")


class Study(StrEnum):
    """What ``analyse`` can compute."""

    REDUNDANCY = "redundancy"
    DIVERSITY = "diversity"


class Language(StrEnum):
    """Languages of papers."""

    IT = "it"
    EN = "en"


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        typer.echo(f"anello {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def new(
    project: ProjectPath,
    name: Annotated[str, typer.Option("--name", help="Name of the project.")] = "",
    crs: Annotated[str, typer.Option("--crs", help="CRS of the project, metric.")] = DEFAULT_CRS,
    as_json: AsJson = False,
) -> None:
    """Create a project file."""
    with workflows.create_project(project, name or project.stem, crs) as opened:
        facts = {"project": str(opened.path), "name": opened.name, "crs": opened.crs}
    _print(facts, as_json)


@app.command(name="import")
def import_file(
    project: ProjectPath,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to read.")],
    target: Annotated[str, typer.Option("--as", help=f"One of {', '.join(TARGETS)}.")] = "auto",
    layer: Annotated[str | None, typer.Option("--layer", help="Layer or sheet.")] = None,
    crs: Annotated[str | None, typer.Option("--crs", help="CRS of the file.")] = None,
    values: Annotated[
        list[str] | None, typer.Option("--set", help="column=value for every row; repeatable.")
    ] = None,
    mapping: Annotated[
        list[str] | None, typer.Option("--map", help="field=column of the file; repeatable.")
    ] = None,
    accept_ballpark: Annotated[
        bool, typer.Option("--accept-ballpark", help="Accept a transformation of unknown accuracy.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Read a file into the project, as one step that can be undone."""
    require(target, TARGETS, "--as")
    options = ImportOptions(
        layer=layer,
        crs=crs,
        set_values=pairs(values, "--set"),
        mapping=pairs(mapping, "--map"),
        accept_ballpark=accept_ballpark,
    )
    with Project.open(project) as opened, ProgressBar(f"Import {file.name}") as bar:
        outcome = workflows.import_into(opened, file, target, options, bar)
    rejected_file = None if outcome.rejected_file is None else str(outcome.rejected_file)
    answer = {
        "target": outcome.target,
        "read": outcome.read,
        "accepted": outcome.accepted,
        "rejected": len(outcome.rejected),
        "rejected_file": rejected_file,
    }
    if as_json:
        findings = [finding.to_json() for finding in outcome.findings]
        print_json({**answer, "mapping": outcome.mapping, "findings": findings})
    else:
        print_pairs(answer)
        print_findings(outcome.findings)
    raise typer.Exit(int(bool(outcome.rejected) or _has_grave(outcome.findings)))


@app.command()
def check(project: ProjectPath, as_json: AsJson = False) -> None:
    """Check the data by all rules."""
    with Project.open(project, read_only=True) as opened, ProgressBar("Check") as bar:
        findings = workflows.check(opened.read(), bar)
    if as_json:
        counts = {level.value: _count(findings, level) for level in Severity}
        print_json({"counts": counts, "findings": [finding.to_json() for finding in findings]})
    else:
        print_findings(findings)
        print_pairs({level.value: _count(findings, level) for level in Severity})
    raise typer.Exit(int(_has_grave(findings)))


@app.command()
def plan(
    project: ProjectPath,
    name: Annotated[str, typer.Option("--name", help="Name of the plan.")],
    sites: Annotated[str, typer.Option("--sites", help="all, UID,UID or where:CONDITION.")] = "all",
    protection: Annotated[
        str, typer.Option("--protection", help=f"{', '.join(PROTECTIONS)}.")
    ] = "none",
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
    status: StatusOption = None,
    author: Annotated[str | None, typer.Option("--author", help="Who made the plan.")] = None,
    as_json: AsJson = False,
) -> None:
    """Plan the cheapest connection of sites to the network and store it beside the network."""
    require(protection, PROTECTIONS, "--protection")
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
    )
    with Project.open(project) as opened:
        with ProgressBar(f"Plan {name}") as bar:
            result = jobs.run(workflows.make_plan, opened.read(), request, report=bar)
        if result.changes is not None:
            opened.apply(result.changes)
    if as_json:
        print_json(result.summary)
    else:
        print_pairs(_readable(result.summary))
        print_findings(result.findings)
    raise typer.Exit(
        int(bool(result.summary["unreachable"]) or bool(result.summary.get("unprotected")))
    )


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
def undo(project: ProjectPath, as_json: AsJson = False) -> None:
    """Take back the last step."""
    with Project.open(project) as opened:
        changes = opened.undo()
    _print({"undone": None if changes is None else str(changes.label)}, as_json)
    raise typer.Exit(int(changes is None))


@app.command()
def redo(project: ProjectPath, as_json: AsJson = False) -> None:
    """Do again what was taken back."""
    with Project.open(project) as opened:
        changes = opened.redo()
    _print({"redone": None if changes is None else str(changes.label)}, as_json)
    raise typer.Exit(int(changes is None))


@app.command(name="list")
def list_rows(
    project: ProjectPath,
    table: Annotated[str, typer.Argument(metavar="TABLE", help=f"{', '.join(TABLES)}, history.")],
    where: Annotated[str | None, typer.Option("--where", help="Condition on columns.")] = None,
    columns: Annotated[
        str | None, typer.Option("--columns", help="Columns to show, separated by commas.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the rows of a table."""
    require(table, (*TABLES, "history"), "TABLE")
    with Project.open(project, read_only=True) as opened:
        if table == "history":
            _print_history(opened, as_json)
            return
        network = opened.read()
    frame = network.table(table)
    if where:
        frame = frame[parse_condition(where, TABLES[table]).matches(frame)]
    wanted = tuple(columns.split(",")) if columns else TABLES[table].column_names
    for column in wanted:
        require(column, TABLES[table].column_names, "--columns")
    rows = rows_of(frame, wanted)
    if table == "plans":
        rows = [
            {**row, "is_out_of_date": workflows.is_out_of_date(network, row["uid"])} for row in rows
        ]
    if as_json:
        print_json(_with_places(frame, rows, table))
    else:
        print_table(rows, ("uid", *wanted[: len(wanted) if columns else _PLAIN_COLUMNS]))


@app.command()
def analyse(
    project: ProjectPath,
    study: Annotated[Study, typer.Argument(help="What to compute.")],
    name: Annotated[str | None, typer.Option("--plan", help="Look at network plus plan.")] = None,
    site: Annotated[
        str | None, typer.Option("--site", help="Site for diversity: uid, code or name.")
    ] = None,
    disjoint: Annotated[
        str, typer.Option("--disjoint", help="What two routes may not share: edge or node.")
    ] = "edge",
    status: StatusOption = None,
    as_json: AsJson = False,
) -> None:
    """Analyse the network.

    redundancy tells what each single failure takes down; diversity finds the two disjoint
    routes of one site to the hubs that need least new construction.
    """
    counted = statuses(status)
    with Project.open(project, read_only=True) as opened, ProgressBar(str(study)) as bar:
        network = opened.read()
        if study == Study.DIVERSITY:
            uid = given(site, "--site")
            result = jobs.run(workflows.second_route, network, uid, disjoint, counted, report=bar)
        else:
            result = jobs.run(workflows.redundancy, network, name, counted, report=bar)
    if as_json:
        print_json(result.summary)
    elif study == Study.DIVERSITY:
        print_pairs(_readable({**result.summary, "routes": len(result.summary["routes"])}))
        routes = [
            {name: len(item) if isinstance(item, list) else item for name, item in route.items()}
            for route in result.summary["routes"]
        ]
        print_table(routes, ("new_route_length_m", "spans", "crossings"))
    else:
        print_pairs({key: value for key, value in result.summary.items() if key != "failures"})
        _print_failures(network, result.summary["failures"])
    if study == Study.DIVERSITY:
        raise typer.Exit(int(not result.summary["found"]))


def _print_failures(network: Network, failures: Sequence[Mapping[str, Any]]) -> None:
    names = _names(network)
    rows = [
        {**failure, "name": names.get(failure["uid"]), "sites_lost": len(failure["sites_lost"])}
        for failure in failures
    ]
    print_table(rows, ("uid", "kind", "name", "sites_lost"))


@app.command()
def export(
    project: ProjectPath,
    name: Annotated[str, typer.Option("--plan", help="Name of the plan.")],
    target: Annotated[Path, typer.Option("--to", help="File: .pdf, .gpkg, .xlsx or .html.")],
    language: Annotated[Language, typer.Option("--language", help="it or en.")] = Language.IT,
    as_json: AsJson = False,
) -> None:
    """Hand a plan over as a file."""
    with Project.open(project, read_only=True) as opened:
        network = opened.read()
    with ProgressBar(f"Export {target.name}") as bar:
        report = jobs.run(workflows.export, network, name, target, language.value, report=bar)
    _print({"path": str(report.path), "kind": report.kind, "bytes": report.bytes}, as_json)


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
    figures = _readable(built.plan)
    print_pairs({name: figures[name] for name in _DEMO_FIGURES})
    print_table(built.files(), ("file", "what", "size_mb"))


cli = get_command(app)


def _print(facts: dict[str, Any], as_json: bool) -> None:
    print_json(facts) if as_json else print_pairs(facts)


def _readable(summary: Any) -> dict[str, Any]:
    """Return the figures of a plan as a person reads them."""
    shown = dict(summary)
    for key in [key for key in shown if key.endswith("_eur") and shown[key]]:
        shown[key] = euro_range(shown[key])
    for key in {"gap", "placeholder_share"} & set(shown):
        shown[key] = share(shown[key])
    for key in ("unreachable", "unprotected"):
        if key in shown:
            reasons = sorted({item["reason"] for item in shown[key]})
            shown[key] = "; ".join([str(len(shown[key])), *reasons[:3]])
    return shown


def _print_history(opened: Project, as_json: bool) -> None:
    entries = [
        {
            "label": str(entry.label),
            "who": entry.who,
            "when": entry.when,
            "is_undone": entry.is_undone,
        }
        for entry in opened.history()
    ]
    if as_json:
        print_json(entries)
    else:
        print_table(entries, ("when", "who", "label", "is_undone"))


def _with_places(frame: Any, rows: list[dict[str, Any]], table: str) -> list[dict[str, Any]]:
    """Add the point ``x``, ``y`` (project's CRS, m) to rows of tables of points."""
    if TABLES[table].geometry != "POINT":
        return rows
    shapes = frame[GEOMETRY]
    return [
        {**row, "x": None, "y": None} if shape is None else {**row, "x": shape.x, "y": shape.y}
        for row, shape in zip(rows, shapes, strict=True)
    ]


def _names(network: Network) -> dict[str, str]:
    """Return the names of spans and nodes, built or planned, that have one."""
    tables = (network.table(name) for name in ("nodes", "spans", "plan_spans"))
    return {str(uid): name for table in tables for uid, name in table["name"].items() if name}


def _count(findings: Sequence[Finding], severity: Severity) -> int:
    return sum(finding.severity == severity for finding in findings)


def _has_grave(findings: Sequence[Finding]) -> bool:
    return any(finding.severity in _GRAVE for finding in findings)
