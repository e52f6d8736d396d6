"""Closed lists of codes; Open Fibre Data Standard (OFDS) words where it has them."""

from __future__ import annotations

STATUSES = (
    "proposed",
    "planned",
    "underConstruction",
    "operational",
    "inactive",
    "decommissioned",
)
"""OFDS closed list ``nodeStatus``/``spanStatus``."""

STATUSES_IN_USE = ("operational", "underConstruction")
"""Planning and analysis start from these unless told otherwise."""

NODE_TYPES = (
    "hub",
    "pop",
    "aggregationPoint",
    "chamber",
    "handhole",
    "cabinet",
    "pole",
    "tower",
    "buildingEntry",
    "splicePoint",
    "customerPremises",
    "exchange",
    "other",
)
ROOT_NODE_TYPES = ("hub", "pop")
"""Nodes that give service; a site is connected when it reaches one of them."""

DEPLOYMENTS = ("aboveGround", "belowGround")
CODEPLOYMENTS = (
    "none",
    "road",
    "rail",
    "wasteWater",
    "stormWater",
    "drinkingWater",
    "gas",
    "electricity",
)
TECHNIQUES = (
    "trench",
    "miniTrench",
    "microTrench",
    "noDig",
    "existingDuct",
    "sewer",
    "aerial",
    "leadIn",
    "join",
)
CHOOSABLE_TECHNIQUES = tuple(code for code in TECHNIQUES if code not in ("leadIn", "join"))
"""What a planner can restrict; lead-ins and joins are always possible."""
SITE_CATEGORIES = (
    "municipality",
    "civil_protection",
    "school_primary",
    "school_secondary",
    "hospital",
    "police",
    "research",
    "library",
    "pharmacy",
    "care_home",
    "camera",
    "other_body",
)
PROTECTIONS = ("none", "edge", "node", "risk")
ROAD_CLASSES = (
    "motorway",
    "trunk",
    "primary",
    "secondary",
    "tertiary",
    "residential",
    "unclassified",
    "service",
    "pedestrian",
    "cycleway",
    "path",
    "track",
)
SURFACES = ("asphalt", "concrete", "stone", "gravel", "earth", "unknown")
ACCESSES = ("public", "private", "forbidden")
BARRIER_KINDS = (
    "river",
    "canal",
    "lake",
    "railway",
    "metro",
    "motorway",
    "restricted",
    "border",
    "other",
)
CROSSINGS = ("free", "priced", "forbidden")
"""What a route across a barrier meets: nothing, a price, or no way through."""

HAZARD_KINDS = ("flood", "landslide", "seismic", "fire", "power", "other")
HAZARD_SCENARIOS = ("H", "M", "L")
"""PGRA scenarios: H frequent (20-50 years), M (100-200), L rare (up to 500)."""

RISK_KINDS = (
    "duct",
    "trench",
    "sewer",
    "bridge",
    "railCrossing",
    "riverCrossing",
    "chamber",
    "buildingEntry",
    "tower",
    "hub",
    "powerZone",
    "hazardZone",
    "other",
)
RATE_OBJECTS = ("span", "node", "riskGroup")
"""What a failure rate speaks of."""

CONDUIT_KINDS = ("duct", "innerduct", "microduct", "sewer", "gallery", "aerial", "other")
FIBRE_KINDS = ("G.652.D", "G.657.A1", "G.657.A2", "G.655", "other")
POSITION_QUALITIES = ("surveyed", "address", "locality", "assumed", "modelled", "unknown")
PLAN_STATES = ("draft", "submitted", "underReview", "approved", "rejected")
FROZEN_PLAN_STATES = ("submitted", "underReview", "approved")
REVISION_STATES = ("submitted", "underReview", "approved", "rejected", "withdrawn")
PLAN_SITE_STATES = ("connected", "unreachable", "alreadyConnected", "leftOut")
ITEM_UNITS = (
    "m", "m2", "m3", "each", "lump", "percent", "hour", "year", "m_year", "each_year",
)  # fmt: skip
YEARLY_UNITS = ("year", "m_year", "each_year")
"""Units of what is paid every year; it is no part of the cost of building."""
AREA_KINDS = ("municipality", "park", "water", "woodland", "builtUp", "other")
COMMENT_STATES = ("open", "answered", "closed")
SENSOR_KINDS = ("waterLevel", "rain", "temperature", "wind", "power", "radiation", "air", "other")
AGREEMENT_KINDS = ("convention", "concession", "framework", "other")
CONTRIBUTION_KEYS = ("equal", "rate", "residents", "length", "none")
