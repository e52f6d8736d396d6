"""Alternatives side by side on the terminal: a line for each figure, a column for each plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.cli.console import euro_range, print_table, share

Value = Callable[[Any], str]


def print_alternatives(summary: Mapping[str, Any]) -> None:
    """Print the alternatives as columns, then what differs between each two plans."""
    rows = summary["alternatives"]
    heads = [f"{row['name']}" if row["plan"] else f"({row['name']})" for row in rows]
    lines = [
        {"figure": name, **{head: _cell(row, name) for head, row in zip(heads, rows, strict=True)}}
        for name in _LINES
    ]
    print_table(lines, ("figure", *heads))
    pairs = [
        {
            **row,
            "sites_only_first": len(row["sites_only_first"]),
            "sites_only_second": len(row["sites_only_second"]),
        }
        for row in summary["differences"]
    ]
    if pairs:
        print_table(pairs, _PAIR)


_PAIR = (
    "first", "second", "only_first_m", "only_second_m", "both_m", "sites_only_first",
    "sites_only_second", "cost_difference_eur",
)  # fmt: skip


def _cell(row: Mapping[str, Any], name: str) -> str:
    value = row[name]
    return "-" if value is None or value == {} else _LINES[name](value)


def _months(value: Mapping[str, float]) -> str:
    return f"{value['typical']:.1f} ({value['low']:.1f} to {value['high']:.1f})"


def _metres(value: float) -> str:
    return f"{value:,.1f}"


def _by_name(value: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {metres:,.0f}" for name, metres in value.items())


_LINES: Mapping[str, Value] = {
    "sites": str,
    "unserved": lambda uids: str(len(uids)),
    "unreachable": str,
    "protected_sites": str,
    "route_length_m": _metres,
    "built_length_m": _metres,
    "by_technique_m": _by_name,
    "crossings": str,
    "hazard_m": _by_name,
    "both_routes_m": _metres,
    "no_other_way_m": _metres,
    "most_sites": str,
    "minutes_per_year": _metres,
    "worst_minutes_per_year": _metres,
    "outage_per_year_eur": _metres,
    "months": _months,
    "cost_eur": euro_range,
    "p90_eur": _metres,
    "per_site_eur": euro_range,
    "per_mbps_eur": euro_range,
    "per_resident_eur": euro_range,
    "running_per_year_eur": euro_range,
    "present_value_eur": euro_range,
    "annuity_eur": euro_range,
    "placeholder_share": share,
    "gap": share,
}
