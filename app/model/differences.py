"""What differs between two contents of plans: rows added, removed, changed, and their cost.

Rows are the same when they have the same ``uid``; those left over when they lie at the same
place (to the centimetre, lines either way) or, for sites, name the same site. So two plans can
be compared as well as two revisions of one. References between rows of a plan are compared by
what they lead to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import shapely

from app.model.revisions import ROW_TABLES, Content

ADDED, REMOVED, CHANGED = "added", "removed", "changed"

_ENDS = ("low", "typical", "high")
_CM_PER_M = 100
_NAMES = ("name", "site", "technique", "type")
"""Columns by which a row is called, the first that is filled."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class RowDifference:
    """A row that differs: ``fields`` maps columns to what they held before and after.

    The geometry is that of the row after, or before if it was removed.
    """

    kind: str
    table: str
    before_uid: str | None
    after_uid: str | None
    name: str
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    before_eur: float | None = None
    after_eur: float | None = None
    geometry: shapely.Geometry | None = None
    site: str | None = None

    @property
    def delta_eur(self) -> float | None:
        """What the row costs more than before, at typical prices; ``None`` if it has no cost."""
        if self.before_eur is None and self.after_eur is None:
            return None
        return round((self.after_eur or 0.0) - (self.before_eur or 0.0), 2)


@dataclass(frozen=True)
class BillDifference:
    """A line of the bill that differs; amounts are low, typical, high in euro without VAT."""

    code: str
    kind: str
    unit: str
    text_en: str
    text_it: str
    before_quantity: Decimal
    after_quantity: Decimal
    before_eur: tuple[Decimal, ...]
    after_eur: tuple[Decimal, ...]

    @property
    def delta_eur(self) -> tuple[Decimal, ...]:
        """What the line costs more than before."""
        pairs = zip(self.after_eur, self.before_eur, strict=True)
        return tuple(after - before for after, before in pairs)


@dataclass(frozen=True)
class Difference:
    """All that differs, rows by table and kind, and the totals before and after."""

    rows: tuple[RowDifference, ...]
    bill: tuple[BillDifference, ...]
    before_eur: tuple[Decimal, ...]
    after_eur: tuple[Decimal, ...]
    is_same_price_list: bool

    def count(self, kind: str, table: str | None = None) -> int:
        """Return how many rows differ in a way, of all tables or of one."""
        return sum(row.kind == kind and table in (None, row.table) for row in self.rows)


def compare(before: Content, after: Content) -> Difference:
    """Return what differs between two contents; linear in their rows but for sorting."""
    spans = _matched("plan_spans", before["plan_spans"], after["plan_spans"])
    ends = _ends_of(spans)
    pairs = {
        "plan_spans": spans,
        "plan_nodes": _matched("plan_nodes", before["plan_nodes"], after["plan_nodes"], ends),
        "plan_sites": _matched("plan_sites", before["plan_sites"], after["plan_sites"]),
    }
    twins = {
        str(new["uid"]): str(old["uid"]) for matched in pairs.values() for old, new in matched.both
    }
    rows = list(_plan_difference(before["plan"], after["plan"]))
    for table, matched in pairs.items():
        rows.extend(_row(ADDED, table, None, new) for new in matched.new)
        rows.extend(_row(REMOVED, table, old, None) for old in matched.old)
        for old, new in matched.both:
            fields = _fields(old, new, twins, ("uid", "geometry"))
            if not _is_same_place(table, old, new):
                fields["geometry"] = (old.get("geometry"), new.get("geometry"))
            if fields:
                rows.append(_row(CHANGED, table, old, new, fields))
    order = {kind: at for at, kind in enumerate((ADDED, REMOVED, CHANGED))}
    tables = ("plans", *ROW_TABLES)
    rows.sort(key=lambda row: (tables.index(row.table), order[row.kind], row.name, _uid(row)))
    is_same = before.get("price_list") == after.get("price_list")
    return Difference(
        tuple(rows),
        tuple(_bill(before["bill"], after["bill"])),
        total(before),
        total(after),
        is_same,
    )


def total(content: Content) -> tuple[Decimal, ...]:
    """Return the low, typical and high total of a content's bill."""
    return _amount(content["bill"])


@dataclass(frozen=True)
class _Matched:
    both: list[tuple[Row, Row]]
    old: list[Row]
    new: list[Row]


def _matched(
    table: str,
    before: Sequence[Row],
    after: Sequence[Row],
    hints: Mapping[str, str] | None = None,
) -> _Matched:
    """Pair rows by ``uid``, then by what they are and where, then by where alone.

    ``hints`` maps later rows to earlier ones that stand where they do, as their sections tell.
    """
    both: list[tuple[Row, Row]] = []
    old, new = list(before), list(after)
    told = hints or {}
    for key in (*_KEYS[table][:1], _by_hint(told), *_KEYS[table][1:]):
        waiting: dict[Any, list[Row]] = {}
        for row in old:
            waiting.setdefault(key(row), []).append(row)
        left = []
        for row in new:
            known = waiting.get(key(row)) if key(row) is not None else None
            if known:
                both.append((known.pop(0), row))
            else:
                left.append(row)
        paired = {id(row) for row, _ in both}
        old, new = [row for row in old if id(row) not in paired], left
    return _Matched(both, old, new)


