"""Unit prices: the lists shipped with the program, and the book that a plan is priced with.

Prices are euro without VAT, to the cent, as low / typical / high. A figure without a verified
source is marked as placeholder, and every bill shows the mark.
"""

from __future__ import annotations

import csv
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from importlib import resources

import pandas as pd

from app.model.changes import ChangeSet, combine, insert
from app.model.errors import InputError
from app.model.frames import frame_from_rows, rows_of
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.tables import TABLES

CENT = Decimal("0.01")

COST_UNIT_EUR = Decimal("0.00001")
"""Value of 1 in a graph's integer costs: a price in cents times a quantity in thousandths."""

QUANTITY_STEP = Decimal("0.001")
"""Quantities are whole multiples of this, in the item's unit: millimetres for lengths."""

GIVEN_LEAD_IN = "leadin.given"
"""Item of lead-ins whose cost the site states, in every book: one euro each euro."""

_NAMESPACE = uuid.UUID("6f0c2b62-9e2f-5d0a-8f43-51a1f0c7a9d2")


@dataclass(frozen=True)
class _Shipped:
    """A list of the program; ``key`` makes its identifiers, a new version gets a new one."""

    key: str
    file: str
    name: str
    version: str
    year: int
    source: str


_REFERENCE = _Shipped(
    "default.csv#2", "default.csv", "Anello reference prices", "2", 2024,
    "Several, named at each item; placeholders are marked",
)  # fmt: skip
_SHIPPED = (
    _REFERENCE,
    _Shipped(
        "andalucia_bcca_2024.csv", "andalucia_bcca_2024.csv", "Andalucía BCCA 2024-01 (extract)",
        "1", 2024, "Junta de Andalucía, Base de Costes de la Construcción de Andalucía",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Price:
    """One item of a price book; money in euro to the cent."""

    code: str
    chapter: str
    text_en: str
    text_it: str
    unit: str
    low_eur: Decimal
    typical_eur: Decimal
    high_eur: Decimal
    source: str
    year: int | None
    is_placeholder: bool

    @property
    def typical_cents(self) -> int:
        """Typical price in cents, as graphs count it."""
        return int(self.typical_eur / CENT)


@dataclass(frozen=True)
class PriceBook:
    """Prices by code, in the order of codes, and the list that they come from."""

    uid: str
    name: str
    prices: Mapping[str, Price]

    def price(self, code: str) -> Price:
        """Return the price of an item; raises `InputError` when the list lacks it."""
        found = self.prices.get(code)
        if found is None:
            raise InputError(
                message(
                    QT_TRANSLATE_NOOP("core", "The price list {list} has no item {code}."),
                    list=self.name,
                    code=code,
                ),
                (self.uid,),
            )
        return found


def _given_lead_in() -> Price:
    euro = Decimal("1.00")
    return Price(
        code=GIVEN_LEAD_IN, chapter="lead-ins", text_en="Lead-ins at the cost that the site states",
        text_it="Allacciamenti al costo indicato dalla sede", unit="EUR", low_eur=euro,
        typical_eur=euro, high_eur=euro, source="Stated with the site", year=None,
        is_placeholder=False,
    )  # fmt: skip


def to_cents(amount: Decimal) -> Decimal:
    """Round money to the cent, half up: the only rounding that a bill knows."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def default_price_list() -> dict[str, pd.DataFrame]:
    """Return frames ``price_lists`` and ``price_items`` of the shipped lists, ready to insert.

    Identifiers are always the same, so that two projects speak of the same items.
    """
    return _frames(_SHIPPED)


def reference_price_list() -> dict[str, pd.DataFrame]:
    """Return the frames of the newest reference list alone."""
    return _frames((_REFERENCE,))


def _frames(shipped: Iterable[_Shipped]) -> dict[str, pd.DataFrame]:
    lists: list[dict[str, object]] = []
    items: list[dict[str, object]] = []
    for one in shipped:
        uid = str(uuid.uuid5(_NAMESPACE, one.key))
        lists.append(
            {
                "uid": uid, "name": one.name, "version": one.version, "year": one.year,
                "source": one.source, "is_current": one is _REFERENCE,
            }
        )  # fmt: skip
        items.extend(
            {
                **row,
                "uid": str(uuid.uuid5(_NAMESPACE, f"{one.key}/{row['code']}")),
                "price_list": uid,
            }
            for row in _read_items(one.file)
        )
    return {
        "price_lists": frame_from_rows(TABLES["price_lists"], lists),
        "price_items": frame_from_rows(TABLES["price_items"], items),
    }


def default_price_changes() -> ChangeSet:
    """Return the change set that puts the shipped price lists into a project."""
    frames = default_price_list()
    return combine(
        message(QT_TRANSLATE_NOOP("core", "Add the reference price lists")),
        [insert(table, frame) for table, frame in frames.items()],
    )


def price_book(network: Network, price_list: str | None = None) -> PriceBook:
    """Return the prices of a list of the project, or of the one used for new plans.

    Without any list in the project the shipped reference prices are used. Raises `InputError`
    for an unknown list or an item without typical price.
    """
    lists, items = network.table("price_lists"), network.table("price_items")
    if lists.empty:
        frames = default_price_list()
        lists, items = frames["price_lists"], frames["price_items"]
    if price_list is None:
        current = lists[lists["is_current"].fillna(value=False).astype(bool)]
        price_list = str(sorted((current if len(current) else lists).index)[0])
    if price_list not in lists.index:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "There is no price list {uid}."), uid=price_list),
            (price_list,),
        )
    chosen = items[items["price_list"] == price_list]
    name = str(lists.at[price_list, "name"])
    return PriceBook(price_list, name, _prices(rows_of(chosen)))


def _prices(rows: Iterable[Mapping[str, object]]) -> dict[str, Price]:
    prices: dict[str, Price] = {GIVEN_LEAD_IN: _given_lead_in()}
    for row in sorted(rows, key=lambda item: (str(item["code"]), str(item["uid"]))):
        if row["typical_eur"] is None:
            raise InputError(
                message(
                    QT_TRANSLATE_NOOP("core", "The price item {code} has no typical price."),
                    code=row["code"],
                ),
                (str(row["uid"]),),
            )
        typical = _money(row["typical_eur"])
        year = row["price_year"]
        prices[str(row["code"])] = Price(
            code=str(row["code"]),
            chapter=str(row["chapter"] or ""),
            text_en=str(row["text_en"]),
            text_it=str(row["text_it"]),
            unit=str(row["unit"]),
            low_eur=typical if row["low_eur"] is None else _money(row["low_eur"]),
            typical_eur=typical,
            high_eur=typical if row["high_eur"] is None else _money(row["high_eur"]),
            source=str(row["source"] or ""),
            year=None if year is None else int(str(year)),
            is_placeholder=bool(row["is_placeholder"]),
        )
    return prices


def _money(value: object) -> Decimal:
    return to_cents(Decimal(str(value)))


def _read_items(file: str) -> list[dict[str, object]]:
    path = resources.files("resources").joinpath("prices", file)
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    numbers = ("low_eur", "typical_eur", "high_eur")
    return [
        {
            **row,
            **{name: float(row[name]) for name in numbers},
            "price_year": int(row["price_year"]),
            "is_placeholder": row["is_placeholder"] == "1",
        }
        for row in rows
    ]
