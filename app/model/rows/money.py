"""Rows of what a project assumes about money, in place of the shipped figures."""

from __future__ import annotations

from dataclasses import dataclass

from app.model.rows.headings import CODE_ALIASES, NOTE_ALIASES, SOURCE_ALIASES
from app.model.schema import QT_TRANSLATE_NOOP, Row, flag, real, text


@dataclass(frozen=True, kw_only=True)
class Assumption(Row):
    """A rate of the cost summary or of running costs that the project sets itself.

    The code is that of the shipped figure, in whose unit the values are; an empty low or high
    end is the typical value.
    """

    code: str = text(
        QT_TRANSLATE_NOOP("core", "Code"),
        required=True,
        aliases=CODE_ALIASES,
        help=QT_TRANSLATE_NOOP("core", "As listed, such as B3 or discount_rate"),
    )
    low: float | None = real(QT_TRANSLATE_NOOP("core", "Low"))
    typical: float | None = real(
        QT_TRANSLATE_NOOP("core", "Typical"), aliases=("valore", "value", "tipico")
    )
    high: float | None = real(QT_TRANSLATE_NOOP("core", "High"))
    is_placeholder: bool = flag(
        QT_TRANSLATE_NOOP("core", "Placeholder"),
        default=False,
        help=QT_TRANSLATE_NOOP("core", "An assumed figure without a verified source"),
    )
    source: str | None = text(QT_TRANSLATE_NOOP("core", "Source"), aliases=SOURCE_ALIASES)
    note: str | None = text(QT_TRANSLATE_NOOP("core", "Note"), aliases=NOTE_ALIASES)
