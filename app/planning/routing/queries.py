"""What is asked about a route drawn by hand and what is answered: plain values, light to import.

They travel between the window and the process that knows the streets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.model.messages import Message

if TYPE_CHECKING:
    from app.planning.arrays import FloatArray

SITE, PLACE, NETWORK, POINT = "site", "place", "network", "point"


@dataclass(frozen=True)
class Stop:
    """A point of a route: a site by uid, a place in m, the network wherever it is nearest.

    A point is a way-point that the streets of the ground are cut at, by its text as ``uid``.
    """

    kind: str
    uid: str = ""
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True)
class Piece:
    """A part of an edge, from one share of its length (0 to 1) to another."""

    edge: int
    begin: float = 0.0
    end: float = 1.0

    def reversed(self) -> Piece:
        """Return the same part walked the other way."""
        return Piece(self.edge, self.end, self.begin)


Leg = tuple[Piece, ...]


@dataclass(frozen=True)
class RouteQuery:
    """What is asked of a route.

    Parameters
    ----------
    stops
        Two or more, in order.
    avoid, must_use
        Uids of streets and conduits.
    kept
        Pairs of the number of a leg and its pieces: legs that stay as they are.
    site
        The site of the plan whose route this is: only what the plan builds for others is free.
    number
        Told again with the answer.
    """

    stops: tuple[Stop, ...]
    avoid: tuple[str, ...] = ()
    must_use: tuple[str, ...] = ()
    kept: tuple[tuple[int, Leg], ...] = ()
    site: str = ""
    number: int = 0


@dataclass(frozen=True)
class Readout:
    """Figures of a route; plain values, so that they travel between processes.

    Parameters
    ----------
    number
        Of the query.
    lines
        ``(k, 2)`` easting and northing in m of each leg.
    length_m, new_m
        Of the whole route, and of what is built for it alone.
    cost_eur
        low, typical and high of what is built for it alone: sections, crossings, lead-ins, joins
        and what a site needs once. Chambers at branches belong to a whole plan.
    techniques_m
        Length of new sections by technique.
    fibre_m
        Length that the loss is worked out for: on to the hub where the route joins the network.
    loss, optics
        As `app.planning.loss.losses` and `app.planning.optics.fitting` return them.
    kept
        Pieces of each leg, to be asked for again.
    sources
        For each leg the streets and conduits that it uses whole.
    problem
        Why there is no route.
    """

    number: int
    lines: tuple[FloatArray, ...] = ()
    length_m: float = 0.0
    new_m: float = 0.0
    cost_eur: Mapping[str, float] = field(default_factory=dict)
    techniques_m: Mapping[str, float] = field(default_factory=dict)
    fibre_m: float = 0.0
    hub: str | None = None
    loss: tuple[Mapping[str, Any], ...] = ()
    optics: tuple[Mapping[str, Any], ...] = ()
    kept: tuple[Leg, ...] = ()
    sources: tuple[tuple[str, ...], ...] = ()
    problem: Message | None = None
