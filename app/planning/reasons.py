"""Why a site cannot be reached, in words that say what could be done."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.spatial import cKDTree

from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.planning.arrays import IndexArray
from app.planning.routegraph import RouteGraph


def no_position() -> Message:
    """Return the reason of a site without a place."""
    return message(QT_TRANSLATE_NOOP("core", "The site has no position."))


def too_far(routes: RouteGraph, row: int, limit_m: float) -> Message:
    """Return the reason of a site without a lead-in: too far, or behind a forbidden barrier."""
    if int(routes.entries[row]) in routes.closed_lead_ins:
        return message(
            QT_TRANSLATE_NOOP(
                "core",
                "Its lead-in of {distance_m} m would cross the barrier {barrier}, which must not "
                "be crossed.",
            ),
            distance_m=f"{routes.site_distance_m[row]:.0f}",
            barrier=routes.closed_lead_ins[int(routes.entries[row])],
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
    routes: RouteGraph, label: IndexArray, sites: Sequence[tuple[str, int]]
) -> list[tuple[str, Message]]:
    """Return a reason for sites on streets that do not lead to the network.

    ``label`` is the component of each node, ``sites`` are pairs of uid and entry node.
    """
    if not sites:
        return []
    street_label = label[: routes.junction_count]
    home = np.flatnonzero(street_label == label[routes.root])
    tree = cKDTree(routes.xy[home])
    gaps: dict[int, float] = {}
    reasons = []
    for uid, entry in sites:
        own = int(label[entry])
        island = np.flatnonzero(street_label == own)
        if own not in gaps:
            gaps[own] = float(tree.query(routes.xy[island])[0].min())
        reasons.append((uid, _island(len(island), gaps[own], routes.closed_edges)))
    return reasons


def _island(junctions: int, gap_m: float, closed: int) -> Message:
    if closed:
        return message(
            QT_TRANSLATE_NOOP(
                "core",
                "No usable street leads from it to the network: its part of the streets has "
                "{junctions} junctions and ends {gap_m} m from the part that does. Barriers that "
                "must not be crossed closed {closed} stretches of street.",
            ),
            junctions=junctions, gap_m=f"{gap_m:.1f}", closed=closed,
        )  # fmt: skip
    return message(
        QT_TRANSLATE_NOOP(
            "core",
            "No usable street leads from it to the network: its part of the streets has "
            "{junctions} junctions and ends {gap_m} m from the part that does.",
        ),
        junctions=junctions, gap_m=f"{gap_m:.1f}",
    )  # fmt: skip
