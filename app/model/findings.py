"""Findings: data problems that are gathered, shown and jumped to, never raised one by one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.model.messages import Message, Translator


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Finding:
    """One observation about the data.

    ``rule`` is a stable identifier such as ``span.zero_length``; ``place`` a point (easting,
    northing) in the project's CRS, in m, to jump to; ``advice`` says what the user can do.
    """

    rule: str
    severity: Severity
    message: Message
    table: str = ""
    uids: tuple[str, ...] = ()
    place: tuple[float, float] | None = None
    advice: Message | None = None

    def to_json(self, translate: Translator | None = None) -> dict[str, Any]:
        """Return the finding as plain values for the CLI."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "message": self.message.render(translate),
            "advice": None if self.advice is None else self.advice.render(translate),
            "table": self.table,
            "uids": list(self.uids),
            "place": None if self.place is None else [round(v, 3) for v in self.place],
        }
