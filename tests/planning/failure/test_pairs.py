import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.network import empty_network
from app.planning.failure.pairs import availability_class, pair_availability, span_unavailability
from app.planning.failure.rates import rate_book


def test_a_short_common_entry_costs_more_than_two_long_arcs():
    """Two arcs of 106 km at 0.0081 cuts per km and year and 12 h, then 300 m in common."""
    rate = rate_book(empty_network("trial")).span("trench")
    assert (rate.per_year, rate.mttr_h) == (0.0081, 12)
    arc, entry = span_unavailability(106_000, rate), span_unavailability(300, rate)
    apart = pair_availability([arc], [arc])
    whole = pair_availability([arc], [arc], [entry])
    assert apart.minutes_per_year == pytest.approx(0.72, abs=0.01)
    assert whole.common_minutes_per_year == pytest.approx(1.74, abs=0.01)
    assert whole.minutes_per_year == pytest.approx(2.47, abs=0.01)
    assert whole.common_minutes_per_year > 2 * apart.minutes_per_year
    spur = pair_availability([span_unavailability(20_000, rate)], [1.0])
    assert spur.minutes_per_year == pytest.approx(116, abs=1)


@settings(deadline=None, max_examples=100)
@given(*[st.lists(st.floats(0, 1), max_size=4)] * 3)
def test_a_pair_lies_between_its_better_route_and_the_common_part(first, second, common):
    pair = pair_availability(first, second, common)
    tiny = 1e-12
    assert pair.common * max(pair.first, pair.second) - tiny <= pair.availability
    assert pair.availability <= pair.common + tiny
    longer = pair_availability([*first, 0.1], second, common)
    assert longer.availability <= pair.availability + tiny


def test_classes_are_named_by_what_is_reached():
    names = [availability_class(a) for a in (0.5, 0.9, 0.9989, 0.999, 0.99995, 1.0)]
    assert names == ["<90", "90", "99", "99.9", "99.99", "99.9999"]
