"""What OpenStreetMap tags mean to a planner of cable routes."""

from __future__ import annotations

from collections.abc import Mapping

ROAD_CLASS: Mapping[str, str] = {
    "motorway": "motorway", "motorway_link": "motorway", "trunk": "trunk", "trunk_link": "trunk",
    "primary": "primary", "primary_link": "primary", "secondary": "secondary",
    "secondary_link": "secondary", "tertiary": "tertiary", "tertiary_link": "tertiary",
    "residential": "residential", "unclassified": "unclassified", "road": "unclassified",
    "living_street": "residential", "service": "service", "pedestrian": "pedestrian",
    "busway": "service", "bus_guideway": "service", "cycleway": "cycleway", "footway": "path",
    "path": "path", "steps": "path", "bridleway": "path", "track": "track",
}  # fmt: skip
"""Values of ``highway`` along which something can be laid; others are not streets yet."""

SURFACE: Mapping[str, str] = {
    "asphalt": "asphalt", "paved": "asphalt", "chipseal": "asphalt", "concrete": "concrete",
    "concrete:plates": "concrete", "concrete:lanes": "concrete", "cement": "concrete",
    "paving_stones": "stone", "sett": "stone", "cobblestone": "stone", "stone": "stone",
    "unhewn_cobblestone": "stone", "bricks": "stone", "brick": "stone",
    "cobblestone:flattened": "stone", "rock": "stone", "grass_paver": "gravel",
    "gravel": "gravel", "fine_gravel": "gravel", "compacted": "gravel", "pebblestone": "gravel",
    "unpaved": "gravel", "ground": "earth", "dirt": "earth", "earth": "earth", "grass": "earth",
    "mud": "earth", "sand": "earth", "woodchips": "earth", "clay": "earth",
}  # fmt: skip

WATERWAY: Mapping[str, str] = {
    "river": "river", "stream": "river", "tidal_channel": "river", "canal": "canal",
}  # fmt: skip
"""Ditches and drains are left out: a trench passes them like any gully."""

RAILWAY: Mapping[str, str] = {
    "rail": "railway", "light_rail": "railway", "narrow_gauge": "railway", "funicular": "railway",
    "monorail": "railway", "subway": "metro",
}  # fmt: skip
"""Trams run in the street and are crossed with it; disused lines are no barrier."""

LAKE_NOT = frozenset({"river", "canal", "stream", "ditch", "drain", "moat", "lock", "fountain",
                      "swimming_pool", "wastewater", "stream_pool"})  # fmt: skip
"""Water areas that are no lakes; rivers and canals are crossed at their centre line."""

BARRIER_KEYS = ("waterway", "railway", "highway")
_NO_SIDEWALK = frozenset({"no", "none"})
_PRIVATE = frozenset({"private", "no", "military", "customers", "permit"})


def is_yes(value: str | None) -> bool:
    """Whether a tag such as ``bridge`` says yes in any of its ways."""
    return value is not None and value != "no"


def level_of(tags: Mapping[str, str]) -> int:
    """Return the layer as a whole number within -10 and 10; 0 if it is none."""
    try:
        return max(-10, min(10, int(float(tags.get("layer", "0")))))
    except (ValueError, OverflowError):
        return 0


def street_of(tags: Mapping[str, str]) -> dict[str, str | None] | None:
    """Return the street's columns, or ``None`` if the way is no street."""
    road_class = ROAD_CLASS.get(tags.get("highway", ""))
    if road_class is None or tags.get("area") == "yes":
        return None
    return {
        "name": tags.get("name") or tags.get("ref"),
        "road_class": road_class,
        "surface": SURFACE.get(tags.get("surface", ""), "unknown"),
        "access": access_of(tags, road_class),
        "is_bridge": _flag(is_yes(tags.get("bridge"))),
        "is_tunnel": _flag(is_yes(tags.get("tunnel")) or is_yes(tags.get("covered"))),
        "level": str(level_of(tags)),
        "has_sidewalk": _sidewalk(tags),
    }


def access_of(tags: Mapping[str, str], road_class: str) -> str:
    """Return who may lay cable: motorways and their like forbid it, private ground asks for it."""
    if road_class == "motorway" or tags.get("motorroad") == "yes":
        return "forbidden"
    if tags.get("access") in _PRIVATE and tags.get("foot") not in ("yes", "designated"):
        return "private"
    return "public"


def _sidewalk(tags: Mapping[str, str]) -> str | None:
    sides = [
        tags[key]
        for key in ("sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right")
        if key in tags
    ]
    if not sides:
        return None
    return _flag(any(side not in _NO_SIDEWALK for side in sides))


def barrier_of(tags: Mapping[str, str]) -> dict[str, str | None] | None:
    """Return the barrier's columns of a line, or ``None`` if the way is no barrier."""
    kind = WATERWAY.get(tags.get("waterway", "")) or RAILWAY.get(tags.get("railway", ""))
    if kind is None and tags.get("highway") in ("motorway", "motorway_link"):
        kind = "motorway"
    if kind is None:
        return None
    below = is_yes(tags.get("tunnel")) or tags.get("location") == "underground"
    # On a viaduct or in a tunnel the street passes under or over it without touching it.
    free = below or is_yes(tags.get("bridge"))
    return {
        "name": tags.get("name") or tags.get("ref"),
        "kind": kind,
        "crossing": "free" if free else "priced",
        "is_below_ground": _flag(below),
    }


def lake_of(tags: Mapping[str, str]) -> dict[str, str | None] | None:
    """Return the barrier's columns of a water area, or ``None`` if it is no lake."""
    is_water = tags.get("natural") == "water" or tags.get("landuse") == "reservoir"
    if not is_water or tags.get("water") in LAKE_NOT or "waterway" in tags:
        return None
    return {
        "name": tags.get("name"), "kind": "lake", "crossing": "forbidden",
        "is_below_ground": "false",
    }  # fmt: skip


def _flag(value: bool) -> str:
    return "true" if value else "false"
