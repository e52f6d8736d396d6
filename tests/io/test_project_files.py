"""Files good and bad: making, opening, upgrading, copying, sharing, and being killed."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from app.io import database, migrations
from app.io.project import Project
from app.model.changes import ChangeSet, insert
from app.model.errors import ProjectError
from app.model.frames import make_frame
from app.model.messages import message
from app.model.network import Network
from app.model.tables import TABLES

if TYPE_CHECKING:
    from alembic.operations import Operations

ROOT = Path(__file__).resolve().parents[2]
LEGACY = ROOT / "tests" / "legacy"
Same = Callable[[Network, Network], None]


def _cables(*names: str) -> ChangeSet:
    rows = make_frame(TABLES["cables"], {"name": list(names)}, uids=list(names))
    return ChangeSet(message("Add"), (insert("cables", rows),))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _edit(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for statement in statements:
            raw.execute(statement)


def test_a_new_project_is_one_file_with_its_facts(tmp_path: Path) -> None:
    path = tmp_path / "città #1?%20.gpkg"
    with Project.create(path, "Città") as project:
        uid = project.uid
        assert (project.path, project.name, project.crs) == (path, "Città", "EPSG:7791")
        network = project.read()
        assert all(frame.empty for frame in network.tables.values())
    assert [item.name for item in tmp_path.iterdir()] == [path.name]
    with Project.open(str(path)) as again:
        assert (again.uid, again.name) == (uid, "Città")


def test_what_a_project_starts_with_is_no_step_to_undo(tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.gpkg", "Trial", content=_cables("first")) as project:
        assert project.read().table("cables").index.tolist() == ["first"]
        assert project.undo() is None
        assert project.history() == []
        project.apply(_cables("second"))
        project.undo()
        assert project.read().table("cables").index.tolist() == ["first"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("folder.gpkg", "is a folder"),
        ("there.gpkg", "exists already"),
        ("none/x.gpkg", "does not exist"),
        ("x.txt", "ends in .gpkg"),
        ("x", "ends in .gpkg"),
    ],
)
def test_places_where_no_project_can_be_made(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "folder.gpkg").mkdir()
    (tmp_path / "there.gpkg").write_text("precious", encoding="utf-8")
    with pytest.raises(ProjectError, match=words) as caught:
        Project.create(tmp_path / name, "Trial")
    assert caught.value.path == str(tmp_path / name)
    assert (tmp_path / "there.gpkg").read_text(encoding="utf-8") == "precious"
    assert sorted(item.name for item in tmp_path.iterdir()) == ["folder.gpkg", "there.gpkg"]


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:2263", "EPSG:0", "nonsense"])
def test_a_project_needs_a_metric_system(tmp_path: Path, crs: str) -> None:
    with pytest.raises(ProjectError, match=crs):
        Project.create(tmp_path / "a.gpkg", "Trial", crs)
    assert not list(tmp_path.iterdir())


def test_another_metric_system(tmp_path: Path, assert_same_network: Same) -> None:
    with Project.create(tmp_path / "a.gpkg", "Trial", "epsg:32632") as project:
        assert project.crs == "EPSG:32632"
        frame = make_frame(TABLES["nodes"], {"name": ["a"]}, "EPSG:32632", geometry=[None])
        before = project.read()
        committed = project.apply(ChangeSet(message("Add"), (insert("nodes", frame),)))
        assert_same_network(before.apply(committed), project.read())


def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Project.create(tmp_path / "a.gpkg", "Trial") as project:
        project.apply(_cables("a"))
    before = _digest(tmp_path / "a.gpkg")
    # The tests may run as root, whom no permission stops.
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    with pytest.raises(ProjectError, match="Nothing can be written"):
        Project.create(tmp_path / "b.gpkg", "Trial")
    with pytest.raises(ProjectError, match="read-only"):
        Project.open(tmp_path / "a.gpkg")
    with Project.open(tmp_path / "a.gpkg", read_only=True) as project:
        assert project.read().table("cables").index.tolist() == ["a"]
    assert _digest(tmp_path / "a.gpkg") == before


def _foreign(path: Path) -> None:
    _edit(path, "CREATE TABLE t (a)", "PRAGMA application_id = 1196444487")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20000])


def _scratched(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 30] = bytes(4096 * 27)
    path.write_bytes(bytes(data))


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda path: path.unlink(), "does not exist"),
        (lambda path: path.write_bytes(b""), "not an Anello project"),
        (lambda path: path.write_bytes(b"PK" + b"x" * 9000), "not an Anello project"),
        (lambda path: (path.unlink(), _foreign(path)), "not an Anello project"),
        (lambda path: _edit(path, "DELETE FROM anello_project"), "not an Anello project"),
        (_cut, "damaged"),
        (_scratched, "damaged"),
    ],
)
def test_files_that_cannot_be_opened_say_why(
    full_project: Project, damage: Callable[[Path], object], words: str
) -> None:
    full_project.close()
    damage(full_project.path)
    for read_only in (False, True):
        with pytest.raises(ProjectError, match=words):
            Project.open(full_project.path, read_only=read_only)


def test_random_damage_never_crashes_the_reader(full_project: Project) -> None:
    full_project.close()
    whole, random_ = full_project.path.read_bytes(), random.Random(7)
    refused = 0
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(30):
            data[random_.randrange(100, len(data))] = random_.randrange(256)
        full_project.path.write_bytes(bytes(data))
        try:
            with Project.open(full_project.path, read_only=True) as project:
                project.read()
        except ProjectError:
            refused += 1
    assert refused > 0


def test_a_value_that_cannot_be_read_names_its_table(full_project: Project) -> None:
    _edit(full_project.path, "UPDATE cables SET fibre_count = 'many'")
    with pytest.raises(ProjectError, match="cables"):
        full_project.read()


def test_opening_and_reading_alters_nothing(full_project: Project) -> None:
    full_project.close()
    before = (_digest(full_project.path), full_project.path.stat().st_mtime_ns)
    with Project.open(full_project.path) as project:
        project.read()
        project.history()
        assert project.undo_label() is not None
        assert project.data_version() == project.data_version()
    assert (_digest(full_project.path), full_project.path.stat().st_mtime_ns) == before
    assert [item.name for item in full_project.path.parent.iterdir()] == [full_project.path.name]


def test_read_only_reads_and_refuses_to_write(full_project: Project) -> None:
    with Project.open(full_project.path, read_only=True) as reader:
        assert len(reader.read().table("cables")) == 20
        full_project.apply(_cables("new"))
        assert len(reader.read().table("cables")) == 21
        for write in (
            lambda: reader.apply(_cables("x")), reader.undo, lambda: reader.set_setting("a", 1)
        ):  # fmt: skip
            with pytest.raises(ProjectError, match="read-only"):
                write()


def test_a_closed_project_says_so(project: Project) -> None:
    project.close()
    project.close()
    with pytest.raises(ProjectError, match="closed"):
        project.read()


def test_the_log_is_used_while_writing_and_gone_afterwards(project: Project) -> None:
    project.apply(_cables("a"))
    assert project.path.with_name(project.path.name + "-wal").exists()
    project.close()
    assert [item.name for item in project.path.parent.iterdir()] == [project.path.name]
    with closing(sqlite3.connect(project.path)) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_on_a_network_drive_there_is_no_log(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "is_on_network", lambda path: True)
    project.apply(_cables("a"))
    assert not project.path.with_name(project.path.name + "-wal").exists()
    assert project.read().table("cables").index.tolist() == ["a"]


def test_a_busy_file_is_waited_for_and_then_explained(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.apply(_cables("a"))
    with database.plain(project._open_engine(), project.path) as raw:
        raw.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(project.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ProjectError, match="another program"):
            project.apply(_cables("b"))
        assert project.read().table("cables").index.tolist() == ["a"]
        other.execute("ROLLBACK")
    project.apply(_cables("b"))
    assert project.read().table("cables").index.tolist() == ["a", "b"]


def test_a_copy_is_whole_and_stands_alone(
    full_project: Project, tmp_path: Path, assert_same_network: Same
) -> None:
    target = tmp_path / "copy.gpkg"
    assert full_project.save_copy(target) == target
    with pytest.raises(ProjectError, match="exists already"):
        full_project.save_copy(target)
    with pytest.raises(ProjectError, match="itself"):
        full_project.save_copy(full_project.path)
    before = full_project.read()
    full_project.apply(_cables("later"))
    with Project.open(target) as copy:
        assert_same_network(copy.read(), before)
        assert copy.undo_label() is not None
    full_project.save_copy(target, replace=True)
    with Project.open(target) as copy:
        assert_same_network(copy.read(), full_project.read())
    assert not [item for item in tmp_path.iterdir() if item.name.startswith(".anello")]


def test_checkpoints_keep_a_moment(full_project: Project, assert_same_network: Same) -> None:
    before = full_project.read()
    made = full_project.checkpoint("Before the import / à", who="Ada")
    full_project.checkpoint("Second")
    full_project.apply(_cables("later"))
    second, first = full_project.checkpoints()
    assert first == made
    assert (second.name, first.name, first.who) == ("Second", "Before the import / à", "Ada")
    with Project.open(first.path) as kept:
        assert_same_network(kept.read(), before)
    second.path.unlink()
    assert full_project.checkpoints() == [made]


def test_a_newer_file_is_refused_with_the_version_that_it_needs(full_project: Project) -> None:
    full_project.close()
    _edit(
        full_project.path,
        f"UPDATE anello_project SET schema_version = {migrations.SCHEMA_VERSION + 1},"
        " program_version = '9.8.7'",
    )
    before = _digest(full_project.path)
    for read_only in (False, True):
        with pytest.raises(ProjectError, match=r"9\.8\.7"):
            Project.open(full_project.path, read_only=read_only)
    assert _digest(full_project.path) == before


def test_every_released_schema_still_opens(tmp_path: Path) -> None:
    files = sorted(LEGACY.glob("schema_*.gpkg"))
    assert [item.stem for item in files] == [
        f"schema_{number}" for number in range(1, migrations.SCHEMA_VERSION + 1)
    ]
    for file in files:
        path = tmp_path / file.name
        shutil.copyfile(file, path)
        with Project.open(path) as project:
            network = project.read()
            for name in ("nodes", "spans", "cables", "sites", "streets", "plans"):
                assert network.table(name).index.tolist() == [f"{name}-1", f"{name}-2"]
            assert network.table("cables").loc["cables-1", "spans"] == ("spans-1", "spans-2")
            assert network.geo("nodes").geometry.iloc[0].y == 5035000.25
            assert str(project.undo_label()) == "Lay a cable"
            project.undo()
            project.undo()
            assert project.read().table("nodes").empty
            assert not project.skipped


def test_a_changed_schema_has_a_new_version(project: Project) -> None:
    """Fails when a table changed after a release: raise the version and run legacy/make.py."""
    newest = LEGACY / f"schema_{migrations.SCHEMA_VERSION}.gpkg"
    with closing(sqlite3.connect(f"{newest.as_uri()}?mode=ro", uri=True)) as raw:
        kept = migrations.schema_of(raw)
    with closing(sqlite3.connect(project.path)) as raw:
        assert migrations.schema_of(raw) == kept


def _rename_owner(operations: Operations) -> None:
    with operations.batch_alter_table("cables") as batch:
        batch.alter_column("proprietor", new_column_name="owner")


def _break(operations: Operations) -> None:
    operations.execute(sa.text("UPDATE cables SET note = 'half done'"))
    operations.execute(sa.text("SELECT * FROM absent"))


@pytest.fixture
def old_file(full_project: Project, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a file of an older schema: a column of another name, one missing, a table missing."""
    full_project.close()
    _edit(
        full_project.path,
        "ALTER TABLE cables RENAME COLUMN owner TO proprietor",
        "ALTER TABLE streets DROP COLUMN source_id",
        "DROP TABLE sensors",
        "DELETE FROM gpkg_contents WHERE table_name = 'sensors'",
        "DROP TRIGGER anello_cables_rev",
    )
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", migrations.SCHEMA_VERSION + 1)
    return full_project.path