def _ends_of(spans: _Matched) -> dict[str, str]:
    """Return which earlier node each later one is, as the paired sections between them tell.

    Several nodes may lie at one place: only what hangs on them tells them apart.
    """
    found: dict[str, str] = {}
    for old, new in spans.both:
        ends = ["start_node", "end_node"]
        is_turned = _course(old) != _course(new) and _course(old) == _course(new)[::-1]
        for here, there in zip(ends, ends[::-1] if is_turned else ends, strict=True):
            if old.get(here) and new.get(there):
                found.setdefault(str(new[there]), str(old[here]))
    return found


def _by_hint(hints: Mapping[str, str]) -> Callable[[Row], Any]:
    def key(row: Row) -> Any:
        return hints.get(str(row["uid"]), row["uid"])

    return key


def _by_uid(row: Row) -> Any:
    return row["uid"]


def _by_site(row: Row) -> Any:
    return row.get("site")


def _by_place(row: Row) -> Any:
    """Return where a row lies, to the centimetre; a line read from either end is the same."""
    course = _course(row)
    return min(course, course[::-1]) if course else None


def _course(row: Row) -> tuple[tuple[int, ...], ...]:
    points = row.get("geometry") or ()
    return tuple(tuple(round(float(at) * _CM_PER_M) for at in point) for point in points)


def _by_place_and(column: str) -> Callable[[Row], Any]:
    def key(row: Row) -> Any:
        place = _by_place(row)
        return None if place is None else (row.get(column), place)

    return key


_KEYS: Mapping[str, tuple[Callable[[Row], Any], ...]] = {
    "plan_spans": (_by_uid, _by_place_and("technique"), _by_place),
    "plan_nodes": (_by_uid, _by_place_and("type"), _by_place),
    "plan_sites": (_by_uid, _by_site),
}


def _fields(
    old: Row, new: Row, twins: Mapping[str, str], without: Sequence[str]
) -> dict[str, tuple[Any, Any]]:
    names = sorted((old.keys() | new.keys()) - set(without))
    return {
        name: (old.get(name), new.get(name))
        for name in names
        if old.get(name) != _led_back(new.get(name), twins)
    }


def _led_back(value: Any, twins: Mapping[str, str]) -> Any:
    """Return a value with rows of the later content called as in the earlier one."""
    if isinstance(value, str):
        return twins.get(value, value)
    if isinstance(value, list):
        return [_led_back(item, twins) for item in value]
    return value


def _is_same_place(table: str, old: Row, new: Row) -> bool:
    if old["uid"] == new["uid"]:
        return bool(old.get("geometry") == new.get("geometry"))
    return table == "plan_sites" or _by_place(old) == _by_place(new)


def _plan_difference(before: Row, after: Row) -> Iterator[RowDifference]:
    without = ["uid", "created", "seconds", "input_hash"]
    if before["uid"] != after["uid"]:
        without += ["name", "author"]
    fields = _fields(before, after, {}, without)
    if fields:
        yield _row(CHANGED, "plans", before, after, fields)


def _row(
    kind: str,
    table: str,
    old: Row | None,
    new: Row | None,
    fields: Mapping[str, tuple[Any, Any]] | None = None,
) -> RowDifference:
    shown = new or old or {}
    return RowDifference(
        kind=kind,
        table=table,
        before_uid=None if old is None else str(old["uid"]),
        after_uid=None if new is None else str(new["uid"]),
        name=next((str(shown[name]) for name in _NAMES if shown.get(name)), ""),
        fields=fields or {},
        before_eur=_euro(table, old),
        after_eur=_euro(table, new),
        geometry=_shape(table, shown),
        site=shown.get("site"),
    )


def _euro(table: str, row: Row | None) -> float | None:
    if row is None or table not in ("plan_spans", "plans"):
        return None
    return row.get("typical_eur")


def _shape(table: str, row: Row) -> shapely.Geometry | None:
    points = row.get("geometry")
    if not points:
        return None
    return shapely.LineString(points) if table == "plan_spans" else shapely.Point(points[0])


def _uid(row: RowDifference) -> str:
    return row.after_uid or row.before_uid or ""


def _bill(before: Sequence[Row], after: Sequence[Row]) -> Iterator[BillDifference]:
    old, new = _lines(before), _lines(after)
    for key in dict.fromkeys([*new, *old]):
        first, second = old.get(key, []), new.get(key, [])
        shown = (second or first)[0]
        found = BillDifference(
            code=key[0],
            kind=key[1],
            unit=shown["unit"],
            text_en=shown["text_en"],
            text_it=shown["text_it"],
            before_quantity=_quantity(first),
            after_quantity=_quantity(second),
            before_eur=_amount(first),
            after_eur=_amount(second),
        )
        if any(found.delta_eur) or found.before_quantity != found.after_quantity:
            yield found


def _lines(bill: Sequence[Row]) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = {}
    for line in bill:
        found.setdefault((line["code"], line["kind"]), []).append(line)
    return found


def _quantity(lines: Sequence[Row]) -> Decimal:
    return sum((Decimal(line["quantity"]) for line in lines), Decimal(0))


def _amount(lines: Sequence[Row]) -> tuple[Decimal, ...]:
    return tuple(
        sum((Decimal(line["amount_eur"][end]) for line in lines), Decimal("0.00")) for end in _ENDS
    )
