"""Undo, redo and history: kept in the file, and never at the cost of somebody else's work."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pandas.testing
import pytest
import shapely
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.io.geopackage import register_functions
from app.io.project import Project
from app.model.changes import ChangeSet, TableChange, delete, insert, update
from app.model.errors import InputError
from app.model.frames import GEOMETRY, REV, make_frame
from app.model.messages import message
from app.model.network import Network
from app.model.tables import TABLES

CRS = "EPSG:7791"
Same = Callable[[Network, Network], None]


def _nodes(*uids: str) -> ChangeSet:
    shapes = [shapely.Point(5e5 + at, 5e6) for at in range(len(uids))]
    frame = make_frame(TABLES["nodes"], {"name": list(uids)}, CRS, geometry=shapes, uids=uids)
    return ChangeSet(message("Add {count} nodes", count=len(uids)), (insert("nodes", frame),))


def _set(network: Network, uids: list[str], **values: object) -> ChangeSet:
    rows = network.table("nodes").loc[uids]
    return ChangeSet(message("Set"), (update("nodes", rows, values),))


def _names(project: Project) -> list[str | None]:
    return project.read().table("nodes")["name"].tolist()


def _elsewhere(path: Path, statement: str) -> None:
    """Do what QGIS would: write through plain SQLite with the five functions."""
    raw = sqlite3.connect(path)
    register_functions(raw)
    with raw:
        raw.execute(statement)
    raw.close()


def test_undo_and_redo_survive_a_restart(
    project: Project, sample_changes: ChangeSet, assert_same_network: Same
) -> None:
    empty = project.read()
    full = empty.apply(project.apply(sample_changes))
    project.close()
    with Project.open(project.path) as again:
        assert str(again.undo_label()) == "Add samples"
        assert again.redo_label() is None
        undone = again.undo()
        assert undone is not None
        assert_same_network(full.apply(undone), again.read())
        assert_same_network(empty, again.read())
    with Project.open(project.path) as again:
        assert again.undo() is None
        assert str(again.redo_label()) == "Add samples"
        redone = again.redo()
        assert redone is not None
        network = again.read()
        assert_same_network(empty.apply(redone), network)
        for name, frame in full.tables.items():
            pandas.testing.assert_frame_equal(
                frame.drop(columns=REV), network.tables[name].drop(columns=REV), check_exact=True
            )
        assert again.redo() is None


def test_a_new_change_after_undo_cuts_what_could_be_redone(project: Project) -> None:
    project.apply(_nodes("a"))
    project.apply(_nodes("b"))
    project.undo()
    project.apply(_nodes("c"))
    assert project.redo_label() is None
    assert project.redo() is None
    assert _names(project) == ["a", "c"]
    assert [entry.number for entry in project.history()] == [3, 1]


def test_a_row_that_comes_back_is_never_taken_for_what_it_was(project: Project) -> None:
    project.apply(_nodes("a"))
    stale = project.read()
    project.apply(_set(stale, ["a"], name="b"))
    seen = project.read()
    project.undo()
    project.undo()
    project.redo()
    revs = project.read().table("nodes")[REV].tolist()
    assert revs[0] > seen.table("nodes")[REV].iloc[0]
    for old in (stale, seen):
        with pytest.raises(InputError) as caught:
            project.apply(_set(old, ["a"], name="c"))
        assert caught.value.uids == ("a",)


def test_undo_leaves_alone_what_somebody_else_changed(project: Project) -> None:
    project.apply(_nodes("a", "b", "c"))
    project.apply(_set(project.read(), ["a", "b"], note="ours"))
    _elsewhere(project.path, "UPDATE nodes SET note = 'theirs' WHERE uid = 'b'")
    undone = project.undo()
    assert undone is not None
    assert "1 objects" in str(undone.label)
    assert project.skipped == {"nodes": ("b",)}
    assert project.read().table("nodes")["note"].tolist() == [None, "theirs", None]
    undone = project.undo()
    assert undone is not None
    assert project.skipped == {"nodes": ("b",)}
    assert _names(project) == ["b"]


def test_undo_sees_a_change_between_two_of_ours(project: Project) -> None:
    project.apply(_nodes("a"))
    project.apply(_set(project.read(), ["a"], note="first"))
    _elsewhere(project.path, "UPDATE nodes SET note = 'theirs' WHERE uid = 'a'")
    project.apply(_set(project.read(), ["a"], note="second"))
    project.undo()
    assert project.read().table("nodes")["note"].tolist() == ["theirs"]
    assert not project.skipped
    project.undo()
    assert project.read().table("nodes")["note"].tolist() == ["theirs"]
    assert project.skipped == {"nodes": ("a",)}


def test_undo_of_what_somebody_deleted_or_made_again(project: Project) -> None:
    project.apply(_nodes("a", "b"))
    project.apply(_set(project.read(), ["a"], note="x"))
    _elsewhere(project.path, "DELETE FROM nodes WHERE uid = 'a'")
    project.undo()
    assert project.skipped == {"nodes": ("a",)}
    network = project.read()
    assert network.table("nodes").index.tolist() == ["b"]
    project.apply(ChangeSet(message("Gone"), (delete("nodes", network.table("nodes")),)))
    _elsewhere(project.path, "INSERT INTO nodes (uid, name) VALUES ('b', 'theirs')")
    project.undo()
    assert _names(project) == ["theirs"]


def test_a_stale_change_does_nothing_and_names_the_rows(tmp_path: Path) -> None:
    with Project.create(tmp_path / "shared.gpkg", "Shared") as ours:
        ours.apply(_nodes("a", "b", "c"))
        with Project.open(ours.path) as theirs:
            seen = ours.read()
            version = ours.data_version()
            theirs.apply(_set(theirs.read(), ["b"], name="theirs"))
            assert ours.data_version() != version
            with pytest.raises(InputError) as caught:
                ours.apply(_set(seen, ["a", "b", "c"], name="ours"))
            assert caught.value.uids == ("b",)
            assert _names(ours) == ["a", "theirs", "c"]
            theirs.apply(ChangeSet(message("x"), (delete("nodes", theirs.read().table("nodes")),)))
            with pytest.raises(InputError):
                ours.apply(_set(seen, ["a"], name="ours"))
            assert _names(ours) == []


def test_history_of_the_project_a_table_and_an_object(project: Project) -> None:
    project.apply(_nodes("a", "b"), who="Ada")
    project.apply(_set(project.read(), ["a"], note="dug"), who="Bob")
    cables = make_frame(TABLES["cables"], {"name": ["k"]}, uids=["k"])
    project.apply(ChangeSet(message("Cable"), (insert("cables", cables),)))
    project.apply(ChangeSet(message("Gone"), (delete("nodes", project.read().table("nodes")),)))
    project.undo()
    assert [entry.is_undone for entry in project.history()] == [True, False, False, False]
    assert [str(entry.label) for entry in project.history("cables")] == ["Cable"]
    assert len(project.history(limit=2)) == 2
    gone, dug, made = project.history("nodes", "a")
    assert (made.who, str(made.label)) == ("Ada", "Add 2 nodes")
    assert made.counts == {"nodes": {"inserted": 2, "updated": 0, "deleted": 0}}
    assert made.before is None
    assert dug.who == "Bob"
    assert dug.before is not None and dug.after is not None
    assert (dug.before["note"], dug.after["note"], dug.moved) == (None, "dug", False)
    assert gone.after is None
    assert [str(entry.label) for entry in project.history("nodes", "b")] == ["Gone", "Add 2 nodes"]


def test_labels_come_back_as_messages(project: Project) -> None:
    inner = message("plan {name}", name="A")
    label = message("Accept {what} of {count}", what=inner, count=3)
    project.apply(ChangeSet(label, _nodes("a").tables))
    assert project.undo_label() == label
    swapped = {"Accept {what} of {count}": "{count}: accetta {what}", "plan {name}": "piano {name}"}
    found = project.undo_label()
    assert found is not None
    assert found.render(lambda _, text: swapped[text]) == "3: accetta piano A"


def test_a_change_of_many_blocks_is_undone_whole(
    project: Project, sample_frame: Callable[..., pd.DataFrame], assert_same_network: Same
) -> None:
    empty = project.read()
    frame = sample_frame(TABLES["spans"], 4500)
    full = empty.apply(project.apply(ChangeSet(message("Add"), (insert("spans", frame),))))
    entry = project.history("spans", str(frame.index[4400]))[0]
    assert entry.counts["spans"]["inserted"] == 4500
    undone = project.undo()
    assert undone is not None
    assert_same_network(full.apply(undone), project.read())
    redone = project.redo()
    assert redone is not None
    assert_same_network(empty.apply(redone), project.read())


NAMES = st.text(st.characters(exclude_categories=("Cs",)), max_size=4)


class ProjectMachine(RuleBasedStateMachine):
    """Edits, undo, redo and restarts in any order, against a network and a list in memory."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "machine.gpkg"
        self.project = Project.create(self.path, "Machine")
        self.network = self.project.read()
        self.states = [self._contents()]
        self.at = 0
        self.made = 0

    def _contents(self) -> dict[str, dict[str, tuple[object, ...]]]:
        found = {}
        for name in ("nodes", "spans", "cables"):
            frame = self.network.table(name)
            shapes = (
                frame[GEOMETRY].to_numpy() if GEOMETRY in frame.columns else [None] * len(frame)
            )
            found[name] = {
                uid: (row_name, spans, shape and shape.wkt)
                for uid, row_name, spans, shape in zip(
                    frame.index, frame["name"], frame.get("spans", [None] * len(frame)), shapes,
                    strict=True,
                )
            }  # fmt: skip
        return found

    def _do(self, *parts: TableChange) -> None:
        committed = self.project.apply(ChangeSet(message("Step"), parts))
        self.network = self.network.apply(committed)
        del self.states[self.at + 1 :]
        self.states.append(self._contents())
        self.at += 1

    def _new(self, table: str, name: str, count: int) -> TableChange:
        uids = [f"{table}{self.made + at}" for at in range(count)]
        self.made += count
        x = float(self.made)
        shape = shapely.Point(x, 1) if table == "nodes" else shapely.LineString([(x, 0), (x, 5)])
        shapes = [shape] * count if TABLES[table].geometry else None
        values = {"name": [name] * count}
        return insert(table, make_frame(TABLES[table], values, CRS, geometry=shapes, uids=uids))

    @rule(table=st.sampled_from(["nodes", "spans", "cables"]), name=NAMES, count=st.integers(1, 3))
    def add(self, table: str, name: str, count: int) -> None:
        self._do(self._new(table, name, count))

    @rule(first=st.sampled_from(["nodes", "spans"]), name=st.text(max_size=3, alphabet="abc"))
    def add_to_two_tables(self, first: str, name: str) -> None:
        self._do(self._new(first, name, 2), self._new("cables", name, 1))

    @rule(data=st.data(), table=st.sampled_from(["nodes", "spans", "cables"]))
    def change(self, data: st.DataObject, table: str) -> None:
        frame = self.network.table(table)
        if frame.empty:
            return
        chosen = data.draw(st.lists(st.sampled_from(list(frame.index)), min_size=1, unique=True))
        rows = frame.loc[chosen]
        values: dict[str, object] = {"name": data.draw(st.sampled_from([None, "", "x", "y"]))}
        shapes = None
        if table == "cables":
            values["spans"] = [("s", "t")] * len(rows)
        elif data.draw(st.booleans()):
            shapes = [shapely.affinity.translate(shape, 1) for shape in rows[GEOMETRY]]
        self._do(update(table, rows, values, geometry=shapes))

    @rule(data=st.data(), table=st.sampled_from(["nodes", "spans", "cables"]))
    def remove(self, data: st.DataObject, table: str) -> None:
        frame = self.network.table(table)
        if frame.empty:
            return
        chosen = data.draw(st.lists(st.sampled_from(list(frame.index)), min_size=1, unique=True))
        self._do(delete(table, frame.loc[chosen]))

    @rule()
    def undo(self) -> None:
        self._travel(self.project.undo(), -1)

    @rule()
    def redo(self) -> None:
        self._travel(self.project.redo(), 1)

    def _travel(self, done: ChangeSet | None, step: int) -> None:
        if not 0 <= self.at + step < len(self.states):
            assert done is None
            return
        assert done is not None
        self.at += step
        self.network = self.network.apply(done)
        assert self._contents() == self.states[self.at]

    @precondition(lambda self: self.made)
    @rule()
    def reopen(self) -> None:
        self.project.close()
        assert [item.name for item in self.path.parent.iterdir()] == [self.path.name]
        self.project = Project.open(self.path)

    @invariant()
    def the_file_says_the_same(self) -> None:
        if not hasattr(self, "project"):
            return
        stored = self.project.read()
        for name in ("nodes", "spans", "cables"):
            pandas.testing.assert_frame_equal(
                self.network.tables[name], stored.tables[name], check_exact=True
            )
        assert (self.project.undo_label() is None) == (self.at == 0)
        assert (self.project.redo_label() is None) == (self.at == len(self.states) - 1)

    def teardown(self) -> None:
        if hasattr(self, "project"):
            self._check_index()
            self.project.close()
            self.folder.cleanup()

    def _check_index(self) -> None:
        self.project.close()
        raw = sqlite3.connect(self.path)
        try:
            for name in ("nodes", "spans"):
                frame = self.network.geo(name)
                box = raw.execute(
                    "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?",
                    (name,),
                ).fetchone()
                expected = tuple(frame.total_bounds) if len(frame) else (None,) * 4
                assert box == expected
                assert raw.execute(f"SELECT rtreecheck('rtree_{name}_geom')").fetchone() == ("ok",)
        finally:
            raw.close()


TestProjectMachine = ProjectMachine.TestCase
TestProjectMachine.settings = settings(
    deadline=None, max_examples=8, stateful_step_count=14,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip


@pytest.mark.long
def test_the_machine_for_long() -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        ProjectMachine,
        settings=settings(
            deadline=None, max_examples=200, stateful_step_count=50,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )  # fmt: skip
