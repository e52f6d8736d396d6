"""Small parts of guided plans: what progress says, and who stands in the way."""

import numpy as np

from app.model.messages import message
from app.planning.guiding.trees import in_euro
from app.planning.streets.closures import ClosedEdges, blockers


def test_progress_speaks_of_euro_and_counts_what_is_built_anyhow():
    told = []
    report = in_euro(lambda fraction, text=None: told.append((fraction, text)), more=100_000)
    report(0.5, message("Improving", cost=900_000, bound=400_000))
    report(0.6, message("Improving", cost=900_000, bound=0))
    report(0.7, message("Something else"))
    report(0.8)
    assert told[0][1].values == {"cost_eur": 10, "bound_eur": 5}
    assert str(told[0][1]) == "Improving: 10 € so far, at least 5 € needed"
    assert str(told[1][1]) == "Improving: 10 € so far"
    assert str(told[2][1]) == "Something else"
    assert told[3] == (0.8, None)


def test_the_fewest_closed_edges_on_the_way_name_the_blockers():
    closed = ClosedEdges(
        np.array([0, 1, 0]), np.array([1, 2, 3]), np.full(3, None, dtype=object),
        np.array(["wall", "river", "moor"], dtype=object),
    )  # fmt: skip
    parts = np.array([0, 1, 2, 3], dtype=np.int32)
    assert blockers(closed, parts, 2, 0) == ("wall", "river")
    assert blockers(closed, parts, 3, 0) == ("moor",)
    assert blockers(closed, np.array([0, 0, 0, 9], dtype=np.int32), 2, 0) == ()
    assert blockers(closed, np.array([0, 1, 2, 3, 4], dtype=np.int32), 4, 0) == ()
