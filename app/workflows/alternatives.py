"""Plans as alternatives: listed, copied, renamed, noted, coloured, laid over one another."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from app.model import planedits
from app.model.changes import ChangeSet
from app.model.duplicates import free_plan_name
from app.model.edits import delete_plan, find_plan
from app.model.frames import GEOMETRY, plain
from app.model.network import Network
from app.model.plancolors import plan_colors
from app.workflows.clock import now, stamp

_SAME_M = 0.05
"""Sections nearer than this, in m, are the same."""

_LISTED = (
    "name", "state", "created", "author", "note", "protection", "engine", "site_count",
    "unreachable_count", "route_length_m", "objective_eur", "lower_bound_eur", "gap",
)  # fmt: skip


def list_plans(network: Network) -> list[dict[str, Any]]:
    """Return the plans, the oldest first, and before them not building."""
    from app.planning.costs.comparison import NOT_BUILDING

    colors = plan_colors(network)
    nothing: dict[str, Any] = dict.fromkeys(("uid", "color", "based_on", "accepted", *_LISTED))
    zero = {"low": 0.0, "typical": 0.0, "high": 0.0}
    nothing |= {"name": NOT_BUILDING, "site_count": 0, "unreachable_count": 0,
                "route_length_m": 0.0, "cost_eur": zero}  # fmt: skip
    plans = network.table("plans")
    names = plans["name"]
    rows = [nothing]
    for uid, color in colors.items():
        row = plans.loc[uid]
        made_from = plain(row["based_on"])
        rows.append(
            {
                "uid": uid,
                **{name: plain(row[name]) for name in _LISTED},
                "color": color,
                "based_on": names.get(made_from, made_from) if made_from else None,
                "accepted": plain(row["accepted"]),
                "cost_eur": {end: plain(row[f"{end}_eur"]) for end in zero},
            }
        )
    return rows


def duplicate_plan(network: Network, plan: str, name: str | None = None) -> ChangeSet:
    """Return the change that copies a plan; without ``name`` its own gets a number."""
    uid = find_plan(network, plan)
    chosen = name or free_plan_name(network, str(network.table("plans").at[uid, "name"]))
    return planedits.copy_plan(network, uid, chosen, stamp(now()))


def rename_plan(network: Network, plan: str, name: str) -> ChangeSet:
    """Return the change that gives a plan another name."""
    return planedits.rename_plan(network, find_plan(network, plan), name)


def note_plan(network: Network, plan: str, note: str) -> ChangeSet:
    """Return the change that writes a note on a plan."""
    return planedits.note_plan(network, find_plan(network, plan), note)


def color_plan(network: Network, plan: str, color: str) -> ChangeSet:
    """Return the change that gives a plan a colour on the map, ``#rrggbb`` or ''."""
    return planedits.color_plan(network, find_plan(network, plan), color)


def drop_plan(network: Network, plan: str) -> ChangeSet:
    """Return the change that deletes a plan with its rows."""
    return delete_plan(network, plan)


def overlay(network: Network, first: str, second: str) -> dict[str, shapely.Geometry]:
    """Return what only the first of two plans builds, what only the second, and what both.

    Keys ``first``, ``second`` and ``both``; lines in the project's CRS, equal within 5 cm.
    """
    one, two = (_lines(network, find_plan(network, plan)) for plan in (first, second))
    near_one, near_two = (shapely.buffer(lines, _SAME_M, quad_segs=2) for lines in (one, two))
    return {
        "first": shapely.difference(one, near_two),
        "second": shapely.difference(two, near_one),
        "both": shapely.intersection(one, near_two),
    }


def _lines(network: Network, uid: str) -> shapely.Geometry:
    spans = network.geo("plan_spans")
    shapes = spans.loc[spans["plan"] == uid, GEOMETRY].to_numpy()
    known = np.array([shape for shape in shapes if shape is not None], dtype=object)
    return shapely.union_all(shapely.force_2d(known)) if len(known) else shapely.MultiLineString()
