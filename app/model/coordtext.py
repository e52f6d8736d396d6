"""Coordinates as people read them: decimal degrees, or degrees, minutes and seconds."""

from __future__ import annotations

from collections.abc import Callable

SECONDS_DIGITS = 1
"""A tenth of a second is about 3 m."""


def dms_text(degrees: float, marks: str, number: Callable[[float, int], str]) -> str:
    """Return an angle as degrees, minutes and seconds with the letter of its side.

    Parameters
    ----------
    degrees
        The angle, decimal.
    marks
        Letter of the positive and of the negative side: ``NS`` or ``EW``.
    number
        Writes a number with so many decimals.
    """
    scale = 10**SECONDS_DIGITS
    units = round(abs(degrees) * 3600 * scale)  # whole units, so that 59.96" never becomes 60.0"
    minutes, rest = divmod(units, 60 * scale)
    whole, minutes = divmod(minutes, 60)
    seconds = number(rest / scale, SECONDS_DIGITS)
    if rest < 10 * scale:
        seconds = f"0{seconds}"
    return f"{whole}°{minutes:02d}'{seconds}\" {marks[0] if degrees >= 0 else marks[1]}"


def lonlat_text(
    lon: float, lat: float, number: Callable[[float, int], str], *, is_dms: bool
) -> str:
    """Return latitude and longitude for reading; either form is understood when it is typed."""
    if is_dms:
        return f"{dms_text(lat, 'NS', number)}  {dms_text(lon, 'EW', number)}"
    north, east = "N" if lat >= 0 else "S", "E" if lon >= 0 else "W"
    return f"{number(abs(lat), 5)}° {north}  {number(abs(lon), 5)}° {east}"
