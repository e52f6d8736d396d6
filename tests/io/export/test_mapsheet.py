"""The map sheet is true to scale, shows what it says, and draws the symbols of the file."""

from __future__ import annotations

import json
from importlib.resources import files
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.io.export import PlanDossier
from app.io.export.frame import SCALES, Frame, clipped, fit
from app.io.export.labels import Label, place
from app.io.export.legend import legend
from app.io.export.mapsheet import draw_map, draw_overview, plan_bounds
from app.io.export.svg import line_data
from app.io.export.texts import Speech
from app.model.symbols import SYMBOL_LABELS, load_symbols, outline

SVG = "{http://www.w3.org/2000/svg}"
FRAME = Frame(left=0.0, top=1000.0, width_mm=200.0, height_mm=100.0, scale=10_000)
EDGE = st.floats(-1e6, 1e6)
EXTENT = st.floats(0.0, 2e5)


@settings(deadline=None, max_examples=60)
@given(EDGE, EDGE, EXTENT, EXTENT)
def test_sheet_shows_the_whole_extent_at_the_largest_round_scale(
    west: float, south: float, width: float, height: float
) -> None:
    bounds = (west, south, west + width, south + height)
    frame = fit(bounds, 300, 200)
    left, bottom, right, top = frame.bounds()
    slack = 1e-6 * max(1.0, abs(west), abs(south))
    assert left <= west + slack and bottom <= south + slack
    assert right >= west + width - slack and top >= south + height - slack
    assert frame.scale in SCALES
    smaller = [scale for scale in SCALES if scale < frame.scale]
    if smaller:
        room = (300 - 24) * smaller[-1] / 1000, (200 - 24) * smaller[-1] / 1000
        assert width > room[0] or height > room[1]


def test_one_kilometre_is_as_long_as_the_scale_says() -> None:
    ends = FRAME.to_mm(np.array([[0.0, 0.0], [1000.0, 0.0]]))
    assert ends[1, 0] - ends[0, 0] == pytest.approx(100.0)
    assert FRAME.to_mm(np.array([[0.0, 1000.0]])).tolist() == [[0.0, 0.0]]


def test_path_data_decode_to_the_points_to_a_hundredth_of_a_millimetre() -> None:
    data = line_data([shapely.LineString([(0, 1000), (100, 900), (150, 950), (150, 950)])], FRAME)
    assert data == "M0 0l1000 1000 500-500"


def test_areas_are_closed_and_keep_their_holes() -> None:
    shape = shapely.box(0, 0, 100, 100).difference(shapely.box(20, 20, 40, 40))
    data = line_data([shapely.MultiPolygon([shape])], FRAME)
    assert data.count("M") == 2
    assert data.count("z") == 2


def test_what_lies_outside_is_left_out_and_lines_are_cut() -> None:
    shapes = np.array(
        [
            shapely.LineString([(-100, 50), (1100, 50)]),
            shapely.Point(5000, 5000),
            None,
            shapely.LineString([(10, 10), (20, 20)]),
        ],
        dtype=object,
    )
    cut, rows = clipped(shapes, (0, 0, 1000, 1000), 0.1)
    assert rows.tolist() == [0, 3]
    assert shapely.bounds(cut[0]).tolist() == [0, 50, 1000, 50]


def test_sheet_is_well_formed_and_repeats(dossier: PlanDossier) -> None:
    sheet = draw_map(dossier, 300, 200)
    root = ElementTree.fromstring(sheet.svg)
    assert root.get("viewBox") == "0 0 300 200"
    assert sheet.svg == draw_map(dossier, 300, 200).svg
    words = {element.text for element in root.iter(f"{SVG}text")}
    assert {"Scuole 2027", "1"} <= words


def test_hostile_names_add_no_element_to_the_sheet(make, payloads: tuple[str, ...]) -> None:
    tags = {"svg", "g", "path", "rect", "circle", "polygon", "text", "title"}
    for payload in payloads:
        root = ElementTree.fromstring(draw_map(make(payload), 300, 200).svg)
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= tags
        for element in root.iter():
            assert not [name for name in element.attrib if name.startswith("on") or "href" in name]


