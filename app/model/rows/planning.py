"""Rows of what is proposed: prices, plans and comments."""

from __future__ import annotations

from dataclasses import dataclass

from app.model import codes
from app.model.rows.headings import CODE_ALIASES, NAME_ALIASES, NOTE_ALIASES, SOURCE_ALIASES
from app.model.schema import (
    QT_TRANSLATE_NOOP,
    Row,
    document,
    flag,
    integer,
    moment,
    real,
    reference,
    references,
    text,
)


@dataclass(frozen=True, kw_only=True)
class PriceList(Row):
    """A dated list of unit prices, VAT excluded."""

    name: str = text(QT_TRANSLATE_NOOP("core", "Name"), required=True, aliases=NAME_ALIASES)
    year: int | None = integer(
        QT_TRANSLATE_NOOP("core", "Year"), low=1990, high=2100, aliases=("anno",)
    )
    version: str | None = text(QT_TRANSLATE_NOOP("core", "Version"), aliases=("versione",))
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=SOURCE_ALIASES)
    is_current: bool = flag(
        QT_TRANSLATE_NOOP("core", "Used for new plans"), default=True, aliases=("corrente",)
    )
    based_on: str | None = reference("price_lists", QT_TRANSLATE_NOOP("core", "Based on"))
    index_factor: float | None = real(
        QT_TRANSLATE_NOOP("core", "Index factor"),
        low=0,
        help=QT_TRANSLATE_NOOP(
            "core", "Every price of the list that it is based on was multiplied by this"
        ),
    )
    index_source: str | None = text(QT_TRANSLATE_NOOP("core", "Source of the index"))
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=NOTE_ALIASES)


