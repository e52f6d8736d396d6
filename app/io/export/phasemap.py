"""Colours of the phases, the same on the map by phase, in its legend and in the time plan."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.model.frames import plain

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


def years_of(column: pd.Series) -> list[int | None]:
    """Return the years of a column, ``None`` for those that are missing."""
    cells = (plain(value) for value in column.astype(object))
    return [None if value is None else int(value) for value in cells]


def phase_groups(column: pd.Series) -> list[tuple[str, npt.NDArray[np.bool_]]]:
    """Return colour and rows of each phase of a column of years, those without one first."""
    years = years_of(column)
    colors = phase_colors(years)
    order = [None, *sorted({year for year in years if year is not None})]
    return [
        (colors[year], np.array([own == year for own in years], dtype=np.bool_)) for year in order
    ]
