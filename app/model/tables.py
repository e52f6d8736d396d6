"""The tables of a project, declared once; see `app.model.schema` for what is derived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.model import codes
from app.model.schema import (
    QT_TRANSLATE_NOOP,
    Row,
    Table,
    build_table,
    document,
    flag,
    index_tables,
    integer,
    moment,
    real,
    reference,
    references,
    text,
)

_NAME_ALIASES = ("nome", "denominazione", "name", "titolo", "descrizione", "label", "toponimo")
_STATUS_ALIASES = ("stato", "status", "state")
_OWNER_ALIASES = ("proprietario", "owner", "ente", "gestore", "proprieta")
_SOURCE_ALIASES = ("fonte", "source", "origine")
_NOTE_ALIASES = ("nota", "note", "notes", "osservazioni", "remark", "remarks", "commento")
_CODE_ALIASES = ("codice", "code", "id", "cod", "identificativo")
_MUNICIPALITY_ALIASES = ("comune", "municipality", "citta", "città", "city", "town", "localita")


@dataclass(frozen=True, kw_only=True)
class Organisation(Row):
    """A body that owns, operates, pays or reviews."""

    name: str = text(QT_TRANSLATE_NOOP("core", "Name"), required=True, aliases=_NAME_ALIASES)
    identifier: str | None = text(
        QT_TRANSLATE_NOOP("core", "Identifier"), aliases=("identificativo", "piva", "cf", "codice")
    )
    role: str | None = text(QT_TRANSLATE_NOOP("core", "Role"), aliases=("ruolo", "role"))
    email: str | None = text(QT_TRANSLATE_NOOP("core", "E-mail"), aliases=("email", "pec", "mail"))
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=_NOTE_ALIASES)


@dataclass(frozen=True, kw_only=True)
class Node(Row):
    """A point of the network (OFDS node)."""

    name: str | None = text(QT_TRANSLATE_NOOP("core", "Name"), aliases=_NAME_ALIASES)
    type: str = text(
        QT_TRANSLATE_NOOP("core", "Type"),
        default="other",
        required=True,
        choices=codes.NODE_TYPES,
        aliases=("tipo", "type", "nodetype", "tipologia"),
    )
    status: str = text(
        QT_TRANSLATE_NOOP("core", "Status"),
        default="operational",
        required=True,
        choices=codes.STATUSES,
        aliases=_STATUS_ALIASES,
    )
    owner: str | None = reference(
        "organisations", QT_TRANSLATE_NOOP("core", "Owner"), aliases=_OWNER_ALIASES
    )
    address: str | None = text(
        QT_TRANSLATE_NOOP("core", "Address"), aliases=("indirizzo", "address", "via")
    )
    capacity_gbps: float | None = real(
        QT_TRANSLATE_NOOP("core", "Equipped capacity"),
        unit="Gbit/s",
        low=0,
        aliases=("capacita", "capacity", "capacity_gbps"),
    )
    plan: str | None = reference("plans", QT_TRANSLATE_NOOP("core", "From plan"))
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=_SOURCE_ALIASES)
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=_NOTE_ALIASES)


@dataclass(frozen=True, kw_only=True)
class Conduit(Row):
    """A duct or sewer that can hold cables."""

    name: str | None = text(QT_TRANSLATE_NOOP("core", "Name"), aliases=_NAME_ALIASES)
    kind: str = text(
        QT_TRANSLATE_NOOP("core", "Kind"),
        default="duct",
        required=True,
        choices=codes.CONDUIT_KINDS,
        aliases=("tipo", "kind", "type", "tipologia"),
    )
    status: str = text(
        QT_TRANSLATE_NOOP("core", "Status"),
        default="operational",
        required=True,
        choices=codes.STATUSES,
        aliases=_STATUS_ALIASES,
    )
    owner: str | None = reference(
        "organisations", QT_TRANSLATE_NOOP("core", "Owner"), aliases=_OWNER_ALIASES
    )
    capacity: int | None = integer(
        QT_TRANSLATE_NOOP("core", "Capacity"),
        unit="cables",
        low=0,
        default=1,
        aliases=("capacita", "capacity", "posti"),
    )
    used: int | None = integer(
        QT_TRANSLATE_NOOP("core", "Used"),
        unit="cables",
        low=0,
        default=0,
        aliases=("usati", "used", "occupati", "occupazione"),
    )
    price_item: str | None = text(
        QT_TRANSLATE_NOOP("core", "Price item"),
        aliases=("voce", "price_item", "voce_prezzo"),
        help=QT_TRANSLATE_NOOP("core", "Code of the price item; empty: by kind"),
    )
    length_m: float | None = real(QT_TRANSLATE_NOOP("core", "Length"), unit="m", low=0)
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=_SOURCE_ALIASES)
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=_NOTE_ALIASES)


@dataclass(frozen=True, kw_only=True)
class Span(Row):
    """A physical section between two nodes (OFDS span)."""

    name: str | None = text(QT_TRANSLATE_NOOP("core", "Name"), aliases=_NAME_ALIASES)
    start_node: str | None = reference(
        "nodes",
        QT_TRANSLATE_NOOP("core", "Start node"),
        aliases=("nodo_a", "start", "from", "da", "start_node", "nodo_inizio"),
    )
    end_node: str | None = reference(
        "nodes",
        QT_TRANSLATE_NOOP("core", "End node"),
        aliases=("nodo_b", "end", "to", "end_node", "nodo_fine"),
    )
    status: str = text(
        QT_TRANSLATE_NOOP("core", "Status"),
        default="operational",
        required=True,
        choices=codes.STATUSES,
        aliases=_STATUS_ALIASES,
    )
    role: str | None = text(
        QT_TRANSLATE_NOOP("core", "Role"),
        choices=("ring", "backbone", "spur", "access"),
        aliases=("ruolo", "role", "livello"),
    )
    owner: str | None = reference(
        "organisations", QT_TRANSLATE_NOOP("core", "Owner"), aliases=_OWNER_ALIASES
    )
    deployment: str | None = text(
        QT_TRANSLATE_NOOP("core", "Deployment"),
        default="belowGround",
        choices=codes.DEPLOYMENTS,
        aliases=("posa", "deployment"),
    )
    codeployment: str | None = text(
        QT_TRANSLATE_NOOP("core", "Co-deployment"),
        choices=codes.CODEPLOYMENTS,
        aliases=("posa_condivisa", "codeployment"),
    )
    technique: str | None = text(
        QT_TRANSLATE_NOOP("core", "Technique"),
        choices=codes.TECHNIQUES,
        aliases=("tecnica", "technique"),
    )
    conduits: tuple[str, ...] = references(
        "conduits", QT_TRANSLATE_NOOP("core", "Conduits"), aliases=("condotti", "cavidotti")
    )
    allows_joint: bool = flag(
        QT_TRANSLATE_NOOP("core", "Allows a joint"),
        default=True,
        aliases=("giunzione", "allows_joint", "spillabile"),
    )
    route_length_m: float | None = real(
        QT_TRANSLATE_NOOP("core", "Route length"),
        unit="m",
        low=0,
        aliases=("lunghezza", "length", "lunghezza_m", "length_m", "route_length_m"),
    )
    capacity_gbps: float | None = real(
        QT_TRANSLATE_NOOP("core", "Equipped capacity"),
        unit="Gbit/s",
        low=0,
        aliases=("capacita", "capacity"),
    )
    loss_db: float | None = real(
        QT_TRANSLATE_NOOP("core", "Measured loss"),
        unit="dB",
        low=0,
        high=60,
        aliases=("attenuazione", "loss", "attenuazione_db"),
        help=QT_TRANSLATE_NOOP("core", "Total loss of the section; preferred over computed loss"),
    )
    plan: str | None = reference("plans", QT_TRANSLATE_NOOP("core", "From plan"))
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=_SOURCE_ALIASES)
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=_NOTE_ALIASES)


@dataclass(frozen=True, kw_only=True)
class Cable(Row):
    """A cable over an ordered list of spans; cable and fibre length are never added to routes."""

    name: str | None = text(QT_TRANSLATE_NOOP("core", "Name"), aliases=_NAME_ALIASES)
    fibre_count: int | None = integer(
        QT_TRANSLATE_NOOP("core", "Fibres"),
        unit="fibres",
        low=1,
        high=6912,
        aliases=("fibre", "fibers", "fibre_count", "numero_fibre", "n_fibre", "potenzialita"),
    )
    used_fibres: int | None = integer(
        QT_TRANSLATE_NOOP("core", "Used fibres"),
        unit="fibres",
        low=0,
        aliases=("fibre_usate", "used", "used_fibres"),
    )
    fibre_kind: str | None = text(
        QT_TRANSLATE_NOOP("core", "Fibre kind"),
        default="G.652.D",
        choices=codes.FIBRE_KINDS,
        aliases=("tipo_fibra", "fibre_kind"),
    )
    status: str = text(
        QT_TRANSLATE_NOOP("core", "Status"),
        default="operational",
        required=True,
        choices=codes.STATUSES,
        aliases=_STATUS_ALIASES,
    )
    owner: str | None = reference(
        "organisations", QT_TRANSLATE_NOOP("core", "Owner"), aliases=_OWNER_ALIASES
    )
    spans: tuple[str, ...] = references(
        "spans", QT_TRANSLATE_NOOP("core", "Spans"), aliases=("tratte", "spans")
    )
    cable_length_m: float | None = real(
        QT_TRANSLATE_NOOP("core", "Cable length"),
        unit="m",
        low=0,
        aliases=("lunghezza_cavo", "cable_length", "cable_length_m"),
    )
    fibre_length_m: float | None = real(
        QT_TRANSLATE_NOOP("core", "Fibre length"),
        unit="m",
        low=0,
        aliases=("lunghezza_fibra", "fibre_length", "fibre_length_m"),
    )
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=_NOTE_ALIASES)


@dataclass(frozen=True, kw_only=True)
class Site(Row):
    """A place to connect, with its demand."""

    name: str = text(
        QT_TRANSLATE_NOOP("core", "Name"),
        required=True,
        aliases=(*_NAME_ALIASES, "denominazionescuola", "denom_scuola", "sede", "struttura"),
    )
    code: str | None = text(
        QT_TRANSLATE_NOOP("core", "Code"),
        aliases=(*_CODE_ALIASES, "codicescuola", "codice_scuola", "codice_struttura"),
    )
    category: str = text(
        QT_TRANSLATE_NOOP("core", "Category"),
        default="other_body",
        required=True,
        choices=codes.SITE_CATEGORIES,
        aliases=("categoria", "category", "tipo", "tipologia", "type"),
    )
    status: str = text(
        QT_TRANSLATE_NOOP("core", "Status"),
        default="proposed",
        required=True,
        choices=codes.STATUSES,
        aliases=_STATUS_ALIASES,
    )
    node: str | None = reference(
        "nodes",
        QT_TRANSLATE_NOOP("core", "Node"),
        aliases=("nodo", "node"),
        help=QT_TRANSLATE_NOOP("core", "The node of the network that serves the site"),
    )
    address: str | None = text(
        QT_TRANSLATE_NOOP("core", "Address"), aliases=("indirizzo", "address", "via")
    )
    municipality: str | None = text(
        QT_TRANSLATE_NOOP("core", "Municipality"), aliases=_MUNICIPALITY_ALIASES
    )
    municipality_code: str | None = text(
        QT_TRANSLATE_NOOP("core", "Municipality code (ISTAT)"),
        aliases=("istat", "codice_istat", "pro_com", "pro_com_t", "cod_istat", "codistat"),
    )
    guaranteed_mbps: float | None = real(
        QT_TRANSLATE_NOOP("core", "Guaranteed rate"),
        unit="Mbit/s",
        low=0,
        high=1e6,
        aliases=("banda_garantita", "cir", "guaranteed", "guaranteed_mbps"),
    )
    peak_mbps: float | None = real(
        QT_TRANSLATE_NOOP("core", "Peak rate"),
        unit="Mbit/s",
        low=0,
        high=1e6,
        aliases=("banda_picco", "banda_di_picco", "pir", "peak", "peak_mbps", "banda"),
    )
    protection: str = text(
        QT_TRANSLATE_NOOP("core", "Protection wanted"),
        default="none",
        choices=codes.PROTECTIONS,
        aliases=("protezione", "protection"),
    )
    priority: int | None = integer(
        QT_TRANSLATE_NOOP("core", "Priority"),
        low=1,
        high=5,
        default=3,
        aliases=("priorita", "priorità", "priority"),
        help=QT_TRANSLATE_NOOP("core", "1 is the most urgent, 5 the least"),
    )
    payer: str | None = text(QT_TRANSLATE_NOOP("core", "Payer"), aliases=("pagatore", "payer"))
    position_quality: str | None = text(
        QT_TRANSLATE_NOOP("core", "Quality of the position"),
        default="unknown",
        choices=codes.POSITION_QUALITIES,
        aliases=("qualita_posizione", "position_quality"),
    )
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=_SOURCE_ALIASES)
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=_NOTE_ALIASES)


@dataclass(frozen=True, kw_only=True)
class Tower(Row):
    """A radio tower: one row that points to its node and, if it is a customer, to its site."""

    name: str = text(QT_TRANSLATE_NOOP("core", "Name"), required=True, aliases=_NAME_ALIASES)
    node: str | None = reference("nodes", QT_TRANSLATE_NOOP("core", "Node"), aliases=("nodo",))
    site: str | None = reference("sites", QT_TRANSLATE_NOOP("core", "Site"), aliases=("sito",))
    owner: str | None = reference(
        "organisations", QT_TRANSLATE_NOOP("core", "Owner"), aliases=_OWNER_ALIASES
    )
    height_m: float | None = real(
        QT_TRANSLATE_NOOP("core", "Height above ground"),
        unit="m",
        low=0,
        high=400,
        aliases=("altezza", "height", "altezza_m", "height_m"),
    )
    ground_m: float | None = real(
        QT_TRANSLATE_NOOP("core", "Ground elevation"),
        unit="m",
        low=-50,
        high=5000,
        aliases=("quota", "altitudine", "elevation", "quota_slm"),
    )
    status: str = text(
        QT_TRANSLATE_NOOP("core", "Status"),
        default="operational",
        required=True,
        choices=codes.STATUSES,
        aliases=_STATUS_ALIASES,
    )
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=_SOURCE_ALIASES)
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=_NOTE_ALIASES)


@dataclass(frozen=True, kw_only=True)
class Agreement(Row):
    """A body's agreement with the network's owner."""

    body: str | None = reference(
        "organisations", QT_TRANSLATE_NOOP("core", "Body"), aliases=("ente", "body", "comune")
    )
    kind: str = text(
        QT_TRANSLATE_NOOP("core", "Kind"), default="convention", choices=codes.AGREEMENT_KINDS
    )
    signed: str | None = moment(
        QT_TRANSLATE_NOOP("core", "Signed on"), aliases=("firma", "data_firma", "signed")
    )
    ends: str | None = moment(QT_TRANSLATE_NOOP("core", "Ends on"), aliases=("scadenza", "ends"))
    contribution_key: str = text(
        QT_TRANSLATE_NOOP("core", "Contribution key"),
        default="equal",
        choices=codes.CONTRIBUTION_KEYS,
    )
    is_in_operation: bool = flag(
        QT_TRANSLATE_NOOP("core", "In operation"), default=False, aliases=("operativo", "attivo")
    )
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=_SOURCE_ALIASES)
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=_NOTE_ALIASES)


@dataclass(frozen=True, kw_only=True)
class Street(Row):
    """A stretch of street along which cable can be laid."""

    name: str | None = text(QT_TRANSLATE_NOOP("core", "Name"), aliases=(*_NAME_ALIASES, "via"))
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
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=_SOURCE_ALIASES)
    source_id: str | None = text(
        QT_TRANSLATE_NOOP("core", "Identifier at source"), aliases=("osm_id", "way_id", "id")
    )


@dataclass(frozen=True, kw_only=True)
class Barrier(Row):
    """A line or area that a route crosses only at a price, or not at all."""

    name: str | None = text(QT_TRANSLATE_NOOP("core", "Name"), aliases=_NAME_ALIASES)
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
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=_SOURCE_ALIASES)
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=_NOTE_ALIASES)


@dataclass(frozen=True, kw_only=True)
class Hazard(Row):
    """An area exposed to a hazard in one scenario."""

    name: str | None = text(QT_TRANSLATE_NOOP("core", "Name"), aliases=_NAME_ALIASES)
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
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=_SOURCE_ALIASES)
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=_NOTE_ALIASES)


@dataclass(frozen=True, kw_only=True)
class RiskGroup(Row):
    """Objects that one event takes down together (shared-risk group)."""

    name: str | None = text(QT_TRANSLATE_NOOP("core", "Name"), aliases=_NAME_ALIASES)
    kind: str = text(
        QT_TRANSLATE_NOOP("core", "Kind"),
        default="other",
        required=True,
        choices=codes.RISK_KINDS,
        aliases=("tipo", "kind"),
    )
    reason: str | None = text(
        QT_TRANSLATE_NOOP("core", "Reason"), aliases=("motivo", "reason", "causa")
    )
    spans: tuple[str, ...] = references(
        "spans", QT_TRANSLATE_NOOP("core", "Spans"), aliases=("tratte", "members", "membri")
    )
    nodes: tuple[str, ...] = references(
        "nodes", QT_TRANSLATE_NOOP("core", "Nodes"), aliases=("nodi",)
    )
    is_automatic: bool = flag(QT_TRANSLATE_NOOP("core", "Automatic"), default=False)


@dataclass(frozen=True, kw_only=True)
class Area(Row):
    """An area for orientation: municipality, park, water, built-up land."""

    name: str | None = text(QT_TRANSLATE_NOOP("core", "Name"), aliases=_NAME_ALIASES)
    kind: str = text(
        QT_TRANSLATE_NOOP("core", "Kind"),
        default="other",
        required=True,
        choices=codes.AREA_KINDS,
        aliases=("tipo", "kind"),
    )
    code: str | None = text(
        QT_TRANSLATE_NOOP("core", "Code"),
        aliases=(*_CODE_ALIASES, "pro_com", "pro_com_t", "com_istat_code", "istat"),
    )
    residents: int | None = integer(
        QT_TRANSLATE_NOOP("core", "Residents"),
        low=0,
        aliases=("residenti", "popolazione", "residents", "population"),
    )
    is_approximate: bool = flag(QT_TRANSLATE_NOOP("core", "Approximate"), default=False)
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=_SOURCE_ALIASES)


@dataclass(frozen=True, kw_only=True)
class PriceList(Row):
    """A dated list of unit prices, VAT excluded."""

    name: str = text(QT_TRANSLATE_NOOP("core", "Name"), required=True, aliases=_NAME_ALIASES)
    year: int | None = integer(
        QT_TRANSLATE_NOOP("core", "Year"), low=1990, high=2100, aliases=("anno",)
    )
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=_SOURCE_ALIASES)
    is_current: bool = flag(
        QT_TRANSLATE_NOOP("core", "Used for new plans"), default=True, aliases=("corrente",)
    )
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=_NOTE_ALIASES)


@dataclass(frozen=True, kw_only=True)
class PriceItem(Row):
    """A unit price as range, with its source; placeholders are marked."""

    price_list: str = reference("price_lists", QT_TRANSLATE_NOOP("core", "List"), required=True)
    code: str = text(QT_TRANSLATE_NOOP("core", "Code"), required=True, aliases=_CODE_ALIASES)
    chapter: str | None = text(QT_TRANSLATE_NOOP("core", "Chapter"), aliases=("capitolo",))
    text_en: str = text(QT_TRANSLATE_NOOP("core", "Text (English)"), required=True)
    text_it: str = text(QT_TRANSLATE_NOOP("core", "Text (Italian)"), required=True)
    unit: str = text(
        QT_TRANSLATE_NOOP("core", "Unit"),
        default="m",
        choices=codes.ITEM_UNITS,
        aliases=("um", "unita", "unit"),
    )
    low_eur: float | None = real(QT_TRANSLATE_NOOP("core", "Low"), unit="EUR", low=0)
    typical_eur: float | None = real(
        QT_TRANSLATE_NOOP("core", "Typical"), unit="EUR", low=0, aliases=("prezzo", "price")
    )
    high_eur: float | None = real(QT_TRANSLATE_NOOP("core", "High"), unit="EUR", low=0)
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=_SOURCE_ALIASES)
    price_year: int | None = integer(QT_TRANSLATE_NOOP("core", "Price year"), low=1990, high=2100)
    is_placeholder: bool = flag(
        QT_TRANSLATE_NOOP("core", "Placeholder"),
        default=True,
        help=QT_TRANSLATE_NOOP("core", "An assumed price without a verified source"),
    )


@dataclass(frozen=True, kw_only=True)
class Plan(Row):
    """An extension plan; it is not the network until it is accepted."""

    name: str = text(QT_TRANSLATE_NOOP("core", "Name"), required=True)
    state: str = text(
        QT_TRANSLATE_NOOP("core", "State"), default="draft", choices=codes.PLAN_STATES
    )
    created: str | None = moment(QT_TRANSLATE_NOOP("core", "Created"))
    author: str | None = text(QT_TRANSLATE_NOOP("core", "Author"))
    accepted: str | None = moment(QT_TRANSLATE_NOOP("core", "Accepted"))
    protection: str = text(
        QT_TRANSLATE_NOOP("core", "Protection"), default="none", choices=codes.PROTECTIONS
    )
    engine: str | None = text(QT_TRANSLATE_NOOP("core", "Engine"))
    seed: int | None = integer(QT_TRANSLATE_NOOP("core", "Seed"))
    parameters: dict[str, object] | None = document(QT_TRANSLATE_NOOP("core", "Parameters"))
    input_hash: str | None = text(QT_TRANSLATE_NOOP("core", "Hash of the inputs"))
    price_list: str | None = reference("price_lists", QT_TRANSLATE_NOOP("core", "Price list"))
    seconds: float | None = real(QT_TRANSLATE_NOOP("core", "Computing time"), unit="s", low=0)
    site_count: int | None = integer(QT_TRANSLATE_NOOP("core", "Sites"), low=0)
    unreachable_count: int | None = integer(QT_TRANSLATE_NOOP("core", "Unreachable sites"), low=0)
    route_length_m: float | None = real(QT_TRANSLATE_NOOP("core", "Route length"), unit="m", low=0)
    objective_eur: float | None = real(QT_TRANSLATE_NOOP("core", "Objective"), unit="EUR", low=0)
    lower_bound_eur: float | None = real(
        QT_TRANSLATE_NOOP("core", "Lower bound"), unit="EUR", low=0
    )
    gap: float | None = real(
        QT_TRANSLATE_NOOP("core", "Gap"),
        low=0,
        high=1,
        help=QT_TRANSLATE_NOOP("core", "(cost - lower bound) / cost; empty if unknown"),
    )
    low_eur: float | None = real(QT_TRANSLATE_NOOP("core", "Low cost"), unit="EUR", low=0)
    typical_eur: float | None = real(QT_TRANSLATE_NOOP("core", "Typical cost"), unit="EUR", low=0)
    high_eur: float | None = real(QT_TRANSLATE_NOOP("core", "High cost"), unit="EUR", low=0)
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"))


@dataclass(frozen=True, kw_only=True)
class PlanSpan(Row):
    """A section that a plan proposes to build or to lay cable in."""

    plan: str = reference("plans", QT_TRANSLATE_NOOP("core", "Plan"), required=True)
    name: str | None = text(QT_TRANSLATE_NOOP("core", "Name"))
    start_node: str | None = text(
        QT_TRANSLATE_NOOP("core", "Start node"),
        help=QT_TRANSLATE_NOOP("core", "A node of the plan or of the network"),
    )
    end_node: str | None = text(QT_TRANSLATE_NOOP("core", "End node"))
    technique: str = text(QT_TRANSLATE_NOOP("core", "Technique"), choices=codes.TECHNIQUES)
    surface: str | None = text(QT_TRANSLATE_NOOP("core", "Surface"), choices=codes.SURFACES)
    street: str | None = reference("streets", QT_TRANSLATE_NOOP("core", "Street"))
    conduit: str | None = reference("conduits", QT_TRANSLATE_NOOP("core", "Conduit"))
    route_length_m: float | None = real(QT_TRANSLATE_NOOP("core", "Route length"), unit="m", low=0)
    items: dict[str, float] | None = document(
        QT_TRANSLATE_NOOP("core", "Quantities by price item"),
        help=QT_TRANSLATE_NOOP("core", "Code of the price item to quantity in its unit"),
    )
    crossings: tuple[str, ...] = references("barriers", QT_TRANSLATE_NOOP("core", "Crossings"))
    typical_eur: float | None = real(QT_TRANSLATE_NOOP("core", "Typical cost"), unit="EUR", low=0)
    site_count: int | None = integer(QT_TRANSLATE_NOOP("core", "Sites served"), low=0)
    protection_path: bool = flag(QT_TRANSLATE_NOOP("core", "Only for protection"), default=False)


@dataclass(frozen=True, kw_only=True)
class PlanNode(Row):
    """A new point of a plan: chamber at a branch, entry of a building, joint on the network."""

    plan: str = reference("plans", QT_TRANSLATE_NOOP("core", "Plan"), required=True)
    type: str = text(QT_TRANSLATE_NOOP("core", "Type"), choices=codes.NODE_TYPES)
    site: str | None = reference("sites", QT_TRANSLATE_NOOP("core", "Site"))
    joined_node: str | None = reference(
        "nodes",
        QT_TRANSLATE_NOOP("core", "Joined node"),
        help=QT_TRANSLATE_NOOP("core", "The existing node that this point joins"),
    )
    joined_span: str | None = reference("spans", QT_TRANSLATE_NOOP("core", "Joined span"))


@dataclass(frozen=True, kw_only=True)
class PlanSite(Row):
    """What a plan does for one site, and why not if it does nothing."""

    plan: str = reference("plans", QT_TRANSLATE_NOOP("core", "Plan"), required=True)
    site: str = reference("sites", QT_TRANSLATE_NOOP("core", "Site"), required=True)
    state: str = text(QT_TRANSLATE_NOOP("core", "State"), choices=codes.PLAN_SITE_STATES)
    reason: str | None = text(QT_TRANSLATE_NOOP("core", "Reason"))
    route_length_m: float | None = real(
        QT_TRANSLATE_NOOP("core", "Route length to the network"), unit="m", low=0
    )
    lead_in_m: float | None = real(QT_TRANSLATE_NOOP("core", "Lead-in"), unit="m", low=0)
    spans: tuple[str, ...] = references("plan_spans", QT_TRANSLATE_NOOP("core", "Working path"))
    protection_spans: tuple[str, ...] = references(
        "plan_spans", QT_TRANSLATE_NOOP("core", "Protection path")
    )


@dataclass(frozen=True, kw_only=True)
class Comment(Row):
    """A remark anchored to an object or a place."""

    object_table: str | None = text(QT_TRANSLATE_NOOP("core", "Table"))
    object_uid: str | None = text(QT_TRANSLATE_NOOP("core", "Object"))
    body: str = text(
        QT_TRANSLATE_NOOP("core", "Text"), required=True, aliases=("testo", "text", "commento")
    )
    author: str | None = text(QT_TRANSLATE_NOOP("core", "Author"))
    created: str | None = moment(QT_TRANSLATE_NOOP("core", "Created"))
    state: str = text(
        QT_TRANSLATE_NOOP("core", "State"), default="open", choices=codes.COMMENT_STATES
    )


@dataclass(frozen=True, kw_only=True)
class Sensor(Row):
    """A sensor on a tower or node."""

    name: str = text(QT_TRANSLATE_NOOP("core", "Name"), required=True, aliases=_NAME_ALIASES)
    kind: str = text(QT_TRANSLATE_NOOP("core", "Kind"), default="other", choices=codes.SENSOR_KINDS)
    node: str | None = reference("nodes", QT_TRANSLATE_NOOP("core", "Node"))
    measured_unit: str | None = text(QT_TRANSLATE_NOOP("core", "Unit"))
    status: str = text(
        QT_TRANSLATE_NOOP("core", "Status"), default="operational", choices=codes.STATUSES
    )
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=_SOURCE_ALIASES)


TABLES: Mapping[str, Table] = index_tables(
    (
        build_table("organisations", QT_TRANSLATE_NOOP("core", "Organisations"), Organisation),
        build_table("areas", QT_TRANSLATE_NOOP("core", "Areas"), Area, "MULTIPOLYGON"),
        build_table("streets", QT_TRANSLATE_NOOP("core", "Streets"), Street, "LINESTRING"),
        build_table("barriers", QT_TRANSLATE_NOOP("core", "Barriers"), Barrier, "GEOMETRY"),
        build_table("hazards", QT_TRANSLATE_NOOP("core", "Hazards"), Hazard, "MULTIPOLYGON"),
        build_table("conduits", QT_TRANSLATE_NOOP("core", "Conduits"), Conduit, "LINESTRING"),
        build_table("nodes", QT_TRANSLATE_NOOP("core", "Nodes"), Node, "POINT"),
        build_table("spans", QT_TRANSLATE_NOOP("core", "Spans"), Span, "LINESTRING"),
        build_table("cables", QT_TRANSLATE_NOOP("core", "Cables"), Cable),
        build_table("sites", QT_TRANSLATE_NOOP("core", "Sites"), Site, "POINT"),
        build_table("towers", QT_TRANSLATE_NOOP("core", "Towers"), Tower),
        build_table("agreements", QT_TRANSLATE_NOOP("core", "Agreements"), Agreement),
        build_table("risk_groups", QT_TRANSLATE_NOOP("core", "Risk groups"), RiskGroup),
        build_table("price_lists", QT_TRANSLATE_NOOP("core", "Price lists"), PriceList),
        build_table("price_items", QT_TRANSLATE_NOOP("core", "Price items"), PriceItem),
        build_table("plans", QT_TRANSLATE_NOOP("core", "Plans"), Plan),
        build_table("plan_spans", QT_TRANSLATE_NOOP("core", "Plan spans"), PlanSpan, "LINESTRING"),
        build_table("plan_nodes", QT_TRANSLATE_NOOP("core", "Plan nodes"), PlanNode, "POINT"),
        build_table("plan_sites", QT_TRANSLATE_NOOP("core", "Plan sites"), PlanSite),
        build_table("comments", QT_TRANSLATE_NOOP("core", "Comments"), Comment, "POINT"),
        build_table("sensors", QT_TRANSLATE_NOOP("core", "Sensors"), Sensor),
    )
)
"""Every table by name, in an order in which references point backwards wherever they can."""
