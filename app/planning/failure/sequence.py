"""Measures one after the other: each choice in the light of what is chosen already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.model.progress import Progress
from app.planning.costs.bill import ZERO, Money
from app.planning.failure.effects import Minutes, Priced, minutes_with
from app.planning.failure.model import FailureModel
from app.planning.failure.rates import RateBook

_LEAST_MINUTES = 1e-6


@dataclass(frozen=True)
class Step:
    """A measure chosen, the weighted minutes it avoids after those before, and what is left.

    ``total`` is what all steps up to here cost.
    """

    measure: Priced
    gain: float
    left: float
    total: Money

    def to_json(self, number: int) -> dict[str, Any]:
        """Return plain values for the CLI."""
        cost = self.measure.cost.to_json()
        return {
            "step": number,
            "uid": self.measure.candidate.uid,
            "cost_eur": cost,
            "weighted_minutes_avoided": self.gain,
            "eur_per_minute": {name: value / self.gain for name, value in cost.items()},
            "weighted_minutes_left": self.left,
            "total_cost_eur": self.total.to_json(),
        }


def in_turn(
    model: FailureModel,
    measures: Sequence[Priced],
    rates: RateBook,
    before: Minutes,
    count: int,
    budget_eur: float | None,
    progress: Progress,
) -> list[Step]:
    """Return up to ``count`` measures, the cheapest for each minute first, within a budget.

    Greedy: after each choice the effect of every other measure is computed again. No guarantee
    that the set is the best for its money; each step's figures are exact for the network as it
    then is. ``count`` times the number of measures evaluations.
    """
    chosen: list[Priced] = []
    steps: list[Step] = []
    left, spent = before.weighted, ZERO
    rest = list(measures)
    for turn in range(count):
        best: tuple[float, int, float] | None = None
        for number, item in enumerate(rest):
            progress((turn + number / len(rest)) / count)
            cost = float(item.cost.typical)
            if budget_eur is not None and float(spent.typical) + cost > budget_eur:
                continue
            gain = left - minutes_with(model, [*chosen, item], rates).weighted
            if gain > _LEAST_MINUTES and (best is None or cost / gain < best[0]):
                best = (cost / gain, number, gain)
        if best is None:
            break
        item = rest.pop(best[1])
        chosen.append(item)
        spent += item.cost
        left -= best[2]
        steps.append(Step(item, best[2], left, spent))
    return steps
