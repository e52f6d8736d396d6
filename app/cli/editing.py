"""Commands that change rows and hand tables over: edit, add, delete, table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from app import workflows
from app.cli.arguments import pairs, require
from app.cli.console import print_json, print_pairs, print_table
from app.cli.options import AsJson, Language, ProjectPath
from app.io.project import Project
from app.model.changes import ChangeSet
from app.model.errors import InputError
from app.model.frames import rows_of
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.tables import TABLES

app = typer.Typer()

TableName = Annotated[str, typer.Argument(metavar="TABLE", help=", ".join(TABLES))]
Where = Annotated[str | None, typer.Option("--where", help="Condition on columns.")]
Uids = Annotated[list[str] | None, typer.Option("--uid", help="Of a row; repeatable.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen, change nothing.")]
_PLAIN_COLUMNS = 8


@app.command()
def edit(
    project: ProjectPath,
    table: TableName,
    where: Where = None,
    uids: Uids = None,
    values: Annotated[
        list[str] | None, typer.Option("--set", help="column=value; repeatable.")
    ] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Change columns of rows, checked, as one step that can be undone."""
    require(table, tuple(TABLES), "TABLE")
    texts = pairs(values, "--set")
    if not texts:
        raise _needed("--set")
    with Project.open(project, read_only=dry_run) as opened:
        network = opened.read()
        chosen = workflows.find_rows(network, table, where, _asked(where, uids))
        changes = workflows.edit_rows(network, table, chosen, texts)
        _commit(opened, changes, dry_run)
    changed = sum(count["updated"] for count in changes.counts().values())
    answer = {"table": table, "found": len(chosen), "changed": changed, **_label(changes)}
    print_json(answer) if as_json else print_pairs(answer)
    raise typer.Exit(int(not chosen))


@app.command()
def add(
    project: ProjectPath,
    table: TableName,
    values: Annotated[
        list[str] | None, typer.Option("--set", help="column=value; repeatable.")
    ] = None,
    uid: Annotated[str, typer.Option("--uid", help="Identifier; default: a new one.")] = "",
    as_json: AsJson = False,
) -> None:
    """Add a row to a table without places: agreements, organisations, price items, funding."""
    require(table, tuple(TABLES), "TABLE")
    with Project.open(project) as opened:
        changes = workflows.add_row(opened.read(), table, pairs(values, "--set"), uid)
        opened.apply(changes)
    made = str(changes.tables[0].after.index[0])
    answer = {"table": table, "uid": made, **_label(changes)}
    print_json(answer) if as_json else print_pairs(answer)


@app.command()
def delete(
    project: ProjectPath,
    table: TableName,
    where: Where = None,
    uids: Uids = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Delete rows with what depends on them, as one step that can be undone."""
    require(table, tuple(TABLES), "TABLE")
    asked = _asked(where, uids)
    with Project.open(project, read_only=dry_run) as opened:
        network = opened.read()
        chosen = workflows.find_rows(network, table, where, asked)
        found = workflows.remove_rows(network, table, chosen)
        _commit(opened, found.changes, dry_run)
    answer = {
        "table": table,
        "deleted": len(chosen),
        "with_them": {name: list(gone) for name, gone in found.deleted.items()},
        "released": {name: list(free) for name, free in found.released.items()},
        **_label(found.changes),
    }
    if as_json:
        print_json(answer)
    else:
        for part in ("with_them", "released"):
            counts = (f"{len(rows)} {name}" for name, rows in answer[part].items())
            answer[part] = ", ".join(counts) or None
        print_pairs(answer)
    raise typer.Exit(int(not chosen))


@app.command(name="table")
def write_table(
    project: ProjectPath,
    table: TableName,
    where: Where = None,
    columns: Annotated[
        str | None, typer.Option("--columns", help="Columns, separated by commas.")
    ] = None,
    sort: Annotated[
        str | None, typer.Option("--sort", help="Column to sort by; -column: downwards.")
    ] = None,
    to: Annotated[Path | None, typer.Option("--to", help="A .csv or .xlsx file.")] = None,
    language: Annotated[Language, typer.Option("--language", help="it or en.")] = Language.IT,
    as_json: AsJson = False,
) -> None:
    """Show a table, or write it to a spreadsheet or text file, in an order of its own."""
    require(table, tuple(TABLES), "TABLE")
    wanted = tuple(columns.split(",")) if columns else TABLES[table].column_names
    for column in wanted:
        require(column, TABLES[table].column_names, "--columns")
    if sort is not None:
        require(sort.removeprefix("-"), TABLES[table].column_names, "--sort")
    with Project.open(project, read_only=True) as opened:
        network = opened.read()
    uids = workflows.find_rows(network, table, where)
    if sort is not None:
        uids = workflows.sorted_rows(network, table, uids, sort)
    if to is None:
        rows = rows_of(network.table(table).loc[uids], wanted)
        if as_json:
            print_json({"table": table, "rows": rows, "file": None})
        else:
            print_table(rows, ("uid", *wanted[: len(wanted) if columns else _PLAIN_COLUMNS]))
        return
    report = workflows.export_rows(network, table, to, uids, wanted, language.value)
    answer: dict[str, Any] = {
        "file": str(report.path), "kind": report.kind, "rows": report.count, "bytes": report.bytes,
    }  # fmt: skip
    print_json({"table": table, "rows": [], "file": answer}) if as_json else print_pairs(answer)


def _asked(where: str | None, uids: list[str] | None) -> list[str]:
    """Return the uids asked for; one of the two ways to name rows is needed."""
    if bool(where) == bool(uids):
        raise _needed("--where | --uid")
    return uids or []


def _needed(option: str) -> InputError:
    return InputError(message(QT_TRANSLATE_NOOP("core", "{option} is needed"), option=option))


def _commit(opened: Project, changes: ChangeSet, dry_run: bool) -> None:
    if not dry_run and not changes.is_empty:
        opened.apply(changes)


def _label(changes: ChangeSet) -> dict[str, Any]:
    return {"step": None if changes.is_empty else str(changes.label)}