def test_an_older_file_is_upgraded_on_a_copy(
    old_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = migrations.SCHEMA_VERSION
    monkeypatch.setattr(migrations, "STEPS", {target: _rename_owner})
    before = _digest(old_file)
    with Project.open(old_file, read_only=True) as reader:
        assert len(reader.read().table("cables")) == 20
    assert _digest(old_file) == before
    with Project.open(old_file) as project:
        kept = project.upgraded_from
        assert kept is not None and kept.parent == old_file.parent
        network = project.read()
        assert network.table("sensors").empty
        assert len(network.table("streets")) == 20
        assert network.table("streets")["source_id"].isna().all()
        assert network.table("cables")["owner"].notna().any()
        project.apply(_cables("new"))
        assert project.undo() is not None
    with closing(sqlite3.connect(old_file)) as raw:
        triggers = {row[0] for row in raw.execute("SELECT name FROM sqlite_master")}
        assert {"anello_cables_rev", "anello_sensors_uid"} <= triggers
        version = raw.execute("SELECT schema_version FROM anello_project").fetchone()[0]
    assert version == target
    with closing(sqlite3.connect(kept)) as raw:
        assert raw.execute("SELECT schema_version FROM anello_project").fetchone()[0] == target - 1
        assert raw.execute("SELECT count(proprietor) FROM cables").fetchone()[0] > 0
    with Project.open(old_file) as project:
        assert project.upgraded_from is None
    assert sorted(item.name for item in old_file.parent.iterdir()) == sorted(
        (old_file.name, kept.name)
    )


def test_an_upgrade_that_fails_leaves_the_file_alone(
    old_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "STEPS", {migrations.SCHEMA_VERSION: _break})
    before = _digest(old_file)
    with pytest.raises(sa.exc.OperationalError):
        Project.open(old_file)
    assert _digest(old_file) == before
    assert not [item for item in old_file.parent.iterdir() if item.name.startswith(".anello")]


WRITER = """
import sys
sys.path.insert(0, sys.argv[2])
import shapely
from app.io.project import Project
from app.model.changes import ChangeSet, insert
from app.model.frames import make_frame
from app.model.messages import message
from app.model.tables import TABLES

project = Project.open(sys.argv[1])
number = len(project.read().table("nodes")) // 50
while True:
    uids = [f"{number}-{at}" for at in range(50)]
    shapes = [shapely.Point(number, at) for at in range(50)]
    frame = make_frame(TABLES["nodes"], {"name": uids}, project.crs, geometry=shapes, uids=uids)
    project.apply(ChangeSet(message("Step"), (insert("nodes", frame),)))
    print(number, flush=True)
    number += 1
"""


def _kill_during_apply(path: Path, seconds: float) -> int:
    """Write in another process, kill it, and return the last number that it had promised."""
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(ROOT)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    first = child.stdout.readline()
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    rest = child.stdout.read().split("\n")
    child.wait()
    child.stdout.close()
    whole = [int(line) for line in (first.strip(), *rest[:-1]) if line]
    return whole[-1]


def _killings(path: Path, times: int) -> None:
    random_ = random.Random(3)
    with Project.create(path, "Killed"):
        pass
    for _ in range(times):
        promised = _kill_during_apply(path, random_.uniform(0.0, 0.25))
        with Project.open(path) as project:
            nodes = project.read().table("nodes")
            assert len(nodes) % 50 == 0
            assert len(nodes) // 50 >= promised + 1
            assert len(project.history()) == len(nodes) // 50
    assert [item.name for item in path.parent.iterdir()] == [path.name]
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert raw.execute("SELECT rtreecheck('rtree_nodes_geom')").fetchone() == ("ok",)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_kill_loses_nothing_that_was_committed(tmp_path: Path) -> None:
    _killings(tmp_path / "killed.gpkg", 4)


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_many_kills_lose_nothing_that_was_committed(tmp_path: Path) -> None:
    _killings(tmp_path / "killed.gpkg", 60)
