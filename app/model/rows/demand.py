"""Rows of those who are served: sites, organisations, agreements."""

from __future__ import annotations

from dataclasses import dataclass

from app.model import codes
from app.model.rows.headings import (
    CODE_ALIASES,
    MUNICIPALITY_ALIASES,
    NAME_ALIASES,
    NOTE_ALIASES,
    SOURCE_ALIASES,
    STATUS_ALIASES,
)
from app.model.schema import QT_TRANSLATE_NOOP, Row, flag, integer, moment, real, reference, text


@dataclass(frozen=True, kw_only=True)
class Organisation(Row):
    """A body that owns, operates, pays or reviews."""

    name: str = text(QT_TRANSLATE_NOOP("core", "Name"), required=True, aliases=NAME_ALIASES)
    identifier: str | None = text(
        QT_TRANSLATE_NOOP("core", "Identifier"), aliases=("identificativo", "piva", "cf", "codice")
    )
    role: str | None = text(QT_TRANSLATE_NOOP("core", "Role"), aliases=("ruolo", "role"))
    email: str | None = text(QT_TRANSLATE_NOOP("core", "E-mail"), aliases=("email", "pec", "mail"))
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=NOTE_ALIASES)


@dataclass(frozen=True, kw_only=True)
class Site(Row):
    """A place to connect, with its demand."""

    name: str = text(
        QT_TRANSLATE_NOOP("core", "Name"),
        required=True,
        aliases=(*NAME_ALIASES, "denominazionescuola", "denom_scuola", "sede", "struttura"),
    )
    code: str | None = text(
        QT_TRANSLATE_NOOP("core", "Code"),
        aliases=(*CODE_ALIASES, "codicescuola", "codice_scuola", "codice_struttura"),
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
        aliases=STATUS_ALIASES,
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
        QT_TRANSLATE_NOOP("core", "Municipality"), aliases=MUNICIPALITY_ALIASES
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
    lead_in_eur: float | None = real(
        QT_TRANSLATE_NOOP("core", "Cost of the lead-in"),
        unit="EUR",
        low=0,
        aliases=("costo_allacciamento", "allacciamento", "lead_in_eur"),
        help=QT_TRANSLATE_NOOP(
            "core", "In all, from the street into the building; empty: computed from prices"
        ),
    )
    value_eur: float | None = real(
        QT_TRANSLATE_NOOP("core", "Worth"),
        unit="EUR",
        low=0,
        aliases=("valore", "valore_eur", "premio", "value_eur", "worth"),
        help=QT_TRANSLATE_NOOP(
            "core", "What connecting it is worth: a plan may leave it out where it costs more"
        ),
    )
    max_route_m: float | None = real(
        QT_TRANSLATE_NOOP("core", "Longest route to the hub"),
        unit="m",
        low=0,
        aliases=("lunghezza_massima", "max_route_m"),
        help=QT_TRANSLATE_NOOP("core", "Optical reach of its equipment; empty: the plan's limit"),
    )
    payer: str | None = text(QT_TRANSLATE_NOOP("core", "Payer"), aliases=("pagatore", "payer"))
    position_quality: str | None = text(
        QT_TRANSLATE_NOOP("core", "Quality of the position"),
        default="unknown",
        choices=codes.POSITION_QUALITIES,
        aliases=("qualita_posizione", "position_quality"),
    )
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=SOURCE_ALIASES)
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=NOTE_ALIASES)


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
    term_years: float | None = real(
        QT_TRANSLATE_NOOP("core", "Term"), unit="years", low=0, aliases=("durata", "term_years")
    )
    yearly_eur: float | None = real(
        QT_TRANSLATE_NOOP("core", "Yearly contribution agreed"),
        unit="EUR",
        low=0,
        aliases=("quota_annua", "contributo", "yearly_eur"),
        help=QT_TRANSLATE_NOOP("core", "Fixed by the agreement; empty: by the key"),
    )
    is_in_operation: bool = flag(
        QT_TRANSLATE_NOOP("core", "In operation"), default=False, aliases=("operativo", "attivo")
    )
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=SOURCE_ALIASES)
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=NOTE_ALIASES)


@dataclass(frozen=True, kw_only=True)
class Funding(Row):
    """Money that a programme may spend: a project financing, a grant, a share of the budget."""

    name: str = text(QT_TRANSLATE_NOOP("core", "Name"), required=True, aliases=NAME_ALIASES)
    amount_eur: float | None = real(
        QT_TRANSLATE_NOOP("core", "Amount"), unit="EUR", low=0, aliases=("importo", "amount")
    )
    category: str | None = text(
        QT_TRANSLATE_NOOP("core", "For sites of category"),
        choices=codes.SITE_CATEGORIES,
        aliases=("categoria", "category"),
        help=QT_TRANSLATE_NOOP("core", "Empty: for every site"),
    )
    body: str | None = reference("organisations", QT_TRANSLATE_NOOP("core", "Paid by"))
    first_year: int | None = integer(
        QT_TRANSLATE_NOOP("core", "First year"), low=1990, high=2200, aliases=("dal",)
    )
    last_year: int | None = integer(
        QT_TRANSLATE_NOOP("core", "Last year"), low=1990, high=2200, aliases=("al",)
    )
    is_placeholder: bool = flag(QT_TRANSLATE_NOOP("core", "Placeholder"), default=True)
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=SOURCE_ALIASES)
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=NOTE_ALIASES)
