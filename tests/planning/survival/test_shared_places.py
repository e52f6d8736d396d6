"""What two routes share has a place to jump to, even if it has no length."""

import pytest
import shapely

from app.planning.survival.shared import _middle


@pytest.mark.parametrize(
    ("shape", "place"),
    [
        (shapely.LineString([(0, 0), (4, 0)]), (2, 0)),
        (shapely.LineString([(1, 2), (1, 2)]), (1, 2)),
        (shapely.Point(3, 4), (3, 4)),
        (shapely.MultiLineString([[(0, 0), (1, 0)], [(0, 5), (6, 5)]]), (3, 5)),
    ],
)
def test_the_place_is_the_middle_of_the_longest_part(shape, place):
    assert _middle(shape) == place
