from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from app.ui.map.camera import Camera
from app.ui.map.labels import Label, LabelKind, brief, label_picture, place, shortened
from app.ui.map.overlay import bar_length_m
from app.ui.map.view import MapView
from tests.ui.map.support import X, Y

pytestmark = [
    pytest.mark.qt_log_level_fail("WARNING"),
    pytest.mark.qt_log_ignore("propagateSizeHints"),
]
KIND = LabelKind(11, False, "#000000", 1e9, 1)
CAMERA = Camera(X + 500, Y + 300, 2.0, 600, 400)
places = st.tuples(st.floats(0, 1000), st.floats(0, 600), st.sampled_from([0.0, 6.0]))


@settings(deadline=None, max_examples=60)
@given(spots=st.lists(places, max_size=40))
def test_labels_never_cover_one_another_or_a_symbol(
    qapp: object, spots: list[tuple[float, float, float]]
) -> None:
    labels = [
        Label(f"Name {number}", X + x, Y + y, KIND, offset)
        for number, (x, y, offset) in enumerate(spots)
    ]
    obstacle = QRectF(250, 150, 60, 60)
    written = place(labels, CAMERA, [obstacle])
    assert all(not item.rect.intersects(obstacle) for item in written)
    for one, other in itertools.combinations(written, 2):
        assert not one.rect.intersects(other.rect)


def test_the_more_important_name_wins(qapp: object) -> None:
    labels = [Label(name, X + 500, Y + 300, KIND, 0.0) for name in ("first", "second")]
    assert [item.label.text for item in place(labels, CAMERA, [])] == ["first"]


def test_a_crowded_point_label_moves_aside(qapp: object) -> None:
    x, y = CAMERA.to_px([(X + 500, Y + 300)])[0]
    in_the_way = QRectF(x + 4, y - 10, 200, 20)
    written = place([Label("Torre", X + 500, Y + 300, KIND, 6.0)], CAMERA, [in_the_way])
    assert len(written) == 1 and written[0].rect.right() < x


@pytest.mark.parametrize(("apart_m", "count"), [(30, 1), (300, 2)])
def test_near_namesakes_are_named_once(qapp: object, apart_m: float, count: int) -> None:
    labels = [Label("Municipio", X + 500 + dx, Y + 300, KIND, 6.0) for dx in (0, apart_m)]
    assert len(place(labels, CAMERA, [])) == count


def test_names_are_plain_text(view: MapView) -> None:
    view.zoom_to_all()
    view.grab()
    texts = {item.label.text for item in view.labels}
    assert {"Sesto <b>Uno</b>", "Vivaio"} <= texts


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Via\nRoma\t 1", "Via Roma 1"),
        ("a\u202eb", "a b"),
        ("x" * 80, "x" * 47 + "…"),
        ("", ""),
    ],
)
def test_names_are_written_on_one_short_line(name: str, shown: str) -> None:
    assert shortened(name) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Idroscalo, civil-protection hub (modelled)", "Idroscalo"),
        ("Scuola (modelled)", "Scuola"),
        ("(modelled)", "(modelled)"),
        (", ", ", "),
    ],
)
def test_names_are_brief_over_regions(name: str, shown: str) -> None:
    assert brief(name) == shown


def test_markup_is_painted_letter_by_letter(qapp: object) -> None:
    plain = label_picture("Uno", KIND, "#ffffff", 1.0)
    markup = label_picture("<b>Uno</b>", KIND, "#ffffff", 1.0)
    assert markup.width() > plain.width() + 20


def test_names_stay_while_panning(view: MapView) -> None:
    view.grab()
    before = view.labels
    assert before
    view.set_camera(view.camera.panned(40, 25))
    view.grab()
    assert view.labels == before


@settings(deadline=None, max_examples=100)
@given(st.floats(0.005, 5000))
def test_the_scale_bar_is_round_and_fits(resolution: float) -> None:
    length = bar_length_m(resolution)
    assert 45 <= length / resolution <= 130.001
    leading = length / 10.0 ** np.floor(np.log10(length) + 1e-9)
    assert min(abs(leading - step) for step in (1, 2, 5)) < 1e-6
