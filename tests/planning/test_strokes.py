"""Lines as pixels, against the exact area that a buffered line has in each pixel."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.planning import strokes

SIZE = 24
coordinate = st.floats(-6, SIZE + 6)


def covered(points, width, corner=(0.0, float(SIZE)), size=SIZE):
    """Draw one line whose metres are pixels."""
    xy = np.array(points, dtype=float)
    joined = np.append(np.ones(len(xy) - 1, dtype=bool), False)
    mask = np.zeros((size, size), np.uint8)
    band = strokes.cover(
        mask, xy, joined, np.array([0, len(xy)]), np.zeros(1, np.int64), corner, 1.0, width
    )
    return mask, band


def exact(points, width):
    shape = shapely.LineString(points).buffer(width / 2, quad_segs=32)
    shapely.prepare(shape)
    parts = np.zeros((SIZE, SIZE))
    for y in range(SIZE):
        for x in range(SIZE):
            box = shapely.box(x, SIZE - y - 1, x + 1, SIZE - y)
            if shape.intersects(box):
                parts[y, x] = shape.intersection(box).area
    return parts


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(coordinate, coordinate), min_size=2, max_size=4),
       st.sampled_from([1.0, 2.0, 3.5, 9.0]))  # fmt: skip
def test_a_line_covers_what_it_covers(points, width):
    mask, (low, high) = covered(points, width)
    parts = exact(points, width) if len(set(points)) > 1 else None
    if parts is not None:
        away = np.abs(mask / 255 - parts)
        assert away.max() < 0.5  # a bend seen in one pixel is the worst
        assert away.mean() < 0.02
    touched = np.flatnonzero(mask.any(axis=1))
    if len(touched):
        assert low <= touched[0] and touched[-1] < high


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(coordinate, coordinate), min_size=2, max_size=5),
       st.sampled_from([0.6, 2.0, 5.0]))  # fmt: skip
def test_what_is_drawn_does_not_depend_on_the_tile(points, width):
    whole, _ = covered(points, width, size=SIZE)
    part, _ = covered(points, width, corner=(8.0, float(SIZE) - 8.0), size=SIZE - 8)
    assert np.abs(whole[8:, 8:].astype(int) - part.astype(int)).max() <= 1


def test_a_thin_line_pales():
    full, _ = covered([(2, 12), (22, 12)], 1.0)
    half, _ = covered([(2, 12), (22, 12)], 0.5)
    assert half.max() == pytest.approx(full.max() / 2, abs=2)


def test_a_joint_is_no_darker_than_its_lines():
    mask, _ = covered([(2, 12.5), (12, 12.5), (22, 12.5)], 1.0)
    row = mask[11]
    assert set(row[4:20].tolist()) == {row[5]}


def test_colour_is_laid_on_by_cover():
    pixels = np.full((1, 3), 0xFFFFFFFF, np.uint32)
    mask = np.array([[0, 128, 255]], np.uint8)
    strokes.lay_on(pixels, mask, (0, 1), (0, 0, 0, 255))
    assert [hex(p) for p in pixels[0].tolist()] == ["0xffffffff", "0xff7f7f7f", "0xff000000"]
    assert not mask.any(), "the mask is ready for the next line"
    clear = np.zeros((1, 1), np.uint32)
    strokes.lay_on(clear, np.array([[255]], np.uint8), (0, 1), (255, 0, 0, 128))
    assert hex(int(clear[0, 0])) == "0x80800000"


@pytest.mark.parametrize("bend", [5.0, 30.0, 61.3])
def test_dashes_are_as_long_as_asked_and_go_round_bends(bend):
    xy = np.array([[2.0, 50.0], [2.0 + bend, 50.0], [110.0, 50.0]])
    mask = np.zeros((100, 120), np.uint8)
    strokes.cover(
        mask, xy, np.array([True, True, False]), np.array([0, 3]), np.zeros(1, np.int64),
        (0.0, 100.0), 1.0, 2.0, np.array([8.0, 5.0]),
    )  # fmt: skip
    is_on = mask[49:51].max(axis=0) > 127
    changes = (np.flatnonzero(np.diff(is_on.astype(int))) + 1)[:-1]  # the line ends in a dash
    assert np.abs(changes - (2 + np.cumsum([0] + [8, 5] * 10)[: len(changes)])).max() <= 1.5
    assert len(changes) > 14


def test_dashes_do_not_depend_on_the_tile():
    xy = np.array([[-70.0, 80.0], [30.0, 20.0], [140.0, 90.0]])
    arguments = (xy, np.array([True, True, False]), np.array([0, 3]), np.zeros(1, np.int64))
    whole, part = np.zeros((100, 120), np.uint8), np.zeros((60, 60), np.uint8)
    dash = np.array([7.0, 4.0])
    strokes.cover(whole, *arguments, (0.0, 100.0), 1.0, 2.0, dash)
    strokes.cover(part, *arguments, (40.0, 70.0), 1.0, 2.0, dash)
    assert np.abs(whole[30:90, 40:100].astype(int) - part).max() <= 1
    assert part.any()
