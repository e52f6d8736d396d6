"""Colours of the map tell things apart for eyes that lack a kind of cone, too.

Dichromats are simulated after F. Viénot, H. Brettel, J. D. Mollon, Digital video colourmaps for
checking the legibility of displays by dichromats, Color Research & Application 24 (1999); how far
colours lie apart is told in CIELAB (CIE 1976).
"""

from itertools import combinations

import numpy as np
import pytest

from app.model.symbols import load_symbols

TO_LMS = np.array([[17.8824, 43.5161, 4.11935], [3.45565, 27.1554, 3.86714],
                   [0.0299566, 0.184309, 1.46709]])  # fmt: skip
LACKS = {
    "none": np.eye(3),
    "protan": np.array([[0, 2.02344, -2.52581], [0, 1, 0], [0, 0, 1]]),
    "deutan": np.array([[1, 0, 0], [0.494207, 0, 1.24827], [0, 0, 1]]),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = TO_XYZ.sum(axis=1)
LEAST_APART = 10.0
"""A just noticeable difference is about 2.3; small symbols on a map need several."""


def linear(color):
    values = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(color, lack):
    seen = np.linalg.solve(TO_LMS, LACKS[lack] @ (TO_LMS @ linear(color)))
    ratio = (TO_XYZ @ np.clip(seen, 0, 1)) / WHITE
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(one, other, lack):
    return float(np.linalg.norm(lab(one, lack) - lab(other, lack)))


def look(symbol):
    """Return what tells a symbol from another besides its colour."""
    return symbol.shape, round(symbol.size_px), symbol.dash, round(symbol.width_px * 2)


@pytest.mark.parametrize("lack", sorted(LACKS))
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_of_the_sheet_are_told_apart(theme, lack):
    colors = load_symbols(theme).colors
    roles = ("selection", "route", "protection", "plan")
    close = [(a, b) for a, b in combinations(roles, 2)
             if apart(colors[a], colors[b], lack) < LEAST_APART]  # fmt: skip
    assert close == []
    for role in ("ink", "route", "plan", "error"):
        assert abs(lab(colors[role], lack)[0] - lab(colors["paper"], lack)[0]) > 30


@pytest.mark.parametrize("lack", sorted(LACKS))
@pytest.mark.parametrize("table", ["sites", "nodes", "spans", "plan_spans", "barriers"])
def test_symbols_of_a_layer_differ_by_shape_or_by_a_colour_that_is_seen(table, lack):
    symbols = load_symbols().layers[table].symbols
    alike = [
        (a, b)
        for a, b in combinations(sorted(symbols), 2)
        if look(symbols[a]) == look(symbols[b])
        and apart(symbols[a].fill or symbols[a].color, symbols[b].fill or symbols[b].color, lack)
        < LEAST_APART
    ]
    assert alike == []


@pytest.mark.parametrize("lack", sorted(LACKS))
def test_the_network_stands_out_from_streets_and_plan(lack):
    layers = load_symbols().layers
    ring = layers["spans"].symbols["ring"].color
    for other in (layers["streets"].default, layers["streets"].symbols["motorway"],
                  layers["plan_spans"].default):  # fmt: skip
        assert apart(ring, other.color, lack) > 2 * LEAST_APART
