"""What a reader asks of the papers: which parts, and at which scale the map sheets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message

PARTS = (
    "cover", "contents", "summary", "maps", "phase-maps", "diversity", "bill", "cost-summary",
    "payers", "contributions", "economics", "uncertainty", "phases", "alternatives", "sites",
    "streets", "assumptions", "comments",
)  # fmt: skip
"""Sections of the report in their order; those that a table fills are sheets of the workbook."""

LARGEST_SCALE, SMALLEST_SCALE = 100, 1_000_000


@dataclass(frozen=True)
class PaperOptions:
    """Parts to write, in any order, and the denominator of the map sheets' scale.

    Without a ``scale`` the sheets are at the largest round one that needs few of them.

    Raises
    ------
    InputError
        For an unknown part, for none, and for a scale out of bounds.
    """

    parts: tuple[str, ...] = PARTS
    scale: int | None = None

    def __post_init__(self) -> None:
        unknown = sorted(set(self.parts) - set(PARTS))
        if unknown or not self.parts:
            raise InputError(
                message(
                    QT_TRANSLATE_NOOP("core", "Unknown part of the report: {value}; {known}"),
                    value=", ".join(unknown) or "–",
                    known=", ".join(PARTS),
                )
            )
        if self.scale is not None and not LARGEST_SCALE <= self.scale <= SMALLEST_SCALE:
            raise InputError(
                message(
                    QT_TRANSLATE_NOOP(
                        "core", "A scale of map sheets is between 1:{least} and 1:{most}."
                    ),
                    least=LARGEST_SCALE,
                    most=SMALLEST_SCALE,
                )
            )

    def __contains__(self, part: object) -> bool:
        return part in self.parts

    def only(self, parts: Iterable[str]) -> tuple[str, ...]:
        """Return those of ``parts`` that are wanted, in the order of the report."""
        wanted = set(parts) & set(self.parts)
        return tuple(part for part in PARTS if part in wanted)


ALL_PARTS = PaperOptions()
