"""Candidates from the grid against all pairs found by shapely's tree."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.planning.streets.lines import lines_of
from app.planning.streets.segments import crossing_candidates, near_candidates, segment_grid


def random_lines(seed):
    """Lines over few distinct points, so that ends and vertices often coincide."""
    random = np.random.default_rng(seed)
    points = np.round(random.uniform(0, 60, (int(random.integers(4, 12)), 2)), 1)
    if random.random() < 0.5:
        points = np.round(points / 10) * 10
    lines = []
    for _ in range(int(random.integers(2, 12))):
        picked = random.integers(0, len(points), int(random.integers(2, 5)))
        line = shapely.LineString(points[picked] + 5e6)
        if line.length > 0:
            lines.append(line)
    return np.array(lines, dtype=object)


def check(seed):
    shapes = random_lines(seed)
    if not len(shapes):
        return
    grid = segment_grid(lines_of(shapes))
    a, b = shapely.STRtree(shapes).query(shapes, predicate="crosses")
    wanted = {(i, j) for i, j in zip(a.tolist(), b.tolist(), strict=True) if i < j}
    first, second = crossing_candidates(grid)
    assert wanted <= set(zip(first.tolist(), second.tolist(), strict=True))
    random = np.random.default_rng(seed)
    spots = random.uniform(-20, 80, (5, 2)) + 5e6
    point, line = near_candidates(grid, spots, 7.5)
    near = shapely.STRtree(shapes).query(shapely.points(spots), predicate="dwithin", distance=7.5)
    assert set(zip(*near.tolist(), strict=True)) <= set(
        zip(point.tolist(), line.tolist(), strict=True)
    )
    gap = shapely.distance(shapely.points(spots)[point], shapes[line])
    assert (gap <= 7.5 + 1e-4).all()


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 10**6))
def test_no_crossing_and_no_near_line_is_missed(seed):
    check(seed)


def test_points_far_beyond_the_lines_on_both_axes_are_near_nothing():
    """Cells beyond the grid must not be looked at: that once ended the program."""
    lines = np.array([shapely.LineString([(0, 0), (5, 5)]), shapely.LineString([(0, 5), (5, 0)])])
    grid = segment_grid(lines_of(lines))
    spots = np.array([[x, y] for x in (-1e6, 1e6) for y in (-1e6, 1e6)])
    for reach_m in (1.0, 30.0, 500.0):
        point, _ = near_candidates(grid, spots, reach_m)
        assert len(point) == 0


@pytest.mark.long
@settings(deadline=None, max_examples=3000)
@given(st.integers(0, 10**6))
def test_nothing_is_missed_in_many_worlds(seed):
    check(seed)


def test_streets_that_share_their_ends_are_no_candidates():
    cross = [shapely.LineString([(0, 0), (10 * x, 10 * y)]) for x, y in ((1, 0), (0, 1), (-1, -1))]
    first, _ = crossing_candidates(segment_grid(lines_of(np.array(cross, dtype=object))))
    assert len(first) == 0


def test_one_very_long_line_among_short_ones_takes_little_room():
    short = [shapely.LineString([(i, 0.0), (i, 3.0)]) for i in range(0, 3000, 10)]
    shapes = np.array(
        [*short, shapely.LineString([(-1, 1), (3000, 2), (300_000, 200_000)])], dtype=object
    )
    grid = segment_grid(lines_of(shapes))
    assert len(grid.item) <= 6 * 302 + 64
    assert len(crossing_candidates(grid)[0]) == 300
