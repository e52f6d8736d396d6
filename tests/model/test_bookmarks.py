"""Named views: added, renamed, deleted, kept as JSON."""

import json

import pytest

from app.model.bookmarks import (
    Bookmark,
    add_bookmark,
    delete_bookmark,
    find_bookmark,
    read_bookmarks,
    rename_bookmark,
    stored_bookmarks,
)
from app.model.errors import InputError

BOX = (0.0, 1.0, 10.0, 11.0)


def test_bookmarks_survive_their_storing():
    known = add_bookmark(add_bookmark((), " Rho  station ", BOX), "est", (1.0, 1.0, 2.0, 2.0))
    assert [item.name for item in known] == ["est", "Rho station"]
    assert read_bookmarks(json.loads(json.dumps(stored_bookmarks(known)))) == known


def test_names_are_given_once():
    known = add_bookmark((), "A", BOX)
    with pytest.raises(InputError, match="already"):
        add_bookmark(known, "A", (5.0, 5.0, 6.0, 6.0))
    moved = add_bookmark(known, "A", (5.0, 5.0, 6.0, 6.0), is_replacing=True)
    assert moved == (Bookmark("A", (5.0, 5.0, 6.0, 6.0)),)
    both = add_bookmark(known, "B", BOX)
    with pytest.raises(InputError):
        rename_bookmark(both, "A", "B")
    assert [item.name for item in rename_bookmark(both, "A", "C")] == ["B", "C"]
    assert [item.name for item in delete_bookmark(both, "A")] == ["B"]
    with pytest.raises(InputError):
        find_bookmark(both, "Z")


@pytest.mark.parametrize("name, box", [("", BOX), ("x", (0.0, 0.0, 0.0, 1.0)),
                                       ("x", (0.0, 0.0, float("nan"), 1.0))])  # fmt: skip
def test_a_view_needs_a_name_and_an_extent(name, box):
    with pytest.raises(InputError):
        add_bookmark((), name, box)


def test_what_makes_no_sense_is_left_out():
    assert read_bookmarks([{"name": 3}, 7, {"name": "a", "bounds": [1, 2]},
                           {"name": "b", "bounds": [0, 0, 1, 1]}]) == (
        Bookmark("b", (0.0, 0.0, 1.0, 1.0)),)  # fmt: skip
    assert read_bookmarks({"a": 1}) == ()
