"""The bill of quantities of a plan: what it needs, at which price, and what that makes.

*Optimised* lines are what sections list and the planner's objective counted. *Derived* lines
follow from the finished plan; they were settled when it was made and are stored with its rows,
so that a bill does not change with the rules. Cable is counted once: the optimiser pays the
smallest cable on every metre, a thicker one is a derived surcharge on the same metres. What is
paid every year stands apart and is in no total.

Quantities are whole thousandths of a unit, prices whole cents, so that every sum is exact.
Each amount is rounded once, half up, to the cent; totals are sums of rounded amounts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.model.codes import YEARLY_UNITS
from app.model.errors import InputError
from app.model.frames import rows_of
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.planning.costs.costrules import CostRules
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

    ``objects`` names the plan's spans or nodes that need it, ``quantities`` how much of it each
    does, in thousandths of the unit; they add up to ``quantity``.
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
    quantities: tuple[int, ...] = ()

    def needs(self) -> dict[str, int]:
        """Return how much each object needs, in thousandths of the unit."""
        if not self.quantities:
            return dict.fromkeys(self.objects, 1000)
        return dict(zip(self.objects, self.quantities, strict=True))


@dataclass(frozen=True)
class Bill:
    """All lines of a plan, optimised ones first, and their price list.

    ``yearly`` are the lines of what is paid every year; they are in no sum of the bill.
    """

    plan: str
    price_list: str
    price_list_name: str
    lines: tuple[BillLine, ...]
    yearly: tuple[BillLine, ...] = ()

    def yearly_total(self) -> Money:
        """Return what is paid every year for wayleave and use of others' plant."""
        return sum((line.amount for line in self.yearly), ZERO)

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

    @property
    def price_years(self) -> tuple[int, ...]:
        """Years that the prices are of; more than one is a sum that no index brought together."""
        return tuple(sorted({line.year for line in self.lines if line.year is not None}))


def bill(network: Network, plan_uid: str, price_list: str | None = None) -> Bill:
    """Return the bill of a stored plan, with the list it was made with or for comparison another.

    Raises `InputError` when there is no such plan or list, or the list lacks items.
    """
    plans = network.table("plans")
    if plan_uid not in plans.index:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "There is no plan {uid}."), uid=plan_uid),
            (plan_uid,),
        )
    stored = plans.at[plan_uid, "price_list"]
    known = stored is not None and stored in network.table("price_lists").index
    book = price_book(network, price_list or (str(stored) if known else None))
    spans, nodes = network.table("plan_spans"), network.table("plan_nodes")
    return bill_of_rows(
        plan_uid,
        rows_of(spans[spans["plan"] == plan_uid], ["items", "derived"]),
        rows_of(nodes[nodes["plan"] == plan_uid], ["type", "derived"]),
        book,
    )


_CHAMBER: Mapping[str, float] = {"chamber.branch": 1.0}
"""What each chamber needed in plans that do not carry what is derived."""


def bill_of_rows(
    plan_uid: str,
    spans: Sequence[Mapping[str, object]],
    nodes: Sequence[Mapping[str, object]],
    book: PriceBook,
    rules: CostRules | None = None,
) -> Bill:
    """Return the bill of a plan's rows: spans with ``items``, nodes with ``type``.

    Rows that carry ``derived`` quantities are billed with these; if none does, every chamber
    needs what ``rules`` say. Raises `InputError` naming all items that the list lacks.
    """
    optimised, derived = _Table(), _Table()
    for span in spans:
        optimised.add(span, "items")
        derived.add(span, "derived")
    for node in nodes:
        derived.add(node, "derived")
    if not any(row.get("derived") is not None for row in (*spans, *nodes)):
        each = _CHAMBER if rules is None else rules.chamber
        for node in nodes:
            if node["type"] == "chamber":
                derived.add({**node, "derived": each}, "derived")
    _require(book, {*optimised.needs, *derived.needs})
    lines = [*_lines(optimised, OPTIMISED, book), *_lines(derived, DERIVED, book)]
    return Bill(
        plan_uid, book.uid, book.name,
        tuple(line for line in lines if line.unit not in YEARLY_UNITS),
        tuple(line for line in lines if line.unit in YEARLY_UNITS),
    )  # fmt: skip


class _Table:
    """Thousandths of items, by code and by object."""

    def __init__(self) -> None:
        self.needs: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))

    def add(self, row: Mapping[str, object], name: str) -> None:
        """Take up the document ``name`` of a row."""
        items = row.get(name) or {}
        assert isinstance(items, Mapping)
        for code, quantity in items.items():
            self.needs[code][str(row["uid"])] += thousandths(quantity)


def _require(book: PriceBook, codes: Iterable[str]) -> None:
    missing = sorted(set(codes) - set(book.prices))
    if len(missing) == 1:
        book.price(missing[0])
    if missing:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "The price list {list} has no items {codes}."),
                list=book.name,
                codes=", ".join(missing),
            ),
            (book.uid,),
        )


def thousandths(quantity: object) -> int:
    """Return a stored quantity as whole thousandths of its unit."""
    return int((Decimal(str(quantity)) / QUANTITY_STEP).to_integral_value())


def _lines(table: _Table, kind: str, book: PriceBook) -> list[BillLine]:
    order = {code: number for number, code in enumerate(book.prices)}
    codes = sorted(
        (code for code, needs in table.needs.items() if any(needs.values())),
        key=lambda code: (book.price(code).chapter, order[code]),
    )
    return [_line(book.price(code), table.needs[code], kind) for code in codes]


def _line(price: Price, needs: Mapping[str, int], kind: str) -> BillLine:
    quantity = sum(needs.values()) * QUANTITY_STEP
    objects = tuple(sorted(uid for uid, needed in needs.items() if needed))
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
        objects=objects,
        quantities=tuple(needs[uid] for uid in objects),
    )
