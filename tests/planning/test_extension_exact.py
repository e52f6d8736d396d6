"""Guided plans against exact optima of an integer program on small towns."""

from decimal import Decimal

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_matrix

from app.model.errors import Infeasible
from app.model.geodesy import to_lonlat
from app.model.guidance import Guidance
from app.planning.connectivity import service
from app.planning.costs.bill import bill
from app.planning.costs.costrules import default_rules
from app.planning.costs.prices import price_book
from app.planning.extension import ExtensionParameters, plan_extension
from app.planning.guiding.guide import make_guide
from app.planning.guiding.terms import read_terms
from app.planning.streets.building import RouteOptions
from app.planning.streets.landing import route_graph

CORNER = (515_000.0, 5_035_000.0)
PASSED = ",".join(repr(float(part)) for part in to_lonlat(515_100, 5_035_050, "EPSG:7791"))


def built_m(result, box):
    """Length of what the plan builds inside a box of local metres."""
    area = shapely.box(*np.add(box, 2 * CORNER))
    inside = shapely.intersection(result.tables["plan_spans"].geometry.to_numpy(), area)
    return float(shapely.length(inside).sum())


def exact(graph, terminals, root, forced):
    """Cheapest edges that contain ``forced`` and join all terminals, by flows to each."""
    m, n = graph.edge_count, graph.node_count
    wanted = [t for t in terminals if t != root]
    columns = m + 2 * m * len(wanted)
    matrix = lil_matrix((len(wanted) * (n + m), columns))
    low, high = np.zeros(matrix.shape[0]), np.zeros(matrix.shape[0])
    for k, t in enumerate(wanted):
        base, top = m + 2 * m * k, k * (n + m)
        for e in range(m):
            a, b = int(graph.start[e]), int(graph.end[e])
            if a != b:
                matrix[top + a, base + e] = matrix[top + b, base + m + e] = 1
                matrix[top + b, base + e] = matrix[top + a, base + m + e] = -1
            matrix[top + n + e, base + e] = matrix[top + n + e, base + m + e] = 1
            matrix[top + n + e, e] = -1
            low[top + n + e] = -np.inf
        low[top + t] = high[top + t] = 1
        low[top + root] = high[top + root] = -1
    least = np.zeros(columns)
    least[list(forced)] = 1
    whole = np.zeros(columns)
    whole[:m] = 1
    scale = 1e5
    found = milp(
        np.concatenate((graph.cost / scale, np.zeros(columns - m))), integrality=whole,
        constraints=LinearConstraint(matrix.tocsr(), low, high), bounds=Bounds(least, 1),
        options={"mip_rel_gap": 0},
    )  # fmt: skip
    assert found.success
    return int(graph.cost[np.flatnonzero(found.x[:m] > 0.5)].sum())


@settings(deadline=None, max_examples=12)
@given(st.data())
def test_bounds_and_costs_enclose_the_exact_optimum(world, draw, grid, data):
    count = 3
    sites = data.draw(
        st.lists(
            st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=3, unique=True
        )
    )
    names = [f"{kind}{i}" for kind in ("row", "col") for i in range(count)]
    asked = data.draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
    avoid = data.draw(st.lists(st.sampled_from([n for n in names if n not in asked]), max_size=1))
    network = world(
        streets=grid(count), nodes=[draw.node("hub", 0, 0, "hub")],
        sites=[draw.site(f"s{i}", 10 * x + 3, 10 * y + 2) for i, (x, y) in enumerate(sites)],
    )  # fmt: skip
    passes = (PASSED,) if data.draw(st.booleans()) else ()
    wish = Guidance(must_use=tuple(asked), avoid=tuple(avoid), waypoints=passes)
    uids = tuple(sorted(network.table("sites").index))
    parameters = ExtensionParameters(name="A", sites=uids, guidance=wish)
    try:
        result = plan_extension(network, parameters)
    except Infeasible:
        return
    for street in asked:
        fixed = int(street[3:]) * 100
        box = (
            (0, fixed - 0.5, 200, fixed + 0.5)
            if street[:3] == "row"
            else (fixed - 0.5, 0, fixed + 0.5, 200)
        )
        assert built_m(result, box) >= 199.8
    assert not set(avoid) & set(result.tables["plan_spans"]["street"])
    paper = bill(network.apply(result.changes), result.summary["plan_uid"])
    assert Decimal(str(result.summary["objective"])) == paper.objective_eur
    rules, book, served = default_rules(), price_book(network), service(network)
    terms = read_terms(network, wish)
    options = RouteOptions(
        0.5, 30.0, 500.0, False, terms.closures, terms.marks_xy, terms.waypoint_xy
    )
    routes = route_graph(network, served, uids, options, rules, book)
    routes, guide = make_guide(network, wish, terms, served, ("operational",), routes, uids, book)
    missed = {item["uid"] for item in result.summary["unreachable"]}
    rows = [row for row, uid in enumerate(uids) if uid not in missed]
    terminals = [*(int(routes.entries[row]) for row in rows), *guide.forced.terminals]
    best = exact(routes.graph, terminals, routes.root, guide.forced.edges) * 1e-5 + 1000 * len(rows)
    assert result.summary["lower_bound"] <= best + 0.01
    assert best <= result.summary["objective"] + 0.2
