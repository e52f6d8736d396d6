"""Which of the sites a plan may leave out, and what for: one definition for every door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MAXIMISED = ("number", "value", "priority")
"""What a budget is to buy as much of: sites, the sum of their values, or of 6 - priority."""


@dataclass(frozen=True)
class Selection:
    """What decides which sites are connected; plain values, so that a plan can store them.

    Parameters
    ----------
    is_optional
        A site may be left out when connecting it costs more than it is worth: its own
        ``value_eur``, or else ``prize_eur``. Sites without either are connected.
    prize_eur
        Worth of a site that states none, in euro.
    budget_eur
        The plan costs at most this, at typical prices; as many sites are connected as it buys.
    maximise
        One of `MAXIMISED`; what counts within the budget.
    """

    is_optional: bool = False
    prize_eur: float | None = None
    budget_eur: float | None = None
    maximise: str = "number"

    @property
    def is_asked(self) -> bool:
        """Whether sites may be left out at all."""
        return self.is_optional or self.prize_eur is not None or self.budget_eur is not None

    def to_json(self) -> dict[str, Any]:
        """Return what was asked as plain values; empty if nothing was."""
        if not self.is_asked:
            return {}
        return {
            "is_optional": self.is_optional, "prize_eur": self.prize_eur,
            "budget_eur": self.budget_eur, "maximise": self.maximise,
        }  # fmt: skip


ALL_WANTED = Selection()
"""Every site is to be connected."""
