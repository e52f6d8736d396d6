"""Network: applying changes, and a hash that sees every value and no order."""

import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.changes import combine, delete, insert, update
from app.model.frames import frame_from_rows, make_frame
from app.model.messages import message
from app.model.network import empty_network
from app.model.tables import TABLES

CRS = "EPSG:7791"
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.one_of(st.none(), st.text(max_size=5)),
            "priority": st.one_of(st.none(), st.integers(1, 5)),
            "peak_mbps": st.one_of(st.none(), st.floats(0, 1e5)),
        }
    ),
    max_size=8,
)


def sites(rows):
    placed = [
        {**row, "uid": f"s{k}", "geometry": shapely.Point(500000 + k, 5000000)}
        for k, row in enumerate(rows)
    ]
    return frame_from_rows(TABLES["sites"], placed, CRS)


def network_of(frame):
    return empty_network("n", CRS).apply(combine(message("x"), [insert("sites", frame)]))


@settings(deadline=None, max_examples=40)
@given(rows=ROWS)
def test_the_hash_ignores_the_order_of_rows(rows):
    frame = sites(rows)
    assert network_of(frame).content_hash(["sites"]) == network_of(frame[::-1]).content_hash(
        ["sites"]
    )


@settings(deadline=None, max_examples=40)
@given(rows=ROWS.filter(bool), data=st.data())
def test_the_hash_sees_a_change_of_any_value(rows, data):
    network = network_of(sites(rows))
    uid = data.draw(st.sampled_from(list(network.table("sites").index)))
    row = network.table("sites").loc[[uid]]
    values, shape = data.draw(
        st.sampled_from(
            [
                ({"name": "a new name"}, None),
                ({"peak_mbps": 123456.0}, None),
                ({"priority": 9}, None),
                ({}, [shapely.Point(1, 2)]),
            ]
        )
    )
    after = network.apply(combine(message("x"), [update("sites", row, values, shape)]))
    assert after.content_hash(["sites"]) != network.content_hash(["sites"])
    assert after.content_hash(["nodes"]) == network.content_hash(["nodes"])


def test_the_hash_does_not_see_the_revision():
    frame = sites([{"name": "a"}])
    raised = frame.assign(rev=5)
    assert network_of(frame).content_hash(["sites"]) == network_of(raised).content_hash(["sites"])


@settings(deadline=None, max_examples=40)
@given(rows=ROWS.filter(bool))
def test_inverse_takes_everything_back(rows):
    network = network_of(sites(rows))
    frame = network.table("sites")
    half = len(frame) // 2
    changes = combine(
        message("x"),
        [
            delete("sites", frame.iloc[:half]),
            update("sites", frame.iloc[half:], {"name": "renamed"}),
            insert(
                "sites", make_frame(TABLES["sites"], {"name": ["new"]}, CRS, [shapely.Point(0, 0)])
            ),
        ],
    )
    after = network.apply(changes)
    assert len(after.table("sites")) == len(frame) - half + 1
    back = after.apply(changes.inverse())
    assert back.content_hash(["sites"]) == network.content_hash(["sites"])


def test_changes_of_the_same_rows_are_merged():
    frame = sites([{"name": "a"}, {"name": "b"}])
    network = network_of(frame)
    first = update("sites", frame.loc[["s0"]], {"name": "c"})
    second = update("sites", first.after, {"priority": 1})
    gone = delete("sites", frame.loc[["s1"]])
    changes = combine(message("x"), [first, second, gone])
    assert len(changes.tables) == 1
    assert list(changes.tables[0].before["name"]) == ["a", "b"]
    after = network.apply(changes).table("sites")
    assert list(after["name"]) == ["c"] and list(after["priority"]) == [1]


def test_what_comes_and_goes_leaves_no_trace():
    frame = sites([{"name": "a"}])
    changes = combine(message("x"), [insert("sites", frame), delete("sites", frame)])
    assert changes.is_empty and changes.tables == ()