@dataclass(frozen=True, kw_only=True)
class PriceItem(Row):
    """A unit price as range, with its source; placeholders are marked."""

    price_list: str = reference("price_lists", QT_TRANSLATE_NOOP("core", "List"), required=True)
    code: str = text(QT_TRANSLATE_NOOP("core", "Code"), required=True, aliases=CODE_ALIASES)
    chapter: str | None = text(
        QT_TRANSLATE_NOOP("core", "Chapter"),
        aliases=("capitolo", "categoria", "famiglia", "category"),
    )
    text_en: str = text(
        QT_TRANSLATE_NOOP("core", "Text (English)"),
        required=True,
        aliases=("description", "summary", "text", "testo_inglese"),
    )
    text_it: str = text(
        QT_TRANSLATE_NOOP("core", "Text (Italian)"),
        required=True,
        aliases=(
            "descrizione",
            "voce",
            "testo",
            "testo_italiano",
            "declaratoria",
            "lavorazione",
        ),
    )
    unit: str = text(
        QT_TRANSLATE_NOOP("core", "Unit"),
        default="m",
        choices=codes.ITEM_UNITS,
        aliases=("um", "u_m", "unita", "unit", "unita_di_misura", "unita_misura", "misura"),
    )
    low_eur: float | None = real(
        QT_TRANSLATE_NOOP("core", "Low"),
        unit="EUR",
        low=0,
        high=1e8,
        aliases=("minimo", "basso", "prezzo_minimo", "min"),
    )
    typical_eur: float | None = real(
        QT_TRANSLATE_NOOP("core", "Typical"),
        unit="EUR",
        low=0,
        high=1e8,
        aliases=("prezzo", "price", "tipico", "prezzo_unitario", "unit_price", "importo"),
    )
    high_eur: float | None = real(
        QT_TRANSLATE_NOOP("core", "High"),
        unit="EUR",
        low=0,
        high=1e8,
        aliases=("massimo", "alto", "prezzo_massimo", "max"),
    )
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=SOURCE_ALIASES)
    price_year: int | None = integer(
        QT_TRANSLATE_NOOP("core", "Price year"),
        low=1990,
        high=2100,
        aliases=("anno", "anno_del_prezzo", "price_date", "data_prezzo", "data", "date", "year"),
    )
    is_placeholder: bool = flag(
        QT_TRANSLATE_NOOP("core", "Placeholder"),
        default=True,
        aliases=("indicativo", "segnaposto", "ipotesi", "assunto", "assumed"),
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
    state_by: str | None = text(QT_TRANSLATE_NOOP("core", "State set by"))
    state_since: str | None = moment(QT_TRANSLATE_NOOP("core", "State since"))
    color: str | None = text(
        QT_TRANSLATE_NOOP("core", "Colour"),
        help=QT_TRANSLATE_NOOP("core", "On the map, such as #0072b2; empty: the usual one"),
    )
    based_on: str | None = reference("plans", QT_TRANSLATE_NOOP("core", "Made from"))
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
    derived: dict[str, float] | None = document(
        QT_TRANSLATE_NOOP("core", "Derived quantities by price item"),
        help=QT_TRANSLATE_NOOP("core", "What follows from the finished plan, such as chambers"),
    )
    crossings: tuple[str, ...] = references("barriers", QT_TRANSLATE_NOOP("core", "Crossings"))
    typical_eur: float | None = real(QT_TRANSLATE_NOOP("core", "Typical cost"), unit="EUR", low=0)
    site_count: int | None = integer(QT_TRANSLATE_NOOP("core", "Sites served"), low=0)
    protection_path: bool = flag(QT_TRANSLATE_NOOP("core", "Only for protection"), default=False)
    phase_year: int | None = integer(
        QT_TRANSLATE_NOOP("core", "Year of the phase"), low=1990, high=2200
    )
    locked: bool = flag(
        QT_TRANSLATE_NOOP("core", "Locked"),
        default=False,
        help=QT_TRANSLATE_NOOP("core", "Kept when the plan is computed again"),
    )


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
    derived: dict[str, float] | None = document(
        QT_TRANSLATE_NOOP("core", "Derived quantities by price item"),
        help=QT_TRANSLATE_NOOP("core", "What follows from the finished plan, such as chambers"),
    )


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
    node: str | None = reference(
        "plan_nodes",
        QT_TRANSLATE_NOOP("core", "Entry"),
        help=QT_TRANSLATE_NOOP("core", "The plan's point at the site; sites at one place share it"),
    )
    hub: str | None = reference("nodes", QT_TRANSLATE_NOOP("core", "Hub"))
    hub_length_m: float | None = real(
        QT_TRANSLATE_NOOP("core", "Route length to the hub"),
        unit="m",
        low=0,
        help=QT_TRANSLATE_NOOP("core", "Along the plan and the network"),
    )
    phase_year: int | None = integer(
        QT_TRANSLATE_NOOP("core", "Year of the phase"), low=1990, high=2200
    )
    spans: tuple[str, ...] = references("plan_spans", QT_TRANSLATE_NOOP("core", "Working path"))
    protection_spans: tuple[str, ...] = references(
        "plan_spans", QT_TRANSLATE_NOOP("core", "Protection path")
    )


@dataclass(frozen=True, kw_only=True)
class Revision(Row):
    """A plan as it was handed in: frozen, with the hash of its content, and what was decided."""

    plan: str | None = reference(
        "plans",
        QT_TRANSLATE_NOOP("core", "Plan"),
        help=QT_TRANSLATE_NOOP("core", "Empty when the plan was deleted; the record stays"),
    )
    number: int = integer(QT_TRANSLATE_NOOP("core", "Number"), low=1, default=1)
    plan_name: str = text(QT_TRANSLATE_NOOP("core", "Name of the plan"), required=True)
    state: str = text(
        QT_TRANSLATE_NOOP("core", "State"), default="submitted", choices=codes.REVISION_STATES
    )
    submitted: str | None = moment(QT_TRANSLATE_NOOP("core", "Submitted on"))
    submitted_by: str | None = text(QT_TRANSLATE_NOOP("core", "Submitted by"))
    decided: str | None = moment(QT_TRANSLATE_NOOP("core", "Decided on"))
    decided_by: str | None = text(QT_TRANSLATE_NOOP("core", "Decided by"))
    decision: str | None = text(QT_TRANSLATE_NOOP("core", "Grounds of the decision"))
    content_hash: str = text(QT_TRANSLATE_NOOP("core", "Hash of the content"), required=True)
    content: str | None = text(
        QT_TRANSLATE_NOOP("core", "Content"),
        help=QT_TRANSLATE_NOOP("core", "The rows of the plan, packed"),
    )
    typical_eur: float | None = real(QT_TRANSLATE_NOOP("core", "Typical cost"), unit="EUR", low=0)
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"))


@dataclass(frozen=True, kw_only=True)
class Comment(Row):
    """A remark anchored to an object or a place."""

    plan: str | None = reference("plans", QT_TRANSLATE_NOOP("core", "Plan"))
    revision: str | None = reference("revisions", QT_TRANSLATE_NOOP("core", "Revision"))
    reply_to: str | None = reference(
        "comments",
        QT_TRANSLATE_NOOP("core", "Answer to"),
        help=QT_TRANSLATE_NOOP("core", "The remark that begins the thread; empty: this one does"),
    )
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
    source: str | None = text(
        QT_TRANSLATE_NOOP("core", "Source"),
        aliases=SOURCE_ALIASES,
        help=QT_TRANSLATE_NOOP("core", "The file that it came back in, if any"),
    )
