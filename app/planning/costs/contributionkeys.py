"""What each body's contribution is in proportion to: the keys of agreements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import shapely

from app.model.codes import STATUSES_IN_USE
from app.model.frames import GEOMETRY, rows_of
from app.model.geodesy import lengths_m
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.network import Network
from app.planning.costs.residents import municipalities

_MILLIMETRE = Decimal("0.001")

Weights = Mapping[str, Fraction]
Unknown = dict[str, Message]
"""Why a body has no weight, by uid."""

KeyWeights = Callable[[Network, Sequence[str], str | None], tuple[dict[str, Fraction], Unknown]]
"""Weights of bodies (uids) in a network, with a plan if one is named."""


def _equal(
    network: Network, bodies: Sequence[str], plan: str | None
) -> tuple[dict[str, Fraction], Unknown]:
    del network, plan
    return dict.fromkeys(bodies, Fraction(1)), {}


def _by_rate(
    network: Network, bodies: Sequence[str], plan: str | None
) -> tuple[dict[str, Fraction], Unknown]:
    """Return the guaranteed Mbit/s of the connected sites that each body pays for."""
    names = network.table("organisations")["name"]
    sites = network.table("sites")
    planned = network.table("plan_sites")
    planned = planned[(planned["plan"] == plan) & (planned["state"] == "connected")]
    connected = sites["status"].isin(STATUSES_IN_USE) | sites.index.isin(planned["site"])
    rows = rows_of(sites[connected], ["payer", "guaranteed_mbps"])
    own: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        own[str(row["payer"] or "")].append(row["guaranteed_mbps"])
    found, unknown = {}, {}
    for uid in bodies:
        rates = own.get(str(names[uid]), [])
        if any(rate is None for rate in rates):
            unknown[uid] = message(
                QT_TRANSLATE_NOOP("core", "A connected site of {body} has no guaranteed rate."),
                body=names[uid],
            )
        elif not rates:
            unknown[uid] = message(
                QT_TRANSLATE_NOOP("core", "No connected site is paid by {body}."), body=names[uid]
            )
        else:
            found[uid] = sum((Fraction(str(rate)) for rate in rates), Fraction(0))
    return found, unknown


def _by_residents(
    network: Network, bodies: Sequence[str], plan: str | None
) -> tuple[dict[str, Fraction], Unknown]:
    del plan
    known = municipalities(network)
    rows = network.table("organisations")
    found, unknown = {}, {}
    for uid in bodies:
        key = known.key(rows.at[uid, "identifier"], rows.at[uid, "name"])
        count = None if key is None else known.residents[key]
        if count is None:
            unknown[uid] = message(
                QT_TRANSLATE_NOOP("core", "No residents are known of {body}."),
                body=rows.at[uid, "name"],
            )
        else:
            found[uid] = Fraction(count)
    return found, unknown


def _by_length(
    network: Network, bodies: Sequence[str], plan: str | None
) -> tuple[dict[str, Fraction], Unknown]:
    """Return the metres of network in use, and of the plan, in the territory of each body."""
    known = municipalities(network)
    rows = network.table("organisations")
    areas = network.table("areas")
    areas = areas[areas["kind"] == "municipality"]
    place = {uid: known.key(rows.at[uid, "identifier"], rows.at[uid, "name"]) for uid in bodies}
    spans, planned = network.table("spans"), network.table("plan_spans")
    lines = np.concatenate(
        [
            spans.loc[spans["status"].isin(STATUSES_IN_USE), GEOMETRY].to_numpy(),
            planned.loc[planned["plan"] == plan, GEOMETRY].to_numpy(),
        ]
    )
    lines = lines[np.array([line is not None for line in lines], dtype=bool)]
    tree = shapely.STRtree(lines)
    keys = [known.key(row["code"], row["name"]) for row in rows_of(areas, ["code", "name"])]
    found, unknown = {}, {}
    for uid in bodies:
        shapes = [
            shape
            for key, shape in zip(keys, areas[GEOMETRY], strict=True)
            if place[uid] is not None and key == place[uid] and shape is not None
        ]
        if not shapes:
            unknown[uid] = message(
                QT_TRANSLATE_NOOP("core", "No territory is known of {body}."),
                body=rows.at[uid, "name"],
            )
            continue
        whole = shapely.union_all(np.array(shapes, dtype=object))
        inside = shapely.intersection(lines[tree.query(whole, predicate="intersects")], whole)
        metres = float(lengths_m(inside, network.crs).sum()) if len(inside) else 0.0
        found[uid] = Fraction(Decimal(str(metres)).quantize(_MILLIMETRE))
    return found, unknown


KEY_WEIGHTS: Mapping[str, KeyWeights] = {
    "equal": _equal, "rate": _by_rate, "residents": _by_residents, "length": _by_length,
}  # fmt: skip
