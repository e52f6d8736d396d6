"""Noding and joining of street pieces."""

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.io.demo.noding import (
    Pieces,
    clean,
    components,
    crossings,
    join,
    merge_close,
    node,
    without_stubs,
)


def pieces_of(*ends, key=None):
    xy, numbers = np.unique(np.array(ends, float).reshape(-1, 2), axis=0, return_inverse=True)
    keys = np.zeros(len(ends), np.int64) if key is None else np.array(key, np.int64)
    return Pieces(xy, numbers.reshape(-1, 2).astype(np.int64), keys)


def level(pieces):
    return np.zeros(len(pieces.ends), dtype=bool)


def test_two_crossing_pieces_become_four():
    pieces = pieces_of([(0, 0), (100, 0)], [(50, -50), (50, 50)])
    noded = node(pieces, level(pieces))
    assert len(noded.ends) == 4
    assert len(set(components(len(noded.xy), noded.ends)[noded.ends.ravel()])) == 1


def test_pieces_on_another_level_do_not_meet():
    pieces = pieces_of([(0, 0), (100, 0)], [(50, -50), (50, 50)])
    assert len(node(pieces, np.array([True, False])).ends) == 2


def test_an_end_on_a_piece_divides_it():
    pieces = pieces_of([(0, 0), (100, 0)], [(50, 0.2), (50, 60)])
    noded = node(pieces, level(pieces))
    assert len(noded.ends) == 3
    assert len(set(components(len(noded.xy), noded.ends)[noded.ends.ravel()])) == 1


def test_joining_keeps_junctions_and_changes_of_attributes():
    straight = pieces_of(*[[(x, 0), (x + 10, 0)] for x in range(0, 60, 10)], key=[1, 1, 1, 2, 2, 2])
    stretches = join(straight)
    assert sorted(stretches.key.tolist()) == [1, 2]
    assert sorted(shapely.length(stretches.lines).tolist()) == [30.0, 30.0]
    fork = pieces_of([(0, 0), (10, 0)], [(10, 0), (20, 0)], [(10, 0), (10, 10)])
    assert len(join(fork).lines) == 3


def test_close_vertices_merge_and_stubs_go():
    pieces = pieces_of([(0, 0), (50, 0)], [(51, 0), (100, 0)], [(100, 0), (100, 3)])
    merged = merge_close(pieces, 2.0)
    assert len(set(components(len(merged.xy), merged.ends)[merged.ends.ravel()])) == 1
    assert len(without_stubs(merged, 8.0).ends) == 2


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(*[st.integers(0, 300)] * 4), min_size=2, max_size=14))
def test_noded_pieces_cross_nowhere_and_keep_the_drawing(rows):
    pieces = clean(pieces_of(*[[(a, b), (c, d)] for a, b, c, d in rows]))
    if len(pieces.ends) < 2:
        return
    noded = node(pieces, level(pieces))
    left, _, along, other = crossings(noded, level(noded))
    sizes = np.hypot(*(noded.xy[noded.ends[left, 1]] - noded.xy[noded.ends[left, 0]]).T)
    # What is left of crossings lies within the snapping distance of an end of either piece.
    inner = np.minimum(along, 1 - along) * sizes
    assert (inner < 12.0).all() or len(inner) == 0 or (np.minimum(other, 1 - other) < 0.2).all()
    before = shapely.union_all(pieces.lines())
    after = shapely.union_all(noded.lines())
    assert shapely.hausdorff_distance(before, after) < 12.0
