"""Commands about who brings the money: contributions, agreements, funding, assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import typer

from app import workflows
from app.cli.arguments import euro, given, pairs
from app.cli.console import print_findings, print_json, print_pairs, print_table, share
from app.cli.costs import DiscountOption, HorizonOption, InflationOption, given_rates
from app.cli.options import AsJson, ProjectPath
from app.io.project import Project
from app.model.changes import ChangeSet
from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message

app = typer.Typer()


class SharedCost(StrEnum):
    """What of a plan's yearly cost the bodies share."""

    RUNNING = "running"
    ANNUITY = "annuity"


class FundingAction(StrEnum):
    """What ``funding`` does."""

    LIST = "list"
    SET = "set"
    DELETE = "delete"


class AssumptionAction(StrEnum):
    """What ``assumptions`` does."""

    LIST = "list"
    SET = "set"
    RESET = "reset"


@app.command()
def contributions(
    project: ProjectPath,
    key: Annotated[
        str, typer.Option("--key", help="agreed, equal, rate, residents or length.")
    ] = "agreed",
    amount: Annotated[
        str | None, typer.Option("--amount", help="Euro a year that the bodies share.")
    ] = None,
    plan: Annotated[
        str | None,
        typer.Option("--plan", help="Count this plan; without --amount its yearly cost is shared."),
    ] = None,
    of: Annotated[
        SharedCost, typer.Option("--of", help="Of the plan: running costs, or annuity with works.")
    ] = SharedCost.RUNNING,
    year: Annotated[
        int | None, typer.Option("--year", help="Agreements in force on its first of January.")
    ] = None,
    day: Annotated[
        str | None, typer.Option("--date", help="Agreements in force on YYYY-MM-DD.")
    ] = None,
    only_operational: Annotated[
        bool, typer.Option("--in-operation", help="Only agreements in operation.")
    ] = False,
    horizon: HorizonOption = None,
    discount: DiscountOption = None,
    inflation: InflationOption = None,
    as_json: AsJson = False,
) -> None:
    """Share a yearly sum among the bodies with an agreement in force, to the cent."""
    on = date(year, 1, 1) if year is not None else _day(day, "--date")
    sum_eur = None if amount is None else euro(amount, "--amount")
    with Project.open(project, read_only=True) as opened:
        result = workflows.contributions(
            opened.read(), key, sum_eur, plan, on, only_operational=only_operational, of=of,
            rates=given_rates(None, horizon, discount, inflation),
        )  # fmt: skip
    found = result.summary
    if as_json:
        print_json({**found, "findings": [finding.to_json() for finding in result.findings]})
    else:
        print_table(found["contributions"], ("name", "key", "weight", "amount_eur", "reason"))
        names = ("date", "in_force", "fixed_eur", "shared_eur", "unshared_eur", "surplus_eur")
        told = {**{name: found[name] for name in names}, "amount_eur": found["amount_eur"]}
        if found["placeholder_share"] is not None:
            told["placeholder_share"] = share(found["placeholder_share"])
        print_pairs(told)
        print_findings(result.findings)
    raise typer.Exit(int(bool(found["unknown"] or found["unshared_eur"])))


