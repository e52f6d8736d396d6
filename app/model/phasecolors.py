"""Colours of the phases, the same on every map by phase, in legends and time plans."""

from __future__ import annotations

from collections.abc import Iterable

_COLORS = (
    "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#332288", "#999933",
)  # fmt: skip
"""Told apart by people who see colours differently (Okabe and Ito); repeated after eight."""
NO_YEAR_COLOR = "#8a8f94"


def phase_colors(years: Iterable[int | None]) -> dict[int | None, str]:
    """Return the colour of each year, in their order; what has no year is grey."""
    known = sorted({year for year in years if year is not None})
    colors: dict[int | None, str] = {
        year: _COLORS[place % len(_COLORS)] for place, year in enumerate(known)
    }
    return {**colors, None: NO_YEAR_COLOR}
