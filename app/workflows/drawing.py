"""Drawing along streets: traces and rough prices; the planning core is imported where used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from app.model.errors import Infeasible, InputError
from app.model.geodesy import WGS84, path_length_m, transformer
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network

if TYPE_CHECKING:
    from app.planning.costs.rough import RoughPrice
    from app.planning.routing.tracing import Trace, Tracer

REACH_M = 100.0
"""Places are traced from the nearest street within this, in m."""


def street_tracer(network: Network) -> Tracer:
    """Return the streets of a network, ready to be traced."""
    from app.planning.routing.tracing import street_tracer as build

    return build(network)


def conduit_tracer(network: Network) -> Tracer:
    """Return the conduits of a network that have room, ready to be traced."""
    from app.planning.routing.tracing import conduit_tracer as build

    return build(network)


def rough_prices(network: Network) -> Mapping[str, RoughPrice]:
    """Return what a metre of each technique costs, low, typical and high."""
    from app.planning.costs.rough import rough_prices as price

    return price(network)


def trace(
    network: Network, places: Sequence[tuple[float, float]], reach_m: float = REACH_M
) -> Trace:
    """Return the shortest way along streets through ``places`` (m), in their order.

    Raises `InputError` when a place has no street within ``reach_m``, `Infeasible` when streets
    do not lead from one to the next.
    """
    from app.planning.routing.tracing import Trace

    tracer = street_tracer(network)
    found: list[Trace] = []
    for number, (begin, stop) in enumerate(pairwise(places)):
        trail = tracer.begin(begin, reach_m)
        if trail is None or tracer.begin(stop, reach_m) is None:
            at = number + 1 + (trail is not None)
            raise InputError(
                message(
                    QT_TRANSLATE_NOOP("core", "No usable street within {reach_m} m of place {n}"),
                    reach_m=f"{reach_m:g}",
                    n=at,
                )
            )
        part = trail.to(stop, reach_m)
        if part is None:
            raise Infeasible(
                message(
                    QT_TRANSLATE_NOOP("core", "No street leads from place {n} to the next"),
                    n=number + 1,
                )
            )
        found.append(part)
    xy = np.concatenate([found[0].xy[:1], *(part.xy[1:] for part in found)])
    streets = tuple(uid for part in found for uid in part.followed)
    once = tuple(uid for n, uid in enumerate(streets) if not n or uid != streets[n - 1])
    return Trace(xy, path_length_m(xy, network.crs), once)


def place_of(text: str, crs: str) -> tuple[float, float]:
    """Return the place in m that ``LON,LAT`` in degrees, or two coordinates in m, mean.

    Raises `InputError` for anything else.
    """
    try:
        first, second = (float(part) for part in text.split(","))
    except ValueError:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "“{text}” is not LON,LAT in degrees"), text=text)
        ) from None
    if abs(first) <= 180 and abs(second) <= 90:
        x, y = transformer(WGS84, crs).transform(first, second)
    else:
        x, y = first, second
    if not (np.isfinite(x) and np.isfinite(y)):
        raise InputError(message(QT_TRANSLATE_NOOP("core", "“{text}” lies nowhere"), text=text))
    return float(x), float(y)
