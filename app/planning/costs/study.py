"""The cost study: bill, spread, payers and cost summary of one plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pandas as pd

from app.model.frames import plain, rows_of
from app.model.network import Network
from app.model.study import Result
from app.planning.costs.assumptions import assumption_book
from app.planning.costs.bill import Bill, Money, bill
from app.planning.costs.economics import economics, per_unit, unit_economics
from app.planning.costs.payers import payer_groups, payments
from app.planning.costs.pricelists import title
from app.planning.costs.summary import cost_summary
from app.planning.costs.uncertainty import spread


@dataclass(frozen=True)
class CostParameters:
    """Which plan, and on what its figures rest.

    Parameters
    ----------
    key
        How sites share sections.
    rates
        Rates of the cost summary and other assumptions given anew, by code.
    seed, correlation
        Of the spread: random seed, and correlation of the items of a chapter.
    price_list
        Uid of another list than the plan was made with, for comparison only.
    """

    plan: str
    key: str = "equal"
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    seed: int = 0
    correlation: float = 0.0
    price_list: str | None = None


def cost_plan(network: Network, parameters: CostParameters) -> Result:
    """Return what a plan costs, line by line, and who pays.

    Tables: ``items``, ``payers``, ``summary``, ``tornado``, ``running``. Raises `InputError` for
    an unknown plan, key or rate.
    """
    priced = bill(network, parameters.plan, parameters.price_list)
    paid = payments(network, priced, parameters.key)
    book = assumption_book(network, parameters.rates)
    summary = cost_summary(priced, book.summary_rates())
    likely = spread(priced, seed=parameters.seed, correlation=parameters.correlation)
    lasting = economics(network, priced, book)
    sites = connected_sites(network, parameters.plan)
    figures = {
        "plan": network.table("plans").at[parameters.plan, "name"],
        "price_list": priced.price_list_name,
        **_repricing(network, priced),
        "items": _items(priced),
        "total_eur": priced.total().to_json(),
        "objective_eur": float(priced.objective_eur),
        "placeholder_share": round(priced.placeholder_share, 4),
        "price_years": list(priced.price_years),
        "spread_eur": likely.to_json(),
        "payment_key": paid.key,
        "by_payer_eur": {name: amount.to_json() for name, amount in paid.by_payer.items()},
        "by_payer_group_eur": {
            name: amount.to_json() for name, amount in payer_groups(network, paid).items()
        },
        "cost_summary": summary.to_json(),
        **unit_costs(network, parameters.plan, priced.total()),
        "economics": {
            **lasting.to_json(),
            **unit_economics(lasting, network, sites, priced.total()),
        },
    }
    tables = {
        "items": _flat(figures["items"]),
        "payers": pd.DataFrame(
            [{"payer": name, **amount.to_json()} for name, amount in paid.by_payer.items()]
        ),
        "summary": _flat(
            [*figures["cost_summary"]["works"], *figures["cost_summary"]["sums_at_disposal"]]
        ),
        "tornado": pd.DataFrame(figures["spread_eur"]["tornado"]),
        "running": _flat(figures["economics"]["running"]),
    }
    return Result(figures, tables=tables)


def _repricing(network: Network, priced: Bill) -> dict[str, Any]:
    """Tell the lists, with their versions, that these prices are of and the plan was made with."""
    made_with = plain(network.table("plans").at[priced.plan, "price_list"])
    heads = {str(row["uid"]): title(row) for row in rows_of(network.table("price_lists"))}
    return {
        "priced_with": heads.get(priced.price_list, priced.price_list_name),
        "plan_price_list": heads.get(str(made_with)),
        "is_repriced": str(made_with) in heads and made_with != priced.price_list,
    }


def _items(priced: Bill) -> list[dict[str, Any]]:
    return [
        {
            "code": line.code, "chapter": line.chapter, "text_en": line.text_en,
            "text_it": line.text_it, "unit": line.unit, "quantity": float(line.quantity),
            "unit_price_eur": line.unit_price.to_json(), "amount_eur": line.amount.to_json(),
            "kind": line.kind, "placeholder": line.is_placeholder, "source": line.source,
            "price_year": line.year, "objects": list(line.objects),
        }
        for line in priced.lines
    ]  # fmt: skip


def _flat(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Return rows as table; ranges become three columns."""
    return pd.DataFrame(
        [
            {
                (f"{name}_{end}" if end else name): part
                for name, value in row.items()
                for end, part in (value.items() if isinstance(value, dict) else [("", value)])
            }
            for row in rows
        ]
    )


def unit_costs(network: Network, plan: str, total: Money) -> dict[str, Any]:
    """Return cost per connected site and per guaranteed Mbit/s; ``None`` without any."""
    sites = connected_sites(network, plan)
    rate = sites["guaranteed_mbps"].fillna(0.0).sum()
    return {
        "sites": len(sites),
        "guaranteed_mbps": float(rate),
        "per_site_eur": per_unit(total, len(sites)),
        "per_mbps_eur": per_unit(total, float(rate)),
    }


def connected_sites(network: Network, plan: str) -> pd.DataFrame:
    """Return the rows of the sites that a plan connects."""
    planned = network.table("plan_sites")
    planned = planned[(planned["plan"] == plan) & (planned["state"] == "connected")]
    sites = network.table("sites")
    return sites[sites.index.isin(planned["site"])]
