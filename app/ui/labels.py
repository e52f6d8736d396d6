"""Words and figures of the data as a person reads them, in the language in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd
from PySide6.QtCore import QDateTime, QLocale

from app.io.formats import Formats, formats
from app.io.translations import translate_sentence
from app.model.frames import plain
from app.model.messages import QT_TRANSLATE_NOOP
from app.model.network import Network
from app.model.schema import Column, Kind
from app.model.tables import TABLES
from app.ui.translation import translate_text

NO_VALUE = "–"

CODE_LABELS: Mapping[str, str] = {
    "proposed": QT_TRANSLATE_NOOP("codes", "Proposed"),
    "planned": QT_TRANSLATE_NOOP("codes", "Planned"),
    "underConstruction": QT_TRANSLATE_NOOP("codes", "Under construction"),
    "operational": QT_TRANSLATE_NOOP("codes", "Operational"),
    "inactive": QT_TRANSLATE_NOOP("codes", "Inactive"),
    "decommissioned": QT_TRANSLATE_NOOP("codes", "Decommissioned"),
    "municipality": QT_TRANSLATE_NOOP("codes", "Municipality"),
    "civil_protection": QT_TRANSLATE_NOOP("codes", "Civil protection"),
    "school_primary": QT_TRANSLATE_NOOP("codes", "School, primary"),
    "school_secondary": QT_TRANSLATE_NOOP("codes", "School, secondary"),
    "hospital": QT_TRANSLATE_NOOP("codes", "Hospital"),
    "police": QT_TRANSLATE_NOOP("codes", "Police"),
    "research": QT_TRANSLATE_NOOP("codes", "Research"),
    "library": QT_TRANSLATE_NOOP("codes", "Library"),
    "pharmacy": QT_TRANSLATE_NOOP("codes", "Pharmacy"),
    "care_home": QT_TRANSLATE_NOOP("codes", "Care home"),
    "camera": QT_TRANSLATE_NOOP("codes", "Camera"),
    "other_body": QT_TRANSLATE_NOOP("codes", "Other body"),
    "none": QT_TRANSLATE_NOOP("codes", "None"),
    "edge": QT_TRANSLATE_NOOP("codes", "Second route, other spans"),
    "node": QT_TRANSLATE_NOOP("codes", "Second route, other spans and nodes"),
    "hub": QT_TRANSLATE_NOOP("codes", "Hub"),
    "pop": QT_TRANSLATE_NOOP("codes", "PoP"),
    "aggregationPoint": QT_TRANSLATE_NOOP("codes", "Aggregation point"),
    "chamber": QT_TRANSLATE_NOOP("codes", "Chamber"),
    "handhole": QT_TRANSLATE_NOOP("codes", "Handhole"),
    "cabinet": QT_TRANSLATE_NOOP("codes", "Cabinet"),
    "pole": QT_TRANSLATE_NOOP("codes", "Pole"),
    "tower": QT_TRANSLATE_NOOP("codes", "Tower"),
    "buildingEntry": QT_TRANSLATE_NOOP("codes", "Building entry"),
    "splicePoint": QT_TRANSLATE_NOOP("codes", "Splice point"),
    "customerPremises": QT_TRANSLATE_NOOP("codes", "Customer premises"),
    "exchange": QT_TRANSLATE_NOOP("codes", "Exchange"),
    "other": QT_TRANSLATE_NOOP("codes", "Other"),
    "aboveGround": QT_TRANSLATE_NOOP("codes", "Above ground"),
    "belowGround": QT_TRANSLATE_NOOP("codes", "Below ground"),
    "road": QT_TRANSLATE_NOOP("codes", "Road"),
    "rail": QT_TRANSLATE_NOOP("codes", "Rail"),
    "wasteWater": QT_TRANSLATE_NOOP("codes", "Waste water"),
    "stormWater": QT_TRANSLATE_NOOP("codes", "Storm water"),
    "drinkingWater": QT_TRANSLATE_NOOP("codes", "Drinking water"),
    "gas": QT_TRANSLATE_NOOP("codes", "Gas"),
    "electricity": QT_TRANSLATE_NOOP("codes", "Electricity"),
    "trench": QT_TRANSLATE_NOOP("codes", "Trench"),
    "miniTrench": QT_TRANSLATE_NOOP("codes", "Mini-trench"),
    "microTrench": QT_TRANSLATE_NOOP("codes", "Micro-trench"),
    "noDig": QT_TRANSLATE_NOOP("codes", "No-dig"),
    "existingDuct": QT_TRANSLATE_NOOP("codes", "In existing duct"),
    "sewer": QT_TRANSLATE_NOOP("codes", "Sewer"),
    "aerial": QT_TRANSLATE_NOOP("codes", "Aerial"),
    "leadIn": QT_TRANSLATE_NOOP("codes", "Lead-in"),
    "join": QT_TRANSLATE_NOOP("codes", "Join to the network"),
    "ring": QT_TRANSLATE_NOOP("codes", "Ring"),
    "backbone": QT_TRANSLATE_NOOP("codes", "Backbone"),
    "spur": QT_TRANSLATE_NOOP("codes", "Spur"),
    "access": QT_TRANSLATE_NOOP("codes", "Access"),
    "duct": QT_TRANSLATE_NOOP("codes", "Duct"),
    "innerduct": QT_TRANSLATE_NOOP("codes", "Innerduct"),
    "microduct": QT_TRANSLATE_NOOP("codes", "Microduct"),
    "gallery": QT_TRANSLATE_NOOP("codes", "Gallery"),
    "motorway": QT_TRANSLATE_NOOP("codes", "Motorway"),
    "trunk": QT_TRANSLATE_NOOP("codes", "Trunk road"),
    "primary": QT_TRANSLATE_NOOP("codes", "Primary road"),
    "secondary": QT_TRANSLATE_NOOP("codes", "Secondary road"),
    "tertiary": QT_TRANSLATE_NOOP("codes", "Tertiary road"),
    "residential": QT_TRANSLATE_NOOP("codes", "Residential street"),
    "unclassified": QT_TRANSLATE_NOOP("codes", "Minor road"),
    "service": QT_TRANSLATE_NOOP("codes", "Service road"),
    "pedestrian": QT_TRANSLATE_NOOP("codes", "Pedestrian street"),
    "cycleway": QT_TRANSLATE_NOOP("codes", "Cycleway"),
    "path": QT_TRANSLATE_NOOP("codes", "Path"),
    "track": QT_TRANSLATE_NOOP("codes", "Track"),
    "asphalt": QT_TRANSLATE_NOOP("codes", "Asphalt"),
    "concrete": QT_TRANSLATE_NOOP("codes", "Concrete"),
    "stone": QT_TRANSLATE_NOOP("codes", "Stone"),
    "gravel": QT_TRANSLATE_NOOP("codes", "Gravel"),
    "earth": QT_TRANSLATE_NOOP("codes", "Earth"),
    "unknown": QT_TRANSLATE_NOOP("codes", "Unknown"),
    "public": QT_TRANSLATE_NOOP("codes", "Public"),
    "private": QT_TRANSLATE_NOOP("codes", "Private"),
    "forbidden": QT_TRANSLATE_NOOP("codes", "Forbidden"),
    "free": QT_TRANSLATE_NOOP("codes", "Free"),
    "priced": QT_TRANSLATE_NOOP("codes", "At a price"),
    "river": QT_TRANSLATE_NOOP("codes", "River"),
    "canal": QT_TRANSLATE_NOOP("codes", "Canal"),
    "lake": QT_TRANSLATE_NOOP("codes", "Lake"),
    "railway": QT_TRANSLATE_NOOP("codes", "Railway"),
    "metro": QT_TRANSLATE_NOOP("codes", "Metro"),
    "restricted": QT_TRANSLATE_NOOP("codes", "Restricted area"),
    "border": QT_TRANSLATE_NOOP("codes", "Border"),
    "flood": QT_TRANSLATE_NOOP("codes", "Flood"),
    "landslide": QT_TRANSLATE_NOOP("codes", "Landslide"),
    "seismic": QT_TRANSLATE_NOOP("codes", "Seismic"),
    "fire": QT_TRANSLATE_NOOP("codes", "Fire"),
    "power": QT_TRANSLATE_NOOP("codes", "Power supply"),
    "H": QT_TRANSLATE_NOOP("codes", "H, frequent"),
    "M": QT_TRANSLATE_NOOP("codes", "M, medium"),
    "L": QT_TRANSLATE_NOOP("codes", "L, rare"),
    "bridge": QT_TRANSLATE_NOOP("codes", "Bridge"),
    "railCrossing": QT_TRANSLATE_NOOP("codes", "Rail crossing"),
    "riverCrossing": QT_TRANSLATE_NOOP("codes", "River crossing"),
    "powerZone": QT_TRANSLATE_NOOP("codes", "Power zone"),
    "hazardZone": QT_TRANSLATE_NOOP("codes", "Hazard zone"),
    "surveyed": QT_TRANSLATE_NOOP("codes", "Surveyed"),
    "address": QT_TRANSLATE_NOOP("codes", "By address"),
    "locality": QT_TRANSLATE_NOOP("codes", "By locality"),
    "assumed": QT_TRANSLATE_NOOP("codes", "Assumed"),
    "modelled": QT_TRANSLATE_NOOP("codes", "Modelled"),
    "draft": QT_TRANSLATE_NOOP("codes", "Draft"),
    "submitted": QT_TRANSLATE_NOOP("codes", "Submitted"),
    "underReview": QT_TRANSLATE_NOOP("codes", "Under review"),
    "approved": QT_TRANSLATE_NOOP("codes", "Approved"),
    "rejected": QT_TRANSLATE_NOOP("codes", "Rejected"),
    "connected": QT_TRANSLATE_NOOP("codes", "Connected"),
    "unreachable": QT_TRANSLATE_NOOP("codes", "Unreachable"),
    "alreadyConnected": QT_TRANSLATE_NOOP("codes", "Already connected"),
    "park": QT_TRANSLATE_NOOP("codes", "Park"),
    "water": QT_TRANSLATE_NOOP("codes", "Water"),
    "woodland": QT_TRANSLATE_NOOP("codes", "Woodland"),
    "builtUp": QT_TRANSLATE_NOOP("codes", "Built-up land"),
    "open": QT_TRANSLATE_NOOP("codes", "Open"),
    "answered": QT_TRANSLATE_NOOP("codes", "Answered"),
    "closed": QT_TRANSLATE_NOOP("codes", "Closed"),
    "convention": QT_TRANSLATE_NOOP("codes", "Convention"),
    "concession": QT_TRANSLATE_NOOP("codes", "Concession"),
    "framework": QT_TRANSLATE_NOOP("codes", "Framework agreement"),
    "equal": QT_TRANSLATE_NOOP("codes", "Equal shares"),
    "rate": QT_TRANSLATE_NOOP("codes", "By rate"),
    "residents": QT_TRANSLATE_NOOP("codes", "By residents"),
    "length": QT_TRANSLATE_NOOP("codes", "By length"),
}
"""What closed lists mean; a code that says itself (``G.652.D``, ``m2``) is not here."""

_UNIT_LABELS: Mapping[str, str] = {
    "years": QT_TRANSLATE_NOOP("codes", "years"),
    "cables": QT_TRANSLATE_NOOP("codes", "cables"),
    "fibres": QT_TRANSLATE_NOOP("codes", "fibres"),
    "EUR": "€",
}
_NAMING_COLUMNS = ("name", "code", "type", "kind")
_SENTENCE_COLUMNS = frozenset({"source", "note", "reason"})
"""Columns in which the program itself may have written an English sentence."""


def language() -> str:
    """Return the language in force, ``it`` or ``en``."""
    return "it" if QLocale().language() == QLocale.Language.Italian else "en"


def figures() -> Formats:
    """Return how numbers, money and lengths are written in the language in force."""
    return formats(language())


def code_label(code: str) -> str:
    """Return what a code of a closed list means."""
    return translate_text("codes", CODE_LABELS[code]) if code in CODE_LABELS else code


def unit_label(unit: str) -> str:
    """Return a unit as it is written."""
    return translate_text("codes", _UNIT_LABELS[unit]) if unit in _UNIT_LABELS else unit


def table_label(name: str) -> str:
    """Return the name of a table."""
    return translate_text("core", TABLES[name].label)


def column_label(column: Column, *, with_unit: bool = True) -> str:
    """Return the heading of a column, with its unit."""
    label = translate_text("core", column.label)
    return f"{label} ({unit_label(column.unit)})" if with_unit and column.unit else label


def moment_text(stored: str) -> str:
    """Return a stored moment in local time, or as it is when it is none."""
    try:
        moment = datetime.fromisoformat(stored.replace("Z", "+00:00"))
    except ValueError:
        return stored
    local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)


def object_title(network: Network, table: str, uid: str) -> str:
    """Return how an object is called: its name, or what it is and the start of its ``uid``."""
    frame = network.tables.get(table)
    if frame is None or uid not in frame.index:
        return uid[:8]
    row = frame.loc[uid]
    for column in _NAMING_COLUMNS:
        value = plain(row[column]) if column in frame.columns else None
        if value:
            is_name = column in ("name", "code")
            return str(value) if is_name else f"{code_label(str(value))} {uid[:8]}"
    return f"{table_label(table)} {uid[:8]}"


def value_text(column: Column, value: Any, network: Network | None = None) -> str:
    """Return a stored value as a person reads it, without its unit; '' for nothing."""
    value = plain(value)
    if value is None or (isinstance(value, tuple) and not value):
        return ""
    if column.reference and network is not None:
        uids = value if isinstance(value, tuple) else (value,)
        return ", ".join(object_title(network, column.reference, str(uid)) for uid in uids[:12])
    if column.name in _SENTENCE_COLUMNS:
        return translate_sentence(language(), str(value))
    return _kind_text(column, value)


def _kind_text(column: Column, value: Any) -> str:
    if column.choices:
        return code_label(str(value))
    if column.kind is Kind.BOOLEAN:
        return _yes() if value else _no()
    if column.is_numeric:
        return _number_text(column, value)
    if column.kind is Kind.DATETIME:
        return moment_text(str(value))
    return _json_text(value) if column.kind is Kind.JSON else str(value)


def _number_text(column: Column, value: Any) -> str:
    if column.unit == "EUR":
        return figures().number(value, 2)
    if column.kind is Kind.REAL:
        return figures().number(value, 1) if column.unit == "m" else figures().quantity(value)
    # a year or a seed is a name, not an amount: no grouping
    is_name = "year" in column.name or column.name == "seed"
    return str(value) if is_name else figures().number(value)


def _json_text(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key} = {item}" for key, item in sorted(value.items()))
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _yes() -> str:
    return translate_text("codes", _YES)


def _no() -> str:
    return translate_text("codes", _NO)


_YES = QT_TRANSLATE_NOOP("codes", "Yes")
_NO = QT_TRANSLATE_NOOP("codes", "No")


def is_missing(value: Any) -> bool:
    """Return whether a cell holds nothing."""
    return value is None or value is pd.NA or plain(value) is None
