"""Commands about the project and its data: new, import, check, undo, redo, list."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from app import workflows
from app.cli.arguments import pairs, require
from app.cli.console import (
    ProgressBar,
    print_findings,
    print_json,
    print_pairs,
    print_table,
)
from app.cli.options import AsJson, ProjectPath
from app.cli.shown import count_of, has_grave, print_facts
from app.io.importing import TARGETS, ImportOptions
from app.io.project import Project
from app.model.conditions import parse_condition
from app.model.findings import Severity
from app.model.frames import GEOMETRY, rows_of
from app.model.mending import MENDS
from app.model.network import DEFAULT_CRS
from app.model.tables import TABLES

app = typer.Typer()
_PLAIN_COLUMNS = 8


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
    print_facts(facts, as_json)


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
    anew: Annotated[
        bool, typer.Option("--anew", help="Guess columns anew, whatever was chosen earlier.")
    ] = False,
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
        outcome = workflows.import_into(
            opened, file, target, options, bar, uses_remembered=not anew
        )
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
    raise typer.Exit(int(bool(outcome.rejected) or has_grave(outcome.findings)))


@app.command()
def check(
    project: ProjectPath,
    mend: Annotated[
        list[str] | None,
        typer.Option("--mend", help=f"Mend what a rule finds; repeatable. {', '.join(MENDS)}"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check the data by all rules; with --mend after mending, each rule one step to undo."""
    with Project.open(project, read_only=not mend) as opened, ProgressBar("Check") as bar:
        network = opened.read()
        mended = {}
        for rule in mend or ():
            changes = workflows.mend_rule(network, rule)
            mended[rule] = sum(sum(count.values()) for count in changes.counts().values())
            if mended[rule]:
                network = network.apply(opened.apply(changes))
        findings = workflows.check(network, bar)
    if as_json:
        counts = {level.value: count_of(findings, level) for level in Severity}
        told = {"mended": mended} if mend else {}
        listed = [finding.to_json() for finding in findings]
        print_json({"counts": counts, **told, "findings": listed})
    else:
        print_findings(findings)
        print_pairs({f"mended {rule}": count for rule, count in mended.items()})
        print_pairs({level.value: count_of(findings, level) for level in Severity})
    raise typer.Exit(int(has_grave(findings)))


@app.command()
def undo(project: ProjectPath, as_json: AsJson = False) -> None:
    """Take back the last step."""
    with Project.open(project) as opened:
        changes = opened.undo()
    print_facts({"undone": None if changes is None else str(changes.label)}, as_json)
    raise typer.Exit(int(changes is None))


@app.command()
def redo(project: ProjectPath, as_json: AsJson = False) -> None:
    """Do again what was taken back."""
    with Project.open(project) as opened:
        changes = opened.redo()
    print_facts({"redone": None if changes is None else str(changes.label)}, as_json)
    raise typer.Exit(int(changes is None))


@app.command()
def checkpoint(
    project: ProjectPath,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Without it: list what is kept.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Keep a whole copy of the project under a name, or list the copies."""
    with Project.open(project, read_only=name is None) as opened:
        kept = opened.checkpoints() if name is None else [opened.checkpoint(name)]
    rows = [
        {"name": item.name, "when": item.when, "who": item.who, "file": str(item.path)}
        for item in kept
    ]
    if as_json:
        print_json(rows if name is None else rows[0])
    else:
        print_table(rows, ("name", "when", "who", "file"))


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
