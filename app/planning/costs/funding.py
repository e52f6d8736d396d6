"""Money that a programme may spend: its rows, and how the phases of a plan draw it down.

A funding pays for what the sites of its category need, in the years that it names; without a
category for every site. A section that sites of several categories share is borne by the sites in
equal parts, one that no site needs by all. Each year the money goes to the narrowest funding
first: with a category before without, ending sooner before later. What is left of a funding stays
for later years.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.model.changes import ChangeSet, combine, delete, insert, update
from app.model.codes import SITE_CATEGORIES
from app.model.errors import InputError
from app.model.frames import frame_from_rows, rows_of
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.schema import new_uid
from app.model.tables import TABLES
from app.planning.costs.assumptions import shipped_funding
from app.planning.costs.bill import Bill
from app.planning.costs.division import Shares, divide, split_bill
from app.planning.costs.prices import to_cents

_NAMESPACE = uuid.UUID("8f7f4c62-5b0a-5d5b-9b60-0e6a5d1f3c44")
_LAST = 9999

FIELDS = (
    "amount_eur", "category", "body", "first_year", "last_year", "is_placeholder", "source", "note",
)  # fmt: skip
"""What a funding says that may be set."""

Costs = Mapping[int, Mapping[str, Decimal]]
"""Typical cost in euro by year and category of sites, '' for what no site needs."""


@dataclass(frozen=True)
class Funding:
    """A sum in euro for sites of a category (or all), in the years that it names (or all)."""

    uid: str
    name: str
    amount_eur: Decimal
    category: str | None
    first_year: int | None
    last_year: int | None
    is_placeholder: bool
    source: str

    def pays(self, year: int, category: str) -> bool:
        """Whether it may pay for sites of a category in a year."""
        return (self.category is None or self.category == category) and (
            (self.first_year or 0) <= year <= (self.last_year or _LAST)
        )

    def to_json(self) -> dict[str, Any]:
        """Return plain values for the CLI."""
        return {
            "uid": self.uid, "name": self.name, "amount_eur": float(self.amount_eur),
            "category": self.category, "first_year": self.first_year,
            "last_year": self.last_year, "placeholder": self.is_placeholder,
            "source": self.source,
        }  # fmt: skip


def fundings(network: Network) -> list[Funding]:
    """Return the fundings of a project, the narrowest first; those without amount left out."""
    found = [
        Funding(
            str(row["uid"]),
            str(row["name"]),
            to_cents(Decimal(str(row["amount_eur"]))),
            row["category"],
            row["first_year"],
            row["last_year"],
            bool(row["is_placeholder"]),
            str(row["source"] or ""),
        )
        for row in rows_of(network.table("fundings"))
        if row["amount_eur"] is not None
    ]
    return sorted(found, key=lambda f: (f.category is None, f.last_year or _LAST, f.name, f.uid))


def default_funding() -> ChangeSet:
    """Return the change that gives a new project the shipped funding, to be edited."""
    shipped = shipped_funding()
    row = {
        "uid": str(uuid.uuid5(_NAMESPACE, "default")), "name": shipped["name"],
        "amount_eur": float(shipped["amount_eur"]), "category": shipped["category"],
        "is_placeholder": shipped["is_placeholder"], "source": shipped["source"],
    }  # fmt: skip
    return combine(
        message(QT_TRANSLATE_NOOP("core", "Add the default funding")),
        [insert("fundings", frame_from_rows(TABLES["fundings"], [row]))],
    )


def split_fundings(network: Network, years: Sequence[int]) -> dict[int, Decimal]:
    """Return a budget for each year: each funding in equal parts, to the cent, among its years.

    What falls in none of the years is left out.
    """
    budgets = dict.fromkeys(years, Decimal("0.00"))
    for source in fundings(network):
        own = [year for year in years if source.pays(year, source.category or "")]
        if own:
            parts = divide(source.amount_eur, {str(year): Fraction(1) for year in own})
            for year in own:
                budgets[year] += parts[str(year)]
    return budgets


def set_funding(network: Network, name: str, values: Mapping[str, Any]) -> ChangeSet:
    """Return the change that sets a funding by name or uid, or adds one of this name.

    What was assumed is no placeholder any more when its amount is given. Raises `InputError`
    for a wrong category, a negative amount, or years in the wrong order.
    """
    wanted = dict(values)
    if wanted.get("amount_eur") is not None:
        wanted.setdefault("is_placeholder", False)
    stored = network.table("fundings")
    own = stored[(stored["name"] == name) | (stored.index == name)].sort_index().iloc[:1]
    known = dict.fromkeys(FIELDS) if own.empty else rows_of(own)[0]
    _check({**known, **wanted})
    if own.empty:
        row = {"uid": new_uid(), "name": name, **wanted}
        part = insert("fundings", frame_from_rows(TABLES["fundings"], [row]))
    else:
        part = update("fundings", own, {field: [value] for field, value in wanted.items()})
    return combine(message(QT_TRANSLATE_NOOP("core", "Funding {name}"), name=name), [part])


def delete_funding(network: Network, name: str) -> ChangeSet:
    """Return the change that takes a funding out; raises `InputError` for an unknown name."""
    stored = network.table("fundings")
    own = stored[(stored["name"] == name) | (stored.index == name)]
    if own.empty:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "There is no funding {name}."), name=name)
        )
    return combine(
        message(QT_TRANSLATE_NOOP("core", "Delete the funding {name}"), name=name),
        [delete("fundings", own)],
    )


def costs_by_category(
    network: Network, priced: Bill, year_of: Mapping[str, int]
) -> dict[int, dict[str, Decimal]]:
    """Return the typical cost of each year by the category of the sites that need it.

    ``year_of`` names the year of each section and node of the plan; the rest is left out. All
    years and what is left out add up to the bill.
    """
    users, everybody = _categories(network, priced.plan)
    shares: dict[str, Shares] = {
        uid: {
            f"{year}/{category}": part
            for category, part in (users.get(uid) or everybody or {"": Fraction(1)}).items()
        }
        for uid, year in year_of.items()
    }
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for name, amount in split_bill(priced, shares, "").items():
        year, _, category = name.partition("/")
        if year:
            found[int(year)][category] = amount.typical
    return dict(found)


def drawdown(sources: Sequence[Funding], costs: Costs, years: Iterable[int]) -> dict[str, Any]:
    """Return how much of each funding each year uses, what remains, and what is not covered.

    ``years`` lists, per year, what each funding pays; the uses and what is uncovered add up to
    the cost of the year.
    """
    left = {source.uid: source.amount_eur for source in sources}
    rows: list[dict[str, Any]] = []
    uncovered = Decimal(0)
    for year in sorted(years):
        open_eur = dict(costs.get(year, {}))
        used = {source.uid: _draw(source, year, open_eur, left) for source in sources}
        uncovered += sum(open_eur.values(), Decimal(0))
        rows.append(
            {
                "year": year,
                "cost_eur": float(sum(costs.get(year, {}).values(), Decimal(0))),
                "used": [
                    {
                        "funding": source.uid, "name": source.name,
                        "used_eur": float(used[source.uid]), "left_eur": float(left[source.uid]),
                    }
                    for source in sources
                ],
                "uncovered_eur": float(sum(open_eur.values(), Decimal(0))),
            }
        )  # fmt: skip
    return {
        "fundings": [
            {
                **source.to_json(),
                "used_eur": float(source.amount_eur - left[source.uid]),
                "left_eur": float(left[source.uid]),
            }
            for source in sources
        ],
        "years": rows,
        "uncovered_eur": float(uncovered),
    }  # fmt: skip


def _draw(
    source: Funding, year: int, open_eur: dict[str, Decimal], left: dict[str, Decimal]
) -> Decimal:
    """Let one funding pay what it may of a year; lowers both mappings."""
    drawn = Decimal("0.00")
    for category in sorted(open_eur):
        if source.pays(year, category):
            part = min(open_eur[category], left[source.uid])
            open_eur[category] -= part
            left[source.uid] -= part
            drawn += part
    return drawn


def _categories(
    network: Network, plan: str
) -> tuple[dict[str, dict[str, Fraction]], dict[str, Fraction]]:
    """Return the categories of the sites that use each section or node, and those of all sites."""
    category = network.table("sites")["category"]
    planned = network.table("plan_sites")
    planned = planned[(planned["plan"] == plan) & (planned["state"] == "connected")]
    users: dict[str, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    everybody: dict[str, Fraction] = defaultdict(Fraction)
    for row in rows_of(planned, ["site", "spans", "protection_spans"]):
        if row["site"] in category.index:
            everybody[str(category[row["site"]])] += 1
            for uid in sorted({*(row["spans"] or ()), *(row["protection_spans"] or ())}):
                users[str(uid)][str(category[row["site"]])] += 1
    spans = network.table("plan_spans")
    nodes: dict[str, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for row in rows_of(spans[spans["plan"] == plan], ["start_node", "end_node"]):
        for end in (row["start_node"], row["end_node"]):
            for name, part in users.get(str(row["uid"]), {}).items():
                nodes[str(end)][name] += part
    return {**nodes, **users}, everybody


def _check(values: Mapping[str, Any]) -> None:
    amount, category = values.get("amount_eur"), values.get("category")
    first, last = values.get("first_year"), values.get("last_year")
    is_wrong = (
        (amount is not None and not 0 <= float(amount) < float("inf"))
        or (category is not None and category not in SITE_CATEGORIES)
        or (first is not None and last is not None and first > last)
    )
    if is_wrong:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "A funding has an amount of 0 or more, years in their order, and a category "
                    "among {known}",
                ),
                known=", ".join(SITE_CATEGORIES),
            )
        )
