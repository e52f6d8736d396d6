"""What a planner may ask of a plan besides its sites: one definition for every door."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

LENGTH_RULES = ("tell", "keep")
"""Whether a route that is too long is told, or the plan keeps every route within the limit."""

USUAL_REACH_M = 40_000.0
"""Reach of the usual 10 Gbit/s optics for long links (10GBASE-ER), in m of route."""


@dataclass(frozen=True)
class Guidance:
    """What must be used, avoided, kept or obeyed; plain values, so that a plan can store them.

    Parameters
    ----------
    must_use
        Uids of streets, conduits and sections of plans that must be built, each whole; of spans
        and nodes in service: the plan joins the network at these alone.
    avoid
        Uids of streets, conduits and sections of plans that are not built, of spans and nodes
        that are not joined, and of areas, hazards and barriers that no route enters.
    locked
        Sections of plans, or whole plans by uid or name, that are kept; the rest is optimised.
    waypoints
        Places that the plan must pass: ``"LON,LAT"`` in degrees, or the uid of a node.
    techniques, excluded_techniques
        Techniques that may be used (empty: all usual ones), and those that must not.
    hubs
        Hubs and pops that count; empty: all in service.
    assigned
        Pairs of site and hub that belong together.
    max_length_m
        Longest route from a site to its hub along plan and network; a site's own limit counts
        where it is smaller. Without it `USUAL_REACH_M` is what findings speak of.
    length_rule
        ``keep`` makes the limit a condition, ``tell`` a finding.
    """

    must_use: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()
    waypoints: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()
    excluded_techniques: tuple[str, ...] = ()
    hubs: tuple[str, ...] = ()
    assigned: tuple[tuple[str, str], ...] = ()
    max_length_m: float | None = None
    length_rule: str = "tell"

    def to_json(self) -> dict[str, Any]:
        """Return what was asked as plain values, without what was not."""
        values: dict[str, Any] = {}
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if value != field.default:
                values[field.name] = _plain(value)
        return values


NOTHING_ASKED = Guidance()


def guidance_from_json(values: object) -> Guidance:
    """Return the guidance that a plan stored; what is unknown is left out."""
    if not isinstance(values, dict):
        return NOTHING_ASKED
    known = {field.name for field in dataclasses.fields(Guidance)}
    return Guidance(**{name: _tuples(value) for name, value in values.items() if name in known})


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
