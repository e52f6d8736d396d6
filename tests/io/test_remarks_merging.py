"""Whatever comes back, however often: nothing is lost and nothing is there twice."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.io.remarks.layout import base_mark
from app.io.remarks.merging import Arrival, merge
from app.io.remarks.reading import ReturnedRow
from app.model.comments import Anchor, add_comment, reply, set_state, threads
from tests.review_support import WHEN, point, town

TEXTS = ("On a section", "Wet", "Too  dear", "Too dear", "ü", "=1+1")
UID = "7b0d2f9e-0c5c-4e36-9d3e-0d8d3a6f5a11"


def start():
    network = town()
    about = Anchor("plan_spans", "x2")
    network = network.apply(
        add_comment(network, about, "On a section", "Anna", WHEN, plan="plan-a", uid="c1")
    )
    network = network.apply(reply(network, "c1", "Wet", "Dora", WHEN, new_uid="c2"))
    return network.apply(
        add_comment(
            network, Anchor(place=point(500, 0)), "ü", "Dora", WHEN, plan="plan-a", uid="c3"
        )
    )


START = start()
places = st.sampled_from([None, point(150, 3), point(500, 0), point(900, 1)])
rows = st.lists(
    st.builds(
        ReturnedRow,
        where=st.just("comments"),
        number=st.integers(1, 99),
        is_listed=st.booleans(),
        uid=st.sampled_from([None, "c1", "c2", "c3", "mine", UID]),
        plan=st.sampled_from([None, "plan-a", "gone"]),
        reply_to=st.sampled_from([None, None, "c1", "c2", "mine", UID, "gone"]),
        table=st.sampled_from([None, "plan_spans", "sites", "plans", "bill", "odd"]),
        object=st.sampled_from([None, "x2", "s1", "plan-a", "cable.slack", "gone"]),
        text=st.sampled_from([None, *TEXTS]),
        author=st.sampled_from([None, "Anna", "Carla"]),
        created=st.sampled_from([None, WHEN, "2026/02/03 04:05:06", "yesterday"]),
        state=st.sampled_from([None, "open", "closed", "Answered", "?"]),
        answer=st.sampled_from([None, None, "Seen", "Wet"]),
        answer_author=st.sampled_from([None, "Anna", "Carla"]),
        base=st.sampled_from(
            [None, base_mark("On a section", "open"), base_mark("ü", "open"), "closed x"]
        ),
        point=places,
    ),
    max_size=8,
)


def flat(text):
    return " ".join(text.split())


def check(back, is_closed):
    network = START.apply(set_state(START, "c3", "closed")) if is_closed else START
    nothing = {"uid": None, "answer": None, "reply_to": None}  # what sheets of objects lack
    back = [row if row.is_listed else replace(row, **nothing) for row in back]
    arrival = Arrival("back.gpkg", "Bruno", WHEN)
    found = merge(network, back, arrival)
    after = network.apply(found.changes)
    said = {flat(body) for body in after.table("comments")["body"]}
    lost = {flat(part) for row in found.rejected for part in row.text.split("\n")}
    for row in back:
        for text in (row.text, row.answer):
            assert text is None or flat(text) in said | lost, text
    known = set(network.table("comments").index)
    assert known <= set(after.table("comments").index)
    assert after.table("comments").index.is_unique
    assert sum(len(thread.replies) + 1 for thread in threads(after)) == len(after.table("comments"))
    again = merge(after, back, arrival)
    assert again.added == ()
    assert after.apply(again.changes).table("comments")["body"].tolist() == (
        after.table("comments")["body"].tolist()
    )
    third = merge(after.apply(again.changes), back, arrival)
    assert third.changes.is_empty


@given(rows, st.booleans())
@settings(deadline=None, max_examples=100)
def test_merging_loses_nothing_and_adds_nothing_twice(back, is_closed):
    check(back, is_closed)


@pytest.mark.long
@given(rows, st.booleans())
@settings(deadline=None, max_examples=1000)
def test_merging_loses_nothing_and_adds_nothing_twice_at_length(back, is_closed):
    check(back, is_closed)
