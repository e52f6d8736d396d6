"""The command ``prices PROJECT ...``: price lists, their versions, and the cost rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.arguments import number, pairs
from app.cli.console import ProgressBar, print_findings, print_json, print_pairs, print_table
from app.cli.options import AsJson, Language, ProjectPath
from app.cli.shown import has_grave, print_facts
from app.io.export.safe import write_whole
from app.io.importing import ImportOptions
from app.io.project import Project
from app.model.changes import ChangeSet
from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.planning.costs.prices import price_book
from app.workflows import prices as cases

app = typer.Typer()
prices = typer.Typer(no_args_is_help=True)
app.add_typer(prices, name="prices")

ListName = Annotated[
    str, typer.Argument(metavar="LIST", help="Uid, NAME (its newest version) or NAME@VERSION.")
]
Use = Annotated[bool, typer.Option("--use", help="New plans take it.")]
_LIST_COLUMNS = (
    "name", "version", "year", "items", "placeholders", "in_use", "rules", "index_factor", "plans",
)  # fmt: skip
_ITEM_COLUMNS = (
    "code", "chapter", "text_en", "unit", "low_eur", "typical_eur", "high_eur", "price_year",
    "is_placeholder",
)  # fmt: skip
_SET = ("low_eur", "typical_eur", "high_eur")


@prices.callback()
def _prices(context: typer.Context, project: ProjectPath) -> None:
    """Price lists: a list that a plan was priced with never changes, it gets new versions."""
    context.obj = project


@prices.command(name="list")
def show_lists(context: typer.Context, as_json: AsJson = False) -> None:
    """List the price lists with their versions."""
    with Project.open(context.obj, read_only=True) as opened:
        found = cases.price_lists(opened.read())
    if as_json:
        print_json(found)
        return
    print_table([{**row, "in_use": row["is_current"]} for row in found], _LIST_COLUMNS)
    for row in found:
        if row["is_current"] and row["missing"]:
            print_pairs({"missing items": ", ".join(row["missing"])})


@prices.command()
def show(context: typer.Context, name: ListName, as_json: AsJson = False) -> None:
    """Show the items of a list."""
    with Project.open(context.obj, read_only=True) as opened:
        found = cases.price_items(opened.read(), name)
    if as_json:
        print_json(found)
    else:
        print_table(found, _ITEM_COLUMNS)


@prices.command(name="import")
def import_list(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV or XLSX.")],
    name: Annotated[str | None, typer.Option("--name", help="Name of the list.")] = None,
    onto: Annotated[
        str | None,
        typer.Option("--onto", metavar="LIST", help="Make a new version of this list; items that "
                     "the file does not name are taken over."),
    ] = None,
    source: Annotated[str | None, typer.Option("--source", help="Who says these prices.")] = None,
    year: Annotated[int | None, typer.Option("--year", help="Year of the prices.")] = None,
    layer: Annotated[str | None, typer.Option("--layer", help="Sheet.")] = None,
    values: Annotated[
        list[str] | None, typer.Option("--set", help="column=value for every row; repeatable.")
    ] = None,
    mapping: Annotated[
        list[str] | None, typer.Option("--map", help="field=column of the file; repeatable.")
    ] = None,
    use: Use = False,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Read a price list as a new list, or as a new version of one."""
    options = ImportOptions(
        layer=layer, set_values=pairs(values, "--set"), mapping=pairs(mapping, "--map")
    )
    wanted = cases.PriceImport(name, onto, source, year, use)
    with Project.open(context.obj) as opened, ProgressBar(f"Import {file.name}") as bar:
        network = opened.read()
        outcome = cases.read_price_list(network, opened.path, file, wanted, options, bar)
        if outcome.changes is not None:
            opened.apply(outcome.changes)
    reading = outcome.reading
    answer = {
        **_made(outcome.changes), "read": reading.read, "accepted": len(reading.items),
        "rejected": [
            {"row": row.row, "reason": str(row.reason)} for row in reading.rejected
        ],
        "rejected_file": None if reading.rejected_file is None else str(reading.rejected_file),
    }  # fmt: skip
    if as_json:
        findings = [finding.to_json() for finding in reading.findings]
        print_json({**answer, "mapping": reading.mapping, "findings": findings})
    else:
        print_pairs({**answer, "rejected": len(reading.rejected)})
        for row in reading.rejected:
            print_pairs({f"row {row.row}": str(row.reason)})
        print_findings(reading.findings)
    raise typer.Exit(int(bool(reading.rejected) or has_grave(reading.findings)))


@prices.command()
def index(
    context: typer.Context,
    name: ListName,
    factor: Annotated[str, typer.Option("--factor", help="Every price times this, such as 1.08.")],
    source: Annotated[str, typer.Option("--source", help="Who says so.")],
    year: Annotated[int, typer.Option("--year", min=1990, max=2100, help="Year of the prices.")],
    use: Use = False,
    as_json: AsJson = False,
) -> None:
    """Make a version of a list for another year."""
    times = number(factor, "--factor")
    with Project.open(context.obj) as opened:
        changes = cases.index_prices(opened.read(), name, times, source, year, is_current=use)
        opened.apply(changes)
    print_facts(_made(changes), as_json)


