"""Which protected sites still hang on one part of the network that was there before.

A plan draws the network in service together into one place, so its two routes are disjoint in
what is built new. Where both end beyond a bridge of the network, one failure darkens the site
all the same; this looks at network and plan as a whole.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import shapely

from app.model.frames import GEOMETRY
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.network import Network
from app.planning.survival.redundancy import RedundancyParameters, analyse_redundancy


def weak_sites(
    network: Network,
    plan_uid: str,
    statuses: Sequence[str],
    level: str,
    hubs: Collection[str],
    sites: Collection[str],
    exempt_m: float = 0.0,
) -> dict[str, Message]:
    """Return the reason for each of ``sites`` that one failure of the old network darkens.

    Parameters
    ----------
    network
        With the plan stored in it.
    level
        ``edge``: spans may fail; ``node``: nodes other than hubs too; ``risk``: as with
        ``node``, but what lies within ``exempt_m`` of a hub or of the site is exempt.
    """
    if not hubs:
        return {}
    report = analyse_redundancy(network, RedundancyParameters(plan_uid, tuple(statuses)))
    spans, nodes = network.table("spans"), network.table("nodes")
    weak: dict[str, Message] = {}
    for failure in report.summary["failures"]:
        uid = failure["uid"]
        table = spans if failure["kind"] == "span" else nodes
        if uid not in table.index or uid in hubs or (table is nodes and level == "edge"):
            continue
        name = table.at[uid, "name"] or uid
        lost = set(failure["sites_lost"]) & set(sites)
        for site in sorted(lost):
            if level == "risk" and _is_near(network, uid, (*sorted(hubs), site), exempt_m):
                continue
            weak.setdefault(site, _reason(str(name)))
    return weak


def _is_near(network: Network, uid: str, places: Sequence[str], within_m: float) -> bool:
    """Return whether a span or node lies wholly within a distance of some nodes or sites."""
    shapes = {
        str(key): shape
        for table in ("nodes", "spans", "sites")
        for key, shape in network.geo(table)[GEOMETRY].items()
        if shape is not None and (key == uid or key in places)
    }
    centres = [shapes[key] for key in places if key in shapes]
    if uid not in shapes or not centres:
        return False
    zone = shapely.union_all(shapely.buffer(centres, within_m))
    return bool(shapely.covers(zone, shapes[uid]))


def _reason(name: str) -> Message:
    return message(
        QT_TRANSLATE_NOOP(
            "core",
            "Both routes depend on {name} of the existing network, which has no second way to a "
            "hub.",
        ),
        name=name,
    )
