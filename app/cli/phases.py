"""The command ``phases``: which sites are connected when, within the money of each year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any

import typer

from app import jobs, workflows
from app.cli.arguments import euro, pairs
from app.cli.console import (
    ProgressBar,
    euro_range,
    print_findings,
    print_json,
    print_pairs,
    print_table,
    share,
)
from app.cli.options import AsJson, PlanOption, ProjectPath
from app.io.project import Project
from app.model.edits import find_plan
from app.model.errors import InputError
from app.model.freezing import refuse_frozen_plan
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network

app = typer.Typer()

_COLUMNS = ("year", "budget_eur", "with_vat_eur", "cost", "sites", "spans")
_YEAR_DIGITS = 4
_NET = tuple(name for name in _COLUMNS if name != "with_vat_eur")


@app.command()
def phases(
    project: ProjectPath,
    name: PlanOption,
    budget: Annotated[
        list[str] | None,
        typer.Option("--budget", help="YEAR=EURO, separated by commas; repeatable."),
    ] = None,
    years: Annotated[
        str | None,
        typer.Option("--years", help="FIRST-LAST: the project's fundings in equal parts."),
    ] = None,
    after: Annotated[
        list[str] | None, typer.Option("--after", help="SITE=SITE: the first not before the other.")
    ] = None,
    is_strict: Annotated[
        bool, typer.Option("--no-carry", help="Money left in a year is lost.")
    ] = False,
    time_limit_s: Annotated[
        float, typer.Option("--time-limit", min=0, help="Seconds for the solver.")
    ] = 60.0,
    more_eur: Annotated[
        float, typer.Option("--next", min=0, help="Tell what so many euro more would buy.")
    ] = 100_000.0,
    is_gross: Annotated[
        bool, typer.Option("--gross", help="Money is with sums at disposal and VAT.")
    ] = False,
    is_writing: Annotated[
        bool, typer.Option("--write", help="Write the years into the plan, as one undo step.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Choose the year of each site: most weighted service within the budgets, with a bound."""
    items = [part for item in budget or () for part in item.split(",")]
    budgets = _budgets(items)
    with Project.open(project, read_only=not is_writing) as opened:
        network = opened.read()
        if is_writing:
            refuse_frozen_plan(network, find_plan(network, name))
        budgets = _split(network, years) if years else budgets
        with ProgressBar(f"Phases of {name}") as bar:
            result = jobs.run(
                workflows.phases, network, name, budgets, pairs(after, "--after"),
                carries_over=not is_strict, time_limit_s=time_limit_s,
                more_eur=Decimal(str(more_eur)), is_gross=is_gross, report=bar,
            )  # fmt: skip
        if is_writing and result.changes is not None:
            opened.apply(result.changes)
    found = result.summary
    if as_json:
        findings = [finding.to_json() for finding in result.findings]
        print_json({**found, "findings": findings})
    else:
        _print(found)
        print_findings(result.findings)
    raise typer.Exit(int(bool(found["left_out"])))


def _print(found: Mapping[str, Any]) -> None:
    rows = [
        {
            "year": phase["year"], "budget_eur": phase["budget_eur"],
            "cost": euro_range(phase["cost_eur"]),
            "with_vat_eur": phase["gross_eur"]["typical"] if found["is_gross"] else None,
            "sites": len(phase["sites"]), "spans": len(phase["spans"]),
        }
        for phase in found["phases"]
    ]  # fmt: skip
    print_table(rows, _COLUMNS if found["is_gross"] else _NET)
    drawn = [
        {"year": year["year"], **used, "uncovered_eur": year["uncovered_eur"]}
        for year in found["funding"]["years"]
        for used in year["used"]
    ]
    if drawn:
        print_table(drawn, ("year", "name", "used_eur", "left_eur", "uncovered_eur"))
    print_pairs(
        {
            "left_out": len(found["left_out"]),
            "left_out_eur": euro_range(found["left_out_eur"]),
            "placeholder_share": share(found["placeholder_share"]),
            "gap": share(found["gap"]),
            f"more_sites_for_{found['more_eur']:.0f}_eur": len(found["more_buys"]),
        }
    )


def _split(network: Network, years: str) -> dict[int, Decimal]:
    """Return the project's fundings divided among ``FIRST-LAST``, to the cent."""
    first, _, last = years.partition("-")
    if not (first.isdigit() and last.isdigit() and int(first) <= int(last)):
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{option} wants FIRST-LAST, not “{value}”"),
                option="--years",
                value=years,
            )
        )
    return workflows.split_fundings(network, range(int(first), int(last) + 1))


def _budgets(items: Sequence[str]) -> dict[int, Decimal]:
    """Return euro by year; raises `InputError` for no year, no amount, and a year named twice."""
    found: dict[int, Decimal] = {}
    for item in items:
        ((year, amount),) = pairs([item], "--budget").items()
        is_year = year.isascii() and year.isdigit() and len(year) == _YEAR_DIGITS
        if not is_year or int(year) in found:
            raise InputError(
                message(
                    QT_TRANSLATE_NOOP("core", "{option} wants YEAR=EURO, not “{value}”"),
                    option="--budget",
                    value=",".join(items),
                )
            )
        found[int(year)] = euro(amount, f"--budget {year}")
    return found
