"""Commands about money: cost and compare."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

import typer

from app import workflows
from app.cli.arguments import pairs
from app.cli.console import euro_range, print_findings, print_json, print_pairs, print_table, share
from app.cli.options import AsJson, PlanOption, ProjectPath
from app.io.project import Project
from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message

app = typer.Typer()

_COMPARED = (
    "name", "sites", "unreachable", "route_length_m", "built_length_m", "cost", "per_site",
    "placeholder_share", "gap",
)  # fmt: skip


@app.command()
def cost(
    project: ProjectPath,
    name: PlanOption,
    key: Annotated[
        str, typer.Option("--pay-by", help="How sites share a section: equal or rate.")
    ] = "equal",
    rates: Annotated[
        list[str] | None,
        typer.Option("--rate", help="CODE=FRACTION of the cost summary; repeatable."),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the spread.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Tell what a plan costs: bill, spread, payers, cost summary with VAT."""
    with Project.open(project, read_only=True) as opened:
        network = opened.read()
    given = {code: _fraction(code, text) for code, text in pairs(rates, "--rate").items()}
    found = workflows.cost(network, name, key, given, seed).summary
    if as_json:
        print_json(found)
        return
    lines = [{**line, "amount": euro_range(line["amount_eur"])} for line in found["items"]]
    print_table(lines, ("code", "quantity", "unit", "amount", "kind", "placeholder"))
    payers = found["by_payer_eur"]
    rows = [{"payer": who or "-", "amount": euro_range(eur)} for who, eur in payers.items()]
    print_table(rows, ("payer", "amount"))
    print_table(_summary_rows(found["cost_summary"]), ("code", "text", "rate", "amount"))
    print_pairs(_totals(found))


@app.command()
def compare(
    project: ProjectPath,
    plans: Annotated[list[str], typer.Argument(metavar="PLAN...", help="Names of plans.")],
    as_json: AsJson = False,
) -> None:
    """Set plans side by side with each other and with not building."""
    with Project.open(project, read_only=True) as opened:
        network = opened.read()
    result = workflows.compare(network, plans)
    if as_json:
        findings = [finding.to_json() for finding in result.findings]
        print_json({**result.summary, "findings": findings})
        return
    rows = [_readable(row) for row in result.summary["alternatives"]]
    print_table(rows, _COMPARED)
    differences = [
        {
            **row,
            "sites_only_first": len(row["sites_only_first"]),
            "sites_only_second": len(row["sites_only_second"]),
        }
        for row in result.summary["differences"]
    ]
    if differences:
        print_table(differences, tuple(differences[0]))
    print_findings(result.findings)


def _fraction(code: str, text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{option} wants a number, not “{value}”"),
                option=f"--rate {code}",
                value=text,
            )
        ) from None


def _summary_rows(summary: Mapping[str, Any]) -> list[dict[str, Any]]:
    lines = [*summary["works"], *summary["sums_at_disposal"]]
    return [
        {
            "code": line["code"],
            "text": line["text_en"] + (" *" if line["placeholder"] else ""),
            "rate": "" if line["rate"] is None else share(line["rate"]),
            "amount": euro_range(line["amount_eur"]),
        }
        for line in lines
    ]


def _totals(found: Mapping[str, Any]) -> dict[str, Any]:
    spread = found["spread_eur"]
    return {
        "total_eur": euro_range(found["total_eur"]),
        "p10_p50_p90_eur": euro_range(
            {"low": spread["p10_eur"], "typical": spread["p50_eur"], "high": spread["p90_eur"]}
        ),
        "total_with_vat_eur": euro_range(found["cost_summary"]["total_with_vat_eur"]),
        "placeholder_share": share(found["placeholder_share"]),
        "note": "* rests on assumptions",
    }


def _readable(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "cost": euro_range(row["cost_eur"]),
        "per_site": "" if row["per_site_eur"] is None else euro_range(row["per_site_eur"]),
        "placeholder_share": share(row["placeholder_share"]),
        "gap": "" if row["gap"] is None else share(row["gap"]),
    }
