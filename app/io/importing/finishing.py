"""The last steps of an import: repeats, references, lengths, checks, and the rows themselves."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.io.importing.checks import check_points, check_repeats
from app.io.importing.draft import Draft, as_text
from app.io.importing.headings import normalised
from app.io.importing.joining import join_spans, place_towers
from app.io.importing.lines import check_lines
from app.io.importing.linking import link
from app.io.importing.repeats import choose_uids, reject_known
from app.io.importing.source import is_missing
from app.model.changes import TableChange, insert
from app.model.findings import Finding
from app.model.frames import make_frame
from app.model.geodesy import lengths_m

_HOUSE_NUMBERS = frozenset({"civico", "numero_civico", "n_civico", "house_number"})
_LENGTH_COLUMNS = {"spans": "route_length_m", "conduits": "length_m"}
_POINT_TARGETS = ("sites", "nodes", "towers")


def finish(draft: Draft) -> tuple[list[TableChange], list[Finding]]:
    """Return the inserts (other tables' rows first) and the findings of a draft."""
    reject_known(draft)
    uids = choose_uids(draft)
    link(draft)
    if draft.table.name == "spans":
        join_spans(draft)
    if draft.table.name == "towers" and draft.is_placed:
        place_towers(draft)
    measure(draft)
    findings: list[Finding] = []
    if len(draft.owner):
        findings += check_repeats(draft, uids)
        if draft.table.name in _POINT_TARGETS and draft.has_geometry:
            findings += check_points(draft, uids)
        if draft.table.geometry == "LINESTRING":
            findings += check_lines(draft, uids)
    shapes = draft.geometry if draft.table.geometry else None
    rows = make_frame(
        draft.table, draft.values, draft.network.crs, geometry=shapes, uids=list(uids)
    )
    changes = [insert(name, extra) for name, extra in sorted(draft.extra.items(), reverse=True)]
    return [*changes, insert(draft.table.name, rows)], draft.findings(uids) + findings


def add_house_numbers(draft: Draft) -> None:
    """Put a house number from a column of its own behind the street."""
    if "address" not in draft.values or "address" not in draft.mapping:
        return
    for heading, values in draft.source.columns.items():
        if normalised(heading) in _HOUSE_NUMBERS and heading not in draft.used_columns:
            draft.used_columns.add(heading)
            numbers = as_text(values)[draft.owner]
            streets = draft.values["address"].copy()
            both = ~is_missing(numbers) & ~is_missing(streets)
            streets[both] = [
                f"{street}, {number.strip()}"
                for street, number in zip(streets[both], numbers[both], strict=True)
            ]
            draft.values["address"] = streets
            return


def measure(draft: Draft) -> None:
    """Fill missing lengths of spans and conduits from the drawing, on the ellipsoid."""
    name = _LENGTH_COLUMNS.get(draft.table.name)
    if name is None or not len(draft.owner):
        return
    drawn = lengths_m(draft.geometry, draft.network.crs)
    given: Any = draft.values.get(name)
    if given is None:
        draft.values[name] = drawn
        return
    given = given.astype(np.float64)
    counts = np.bincount(draft.owner, minlength=len(draft.source))
    is_part = counts[draft.owner] > 1  # the row's length belongs to all its parts together
    draft.values[name] = np.where(np.isnan(given) | is_part, drawn, given)
