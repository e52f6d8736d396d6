"""Templates are filled as Python fills them, but for the decimal mark of the language."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.io.formats import formats
from app.model.messages import Message

VALUES = st.one_of(
    st.integers(-(10**9), 10**9), st.floats(-1e6, 1e6), st.text(max_size=8), st.booleans()
)


@settings(deadline=None, max_examples=100)
@given(value=VALUES, spec=st.sampled_from(["", "!r", "!s"]))
def test_english_is_filled_as_python_does(value: object, spec: str) -> None:
    template = f"{{{{a}}}} {{value{spec}}}."
    assert formats("en").fill(template, {"value": value}) == template.format(value=value)


@settings(deadline=None, max_examples=100)
@given(value=st.floats(-1e6, 1e6), decimals=st.integers(0, 4))
def test_italian_differs_by_the_comma_alone(value: float, decimals: int) -> None:
    filled = formats("it").fill(f"{{x:.{decimals}f}} m.", {"x": value})
    assert filled == f"{value:.{decimals}f}".replace(".", ",") + " m."


@pytest.mark.parametrize("name", ["demo.gpkg", "1.2", "10.5.3"])
def test_text_and_whole_numbers_stay(name: str) -> None:
    filled = formats("it").fill(
        "{name}: {count} di {share}", {"name": name, "count": 1500, "share": Decimal("2.5")}
    )
    assert filled == f"{name}: 1500 di 2,5"


def test_a_message_within_a_message_is_filled_alike() -> None:
    outer = Message("{part} of {y}", {"part": Message("{x:.1f} km", {"x": 2.25}), "y": 4.5})
    assert outer.render(fill=formats("it").fill) == "2,2 km of 4,5"
    assert str(outer) == "2.2 km of 4.5"
