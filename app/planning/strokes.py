"""Lines as pixels: how much of each pixel broad lines cover, and colour laid on by it.

A kernel of its own, because a painter strokes a few hundred thousand short lines ten times as
slowly, and holds the interpreter lock meanwhile.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from app.planning.arrays import compiled

Mask = npt.NDArray[np.uint8]
Pixels = npt.NDArray[np.uint32]
NO_DASH: npt.NDArray[np.float64] = np.zeros(0)

_STEPS = 256
_PARTS = 4
_DOT_PX = 0.9
"""Dots so near each other look like a line: its edge waves by less than 0.07 px."""
_SHORT_PX2 = 36.0
"""Lines below this square of a length are drawn dot by dot, in a quarter of the time."""
_SMALL_REACH_PX = 4.0
_SKIP_PX2 = 0.16
"""Square of the way, in px, that a line must go before its next bend is drawn."""


def cover(
    mask: Mask,
    xy: npt.NDArray[np.float64],
    joined: npt.NDArray[np.bool_],
    starts: npt.NDArray[np.int64],
    rows: npt.NDArray[np.int64],
    corner: tuple[float, float],
    px_per_m: float,
    width_px: float,
    dash_px: npt.NDArray[np.float64] = NO_DASH,
) -> tuple[int, int]:
    """Add to ``mask`` what lines of some rows cover, 0 to 255; return the rows of pixels touched.

    Ends and bends are round. Where lines overlap the greater cover counts, so that a joint is no
    darker than the lines that meet in it.

    Parameters
    ----------
    mask
        ``(height, width)`` picture, changed in place.
    xy, joined, starts
        ``(n, 2)`` vertices in m; whether a line goes on from each to the next; first vertex of
        each row, ``(rows + 1,)``.
    rows
        Which rows to draw.
    corner
        Easting and northing of the upper left corner, in m.
    px_per_m
        Scale; northing grows upwards, pixels downwards.
    width_px
        Width of the lines; below 1 px they pale instead.
    dash_px
        Lengths drawn and left out by turns, beginning with each line; none for a solid line.

    Returns
    -------
    First row touched and the one after the last; equal when nothing was touched.

    Notes
    -----
    The time is linear in vertices and in pixels covered.
    """
    brush = _brush(float(width_px))
    place = (corner[0], corner[1], px_per_m)
    if len(dash_px):
        low, high = _dashed(mask, xy, joined, starts, rows, *place, *brush[:2], dash_px)
    else:
        low, high = _cover(mask, xy, joined, starts, rows, *place, *brush)
    return int(low), int(high)


def lay_on(
    pixels: Pixels, mask: Mask, band: tuple[int, int], color: tuple[int, int, int, int]
) -> None:
    """Lay a colour (red, green, blue, alpha: 0 to 255) on premultiplied ARGB ``pixels``.

    ``band`` is what `cover` returned; the mask is zero again afterwards.
    """
    red, green, blue, alpha = color
    _lay_on(pixels, mask, band[0], band[1], red, green, blue, alpha)


def warm_up() -> None:
    """Compile the kernels, or load them from disk."""
    mask = np.zeros((4, 4), np.uint8)
    xy = np.array([[0.0, 0.0], [3.0, 3.0]])
    joined, starts = np.array([True, False]), np.array([0, 2], dtype=np.int64)
    rows = np.zeros(1, np.int64)
    band = cover(mask, xy, joined, starts, rows, (0.0, 4.0), 1.0, 2.0)
    lay_on(np.zeros((4, 4), np.uint32), mask, band, (1, 2, 3, 255))
    cover(mask, xy, joined, starts, rows, (0.0, 4.0), 1.0, 2.0, np.array([2.0, 1.0]))


@lru_cache(maxsize=256)
def _brush(
    width_px: float,
) -> tuple[float, npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """Return how far a line reaches, its cover by the square of the way from its middle, and dots.

    The dots ``(parts * parts, side, side)`` are a round brush set down at fractions of a pixel.
    """
    half = max(width_px, 1.0) / 2
    reach = half + 0.5
    strength = 255.0 * min(width_px, 1.0)
    away = np.sqrt((np.arange(_STEPS) + 0.5) / _STEPS) * reach
    fade = np.rint(strength * np.clip(reach - away, 0.0, 1.0)).astype(np.uint8)
    side = int(np.ceil(2 * reach)) + 1 if reach <= _SMALL_REACH_PX else 0
    middle = reach + (np.arange(_PARTS) + 0.5) / _PARTS
    square = (np.arange(side) + 0.5 - middle[:, None]) ** 2
    away = np.sqrt(square[:, None, :, None] + square[None, :, None, :])  # y before x
    dots = np.rint(strength * np.clip(reach - away, 0.0, 1.0)).astype(np.uint8)
    return reach, fade, dots.reshape(_PARTS * _PARTS, side, side)


@compiled
def _cover(  # type: ignore[no-untyped-def]  # compiled
    mask, xy, joined, starts, rows, left, top, per_m, reach, fade, dots
):
    height, width = mask.shape
    low, high = height, 0
    for number in range(len(rows)):
        row = rows[number]
        has_start = False
        x0 = y0 = 0.0
        for v in range(starts[row], starts[row + 1] - 1):
            if not joined[v]:
                has_start = False
                continue
            if not has_start:
                x0, y0 = (xy[v, 0] - left) * per_m, (top - xy[v, 1]) * per_m
                has_start = True
            x1, y1 = (xy[v + 1, 0] - left) * per_m, (top - xy[v + 1, 1]) * per_m
            dx, dy = x1 - x0, y1 - y0
            goes_on = v + 2 < starts[row + 1] and joined[v + 1]
            if goes_on and dx * dx + dy * dy < _SKIP_PX2:
                continue
            if dots.shape[1] and dx * dx + dy * dy < _SHORT_PX2:
                a, b = _dotted(mask, x0, y0, dx, dy, reach, dots, width, height)
            else:
                a, b = _capsule(mask, x0, y0, dx, dy, reach, fade, width, height)
            low, high = min(low, a), max(high, b)
            x0, y0 = x1, y1
    return min(low, high), high


@compiled
def _dashed(  # type: ignore[no-untyped-def]  # compiled
    mask, xy, joined, starts, rows, left, top, per_m, reach, fade, dash
):
    height, width = mask.shape
    round_by = max(reach - 0.5, 0.0)  # a round end stands out: each dash is shortened by two
    period = dash.sum()
    low, high = height, 0
    for number in range(len(rows)):
        row = rows[number]
        along = 0.0
        for v in range(starts[row], starts[row + 1] - 1):
            if not joined[v]:
                along = 0.0
                continue
            x0, y0 = (xy[v, 0] - left) * per_m, (top - xy[v, 1]) * per_m
            dx = (xy[v + 1, 0] - left) * per_m - x0
            dy = (top - xy[v + 1, 1]) * per_m - y0
            length = np.sqrt(dx * dx + dy * dy)
            is_near = (
                max(x0, x0 + dx) > -reach and min(x0, x0 + dx) < width + reach
                and max(y0, y0 + dy) > -reach and min(y0, y0 + dy) < height + reach
            )  # fmt: skip
            if is_near and length > 0.0:
                part, left_over = 0, along % period
                while left_over >= dash[part]:
                    left_over -= dash[part]
                    part = (part + 1) % len(dash)
                at = -left_over
                while at < length:
                    if part % 2 == 0:
                        begin = at + min(round_by, 0.5 * dash[part])
                        end = at + max(dash[part] - round_by, 0.5 * dash[part])
                        begin, end = max(begin, 0.0) / length, min(end, length) / length
                        if begin <= end:
                            a, b = _capsule(
                                mask, x0 + begin * dx, y0 + begin * dy, (end - begin) * dx,
                                (end - begin) * dy, reach, fade, width, height,
                            )  # fmt: skip
                            low, high = min(low, a), max(high, b)
                    at += dash[part]
                    part = (part + 1) % len(dash)
            along += length
    return min(low, high), high


@compiled
def _capsule(mask, x0, y0, dx, dy, reach, fade, width, height):  # type: ignore[no-untyped-def]  # compiled
    first = max(0, int(min(y0, y0 + dy) - reach))
    last = min(height, int(max(y0, y0 + dy) + reach) + 1)
    if first >= last or max(x0, x0 + dx) < -reach or min(x0, x0 + dx) > width + reach:
        return height, 0
    length2 = dx * dx + dy * dy
    along_x = dx / length2 if length2 > 1e-12 else 0.0
    along_y = dy / length2 if length2 > 1e-12 else 0.0
    is_long = abs(dy) > 4.0
    per_dy = 1.0 / dy if is_long else 0.0
    limit = reach * reach
    per_step = len(fade) / limit
    a, b = min(x0, x0 + dx) - reach, max(x0, x0 + dx) + reach
    for y in range(first, last):
        away_y = y + 0.5 - y0
        if is_long:  # only the part of the line that comes near this row of pixels
            s0, s1 = (away_y - reach) * per_dy, (away_y + reach) * per_dy
            t0, t1 = max(min(s0, s1), 0.0), min(max(s0, s1), 1.0)
            a = min(x0 + t0 * dx, x0 + t1 * dx) - reach
            b = max(x0 + t0 * dx, x0 + t1 * dx) + reach
        begin, end = int(max(a, 0.0)), min(width, int(max(b, -1.0)) + 1)
        line = mask[y]
        for x in range(begin, end):
            away_x = x + 0.5 - x0
            t = min(max(away_x * along_x + away_y * along_y, 0.0), 1.0)
            off_x, off_y = away_x - t * dx, away_y - t * dy
            d2 = off_x * off_x + off_y * off_y
            if d2 < limit:
                value = fade[int(d2 * per_step)]
                line[x] = max(line[x], value)
    return first, last


@compiled
def _dotted(mask, x0, y0, dx, dy, reach, dots, width, height):  # type: ignore[no-untyped-def]  # compiled
    side = dots.shape[1]
    count = int(np.sqrt(dx * dx + dy * dy) / _DOT_PX) + 1
    low, high = height, 0
    for number in range(count + 1):
        x = x0 + dx * number / count - reach
        y = y0 + dy * number / count - reach
        column, line = int(np.floor(x)), int(np.floor(y))
        if column <= -side or line <= -side or column >= width or line >= height:
            continue
        dot = int((y - line) * _PARTS) * _PARTS + int((x - column) * _PARTS)
        left, right = max(0, -column), min(side, width - column)
        top, bottom = max(0, -line), min(side, height - line)
        for j in range(top, bottom):
            for i in range(left, right):
                mask[line + j, column + i] = max(mask[line + j, column + i], dots[dot, j, i])
        low, high = min(low, line + top), max(high, line + bottom)
    return low, high


@compiled
def _lay_on(pixels, mask, low, high, red, green, blue, alpha):  # type: ignore[no-untyped-def]  # compiled
    for y in range(low, high):
        for x in range(mask.shape[1]):
            share = mask[y, x]
            if share == 0:
                continue
            mask[y, x] = 0
            m = share * alpha // 255
            rest = 255 - m
            old = pixels[y, x]
            a = (255 * m + ((old >> 24) & 255) * rest + 127) // 255
            r = (red * m + ((old >> 16) & 255) * rest + 127) // 255
            g = (green * m + ((old >> 8) & 255) * rest + 127) // 255
            b = (blue * m + (old & 255) * rest + 127) // 255
            pixels[y, x] = np.uint32((a << 24) | (r << 16) | (g << 8) | b)


__all__ = ["cover", "lay_on", "warm_up"]
