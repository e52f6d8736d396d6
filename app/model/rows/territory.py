"""Rows of the territory: areas, streets, barriers, hazards."""

from __future__ import annotations

from dataclasses import dataclass

from app.model import codes
from app.model.rows.headings import CODE_ALIASES, NAME_ALIASES, NOTE_ALIASES, SOURCE_ALIASES
from app.model.schema import QT_TRANSLATE_NOOP, Row, flag, integer, real, text


@dataclass(frozen=True, kw_only=True)
class Area(Row):
    """An area for orientation: municipality, park, water, built-up land."""

    name: str | None = text(QT_TRANSLATE_NOOP("core", "Name"), aliases=NAME_ALIASES)
    kind: str = text(
        QT_TRANSLATE_NOOP("core", "Kind"),
        default="other",
        required=True,
        choices=codes.AREA_KINDS,
        aliases=("tipo", "kind"),
    )
    code: str | None = text(
        QT_TRANSLATE_NOOP("core", "Code"),
        aliases=(*CODE_ALIASES, "pro_com", "pro_com_t", "com_istat_code", "istat"),
    )
    residents: int | None = integer(
        QT_TRANSLATE_NOOP("core", "Residents"),
        low=0,
        aliases=("residenti", "popolazione", "residents", "population"),
    )
    is_approximate: bool = flag(QT_TRANSLATE_NOOP("core", "Approximate"), default=False)
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=SOURCE_ALIASES)


@dataclass(frozen=True, kw_only=True)
class Street(Row):
    """A stretch of street along which cable can be laid."""

    name: str | None = text(QT_TRANSLATE_NOOP("core", "Name"), aliases=(*NAME_ALIASES, "via"))
    road_class: str = text(
        QT_TRANSLATE_NOOP("core", "Class"),
        default="unclassified",
        required=True,
        choices=codes.ROAD_CLASSES,
        aliases=("classe", "highway", "fclass", "class", "road_class", "tipo"),
    )
    surface: str = text(
        QT_TRANSLATE_NOOP("core", "Surface"),
        default="unknown",
        required=True,
        choices=codes.SURFACES,
        aliases=("superficie", "surface", "pavimentazione", "fondo"),
    )
    access: str = text(
        QT_TRANSLATE_NOOP("core", "Access"),
        default="public",
        required=True,
        choices=codes.ACCESSES,
        aliases=("accesso", "access"),
        help=QT_TRANSLATE_NOOP("core", "Private and forbidden streets are not used by plans"),
    )
    is_bridge: bool = flag(
        QT_TRANSLATE_NOOP("core", "Bridge"), default=False, aliases=("ponte", "bridge")
    )
    is_tunnel: bool = flag(
        QT_TRANSLATE_NOOP("core", "Tunnel"),
        default=False,
        aliases=("galleria", "tunnel", "sottopasso"),
    )
    level: int | None = integer(
        QT_TRANSLATE_NOOP("core", "Level"),
        low=-10,
        high=10,
        default=0,
        aliases=("layer", "livello", "level"),
        help=QT_TRANSLATE_NOOP("core", "Streets of different level cross without a junction"),
    )
    has_sidewalk: bool | None = flag(
        QT_TRANSLATE_NOOP("core", "Footway"), aliases=("marciapiede", "sidewalk")
    )
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=SOURCE_ALIASES)
    source_id: str | None = text(
        QT_TRANSLATE_NOOP("core", "Identifier at source"), aliases=("osm_id", "way_id", "id")
    )


@dataclass(frozen=True, kw_only=True)
class Barrier(Row):
    """A line or area that a route crosses only at a price, or not at all."""

    name: str | None = text(QT_TRANSLATE_NOOP("core", "Name"), aliases=NAME_ALIASES)
    kind: str = text(
        QT_TRANSLATE_NOOP("core", "Kind"),
        default="other",
        required=True,
        choices=codes.BARRIER_KINDS,
        aliases=("tipo", "kind", "type", "tipologia"),
    )
    crossing: str = text(
        QT_TRANSLATE_NOOP("core", "Crossing"),
        default="priced",
        required=True,
        choices=codes.CROSSINGS,
        aliases=("attraversamento", "crossing"),
    )
    is_below_ground: bool = flag(
        QT_TRANSLATE_NOOP("core", "Below ground"),
        default=False,
        aliases=("interrato", "tunnel", "sotterraneo"),
    )
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=SOURCE_ALIASES)
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=NOTE_ALIASES)


@dataclass(frozen=True, kw_only=True)
class Hazard(Row):
    """An area exposed to a hazard in one scenario."""

    name: str | None = text(QT_TRANSLATE_NOOP("core", "Name"), aliases=NAME_ALIASES)
    kind: str = text(
        QT_TRANSLATE_NOOP("core", "Kind"),
        default="flood",
        required=True,
        choices=codes.HAZARD_KINDS,
        aliases=("tipo", "kind", "pericolo"),
    )
    scenario: str | None = text(
        QT_TRANSLATE_NOOP("core", "Scenario"),
        choices=codes.HAZARD_SCENARIOS,
        aliases=("scenario", "pericolosita", "pericolosità"),
    )
    return_period_years: float | None = real(
        QT_TRANSLATE_NOOP("core", "Return period"),
        unit="years",
        low=1,
        high=100000,
        aliases=("tempo_di_ritorno", "tr", "return_period"),
    )
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=SOURCE_ALIASES)
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=NOTE_ALIASES)
