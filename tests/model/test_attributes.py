"""Values as typed, edits of attributes, deletions told before: checked, named, taken back."""

from datetime import datetime

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.attributes import (
    add_row,
    can_add,
    deletion,
    is_editable,
    read_columns,
    set_cells,
    set_columns,
)
from app.model.changes import combine, insert
from app.model.errors import InputError
from app.model.frames import frame_from_rows, plain
from app.model.messages import message
from app.model.network import empty_network
from app.model.schema import Kind
from app.model.tables import TABLES
from app.model.written import PLAIN, Notation, check_value, read_value, write_value

ITALIAN = Notation(",", ".", lambda _context, text: {"Hospital": "Ospedale"}.get(text, text))
ENGLISH = Notation(".", ",", lambda _context, text: text)
RATE = TABLES["sites"].column("guaranteed_mbps")
SIGNED = TABLES["agreements"].column("signed")


def content(network):
    return network.content_hash(TABLES)


@pytest.mark.parametrize(
    ("notation", "text", "wanted"),
    [
        (ITALIAN, "1.234,5", 1234.5),
        (ITALIAN, "1234,5", 1234.5),
        (ITALIAN, "1.234", 1234.0),
        (ITALIAN, "12\u00a0500", 12500.0),
        (ITALIAN, "1,5 Gbit/s", 1500.0),
        (ITALIAN, "80 mbit/s", 80.0),
        (ENGLISH, "1,234.5", 1234.5),
        (PLAIN, "1234.5", 1234.5),
    ],
)
def test_numbers_are_read_in_the_notation_of_the_language(notation, text, wanted):
    assert read_value(RATE, text, None, notation) == wanted


@pytest.mark.parametrize(
    ("notation", "text"),
    [
        (ITALIAN, "1234.5"),
        (ITALIAN, "1.23"),
        (ITALIAN, "12.34.567"),
        (ITALIAN, "1,2,3"),
        (ITALIAN, "5 kg"),
        (ITALIAN, "-3"),
        (ITALIAN, "1.000.001"),
        (ENGLISH, "1234,5"),
        (PLAIN, "1,234"),
        (PLAIN, "1e999"),
        (PLAIN, "nan"),
    ],
)
def test_what_could_be_meant_otherwise_is_refused(notation, text):
    with pytest.raises(InputError):
        read_value(RATE, text, None, notation)


@settings(deadline=None, max_examples=200)
@given(st.floats(0, 1e6, allow_nan=False), st.sampled_from([ITALIAN, ENGLISH, PLAIN]))
def test_a_number_written_for_editing_is_read_back_exactly(number, notation):
    assert read_value(RATE, write_value(RATE, number, notation), None, notation) == number


@pytest.mark.parametrize("text", ["31/12/2026", "2026-12-31", "31.12.26", " 31-12-2026 "])
def test_a_day_is_stored_as_that_day_in_every_zone(text):
    stored = read_value(SIGNED, text, None, ITALIAN)
    assert stored == "2026-12-31T00:00:00.000Z"
    assert write_value(SIGNED, stored, ITALIAN) == "31/12/2026"


@given(st.datetimes(min_value=datetime(1990, 1, 1)))
@settings(deadline=None, max_examples=100)
def test_a_moment_written_for_editing_is_read_back(moment):
    stored = moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    assert read_value(SIGNED, write_value(SIGNED, stored, PLAIN)) == stored


@pytest.mark.parametrize("text", ["31/02/2026", "12/2026", "2026", "31/12/2026 25:00", "soon"])
def test_no_date_is_no_date(text):
    with pytest.raises(InputError):
        read_value(SIGNED, text, None, ITALIAN)


def test_words_of_closed_lists_are_read_in_both_languages():
    category = TABLES["sites"].column("category")
    for word in ("hospital", "Hospital", "ospedale"):
        assert read_value(category, word, None, ITALIAN) == "hospital"
    with pytest.raises(InputError, match="choose one of"):
        read_value(category, "zoo", None, ITALIAN)
    flag = TABLES["agreements"].column("is_in_operation")
    assert [read_value(flag, word) for word in ("sì", "no", "1", "false")] == [
        True, False, True, False,
    ]  # fmt: skip


def test_a_required_value_cannot_be_emptied(small):
    with pytest.raises(InputError, match="needed"):
        read_value(TABLES["sites"].column("name"), "  ")
    with pytest.raises(InputError, match="needed"):
        set_columns(small, "sites", ["s1"], {"name": None})


def test_references_are_found_by_name_and_must_exist(small):
    assert read_columns(small, "sites", {"node": "A"}) == {"node": "a"}
    assert read_columns(small, "sites", {"node": "a"}) == {"node": "a"}
    with pytest.raises(InputError, match="none called"):
        read_columns(small, "sites", {"node": "Nowhere"})
    with pytest.raises(InputError, match="none called"):
        set_columns(small, "sites", ["s1"], {"node": "nowhere"})


