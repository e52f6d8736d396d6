import pytest

from app.model.errors import InputError
from app.model.network import empty_network
from app.planning.failure.rates import copy_rates, rate_book, shipped_rates, unavailability


def test_the_row_with_most_cells_that_fit_counts(world):
    rows = [
        {"uid": "r1", "code": "a", "cuts_per_km_year": 0.1, "mttr_h": 1.0},
        {"uid": "r2", "code": "b", "technique": "sewer", "cuts_per_km_year": 0.2, "mttr_h": 2.0},
        {
            "uid": "r3", "code": "c", "technique": "sewer", "deployment": "belowGround",
            "cuts_per_km_year": 0.3, "mttr_h": 3.0, "is_placeholder": False,
        },
    ]  # fmt: skip
    book = rate_book(world(failure_rates=rows))
    assert book.span("trench").code == "a"
    assert book.span("sewer", "aboveGround").per_year == 0.2
    exact = book.span("sewer", "belowGround")
    assert (exact.mttr_h, exact.is_placeholder) == (3.0, False)
    assert book.span("sewer", None, "wasteWater", own_mttr_h=9.0).mttr_h == 9.0
    own = book.span("sewer", own_rate=0.5, own_mttr_h=4.0)
    assert (own.per_year, own.code, own.is_placeholder) == (0.5, "own", False)
    assert book.node("hub").code == "node.hub"


def test_technique_goes_before_codeployment():
    book = rate_book(empty_network("trial"))
    assert book.span("sewer", "belowGround", "wasteWater").code == "span.sewer"
    assert book.span("trench", "belowGround", "wasteWater").code == "span.waste_water"


def test_assumptions_are_marked_and_every_figure_has_a_source():
    for row in shipped_rates():
        assert row["source"] and row["mttr_h"] >= 0
        assert row["is_placeholder"] is not row["source"].startswith(("Cuts: Hind", "As other"))


def test_copied_rates_say_what_the_shipped_ones_say():
    network = empty_network("trial")
    copied = network.apply(copy_rates(network))
    book, before = rate_book(copied), rate_book(network)
    assert book.own_count == len(shipped_rates())
    for technique in ("trench", "sewer", "aerial", None):
        assert book.span(technique) == before.span(technique)
    assert copy_rates(copied).is_empty


def test_a_rate_without_figures_is_refused(world):
    rows = [{"uid": "r1", "code": "a", "applies_to": "node", "mttr_h": 1.0}]
    with pytest.raises(InputError) as caught:
        rate_book(world(failure_rates=rows))
    assert caught.value.uids == ("r1",)


def test_time_down_follows_the_formula():
    assert unavailability(0.162, 12) * 525_600 == pytest.approx(116.6, abs=0.1)
