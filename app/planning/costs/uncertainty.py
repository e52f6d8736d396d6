"""What the total may come to, and which prices drive it.

Adding all low prices, or all high ones, gives ends that hardly ever occur together. Here each
price item is drawn on its own from a triangular distribution with the item's low, typical and
high price; the same item costs the same everywhere in a draw. The total's quantiles follow from
many draws with a stated seed.

That items move independently is an assumption and is said; it understates the spread where one
market moves all prices of a chapter. With a correlation ``c`` the draws of the items of a chapter
hang together through a Gaussian copula [1]_: item i of chapter k takes the quantile
``Phi(sqrt(c) Z_k + sqrt(1 - c) E_i)`` with independent standard normal ``Z`` and ``E``; 0 is
independence, at 1 a chapter has one draw. Chapters move independently of each other.

.. [1] Nelsen, R. B. (2006). An Introduction to Copulas, 2nd edition, chapter 2. Springer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import ndtr

from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.planning.costs.bill import Bill

DRAWS = 20_000
QUANTILES = (0.1, 0.5, 0.9)
METHOD = "independent triangular prices, one draw per price item"
METHOD_TOGETHER = (
    "triangular prices, one draw per price item, items of a chapter correlated by a Gaussian copula"
)


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
    correlation: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """Return plain values for the CLI."""
        return {
            "p10_eur": round(self.p10_eur, 2), "p50_eur": round(self.p50_eur, 2),
            "p90_eur": round(self.p90_eur, 2), "mean_eur": round(self.mean_eur, 2),
            "draws": self.draws, "seed": self.seed, "correlation": self.correlation,
            "method": METHOD_TOGETHER if self.correlation else METHOD,
            "tornado": [
                {
                    "code": swing.code, "low_eur": round(swing.low_eur, 2),
                    "high_eur": round(swing.high_eur, 2), "placeholder": swing.is_placeholder,
                }
                for swing in self.swings
            ],
        }  # fmt: skip


def spread(bill: Bill, *, draws: int = DRAWS, seed: int = 0, correlation: float = 0.0) -> Spread:
    """Return the spread of a bill's total; equal seeds give equal figures.

    ``correlation`` (0 to 1) is that of the items of a chapter; raises `InputError` outside.
    """
    if not 0 <= correlation <= 1:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "The correlation is from 0 to 1, not {value}"),
                value=correlation,
            )
        )
    low, typical, high = (
        np.array([float(getattr(line.amount, end)) for line in bill.lines])
        for end in ("low", "typical", "high")
    )
    codes = [line.code for line in bill.lines]
    items = sorted(set(codes))
    item = np.array([items.index(code) for code in codes], dtype=np.int64)
    place = _places(bill, items, draws, seed, correlation)
    total = np.zeros(draws)
    for row in range(len(codes)):
        total += _triangular(place[:, item[row]], low[row], typical[row], high[row])
    p10, p50, p90 = np.quantile(total, QUANTILES) if codes else (0.0, 0.0, 0.0)
    return Spread(
        float(p10), float(p50), float(p90), float(total.mean()), draws, seed,
        _swings(bill, float(typical.sum())), correlation,
    )  # fmt: skip


def _places(
    bill: Bill, items: list[str], draws: int, seed: int, correlation: float
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the quantile of each item (column) in each draw (row)."""
    random = np.random.default_rng(seed)
    if not correlation:
        return random.random((draws, len(items)))
    chapter_of = {line.code: line.chapter for line in bill.lines}
    chapters = sorted(set(chapter_of.values()))
    number = [chapters.index(chapter_of[code]) for code in items]
    common = random.standard_normal((draws, len(chapters)))[:, number]
    own = random.standard_normal((draws, len(items)))
    found: np.ndarray[Any, np.dtype[np.float64]] = ndtr(
        np.sqrt(correlation) * common + np.sqrt(1.0 - correlation) * own
    )
    return found


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
