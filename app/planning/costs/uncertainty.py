"""What the total may come to, and which prices drive it.

Adding all low prices, or all high ones, gives ends that hardly ever occur together. Here each
price item is drawn on its own from a triangular distribution with the item's low, typical and
high price; the same item costs the same everywhere in a draw. The total's quantiles follow from
many draws with a stated seed. That items move independently is an assumption and is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from app.planning.costs.bill import Bill

DRAWS = 20_000
QUANTILES = (0.1, 0.5, 0.9)
METHOD = "independent triangular prices, one draw per price item"


@dataclass(frozen=True)
class Swing:
    """What one price item does to the total, in euro: all others typical, it low or high."""

    code: str
    text_en: str
    text_it: str
    low_eur: float
    high_eur: float
    is_placeholder: bool

    @property
    def width_eur(self) -> float:
        """How far the total moves."""
        return self.high_eur - self.low_eur


@dataclass(frozen=True)
class Spread:
    """Quantiles of a bill's total in euro without VAT, and what drives it, widest first."""

    p10_eur: float
    p50_eur: float
    p90_eur: float
    mean_eur: float
    draws: int
    seed: int
    swings: tuple[Swing, ...]

    def to_json(self) -> dict[str, Any]:
        """Return plain values for the CLI."""
        return {
            "p10_eur": round(self.p10_eur, 2), "p50_eur": round(self.p50_eur, 2),
            "p90_eur": round(self.p90_eur, 2), "mean_eur": round(self.mean_eur, 2),
            "draws": self.draws, "seed": self.seed, "method": METHOD,
            "tornado": [
                {
                    "code": swing.code, "low_eur": round(swing.low_eur, 2),
                    "high_eur": round(swing.high_eur, 2), "placeholder": swing.is_placeholder,
                }
                for swing in self.swings
            ],
        }  # fmt: skip


def spread(bill: Bill, *, draws: int = DRAWS, seed: int = 0) -> Spread:
    """Return the spread of a bill's total; equal seeds give equal figures."""
    low, typical, high = (
        np.array([float(getattr(line.amount, end)) for line in bill.lines])
        for end in ("low", "typical", "high")
    )
    codes = [line.code for line in bill.lines]
    items = sorted(set(codes))
    item = np.array([items.index(code) for code in codes], dtype=np.int64)
    random = np.random.default_rng(seed)
    place = random.random((draws, len(items)))
    total = np.zeros(draws)
    for row in range(len(codes)):
        total += _triangular(place[:, item[row]], low[row], typical[row], high[row])
    p10, p50, p90 = np.quantile(total, QUANTILES) if codes else (0.0, 0.0, 0.0)
    return Spread(
        float(p10), float(p50), float(p90), float(total.mean()), draws, seed,
        _swings(bill, float(typical.sum())),
    )  # fmt: skip


def _triangular(
    place: np.ndarray[Any, np.dtype[np.float64]], low: float, typical: float, high: float
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the quantile ``place`` (0 to 1) of a triangular distribution."""
    width = high - low
    if width <= 0:
        return np.full(len(place), typical)
    knee = (typical - low) / width
    rising = low + np.sqrt(place * width * (typical - low))
    falling = high - np.sqrt((1 - place) * width * (high - typical))
    return np.where(place < knee, rising, falling)


def _swings(bill: Bill, typical: float) -> tuple[Swing, ...]:
    found: dict[str, Swing] = {}
    for line in bill.lines:
        down = float(line.amount.low - line.amount.typical)
        up = float(line.amount.high - line.amount.typical)
        old = found.get(line.code)
        base = (typical, typical) if old is None else (old.low_eur, old.high_eur)
        found[line.code] = Swing(
            line.code, line.text_en, line.text_it, base[0] + down, base[1] + up,
            line.is_placeholder,
        )  # fmt: skip
    return tuple(sorted(found.values(), key=lambda swing: (-swing.width_eur, swing.code)))
