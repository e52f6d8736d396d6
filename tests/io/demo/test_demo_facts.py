"""Facts of the demo: complete, rounded, inside the drawn outline."""

import numpy as np
import shapely

from app.io.demo import areas, facts


def test_all_municipalities_are_there_with_distinct_codes():
    towns = facts.towns()
    assert len(towns) == 133
    assert len({town.code for town in towns}) == 133
    assert all(town.code.startswith("015") and len(town.code) == 6 for town in towns)
    assert sum(town.residents for town in towns) > 3_000_000


def test_facts_are_rounded_to_a_thousandth_of_a_degree():
    for table in ("municipalities", "places", "districts"):
        for row in facts.rows(table):
            for axis in ("lon", "lat"):
                assert float(row[axis]) == round(float(row[axis]), 3)


def test_named_places_carry_their_source():
    places = facts.places()
    assert {"seat", "idroscalo", "int", "besta", "questura", "garr"} <= set(places)
    assert places["garr"].quality == "assumed"
    assert all(place.source for place in places.values())


def test_every_centre_lies_in_the_outline_and_in_its_own_area():
    outline = facts.outline()
    assert all(shapely.contains_xy(outline, *town.xy) for town in facts.towns())
    numbers = areas.town_of(np.array([town.xy for town in facts.towns()]))
    assert numbers.tolist() == list(range(133))


def test_areas_of_municipalities_cover_the_outline_without_overlap():
    shapes = [shape for _, shape in areas.municipalities()]
    whole = shapely.union_all(shapes)
    assert abs(sum(shapely.area(shapes)) - shapely.area(whole)) < 1.0
    assert shapely.area(shapely.symmetric_difference(whole, facts.outline())) < 1000.0
    assert 1.3e9 < shapely.area(whole) < 1.8e9


def test_the_exclave_lies_apart_in_the_south_east():
    by_name = {town.name: shape for town, shape in areas.municipalities()}
    exclave = by_name.pop("San Colombano al Lambro")
    others = shapely.union_all(list(by_name.values()))
    assert shapely.distance(exclave, others) > 5000.0


def test_a_path_reads_towns_and_coordinates():
    xy = facts.path("@Magenta;9.188 45.461")
    assert tuple(xy[0]) == facts.town("Magenta").xy
    assert np.allclose(xy[1], facts.project([9.188, 45.461])[0])


def test_smoothing_keeps_the_ends_and_stays_near_the_drawn_line():
    drawn = np.array([[0.0, 0.0], [1000.0, 0.0], [2000.0, 800.0], [2500.0, 2500.0]])
    curve = facts.smooth(drawn, 50.0)
    assert np.allclose(curve[[0, -1]], drawn[[0, -1]])
    line = shapely.linestrings(curve)
    assert max(shapely.distance(shapely.points(drawn), line)) < 15.0
    assert shapely.hausdorff_distance(line, shapely.linestrings(drawn)) < 150.0
