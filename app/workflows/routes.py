"""Routes drawn by hand: looked at alone, or put into a plan in place of a site's route."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.model.codes import STATUSES_IN_USE
from app.model.edits import find_plan
from app.model.errors import Infeasible, InputError
from app.model.geodesy import WGS84, to_lonlat, transformer
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.progress import Progress, no_progress, part
from app.model.study import Result
from app.workflows.places import coordinates
from app.workflows.plans import find_site

if TYPE_CHECKING:
    from app.planning.routing.queries import Readout, RouteQuery, Stop

TO_NETWORK = "network"


@dataclass(frozen=True)
class HandRoute:
    """What a person asks of one route.

    Parameters
    ----------
    begin, end
        ``LON,LAT``, a site by uid, code or name, or ``network``.
    via
        ``LON,LAT`` of each way-point, in order.
    avoid, must_use
        Uids of streets and conduits.
    plan
        Plan that the route is for: what it builds for other sites costs nothing.
    """

    begin: str
    end: str = TO_NETWORK
    via: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    must_use: tuple[str, ...] = ()
    plan: str | None = None
    statuses: tuple[str, ...] = STATUSES_IN_USE


def route(network: Network, asked: HandRoute, progress: Progress = no_progress) -> Result:
    """Return length, cost range, loss and line of the cheapest route through the stops.

    Raises `InputError` for unknown sites and streets, `Infeasible` when there is no such route.
    """
    from app.planning.routing.liveground import live_ground
    from app.planning.routing.readout import RouteDesk

    plan_uid = None if asked.plan is None else find_plan(network, asked.plan)
    query = _query(network, asked)
    progress(0.05, message(QT_TRANSLATE_NOOP("core", "Joining streets, sites and network")))
    ground = live_ground(network, plan_uid, statuses=asked.statuses)
    readout = RouteDesk(ground).answer(query)
    if readout.problem is not None:
        raise Infeasible(readout.problem)
    progress(1.0)
    return Result(_summary(network, asked, readout))


def edit_route(
    network: Network, plan: str, site: str, via: Sequence[str] = (), avoid: Sequence[str] = (),
    must_use: Sequence[str] = (), progress: Progress = no_progress,
) -> Result:  # fmt: skip
    """Return the change that replaces a site's route in a plan by one through way-points."""
    from app.planning.handmade import edit_route as edit

    uid = find_site(network, site)
    query = _query(network, HandRoute(uid, avoid=tuple(avoid), must_use=tuple(must_use)))
    texts = tuple(dict.fromkeys(_lonlat_text(network, _place(network, text)) for text in via))
    return edit(network, find_plan(network, plan), uid, query, texts, part(progress, 0.0, 1.0))


def _query(network: Network, asked: HandRoute) -> RouteQuery:
    from app.planning.routing.queries import PLACE, SITE, RouteQuery, Stop

    for uid in (*asked.avoid, *asked.must_use):
        if all(uid not in network.table(table).index for table in ("streets", "conduits")):
            raise InputError(
                message(
                    QT_TRANSLATE_NOOP("core", "There is no street or conduit “{uid}”."), uid=uid
                ),
                [uid],
            )
    middle = [Stop(PLACE, "", *_place(network, text)) for text in asked.via]
    ends = [_stop(network, text) for text in (asked.begin, asked.end)]
    site = ends[0].uid if ends[0].kind == SITE and asked.plan is not None else ""
    stops = (ends[0], *middle, ends[1])
    return RouteQuery(stops, asked.avoid, asked.must_use, site=site)


def _stop(network: Network, text: str) -> Stop:
    from app.planning.routing.queries import NETWORK, PLACE, SITE, Stop

    if text.strip().lower() == TO_NETWORK:
        return Stop(NETWORK)
    place = _lonlat(network, text)
    if place is not None:
        return Stop(PLACE, "", *place)
    return Stop(SITE, find_site(network, text))


def _lonlat(network: Network, text: str) -> tuple[float, float] | None:
    """Return a place in m from ``LON,LAT``, or from coordinates as people write them."""
    parts = text.split(",")
    if len(parts) == 2:
        try:
            lon, lat = (float(part) for part in parts)
        except ValueError:
            return None
        x, y = transformer(WGS84, network.crs).transform(lon, lat)
        return float(x), float(y)
    found = coordinates(text, network.crs)
    if found is None:
        return None
    xmin, ymin, xmax, ymax = found.bounds
    return (xmin + xmax) / 2, (ymin + ymax) / 2


def _place(network: Network, text: str) -> tuple[float, float]:
    found = _lonlat(network, text)
    if found is None:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "“{text}” is no place; give LON,LAT."), text=text)
        )
    return found


def _lonlat_text(network: Network, place: tuple[float, float]) -> str:
    lon, lat = to_lonlat([place[0]], [place[1]], network.crs)
    return f"{float(lon[0]):.8f},{float(lat[0]):.8f}"


def _summary(network: Network, asked: HandRoute, found: Readout) -> dict[str, Any]:
    coordinates_of: list[list[float]] = []
    for line in found.lines:
        lon, lat = to_lonlat(line[:, 0], line[:, 1], network.crs)
        pairs = [[round(float(a), 7), round(float(b), 7)] for a, b in zip(lon, lat, strict=True)]
        coordinates_of += (
            pairs[1:] if coordinates_of and pairs[:1] == coordinates_of[-1:] else pairs
        )
    return {
        "from": asked.begin,
        "to": asked.end,
        "via": list(asked.via),
        "plan": asked.plan,
        "length_m": found.length_m,
        "new_m": found.new_m,
        "cost_eur": dict(found.cost_eur),
        "techniques_m": dict(found.techniques_m),
        "hub": found.hub,
        "fibre_m": found.fibre_m,
        "loss": [dict(row) for row in found.loss],
        "optics": [dict(row) for row in found.optics],
        "streets": [uid for leg in found.sources for uid in leg],
        "geometry": {"type": "LineString", "coordinates": coordinates_of},
    }


def route_desk(network: Network, plan_uid: str | None, statuses: Sequence[str]) -> Any:
    """Return what answers queries about routes again and again; made once, in seconds.

    A plan that is not there (any more) is left out.
    """
    from app.planning.routing.liveground import live_ground
    from app.planning.routing.readout import RouteDesk

    known = plan_uid if plan_uid in network.table("plans").index else None
    return RouteDesk(live_ground(network, known, statuses=statuses))


__all__ = ["HandRoute", "edit_route", "route", "route_desk"]