def test_a_change_is_named_as_a_person_would(small):
    one = set_columns(small, "sites", ["s1"], {"guaranteed_mbps": 50.0})
    assert str(one.label) == "Change Guaranteed rate of School"
    two = set_columns(small, "sites", ["s1", "s2"], {"guaranteed_mbps": 50.0, "priority": 1})
    assert str(two.label) == "Change Guaranteed rate and Priority of 2 in Sites"


def test_rows_that_stay_the_same_are_no_change(small):
    first = set_columns(small, "sites", ["s1"], {"priority": 1})
    after = small.apply(first)
    again = set_columns(after, "sites", ["s1", "s2"], {"priority": 1})
    assert list(again.tables[0].after.index) == ["s2"]
    assert set_columns(after, "sites", ["s1"], {"priority": 1}).is_empty


def test_one_bad_cell_refuses_all(small):
    cells = {"s1": {"priority": 2}, "s2": {"priority": 9}}
    with pytest.raises(InputError, match="between 1 and 5"):
        set_cells(small, "sites", cells)


def test_what_studies_compute_is_not_written_by_hand(small):
    assert not is_editable("plans", TABLES["plans"].column("objective_eur"))
    assert is_editable("plans", TABLES["plans"].column("note"))
    assert not is_editable("plan_spans", TABLES["plan_spans"].column("technique"))
    with pytest.raises(InputError, match="not written by hand"):
        set_columns(small, "spans", ["ha"], {"plan": None})


def test_rows_without_a_place_are_added_and_others_refused(small):
    changes = add_row(small, "organisations", {"name": "Comune di Rho"})
    after = small.apply(changes)
    assert list(after.table("organisations")["name"]) == ["Comune di Rho"]
    assert str(changes.label) == "Add “Comune di Rho” to Organisations"
    assert can_add("agreements") and not can_add("sites") and not can_add("plan_sites")
    with pytest.raises(InputError):
        add_row(small, "sites", {"name": "X"})
    with pytest.raises(InputError, match="needed"):
        add_row(small, "organisations", {})


def test_a_deletion_says_what_goes_along(small):
    served = small.apply(set_columns(small, "sites", ["s1"], {"node": "d"}))
    found = deletion(served, "nodes", ["d"])
    assert found.deleted == {"spans": ("bd",)}
    assert found.released == {"sites": ("s1", "s2")}
    assert str(found.changes.label) == "Delete “D” from Nodes"
    after = served.apply(found.changes)
    assert content(after.apply(found.changes.inverse())) == content(served)


_VALUES = {
    Kind.TEXT: st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=9),
    Kind.INTEGER: st.integers(-10, 7000),
    Kind.REAL: st.floats(-10, 2e6, allow_nan=False),
    Kind.BOOLEAN: st.booleans(),
}


@settings(deadline=None, max_examples=100)
@given(data=st.data())
def test_an_edit_and_its_inverse_leave_the_network_identical(small_network, data):
    network = small_network
    table = data.draw(st.sampled_from(["sites", "nodes", "spans"]))
    columns = [c for c in TABLES[table].columns if is_editable(table, c) and not c.reference]
    column = data.draw(st.sampled_from(columns))
    uids = data.draw(st.lists(st.sampled_from(list(network.table(table).index)), min_size=1))
    values = st.sampled_from(column.choices) if column.choices else _VALUES[column.kind]
    value = data.draw(st.none() | values)
    try:
        check_value(column, value)
    except InputError:
        with pytest.raises(InputError):
            set_columns(network, table, uids, {column.name: value})
        return
    changes = set_columns(network, table, uids, {column.name: value})
    after = network.apply(changes)
    assert all(plain(item) == plain(value) for item in after.table(table).loc[uids, column.name])
    assert content(after.apply(changes.inverse())) == content(network)


@pytest.fixture(scope="module")
def small_network():
    """Three sites and nodes with two spans, made once."""
    crs = "EPSG:7791"
    points = [shapely.Point(514000 + 100 * n, 5034000) for n in range(3)]
    rows = {
        "nodes": [{"uid": f"n{n}", "name": f"N{n}", "geometry": p} for n, p in enumerate(points)],
        "spans": [
            {
                "uid": f"e{n}", "start_node": f"n{n}", "end_node": f"n{n + 1}",
                "geometry": shapely.LineString([points[n], points[n + 1]]),
            }
            for n in range(2)
        ],
        "sites": [{"uid": f"s{n}", "name": f"S{n}", "geometry": p} for n, p in enumerate(points)],
    }  # fmt: skip
    made = [insert(name, frame_from_rows(TABLES[name], rows[name], crs)) for name in rows]
    return empty_network("small", crs).apply(combine(message("rows"), made))
