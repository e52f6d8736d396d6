"""Colours of the phases, the same on the map by phase, in its legend and in the time plan."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.model.frames import plain
from app.model.phasecolors import NO_YEAR_COLOR, phase_colors

__all__ = ["NO_YEAR_COLOR", "phase_colors", "phase_groups", "years_of"]


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
