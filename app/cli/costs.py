"""Commands about money: cost and compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any

import typer

from app import workflows
from app.cli.alternatives_table import print_alternatives
from app.cli.arguments import number, pairs
from app.cli.console import euro_range, print_findings, print_json, print_pairs, print_table, share
from app.cli.options import AsJson, PlanOption, ProjectPath
from app.io.project import Project

app = typer.Typer()

HorizonOption = Annotated[
    int | None, typer.Option("--horizon", help="Years of the study; default: the assumption.")
]
DiscountOption = Annotated[
    float | None, typer.Option("--discount", help="Discount rate as a fraction, such as 0.03.")
]
InflationOption = Annotated[
    float | None,
    typer.Option("--inflation", help="As a fraction, when the discount rate is nominal."),
]


@app.command()
def cost(
    project: ProjectPath,
    name: PlanOption,
    key: Annotated[
        str, typer.Option("--pay-by", help="How sites share a section: equal or rate.")
    ] = "equal",
    rates: Annotated[
        list[str] | None,
        typer.Option("--rate", help="CODE=VALUE of the cost summary or an assumption; repeatable."),
    ] = None,
    horizon: HorizonOption = None,
    discount: DiscountOption = None,
    inflation: InflationOption = None,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the spread.")] = 0,
    correlation: Annotated[
        float, typer.Option("--correlation", help="Of the prices of a chapter, 0 to 1.")
    ] = 0.0,
    prices: Annotated[
        str | None,
        typer.Option("--prices", help="Price with this list for comparison; the plan stays."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell what a plan costs: bill, spread, payers, cost summary with VAT, costs over its life."""
    with Project.open(project, read_only=True) as opened:
        network = opened.read()
    given = given_rates(rates, horizon, discount, inflation)
    found = workflows.cost(network, name, key, given, seed, correlation, prices).summary
    if as_json:
        print_json(found)
        return
    if found["is_repriced"]:
        print_pairs(
            {
                "priced with": f"{found['priced_with']}, for comparison; the plan was priced with "
                f"{found['plan_price_list']}"
            }
        )
    lines = [{**line, "amount": euro_range(line["amount_eur"])} for line in found["items"]]
    print_table(lines, ("code", "quantity", "unit", "amount", "kind", "placeholder"))
    payers = found["by_payer_eur"]
    rows = [{"payer": who or "-", "amount": euro_range(eur)} for who, eur in payers.items()]
    print_table(rows, ("payer", "amount"))
    print_table(_summary_rows(found["cost_summary"]), ("code", "text", "rate", "amount"))
    print_table(
        [
            {
                "running": cost["code"] + (" *" if cost["placeholder"] else ""),
                "quantity": cost["quantity"], "unit": cost["unit"],
                "a_year": euro_range(cost["amount_eur"]),
            }
            for cost in found["economics"]["running"]
        ],
        ("running", "quantity", "unit", "a_year"),
    )  # fmt: skip
    print_pairs(_totals(found))


@app.command()
def compare(
    project: ProjectPath,
    plans: Annotated[list[str], typer.Argument(metavar="PLAN...", help="Names of plans.")],
    rates: Annotated[
        list[str] | None, typer.Option("--rate", help="CODE=VALUE of an assumption; repeatable.")
    ] = None,
    horizon: HorizonOption = None,
    discount: DiscountOption = None,
    inflation: InflationOption = None,
    as_json: AsJson = False,
) -> None:
    """Set plans side by side with each other and with not building."""
    given = given_rates(rates, horizon, discount, inflation)
    with Project.open(project, read_only=True) as opened:
        network = opened.read()
    result = workflows.compare(network, plans, given)
    if as_json:
        findings = [finding.to_json() for finding in result.findings]
        print_json({**result.summary, "findings": findings})
        return
    print_alternatives(result.summary)
    print_findings(result.findings)


def given_rates(
    rates: list[str] | None, horizon: int | None, discount: float | None, inflation: float | None
) -> dict[str, Decimal]:
    """Return the assumptions that options give, by code."""
    given = {code: number(text, f"--rate {code}") for code, text in pairs(rates, "--rate").items()}
    named = {"horizon_years": horizon, "discount_rate": discount, "inflation_rate": inflation}
    given.update({code: Decimal(str(v)) for code, v in named.items() if v is not None})
    return given


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
        "price_years": _years(found["price_years"]),
        **{
            f"paid_by_{name}_eur": euro_range(amount)
            for name, amount in found["by_payer_group_eur"].items()
        },
        **_lasting(found["economics"]),
        "note": "* rests on assumptions",
    }


def _years(found: Sequence[int]) -> str:
    """Tell the years of the prices, and that several stand side by side."""
    told = ", ".join(map(str, found))
    return f"{told} (no index brings them to one year)" if len(found) > 1 else told


def _lasting(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the plan costs over its life, with the rate and the horizon in the names."""
    years, rate = found["horizon_years"], share(found["real_rate"])
    people = found["per_resident_eur"]
    return {
        "running_per_year_eur": euro_range(found["running_per_year_eur"]),
        f"present_value_{years}_years_at_{rate}_eur": euro_range(found["present_value_eur"]),
        "equivalent_yearly_cost_eur": euro_range(found["annuity_eur"]),
        "per_resident_eur": "unknown" if people is None else euro_range(people),
    }
