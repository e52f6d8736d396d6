"""Conditions against SQLite, which is the reference for their meaning."""

import sqlite3

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.conditions import parse_condition
from app.model.errors import InputError
from app.model.frames import make_frame
from app.model.tables import TABLES

SITES = TABLES["sites"]
NAMES = ["Scuola Rossi", "Ospedale d'Oro", None, "100% verde", "scuola_2", "Àncora"]
CATEGORIES = ["school_primary", "hospital", "police", "camera", "school_primary", "hospital"]
PRIORITIES = [1, 2, None, 4, 5, 3]
RATES = [100.0, None, 2.5, 0.0, 1e5, 20.0]


@pytest.fixture(scope="module")
def frame():
    return make_frame(
        SITES,
        {"name": NAMES, "category": CATEGORIES, "priority": PRIORITIES, "peak_mbps": RATES},
        "EPSG:7791",
        geometry=shapely.points([[514000 + 1000 * k, 5034000] for k in range(6)]),
        uids=[f"s{k}" for k in range(6)],
    )


@pytest.fixture(scope="module")
def database():
    connection = sqlite3.connect(":memory:")
    connection.execute("create table sites (uid, name, category, priority, peak_mbps)")
    rows = zip([f"s{k}" for k in range(6)], NAMES, CATEGORIES, PRIORITIES, RATES, strict=True)
    connection.executemany("insert into sites values (?, ?, ?, ?, ?)", rows)
    yield connection
    connection.close()


def matching(frame, text):
    return list(frame.index[parse_condition(text, SITES).matches(frame)])


COMPARISONS = st.one_of(
    st.tuples(st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), st.integers(0, 6)).map(
        lambda pair: f"priority {pair[0]} {pair[1]}"
    ),
    st.sampled_from(
        [
            "category = 'hospital'",
            "category in ('police', 'camera')",
            "name like '%scuola%'",
            "name like 'Ospedale d''Oro'",
            "name like '100%%'",
            "peak_mbps > 2.25",
            "name is null",
            "peak_mbps is not null",
            "uid >= 's3'",
        ]
    ),
)
CONDITIONS = st.recursive(
    COMPARISONS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} and {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"{pair[0]} or {pair[1]}"),
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=200)
@given(text=CONDITIONS)
def test_a_condition_means_what_sql_means(frame, database, text):
    expected = [row[0] for row in database.execute(f"select uid from sites where {text}")]
    assert matching(frame, text) == expected


@pytest.mark.parametrize("text", ["category not in ('hospital')", "name not like '%scuola%'"])
def test_negated_membership_and_likeness(frame, database, text):
    expected = [row[0] for row in database.execute(f"select uid from sites where {text}")]
    assert matching(frame, text) == expected


def test_not_takes_the_rest(frame):
    assert matching(frame, "not category = 'hospital'") == ["s0", "s2", "s3", "s4"]


def test_places_are_columns_in_degrees(frame):
    assert matching(frame, "lon > 9.215 and lat < 46") == ["s3", "s4", "s5"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "position 1: expected a column"),
        ("colour = 'red'", "no column"),
        ("priority = 'high'", "expected a number"),
        ("name = 3", "expected a text"),
        ("priority <", "expected a number"),
        ("priority in 1", "expected “\\(”"),
        ("(priority = 1", "expected “\\)”"),
        ("priority = 1 priority = 2", "“and”, “or” or the end"),
        ("priority = 1; drop table sites", "“;” is unknown"),
        ("name like 3", "a text in quotes"),
        ("name = 'open", "unknown"),
    ],
)
def test_a_mistake_is_told_with_its_place(text, complaint):
    with pytest.raises(InputError, match=complaint):
        parse_condition(text, SITES)