@app.command()
def agreement(
    project: ProjectPath,
    body: Annotated[str, typer.Argument(metavar="BODY", help="Name or uid of the body.")],
    signed: Annotated[str | None, typer.Option("--signed", help="YYYY-MM-DD.")] = None,
    ends: Annotated[str | None, typer.Option("--ends", help="YYYY-MM-DD.")] = None,
    term: Annotated[float | None, typer.Option("--term", min=0, help="Years.")] = None,
    key: Annotated[
        str | None, typer.Option("--key", help="equal, rate, residents, length or none.")
    ] = None,
    yearly: Annotated[
        str | None, typer.Option("--yearly", help="Euro a year that the agreement fixes.")
    ] = None,
    in_operation: Annotated[
        bool | None, typer.Option("--in-operation/--not-in-operation", help="Whether it is.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Set date, term and key of a body's agreement, or sign its first one."""
    values: dict[str, Any] = {
        "signed": _moment(signed, "--signed"), "ends": _moment(ends, "--ends"),
        "term_years": term, "contribution_key": key,
        "yearly_eur": None if yearly is None else float(euro(yearly, "--yearly")),
        "is_in_operation": in_operation,
    }  # fmt: skip
    told = {name: value for name, value in values.items() if value is not None}
    with Project.open(project) as opened:
        _apply(opened, workflows.set_agreement(opened.read(), body, told))
    _tell({"body": body, "set": told}, as_json)


@app.command()
def funding(
    project: ProjectPath,
    action: Annotated[FundingAction, typer.Argument(help="list, set or delete.")],
    name: Annotated[str | None, typer.Argument(metavar="NAME")] = None,
    amount: Annotated[str | None, typer.Argument(metavar="AMOUNT", help="Euro.")] = None,
    category: Annotated[
        str | None, typer.Option("--category", help="Only for sites of this category.")
    ] = None,
    first: Annotated[int | None, typer.Option("--from", help="First year.")] = None,
    last: Annotated[int | None, typer.Option("--to", help="Last year.")] = None,
    source: Annotated[str | None, typer.Option("--source", help="Where it comes from.")] = None,
    as_json: AsJson = False,
) -> None:
    """List, set or delete the money that programmes may spend."""
    is_listing = action is FundingAction.LIST
    with Project.open(project, read_only=is_listing) as opened:
        network = opened.read()
        if not is_listing:
            called = given(name, "NAME")
            values = {
                "amount_eur": None if amount is None else float(euro(amount, "AMOUNT")),
                "category": category, "first_year": first, "last_year": last, "source": source,
            }  # fmt: skip
            told = {field: value for field, value in values.items() if value is not None}
            changes = (
                workflows.set_funding(network, called, told)
                if action is FundingAction.SET
                else workflows.delete_funding(network, called)
            )
            network = network.apply(_apply(opened, changes))
    found = workflows.funding(network).summary
    if as_json:
        print_json(found)
        return
    columns = ("name", "amount_eur", "category", "first_year", "last_year", "placeholder")
    print_table([_with_years(row) for row in found["fundings"]], columns)
    print_pairs({"total_eur": found["total_eur"]})


@app.command()
def assumptions(
    project: ProjectPath,
    action: Annotated[AssumptionAction, typer.Argument(help="list, set or reset.")],
    items: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CODE[=VALUE]]...", help="Value, or LOW/TYPICAL/HIGH."),
    ] = None,
    source: Annotated[str, typer.Option("--source", help="Where the values come from.")] = "",
    as_json: AsJson = False,
) -> None:
    """List rates of the cost summary, of running costs and renewal; set a project's own."""
    is_listing = action is AssumptionAction.LIST
    with Project.open(project, read_only=is_listing) as opened:
        network = opened.read()
        if action is AssumptionAction.SET:
            changes = workflows.set_assumptions(network, pairs(items, "CODE"), source)
            network = network.apply(_apply(opened, changes))
        elif action is AssumptionAction.RESET:
            network = network.apply(
                _apply(opened, workflows.reset_assumptions(network, items or ()))
            )
    found = workflows.assumptions(network).summary
    if as_json:
        print_json(found)
        return
    rows = [
        {
            **row,
            **{end: "-" if row[end] is None else f"{row[end]:g}" for end in _ENDS},
            "assumed": row["placeholder"],
        }
        for row in found["assumptions"]
    ]
    print_table(rows, ("code", *_ENDS, "unit", "assumed", "own", "text_en"))


_ENDS = ("low", "typical", "high")


def _apply(opened: Project, changes: ChangeSet) -> ChangeSet:
    return changes if changes.is_empty else opened.apply(changes)


def _tell(facts: Mapping[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(facts)
    else:
        print_pairs({"body": facts["body"], **facts["set"]})


def _with_years(row: Mapping[str, Any]) -> dict[str, Any]:
    years = {name: None if row[name] is None else str(row[name]) for name in _YEARS}
    return {**row, **years}


_YEARS = ("first_year", "last_year")


def _day(text: str | None, option: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{option} wants a date YYYY-MM-DD, not “{value}”"),
                option=option,
                value=text,
            )
        ) from None


def _moment(text: str | None, option: str) -> str | None:
    found = _day(text, option)
    return None if found is None else f"{found.isoformat()}T00:00:00.000Z"
