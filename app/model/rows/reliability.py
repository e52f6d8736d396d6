"""Rows of how often things fail and how long a repair takes."""

from __future__ import annotations

from dataclasses import dataclass

from app.model import codes
from app.model.rows.headings import CODE_ALIASES, NOTE_ALIASES, SOURCE_ALIASES
from app.model.schema import QT_TRANSLATE_NOOP, Row, flag, integer, real, text


@dataclass(frozen=True, kw_only=True)
class FailureRate(Row):
    """How often a kind of span, node or shared risk fails, with its source.

    An empty cell of technique, deployment, co-deployment, node type or risk kind fits every
    value; of several rows that fit, the one with most cells filled counts.
    """

    code: str = text(
        QT_TRANSLATE_NOOP("core", "Code"),
        required=True,
        aliases=CODE_ALIASES,
        help=QT_TRANSLATE_NOOP("core", "A short name, such as span.sewer"),
    )
    applies_to: str = text(
        QT_TRANSLATE_NOOP("core", "Applies to"),
        default="span",
        required=True,
        choices=codes.RATE_OBJECTS,
        aliases=("oggetto", "applies_to", "vale_per"),
    )
    technique: str | None = text(
        QT_TRANSLATE_NOOP("core", "Technique"),
        choices=codes.TECHNIQUES,
        aliases=("tecnica", "technique"),
    )
    deployment: str | None = text(
        QT_TRANSLATE_NOOP("core", "Deployment"),
        choices=codes.DEPLOYMENTS,
        aliases=("posa", "deployment"),
    )
    codeployment: str | None = text(
        QT_TRANSLATE_NOOP("core", "Co-deployment"),
        choices=codes.CODEPLOYMENTS,
        aliases=("posa_condivisa", "codeployment"),
    )
    node_type: str | None = text(
        QT_TRANSLATE_NOOP("core", "Node type"),
        choices=codes.NODE_TYPES,
        aliases=("tipo_nodo", "node_type"),
    )
    risk_kind: str | None = text(
        QT_TRANSLATE_NOOP("core", "Kind of risk"),
        choices=codes.RISK_KINDS,
        aliases=("tipo_rischio", "risk_kind"),
    )
    cuts_per_km_year: float | None = real(
        QT_TRANSLATE_NOOP("core", "Cuts per km and year"),
        unit="1/(km year)",
        low=0,
        high=10,
        aliases=("tagli_per_km_anno", "cuts_per_km_year", "tasso_tagli"),
        help=QT_TRANSLATE_NOOP("core", "For spans"),
    )
    failures_per_year: float | None = real(
        QT_TRANSLATE_NOOP("core", "Failures per year"),
        unit="1/year",
        low=0,
        high=366,
        aliases=("guasti_per_anno", "failures_per_year"),
        help=QT_TRANSLATE_NOOP("core", "For nodes and shared risks"),
    )
    mttr_h: float | None = real(
        QT_TRANSLATE_NOOP("core", "Time to repair"),
        unit="h",
        low=0,
        high=8760,
        aliases=("mttr", "mttr_h", "tempo_ripristino", "ore_ripristino"),
        help=QT_TRANSLATE_NOOP("core", "Mean time from failure to service"),
    )
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=SOURCE_ALIASES)
    source_year: int | None = integer(
        QT_TRANSLATE_NOOP("core", "Year of the figure"),
        low=1970,
        high=2100,
        aliases=("anno", "source_year", "year"),
    )
    is_placeholder: bool = flag(
        QT_TRANSLATE_NOOP("core", "Placeholder"),
        default=True,
        aliases=("segnaposto", "placeholder", "is_placeholder"),
        help=QT_TRANSLATE_NOOP("core", "An assumed figure without a verified source"),
    )
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=NOTE_ALIASES)
