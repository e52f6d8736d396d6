"""The bill of quantities of a plan: what it needs, at which price, and what that makes.

Quantities are whole thousandths of a unit, prices whole cents, so that every sum is exact.
Each amount is rounded once, half up, to the cent; totals are sums of rounded amounts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.model.errors import InputError
from app.model.frames import rows_of
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.planning.costs.costrules import CostRules, default_rules
from app.planning.costs.prices import QUANTITY_STEP, Price, PriceBook, price_book, to_cents

OPTIMISED = "optimised"
"""The planner's objective knew the line."""

DERIVED = "derived"
"""Computed from the finished plan, such as chambers at branches."""


@dataclass(frozen=True)
class Money:
    """An amount as range, in euro without VAT."""

    low: Decimal
    typical: Decimal
    high: Decimal

    def __add__(self, other: Money) -> Money:
        return Money(self.low + other.low, self.typical + other.typical, self.high + other.high)

    def to_json(self) -> dict[str, float]:
        """Return plain numbers for the CLI."""
        return {
            "low": float(self.low), "typical": float(self.typical), "high": float(self.high),
        }  # fmt: skip


ZERO = Money(Decimal("0.00"), Decimal("0.00"), Decimal("0.00"))


@dataclass(frozen=True)
class BillLine:
    """One line: an item, its quantity, and the amount.

    ``objects`` names the plan's spans or nodes that need it.
    """

    code: str
    chapter: str
    text_en: str
    text_it: str
    unit: str
    quantity: Decimal
    unit_price: Money
    amount: Money
    kind: str
    is_placeholder: bool
    source: str
    year: int | None
    objects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bill:
    """All lines of a plan, optimised ones first, and their price list."""

    plan: str
    price_list: str
    price_list_name: str
    lines: tuple[BillLine, ...]

    def total(self, kind: str | None = None) -> Money:
        """Return the sum of all lines, or of those of one kind."""
        total = ZERO
        for line in self.lines:
            if kind is None or line.kind == kind:
                total += line.amount
        return total

    @property
    def objective_eur(self) -> Decimal:
        """Sum of the optimised lines at typical prices: the cost part of the objective."""
        return self.total(OPTIMISED).typical

    @property
    def placeholder_share(self) -> float:
        """Fraction of the typical total that rests on prices without a verified source."""
        total = self.total().typical
        if not total:
            return 0.0
        assumed = sum((line.amount.typical for line in self.lines if line.is_placeholder), ZERO.low)
        return float(assumed / total)


def bill(network: Network, plan_uid: str, rules: CostRules | None = None) -> Bill:
    """Return the bill of a stored plan; raises `InputError` when there is no such plan."""
    plans = network.table("plans")
    if plan_uid not in plans.index:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "There is no plan {uid}."), uid=plan_uid),
            (plan_uid,),
        )
    stored = plans.at[plan_uid, "price_list"]
    known = stored is not None and stored in network.table("price_lists").index
    book = price_book(network, str(stored) if known else None)
    spans, nodes = network.table("plan_spans"), network.table("plan_nodes")
    return bill_of_rows(
        plan_uid,
        rows_of(spans[spans["plan"] == plan_uid], ["items"]),
        rows_of(nodes[nodes["plan"] == plan_uid], ["type"]),
        book,
        default_rules() if rules is None else rules,
    )


def bill_of_rows(
    plan_uid: str,
    spans: Iterable[Mapping[str, object]],
    nodes: Iterable[Mapping[str, object]],
    book: PriceBook,
    rules: CostRules,
) -> Bill:
    """Return the bill of a plan's rows: spans with ``items``, nodes with ``type``."""
    needs: Counter[str] = Counter()
    users: dict[str, list[str]] = {}
    for span in spans:
        items = span["items"] or {}
        assert isinstance(items, Mapping)
        for code, quantity in items.items():
            needs[code] += thousandths(quantity)
            users.setdefault(code, []).append(str(span["uid"]))
    lines = _lines(needs, users, OPTIMISED, book)
    chambers = sorted(str(node["uid"]) for node in nodes if node["type"] == "chamber")
    derived = Counter(
        {code: thousandths(each) * len(chambers) for code, each in rules.chamber.items()}
    )
    lines += _lines(derived, dict.fromkeys(derived, chambers), DERIVED, book)
    return Bill(plan_uid, book.uid, book.name, tuple(lines))


def thousandths(quantity: object) -> int:
    """Return a stored quantity as whole thousandths of its unit."""
    return int((Decimal(str(quantity)) / QUANTITY_STEP).to_integral_value())


def _lines(
    needs: Counter[str], users: Mapping[str, list[str]], kind: str, book: PriceBook
) -> list[BillLine]:
    order = {code: number for number, code in enumerate(book.prices)}
    codes = sorted(
        (code for code, quantity in needs.items() if quantity),
        key=lambda code: (book.price(code).chapter, order[code]),
    )
    return [_line(book.price(code), needs[code], users[code], kind) for code in codes]


def _line(price: Price, needed: int, users: list[str], kind: str) -> BillLine:
    quantity = needed * QUANTITY_STEP
    return BillLine(
        code=price.code,
        chapter=price.chapter,
        text_en=price.text_en,
        text_it=price.text_it,
        unit=price.unit,
        quantity=quantity,
        unit_price=Money(price.low_eur, price.typical_eur, price.high_eur),
        amount=Money(
            to_cents(quantity * price.low_eur),
            to_cents(quantity * price.typical_eur),
            to_cents(quantity * price.high_eur),
        ),
        kind=kind,
        is_placeholder=price.is_placeholder,
        source=price.source,
        year=price.year,
        objects=tuple(sorted(set(users))),
    )
