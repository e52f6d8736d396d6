"""Rows of the built network: nodes, spans, conduits, cables, towers, sensors."""

from __future__ import annotations

from dataclasses import dataclass

from app.model import codes
from app.model.rows.headings import (
    NAME_ALIASES,
    NOTE_ALIASES,
    OWNER_ALIASES,
    SOURCE_ALIASES,
    STATUS_ALIASES,
)
from app.model.schema import (
    QT_TRANSLATE_NOOP,
    Row,
    flag,
    integer,
    real,
    reference,
    references,
    text,
)


@dataclass(frozen=True, kw_only=True)
class Node(Row):
    """A point of the network (OFDS node)."""

    name: str | None = text(QT_TRANSLATE_NOOP("core", "Name"), aliases=NAME_ALIASES)
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
        aliases=STATUS_ALIASES,
    )
    owner: str | None = reference(
        "organisations", QT_TRANSLATE_NOOP("core", "Owner"), aliases=OWNER_ALIASES
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
    failures_per_year: float | None = real(
        QT_TRANSLATE_NOOP("core", "Failures per year"),
        unit="1/year",
        low=0,
        high=366,
        aliases=("guasti_per_anno", "failures_per_year"),
        help=QT_TRANSLATE_NOOP("core", "Of this node; empty: by type"),
    )
    mttr_h: float | None = real(
        QT_TRANSLATE_NOOP("core", "Time to repair"),
        unit="h",
        low=0,
        high=8760,
        aliases=("mttr", "mttr_h"),
        help=QT_TRANSLATE_NOOP("core", "Mean time from failure to service; empty: by kind"),
    )
    plan: str | None = reference("plans", QT_TRANSLATE_NOOP("core", "From plan"))
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=SOURCE_ALIASES)
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=NOTE_ALIASES)


@dataclass(frozen=True, kw_only=True)
class Conduit(Row):
    """A duct or sewer that can hold cables."""

    name: str | None = text(QT_TRANSLATE_NOOP("core", "Name"), aliases=NAME_ALIASES)
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
        aliases=STATUS_ALIASES,
    )
    owner: str | None = reference(
        "organisations", QT_TRANSLATE_NOOP("core", "Owner"), aliases=OWNER_ALIASES
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
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=SOURCE_ALIASES)
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=NOTE_ALIASES)


@dataclass(frozen=True, kw_only=True)
class Span(Row):
    """A physical section between two nodes (OFDS span)."""

    name: str | None = text(QT_TRANSLATE_NOOP("core", "Name"), aliases=NAME_ALIASES)
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
        aliases=STATUS_ALIASES,
    )
    role: str | None = text(
        QT_TRANSLATE_NOOP("core", "Role"),
        choices=("ring", "backbone", "spur", "access"),
        aliases=("ruolo", "role", "livello"),
    )
    owner: str | None = reference(
        "organisations", QT_TRANSLATE_NOOP("core", "Owner"), aliases=OWNER_ALIASES
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
    cuts_per_km_year: float | None = real(
        QT_TRANSLATE_NOOP("core", "Cuts per km and year"),
        unit="1/(km year)",
        low=0,
        high=10,
        aliases=("tagli_per_km_anno", "cuts_per_km_year"),
        help=QT_TRANSLATE_NOOP("core", "Of this span; empty: by technique"),
    )
    mttr_h: float | None = real(
        QT_TRANSLATE_NOOP("core", "Time to repair"),
        unit="h",
        low=0,
        high=8760,
        aliases=("mttr", "mttr_h"),
        help=QT_TRANSLATE_NOOP("core", "Mean time from failure to service; empty: by kind"),
    )
    plan: str | None = reference("plans", QT_TRANSLATE_NOOP("core", "From plan"))
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=SOURCE_ALIASES)
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=NOTE_ALIASES)


@dataclass(frozen=True, kw_only=True)
class Cable(Row):
    """A cable over an ordered list of spans; cable and fibre length are never added to routes."""

    name: str | None = text(QT_TRANSLATE_NOOP("core", "Name"), aliases=NAME_ALIASES)
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
        aliases=STATUS_ALIASES,
    )
    owner: str | None = reference(
        "organisations", QT_TRANSLATE_NOOP("core", "Owner"), aliases=OWNER_ALIASES
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
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=NOTE_ALIASES)


@dataclass(frozen=True, kw_only=True)
class Tower(Row):
    """A radio tower: one row that points to its node and, if it is a customer, to its site."""

    name: str = text(QT_TRANSLATE_NOOP("core", "Name"), required=True, aliases=NAME_ALIASES)
    node: str | None = reference("nodes", QT_TRANSLATE_NOOP("core", "Node"), aliases=("nodo",))
    site: str | None = reference("sites", QT_TRANSLATE_NOOP("core", "Site"), aliases=("sito",))
    owner: str | None = reference(
        "organisations", QT_TRANSLATE_NOOP("core", "Owner"), aliases=OWNER_ALIASES
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
        aliases=STATUS_ALIASES,
    )
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=SOURCE_ALIASES)
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=NOTE_ALIASES)


@dataclass(frozen=True, kw_only=True)
class Sensor(Row):
    """A sensor on a tower or node."""

    name: str = text(QT_TRANSLATE_NOOP("core", "Name"), required=True, aliases=NAME_ALIASES)
    kind: str = text(QT_TRANSLATE_NOOP("core", "Kind"), default="other", choices=codes.SENSOR_KINDS)
    node: str | None = reference("nodes", QT_TRANSLATE_NOOP("core", "Node"))
    measured_unit: str | None = text(QT_TRANSLATE_NOOP("core", "Unit"))
    status: str = text(
        QT_TRANSLATE_NOOP("core", "Status"), default="operational", choices=codes.STATUSES
    )
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=SOURCE_ALIASES)


@dataclass(frozen=True, kw_only=True)
class RiskGroup(Row):
    """Objects that one event takes down together (shared-risk group)."""

    name: str | None = text(QT_TRANSLATE_NOOP("core", "Name"), aliases=NAME_ALIASES)
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
