import importlib
import pkgutil

import numpy as np

import app.planning
from app.planning.arrays import build_graph
from app.planning.explain.study import ExplainParameters, explain_plan
from app.planning.extension import ExtensionParameters, plan_extension
from app.planning.routing.reach import (
    DistanceParameters,
    ReachParameters,
    site_distances,
    street_reach,
)
from app.planning.survival.redundancy import RedundancyParameters, analyse_redundancy
from app.planning.tree.steiner import solve
from app.planning.warmup import warm_up


def compiled_kinds():
    found = {}
    for module in pkgutil.walk_packages(app.planning.__path__, "app.planning."):
        for key, value in vars(importlib.import_module(module.name)).items():
            if hasattr(value, "signatures") and value.signatures:
                found[module.name, key] = len(value.signatures)
    return found


def test_nothing_is_left_to_compile_when_the_first_plan_is_made(world, draw, grid):
    warm_up()
    before = compiled_kinds()
    network = world(
        streets=grid(5), nodes=[draw.node("hub", 10, 10, "hub")],
        sites=[draw.site("a", 330, 360), draw.site("b", 130, 260), draw.site("c", 90, 390)],
    )  # fmt: skip
    for protection in ("none", "edge", "node"):
        parameters = ExtensionParameters("A", ("a", "b", "c"), protection=protection)
        result = plan_extension(network, parameters)
        if protection == "none":
            tree = network.apply(result.changes)
            explain_plan(tree, ExplainParameters(result.summary["plan_uid"]))
            street_reach(tree, ReachParameters("hubs", (200.0,)))
            site_distances(tree, DistanceParameters(("a", "b")))
    stored = network.apply(result.changes)
    analyse_redundancy(stored, RedundancyParameters(result.summary["plan_uid"]))
    assert compiled_kinds() == before
    assert len(before) > 10


def test_nothing_is_left_to_compile_when_a_search_takes_all_its_steps():
    warm_up()
    before = compiled_kinds()
    # A hypercube: reductions fail, so that rounds and cases are all needed.
    pairs = [(a, a ^ 1 << i) for a in range(32) for i in range(5) if a < a ^ 1 << i]
    graph = build_graph(32, *zip(*pairs, strict=True), np.full(80, 10))
    solution = solve(graph, [0, 3, 5, 6, 9, 10, 12, 15, 17, 18, 20, 30], 0)
    assert len(solution.edges)
    assert compiled_kinds() == before