def test_far_site_out_of_reach_does_not_shrink_the_plan(dossier: PlanDossier) -> None:
    west, _, east, _ = plan_bounds(dossier)
    assert east - west < 900
    assert draw_map(dossier, 300, 200).outside == 1


def test_near_site_out_of_reach_is_shown_and_told_in_the_legend(make) -> None:
    plan = make()
    tables = dict(plan.network.tables)
    sites = tables["sites"].copy()
    sites.loc["site3", "geometry"] = shapely.Point(514_550, 5_034_100)
    network = type(plan.network)("n", plan.network.crs, "u", {**tables, "sites": sites})
    sheet = draw_map(make(network=network), 300, 200)
    assert sheet.outside == 0
    labels = [entry.label for entry in legend(sheet.drawn, Speech("en"))["sites"]]
    assert "Not reachable" in labels


def test_overview_only_when_the_network_is_much_larger(make) -> None:
    plan = make()
    main = draw_map(plan, 300, 200).frame
    assert draw_overview(plan, main) is None
    tables = dict(plan.network.tables)
    spans = tables["spans"].copy()
    spans.loc["s1", "geometry"] = shapely.LineString([(500_000, 5_020_000), (540_000, 5_050_000)])
    network = type(plan.network)("n", plan.network.crs, "u", {**tables, "spans": spans})
    overview = draw_overview(make(network=network), main)
    assert overview is not None
    assert overview.frame.scale > 10 * main.scale


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(st.floats(0, 200), st.floats(0, 100), st.integers(0, 3)), min_size=1, max_size=40
    )
)
def test_labels_never_overlap_and_stay_on_the_sheet(points) -> None:
    labels = [
        Label(f"Comune {n}", x, y, 3.0, rank, "#000000", "#ffffff")
        for n, (x, y, rank) in enumerate(points)
    ]
    texts = [ElementTree.fromstring(item) for item in place(labels, FRAME)]
    boxes = []
    for item in texts:
        width = len(item.text or "") * 3.0 * 0.45  # narrower than any real text of the font
        x, y = float(item.get("x", 0)), float(item.get("y", 0))
        left = {"start": x, "middle": x - width / 2, "end": x - width}[item.get("text-anchor", "")]
        boxes.append(shapely.box(left, y - 2.1, left + width, y))
    assert all(shapely.box(0, 0, 200, 100).contains(box) for box in boxes)
    for number, box in enumerate(boxes):
        assert not any(box.overlaps(other) or box.equals(other) for other in boxes[number + 1 :])


def test_important_label_wins_the_place() -> None:
    hub = Label("Hub", 50, 50, 3.0, 9, "#000000", "#ffffff", is_centred=True, reach_mm=0)
    site = Label("Scuola", 50, 50, 3.0, 1, "#000000", "#ffffff", is_centred=True, reach_mm=0)
    (drawn,) = place([site, hub], FRAME)
    assert ">Hub<" in drawn


def test_labels_of_the_symbols_file_are_marked_for_translation() -> None:
    raw = json.loads(files("resources").joinpath("symbols.json").read_text(encoding="utf-8"))
    found = set()
    for layer in raw["layers"]:
        found |= {layer["label"], layer["default"]["label"]}
        found |= {item["label"] for item in layer["symbols"].values() if "label" in item}
    assert found == set(SYMBOL_LABELS)


def test_every_shape_has_an_outline_about_as_large_as_a_circle() -> None:
    for style in load_symbols().ordered():
        for symbol in (style.default, *style.symbols.values()):
            corners = outline(symbol.shape)
            if corners:
                area = shapely.Polygon(corners).area
                assert 0.3 < area < 1.0, symbol.shape
    with pytest.raises(KeyError):
        outline("blob")
