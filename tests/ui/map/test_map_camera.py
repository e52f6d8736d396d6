from __future__ import annotations

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ui.map.camera import Camera, stepped
from app.ui.map.history import History

coordinates = st.floats(-1e6, 6e6)
cameras = st.builds(
    Camera,
    x=coordinates,
    y=coordinates,
    resolution=st.floats(0.01, 2000).map(stepped),
    width_px=st.integers(50, 4000),
    height_px=st.integers(50, 3000),
    ratio=st.sampled_from([1.0, 1.25, 1.5, 2.0]),
)
shares = st.floats(0, 1)


@settings(deadline=None, max_examples=200)
@given(cameras, shares, shares)
def test_coordinates_survive_the_round_trip(camera: Camera, across: float, down: float) -> None:
    x_px, y_px = across * camera.width_px, down * camera.height_px
    back = camera.to_px([camera.to_map(x_px, y_px)])[0]
    assert np.allclose(back, (x_px, y_px), atol=1e-3)


@settings(deadline=None, max_examples=200)
@given(cameras, shares, shares, st.floats(0.1, 10))
def test_zoom_keeps_the_place_under_the_pointer(
    camera: Camera, across: float, down: float, factor: float
) -> None:
    x_px, y_px = across * camera.width_px, down * camera.height_px
    zoomed = camera.zoomed(factor, x_px, y_px)
    before, after = camera.to_map(x_px, y_px), zoomed.to_map(x_px, y_px)
    # Views lie on whole pixels of their own, so either may be half a pixel off.
    allowed = 0.51 * (camera.resolution + zoomed.resolution)
    assert math.dist(before, after) <= allowed * math.sqrt(2)


@settings(deadline=None, max_examples=100)
@given(cameras, coordinates, coordinates, st.floats(1, 1e5), st.floats(1, 1e5))
def test_a_fitted_rectangle_is_wholly_seen(
    camera: Camera, x: float, y: float, width: float, height: float
) -> None:
    fitted = camera.fitted((x, y, x + width, y + height))
    xmin, ymin, xmax, ymax = fitted.extent
    assert xmin <= x and ymin <= y and xmax >= x + width and ymax >= y + height


def test_scale_is_metres_on_the_ground_to_metres_on_the_screen() -> None:
    # 96 pixels are one inch: 0.0254 m on the screen show 96 x 10 m.
    assert math.isclose(Camera(resolution=10.0).scale(96.0), 960 / 0.0254)


def test_dragging_moves_the_place_with_the_pointer() -> None:
    camera = Camera(x=1000.0, y=2000.0, resolution=2.0, width_px=400, height_px=300)
    grabbed = camera.to_map(100, 100)
    assert camera.panned(30, -20).to_map(130, 80) == grabbed


def test_history_goes_back_and_forward_and_forgets_the_way_not_taken() -> None:
    history = History()
    for place in (1.0, 2.0, 3.0):
        history.visit((place, 0.0, 1.0))
    history.visit((3.0, 0.0, 1.0))
    assert history.back() == (2.0, 0.0, 1.0)
    assert history.back() == (1.0, 0.0, 1.0)
    assert history.back() is None
    assert history.forward() == (2.0, 0.0, 1.0)
    history.visit((9.0, 0.0, 1.0))
    assert history.forward() is None
    assert history.back() == (2.0, 0.0, 1.0)
