"""Why a site cannot be reached, in words that say what could be done."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.planning.streets.closures import blockers
from app.planning.streets.routegraph import LEAD_IN, STREET, RouteGraph


def no_position() -> Message:
    """Return the reason of a site without a place."""
    return message(QT_TRANSLATE_NOOP("core", "The site has no position."))


def too_far(routes: RouteGraph, row: int, limit_m: float) -> Message:
    """Return the reason of a site without a lead-in: too far, or behind what is closed."""
    closed_by = routes.closed_lead_in(int(routes.entries[row]))
    if closed_by is not None:
        if closed_by not in routes.crossings.barrier_uid:
            return _shut([closed_by])
        return message(
            QT_TRANSLATE_NOOP(
                "core",
                "Its lead-in of {distance_m} m would cross the barrier {barrier}, which must not "
                "be crossed.",
            ),
            distance_m=f"{routes.site_distance_m[row]:.0f}",
            barrier=closed_by,
        )
    return message(
        QT_TRANSLATE_NOOP(
            "core",
            "The nearest usable street is {distance_m} m away; a lead-in may be {limit_m} m long.",
        ),
        distance_m=f"{routes.site_distance_m[row]:.0f}",
        limit_m=f"{limit_m:.0f}",
    )


def unreached_reasons(
    routes: RouteGraph, sites: Sequence[tuple[str, int]], limit_m: float
) -> list[tuple[str, Message]]:
    """Return a reason for sites that have no way to the network within a lead-in's limit.

    ``sites`` are pairs of uid and entry node.
    """
    if not sites:
        return []
    label = routes.parts()
    part = label[routes.graph.start]
    is_street = routes.kind == STREET
    shapes = routes.shape.shapes()
    tree = shapely.STRtree(shapes[is_street & (part == label[routes.root])])
    leads = np.flatnonzero(routes.kind == LEAD_IN)
    landing = dict(zip(routes.graph.end[leads], routes.graph.start[leads], strict=True))
    islands: dict[int, tuple[int, float]] = {}
    reasons = []
    for uid, entry in sites:
        own = int(label[landing[entry]])
        by = blockers(routes.closed, label, routes.root, int(landing[entry]))
        if any(condition not in routes.crossings.barrier_uid for condition in by):
            reasons.append((uid, _shut(by)))
            continue
        if own not in islands:
            mine = np.flatnonzero(is_street & (part == own))
            spot = shapely.points(routes.xy[landing[entry]])
            _, gap_m = tree.query_nearest(shapes[mine] if len(mine) else spot, return_distance=True)
            islands[own] = len(mine), float(gap_m.min(initial=np.inf))
        reasons.append((uid, _island(*islands[own], limit_m, routes.closed_edges)))
    return reasons


def _shut(by: Sequence[str]) -> Message:
    """Return the reason of a site that what the planner avoids cuts off."""
    return message(
        QT_TRANSLATE_NOOP("core", "What is to be avoided cuts it off from the network: {uids}."),
        uids=", ".join(by),
    )


def _island(stretches: int, gap_m: float, limit_m: float, closed: int) -> Message:
    values = {"stretches": stretches, "gap_m": f"{gap_m:.1f}", "limit_m": f"{limit_m:.0f}"}
    if closed:
        return message(
            QT_TRANSLATE_NOOP(
                "core",
                "Its nearest street leads nowhere (a part of {stretches} stretches, {gap_m} m away "
                "from the streets that reach the network), and no street that reaches it lies "
                "within {limit_m} m. Barriers that must not be crossed closed {closed} stretches "
                "of street.",
            ),
            closed=closed, **values,
        )  # fmt: skip
    return message(
        QT_TRANSLATE_NOOP(
            "core",
            "Its nearest street leads nowhere (a part of {stretches} stretches, {gap_m} m away "
            "from the streets that reach the network), and no street that reaches it lies within "
            "{limit_m} m.",
        ),
        **values,
    )