@prices.command(name="set")
def set_prices(
    context: typer.Context,
    name: ListName,
    code: Annotated[str, typer.Argument(metavar="CODE", help="Code of the item.")],
    low: Annotated[str | None, typer.Option("--low", help="EUR.")] = None,
    typical: Annotated[str | None, typer.Option("--typical", help="EUR.")] = None,
    high: Annotated[str | None, typer.Option("--high", help="EUR.")] = None,
    source: Annotated[str | None, typer.Option("--source", help="Who says so.")] = None,
    year: Annotated[int | None, typer.Option("--year", min=1990, max=2100)] = None,
    as_json: AsJson = False,
) -> None:
    """Change one price; a list in use gets a new version. With a source it is no placeholder."""
    given = zip(_SET, (low, typical, high), strict=True)
    values: dict[str, Any] = {
        end: float(number(text, f"--{end.removesuffix('_eur')}")) for end, text in given if text
    }
    if source is not None:
        values |= {"source": source, "is_placeholder": False}
    if year is not None:
        values["price_year"] = year
    with Project.open(context.obj) as opened:
        network = opened.read()
        changes = cases.edit_prices(network, name, {code: values})
        opened.apply(changes)
        made = _made(changes)
        facts = made if made["list"] is not None else cases.list_head(network, name)
    print_facts({**facts, "code": code}, as_json)


@prices.command()
def use(context: typer.Context, name: ListName, as_json: AsJson = False) -> None:
    """Let new plans take a list."""
    with Project.open(context.obj) as opened:
        opened.apply(cases.use_prices(opened.read(), name))
        book = price_book(opened.read())
    print_facts({"list": book.uid, "name": book.name}, as_json)


@prices.command()
def compare(
    context: typer.Context, first: ListName, second: ListName, as_json: AsJson = False
) -> None:
    """Set two lists side by side."""
    with Project.open(context.obj, read_only=True) as opened:
        found = cases.compare_prices(opened.read(), first, second).summary
    if as_json:
        print_json(found)
        return
    print_table(found["items"], ("code", "unit", "first_eur", "second_eur", "ratio"))
    print_pairs({name: value for name, value in found.items() if name != "items"})


@prices.command()
def export(
    context: typer.Context,
    name: ListName,
    target: Annotated[Path, typer.Option("--to", help="File: .csv or .xlsx.")],
    language: Annotated[Language, typer.Option("--language", help="it or en.")] = Language.IT,
    as_json: AsJson = False,
) -> None:
    """Write a list as a table that an import takes back."""
    with Project.open(context.obj, read_only=True) as opened:
        report = cases.export_prices(opened.read(), name, target, language.value)
    print_facts({"path": str(report.path), "items": report.count, "bytes": report.bytes}, as_json)


@prices.command()
def reference(context: typer.Context, use: Use = False, as_json: AsJson = False) -> None:
    """Add the newest reference prices of the program to an older project."""
    with Project.open(context.obj) as opened:
        changes = cases.reference_prices(opened.read(), is_current=use)
        opened.apply(changes)
    print_facts(_made(changes), as_json)


@prices.command()
def delete(context: typer.Context, name: ListName, as_json: AsJson = False) -> None:
    """Delete a list that no plan was priced with."""
    with Project.open(context.obj) as opened:
        opened.apply(cases.delete_prices(opened.read(), name))
    print_facts({"deleted": name}, as_json)


@prices.command()
def rules(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Option("--use", metavar="FILE", help="Let the project carry these.")
    ] = None,
    is_reset: Annotated[bool, typer.Option("--reset", help="Go back to the shipped ones.")] = False,
    target: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Write them, to edit.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show, write or replace the cost rules that new plans follow."""
    if file is not None and is_reset:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "{options} exclude each other"),
                    options="--use, --reset")
        )  # fmt: skip
    with Project.open(context.obj, read_only=file is None and not is_reset) as opened:
        if file is not None or is_reset:
            cases.keep_rules(opened, None if file is None else cases.load_rules(file))
        own = cases.project_rules(opened)
        lists = cases.price_lists(opened.read())
    document = cases.shipped_rules() if own is None else own
    if target is not None:
        write_whole(target, json.dumps(document, ensure_ascii=False, indent=2).encode())
    current = next((row["name"] for row in lists if row["is_current"]), None)
    print_facts(
        {
            "own": own is not None, "version": document.get("version"), "price_list": current,
            "techniques": len(document["techniques"]), "written": target and str(target),
        },
        as_json,
    )  # fmt: skip


def _made(changes: ChangeSet | None) -> dict[str, Any]:
    """Return uid, name, version and number of items of the list that a change adds."""
    for part in () if changes is None else changes.tables:
        new = part.after.index.difference(part.before.index)
        if part.table == "price_lists" and len(new):
            row = part.after.loc[new[0]]
            return {
                "list": str(new[0]), "name": row["name"], "version": row["version"],
                "based_on": row["based_on"], "in_use": bool(row["is_current"]),
            }  # fmt: skip
    return {"list": None, "name": None, "version": None, "based_on": None, "in_use": False}
