"""The exact end of a search whose kernel has become narrow.

States whose reduced costs use up what the bound leaves to the best tree belong to no cheaper
one. So few others are left that all can be gone through: that finds a cheaper tree, or proves
that there is none.
"""

from __future__ import annotations

import numpy as np

from app.planning.arrays import FAR, BoolArray, Graph, IntArray
from app.planning.tree.bags import affordable_tree, bags_of
from app.planning.tree.kernel import Kernel

_MOST_EDGES = 10_000
"""Kernels with more edges are not narrow."""

FIRST_STATES, MOST_STATES = 500_000, 4_000_000
"""States that are looked at before giving up: about a tenth of a second; and at most."""


def settled(
    kernel: Kernel, reduced: IntArray, margin: int, most: int = MOST_STATES
) -> tuple[BoolArray | None, bool]:
    """Return the cheapest tree if it costs less than the best one, and whether that is sure.

    Parameters
    ----------
    reduced
        ``(2m,)`` what a dual solution of the kernel leaves of each arc's cost.
    margin
        What the dual solution leaves between its bound and the best tree's cost.
    most
        States to be looked at.
    """
    g = kernel.graph
    if g.edge_count > _MOST_EDGES:
        return None, False
    bags = bags_of(g, int(kernel.terminals[0]))
    if bags is None:
        return None, False
    price = lowest_prices(g, reduced)
    return affordable_tree(g, kernel.terminals, bags, price, margin, most)


def lowest_prices(graph: Graph, reduced: IntArray) -> IntArray:
    """Return the smaller of the reduced costs of each edge's two arcs."""
    price = np.full(graph.edge_count, FAR, dtype=np.int64)
    np.minimum.at(price, graph.edge, reduced)
    return price
