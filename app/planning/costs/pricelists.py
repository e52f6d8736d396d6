"""Price lists of a project: versions, index to another year, comparison.

A list that a plan was priced with is never changed: whatever would change it makes a new version,
which names the one that it is based on. Every function is pure and answers with a change set.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from app.model.changes import ChangeSet, TableChange, combine, delete, insert, update
from app.model.errors import InputError
from app.model.frames import frame_from_rows, plain, rows_of
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.schema import new_uid
from app.model.study import Result
from app.model.tables import TABLES
from app.planning.costs.costrules import default_rules, likely_rules
from app.planning.costs.prices import price_book, reference_price_list, to_cents

Row = Mapping[str, Any]

ENDS = ("low_eur", "typical_eur", "high_eur")
_VERSION_MARK = "@"
_SAME_LEAST, _FACTOR_MOST = Decimal("0.01"), Decimal(100)
_PRICE_MOST = float(TABLES["price_items"].column("high_eur").high or 0)
_OWN_COLUMNS = ("uid", "rev", "price_list")


@dataclass(frozen=True)
class NewList:
    """What a new list or version is called, and what it rests on."""

    name: str
    source: str | None = None
    year: int | None = None
    based_on: str | None = None
    is_current: bool = False
    note: str | None = None
    index_factor: float | None = None
    index_source: str | None = None


def find_list(network: Network, text: str) -> str:
    """Return the ``uid`` of the list with that uid, ``NAME`` (its newest) or ``NAME@VERSION``.

    Raises `InputError` with the names of the lists that exist.
    """
    lists = network.table("price_lists")
    if text in lists.index:
        return text
    rows = rows_of(lists, ["name", "version"])
    found = [row for row in rows if row["name"] == text]
    if not found:
        name, _, version = text.rpartition(_VERSION_MARK)
        found = [r for r in rows if r["name"] == name and (r["version"] or "1") == version]
    if not found:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "There is no price list “{name}”. Lists: {names}."),
                name=text,
                names=", ".join(sorted(title(row) for row in rows)) or "-",
            ),
            (text,),
        )
    return str(max(found, key=lambda row: (_number(row["version"]), str(row["uid"])))["uid"])


def title(row: Row) -> str:
    """Return name and version of a list, as `find_list` takes it."""
    return f"{row['name']}{_VERSION_MARK}{row['version'] or '1'}"


def _number(version: object) -> tuple[int, ...]:
    """Return a version as numbers that sort; what is no number counts 0."""
    parts = str(version or "1").replace("-", ".").split(".")
    return tuple(int(part) if part.isdecimal() else 0 for part in parts)


def users(network: Network, uid: str) -> tuple[str, ...]:
    """Return the plans that were priced with a list, by uid."""
    plans = network.table("plans")
    return tuple(sorted(str(plan) for plan in plans.index[plans["price_list"] == uid]))


def list_facts(network: Network) -> list[dict[str, Any]]:
    """Return one row for each list: what it is, how many items, who uses it, what it lacks."""
    items = network.table("price_items")
    names = network.table("plans")["name"]
    found = []
    for row in rows_of(network.table("price_lists")):
        uid = str(row["uid"])
        mine = items[items["price_list"] == uid]
        priced = mine["typical_eur"].notna().all()
        book = price_book(network, uid) if priced else None
        rules = None if book is None else likely_rules(book)
        found.append(
            {
                "uid": uid, "name": row["name"], "version": row["version"] or "1",
                "year": row["year"], "source": row["source"], "items": len(mine),
                "placeholders": int(mine["is_placeholder"].fillna(value=True).astype(bool).sum()),
                "is_current": bool(row["is_current"]), "based_on": row["based_on"],
                "index_factor": row["index_factor"], "index_source": row["index_source"],
                "plans": sorted(str(names[plan]) for plan in users(network, uid)),
                "missing": [] if rules is None or book is None else list(rules.missing(book)),
                "rules": None if rules is None else rules.document.get("version"),
                "is_newest_rules": rules is default_rules(),
                "note": row["note"],
            }
        )  # fmt: skip
    return sorted(found, key=lambda row: (str(row["name"]), _number(row["version"]), row["uid"]))


def items_of_list(network: Network, uid: str) -> list[dict[str, Any]]:
    """Return the items of a list as rows, by chapter and code."""
    items = network.table("price_items")
    rows = rows_of(items[items["price_list"] == uid])
    return sorted(rows, key=lambda row: (str(row["chapter"] or ""), str(row["code"])))


def new_list(network: Network, wanted: NewList, items: Sequence[Row]) -> ChangeSet:
    """Return the change that adds a list with these items, as a version of ``based_on`` if any.

    Items of the list that it is based on whose code is not among ``items`` are taken over.
    Raises `InputError` for a name that exists already unless a version of it is made.
    """
    lists = network.table("price_lists")
    based_on = wanted.based_on
    if not wanted.name.strip():
        raise InputError(message(QT_TRANSLATE_NOOP("core", "A price list needs a name.")))
    same = [row for row in rows_of(lists, ["name", "version"]) if row["name"] == wanted.name]
    if same and based_on is None:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "There is a price list “{name}” already; give another name, or make a new "
                    "version of it.",
                ),
                name=wanted.name,
            ),
            [str(row["uid"]) for row in same],
        )
    uid = new_uid()
    version = max((_number(row["version"])[0] for row in same), default=0) + 1
    head = {
        "uid": uid, "name": wanted.name, "version": str(version), "year": wanted.year,
        "source": wanted.source, "is_current": wanted.is_current, "based_on": based_on,
        "index_factor": wanted.index_factor, "index_source": wanted.index_source,
        "note": wanted.note,
    }  # fmt: skip
    codes = {str(item["code"]) for item in items}
    kept = [] if based_on is None else items_of_list(network, based_on)
    rows = [
        {**_content(item), "uid": new_uid(), "price_list": uid}
        for item in (*(item for item in kept if str(item["code"]) not in codes), *items)
    ]
    parts: list[TableChange] = []
    if wanted.is_current:
        parts += _retired(network)
    parts.append(insert("price_lists", frame_from_rows(TABLES["price_lists"], [head])))
    parts.append(insert("price_items", frame_from_rows(TABLES["price_items"], rows)))
    label = message(
        QT_TRANSLATE_NOOP("core", "Price list {name}, version {version}"),
        name=wanted.name,
        version=str(version),
    )
    return combine(label, parts)


def _content(item: Row) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name not in _OWN_COLUMNS}


def _retired(network: Network) -> list[TableChange]:
    lists = network.table("price_lists")
    old = lists[lists["is_current"].fillna(value=False).astype(bool)]
    return [update("price_lists", old, {"is_current": False})] if len(old) else []


def use_list(network: Network, uid: str) -> ChangeSet:
    """Return the change after which new plans are priced with a list."""
    lists = network.table("price_lists")
    price_book(network, uid)  # refuses a list that cannot price anything
    others = [part for part in _retired(network) if list(part.before.index) != [uid]]
    parts = [_without(part, uid) for part in others]
    parts.append(update("price_lists", lists.loc[[uid]], {"is_current": True}))
    label = message(
        QT_TRANSLATE_NOOP("core", "Use the price list {name}"),
        name=title(rows_of(lists.loc[[uid]])[0]),
    )
    return combine(label, parts)


def _without(part: TableChange, uid: str) -> TableChange:
    return TableChange(
        part.table, part.before.drop(index=uid, errors="ignore"),
        part.after.drop(index=uid, errors="ignore"),
    )  # fmt: skip


def index_list(
    network: Network, uid: str, factor: Decimal, source: str, year: int, *, is_current: bool = False
) -> ChangeSet:
    """Return the change that adds a version with every price multiplied, rounded to the cent.

    Raises `InputError` without a source and for a factor that is none.
    """
    if not _SAME_LEAST <= factor <= _FACTOR_MOST:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{factor} is no factor to index prices with."),
                factor=f"{factor:g}",
            )
        )
    if not source.strip():
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "An index needs its source, such as ISTAT and its month.")
            )
        )
    head = rows_of(network.table("price_lists").loc[[uid]])[0]
    items = [
        {
            **item,
            **{end: _times(item[end], factor) for end in ENDS},
            "price_year": year,
            "source": f"{item['source'] or head['source'] or ''} × {factor:f} ({source})".strip(),
        }
        for item in items_of_list(network, uid)
    ]
    wanted = NewList(
        str(head["name"]), head["source"], year, uid, is_current, None, float(factor), source
    )
    return new_list(network, wanted, items)


def _times(value: object, factor: Decimal) -> float | None:
    price = plain(value)
    return None if price is None else float(to_cents(Decimal(str(price)) * factor))


def edit_items(network: Network, uid: str, edits: Mapping[str, Row]) -> ChangeSet:
    """Return the change of items, by code: in place, or as a new version of a list in use.

    An item that the list lacks is added. Raises `InputError` for prices out of order.
    """
    items = {str(row["code"]): row for row in items_of_list(network, uid)}
    changed = [
        {**_blank(code), **_content(items.get(code, {})), **values}
        for code, values in edits.items()
    ]
    for row in changed:
        check_item(row)
    head = rows_of(network.table("price_lists").loc[[uid]])[0]
    if users(network, uid):
        wanted = NewList(
            str(head["name"]), head["source"], head["year"], uid, bool(head["is_current"])
        )
        return new_list(network, wanted, changed)
    frame = network.table("price_items")
    parts: list[TableChange] = []
    for row in changed:
        known = items.get(row["code"])
        if known is not None:
            parts.append(update("price_items", frame.loc[[known["uid"]]], row))
        else:
            new = {**row, "uid": new_uid(), "price_list": uid}
            parts.append(insert("price_items", frame_from_rows(TABLES["price_items"], [new])))
    label = message(QT_TRANSLATE_NOOP("core", "Change prices of {name}"), name=title(head))
    return combine(label, parts)


def _blank(code: str) -> dict[str, Any]:
    return {"code": code, "text_en": code, "text_it": code, "unit": "each", "is_placeholder": True}


def check_item(row: Row) -> None:
    """Raise `InputError` unless low, typical and high are in order and no slip."""
    low, typical, high = (plain(row.get(end)) for end in ENDS)
    if typical is None:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "The price item {code} has no typical price."),
                code=row["code"],
            )
        )
    low = typical if low is None else low
    high = typical if high is None else high
    if not high <= _PRICE_MOST:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{code} is from {least} to {most}, not {value}"),
                code=row["code"],
                least=0.0,
                most=_PRICE_MOST,
                value=float(high),
            )
        )
    if not 0 <= low <= typical <= high:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "{code}: low, typical and high are not in order: {low}, {typical}, {high}",
                ),
                code=row["code"],
                low=low,
                typical=typical,
                high=high,
            )
        )


def delete_list(network: Network, uid: str) -> ChangeSet:
    """Return the change that deletes a list with its items.

    Raises `InputError` for a list that plans were priced with and for the last one.
    """
    lists, items = network.table("price_lists"), network.table("price_items")
    names = network.table("plans")["name"]
    head = rows_of(lists.loc[[uid]])[0]
    plans = users(network, uid)
    if plans or len(lists) == 1:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "The price list {name} stays; it serves: {plans}"),
                name=title(head),
                plans=", ".join(str(names[plan]) for plan in plans) or "*",
            ),
            plans,
        )
    released = lists[lists["based_on"] == uid]
    parts = [update("price_lists", released, {"based_on": None})] if len(released) else []
    parts.append(delete("price_items", items[items["price_list"] == uid]))
    parts.append(delete("price_lists", lists.loc[[uid]]))
    label = message(QT_TRANSLATE_NOOP("core", "Delete the price list {name}"), name=title(head))
    return combine(label, parts)


def add_reference(network: Network, *, is_current: bool = False) -> ChangeSet:
    """Return the change that adds the newest list shipped with the program.

    Raises `InputError` when the project has it already.
    """
    frames = reference_price_list()
    lists = network.table("price_lists")
    uid = str(frames["price_lists"].index[0])
    if uid in lists.index:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "The project has the newest reference prices already.")
            ),
            (uid,),
        )
    head = {**rows_of(frames["price_lists"])[0], "is_current": is_current}
    older = [r for r in rows_of(lists, ["name", "version"]) if r["name"] == head["name"]]
    if older:
        head["based_on"] = max(older, key=lambda row: _number(row["version"]))["uid"]
    parts = _retired(network) if is_current else []
    parts.append(insert("price_lists", frame_from_rows(TABLES["price_lists"], [head])))
    parts.append(insert("price_items", frames["price_items"]))
    return combine(message(QT_TRANSLATE_NOOP("core", "Add the reference price lists")), parts)


def compare_lists(network: Network, first: str, second: str) -> Result:
    """Return two lists item by item: both prices, ratio of the typical ones, what only one has.

    Table ``items`` has one row for each code. Items whose unit differs have no ratio.
    """
    one = {str(row["code"]): row for row in items_of_list(network, first)}
    other = {str(row["code"]): row for row in items_of_list(network, second)}
    rows = [_compared(code, one.get(code), other.get(code)) for code in sorted({*one, *other})]
    lists = network.table("price_lists")
    ratios = sorted(row["ratio"] for row in rows if row["ratio"] is not None)
    summary = {
        "first": title(rows_of(lists.loc[[first]])[0]),
        "second": title(rows_of(lists.loc[[second]])[0]),
        "both": len(one.keys() & other.keys()),
        "changed": sum(row["is_changed"] for row in rows),
        "only_first": sorted(one.keys() - other.keys()),
        "only_second": sorted(other.keys() - one.keys()),
        "median_ratio": ratios[len(ratios) // 2] if ratios else None,
        "items": rows,
    }
    return Result(summary, tables={"items": pd.DataFrame(rows)})


def _compared(code: str, one: Row | None, other: Row | None) -> dict[str, Any]:
    any_row = one if one is not None else other
    assert any_row is not None
    old, new = (None if row is None else plain(row["typical_eur"]) for row in (one, other))
    is_comparable = one is not None and other is not None and one["unit"] == other["unit"]
    ratio = round(new / old, 4) if is_comparable and old and new is not None else None
    return {
        "code": code, "text_en": any_row["text_en"], "text_it": any_row["text_it"],
        "unit": any_row["unit"], "first_eur": old, "second_eur": new, "ratio": ratio,
        "is_changed": one is not None and other is not None and _differs(one, other),
    }  # fmt: skip


def _differs(one: Row, other: Row) -> bool:
    return any(plain(one[name]) != plain(other[name]) for name in (*ENDS, "unit", "is_placeholder"))
