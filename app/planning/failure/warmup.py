"""Compile the kernels of this package on a tiny ring."""

from __future__ import annotations

import numpy as np

from app.planning.failure import linkways
from app.planning.failure.enumeration import enumerate_states
from app.planning.failure.model import FailureModel, Sites
from app.planning.failure.montecarlo import draw_states
from app.planning.failure.sweep import aftermath, pairs_that_matter
from app.planning.failure.traffic import Traffic


def warm_up() -> None:
    """Run every kernel once."""
    linkways.warm_up()
    model = tiny_model()
    given = (model.graph, model.edge_down, model.node_down, model.root)
    enumerate_states(*given)
    draw_states(*given, samples=2)
    traffic = Traffic(model)
    traffic.moved((0,), ())
    traffic.after((0,), ())
    aftermath(model.graph, model.root, model.sites.node, [((0,), (1,))], 3)
    pairs_that_matter(model.graph, model.root, np.ones(4), 3)


def tiny_model() -> FailureModel:
    """Return a ring of three nodes, one of them a source, with a site."""
    some, few = np.full(3, 0.01), np.full(3, 4.0)
    no = np.zeros(3, dtype=np.bool_)
    return FailureModel(
        nodes=("a", "b", "c"),
        start=np.array([0, 1, 2], dtype=np.int32),
        end=np.array([1, 2, 0], dtype=np.int32),
        span=("ab", "bc", "ca"),
        length_m=np.ones(3),
        edge_rate=some,
        edge_mttr_h=few,
        node_rate=some,
        node_mttr_h=few,
        is_assumed_edge=no,
        is_assumed_node=no,
        capacity_mbps=np.full(3, np.nan),
        node_capacity_mbps=np.full(3, np.nan),
        sources=(0,),
        xy=np.zeros((3, 2)),
        sites=Sites(
            ("s",), np.array([1], dtype=np.int32), ("other_body",), np.array([3]), np.ones(1)
        ),
    )
