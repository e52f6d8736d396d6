"""Availability of two routes with a common part, in closed form.

With parts that fail independently, A = A_common [1 - (1 - A_first)(1 - A_second)], where each A
is the product over the parts in series. What is common (terminals, building entry, a shared
trench) counts once and is not made better by the second route.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.planning.failure.rates import MINUTES_PER_YEAR, Rate

CLASSES = (0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999)
"""Availabilities that name a class; 0.999 is 8.76 h, 0.9999 is 52.6 min a year."""


@dataclass(frozen=True)
class PairAvailability:
    """Share of time with service, and where the missing minutes of a year come from."""

    availability: float
    first: float
    second: float
    common: float

    @property
    def minutes_per_year(self) -> float:
        """Expected time without service."""
        return (1.0 - self.availability) * MINUTES_PER_YEAR

    @property
    def common_minutes_per_year(self) -> float:
        """Part of it that the common part alone causes."""
        return (1.0 - self.common) * MINUTES_PER_YEAR

    def to_json(self) -> dict[str, Any]:
        """Return plain values for the CLI."""
        return {
            "availability": self.availability,
            "minutes_per_year": self.minutes_per_year,
            "common_minutes_per_year": self.common_minutes_per_year,
            "class": availability_class(self.availability),
            "routes": [self.first, self.second],
            "common": self.common,
        }


def pair_availability(
    first: Iterable[float], second: Iterable[float], common: Iterable[float] = ()
) -> PairAvailability:
    """Return the availability of two routes from the unavailabilities of their parts.

    Parameters
    ----------
    first, second
        Share of time down of each part that only this route uses; for a span
        `span_unavailability`. No part: a perfect route. For a single route give ``(1.0,)`` as
        the second.
    common
        The same for the parts that both routes need.
    """
    up_first, up_second, up_common = (
        math.prod(1.0 - down for down in parts) for parts in (first, second, common)
    )
    both = 1.0 - (1.0 - up_first) * (1.0 - up_second)
    return PairAvailability(up_common * both, up_first, up_second, up_common)


def span_unavailability(length_m: float, rate: Rate) -> float:
    """Return the share of time that a cable of this length is cut."""
    return rate.unavailability(length_m / 1000.0)


def availability_class(availability: float) -> str:
    """Return the class reached, such as ``99.99``; ``<90`` below the lowest."""
    reached = [bound for bound in CLASSES if availability >= bound]
    return f"{100 * reached[-1]:.10g}" if reached else "<90"
