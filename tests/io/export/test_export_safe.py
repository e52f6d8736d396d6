"""Whatever goes wrong while a file is written, the old one stays and nothing is left over."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from app.io.export.safe import VerificationError, write_safely
from app.io.project import Project
from app.model.errors import ExchangeError, InputError


def _write(text: str):
    return lambda path: path.write_text(text, encoding="utf-8")


def _count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8"))


def test_new_file_is_written_and_the_count_returned(tmp_path: Path) -> None:
    target = tmp_path / "plan.txt"
    assert write_safely(target, _write("abc"), _count) == 3
    assert target.read_text() == "abc"
    assert list(tmp_path.iterdir()) == [target]


def test_old_file_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "plan.txt"
    target.write_text("old")
    write_safely(target, _write("new"), _count)
    assert target.read_text() == "new"


def test_suffix_is_kept_while_writing(tmp_path: Path) -> None:
    seen: list[str] = []

    def write(path: Path) -> None:
        seen.append(path.suffix)
        path.write_text("x")

    write_safely(tmp_path / "plan.gpkg", write, _count)
    assert seen == [".gpkg"]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disk is full"),
        (OSError(errno.EDQUOT, "Quota exceeded"), "disk is full"),
        (sqlite3.OperationalError("database or disk is full"), "disk is full"),
        (PermissionError(errno.EACCES, "Permission denied"), "open in another program"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
    ],
)
def test_old_file_survives_a_failing_writer(tmp_path: Path, error: Exception, words: str) -> None:
    target = tmp_path / "plan.txt"
    target.write_text("old")

    def write(path: Path) -> None:
        path.write_text("ha")
        path.with_name(path.name + "-journal").write_text("half")
        raise error

    with pytest.raises(ExchangeError, match=words) as caught:
        write_safely(target, write, _count)
    assert caught.value.path == str(target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_silently_truncated_file_is_found_by_reading_it_back(tmp_path: Path) -> None:
    target = tmp_path / "plan.txt"
    target.write_text("old")

    def verify(path: Path) -> int:
        if _count(path) != 10:
            raise VerificationError("3 of 10 letters")
        return 10

    with pytest.raises(ExchangeError, match="3 of 10 letters"):
        write_safely(target, _write("abc"), verify)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_writer_that_creates_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError):
        write_safely(tmp_path / "plan.txt", lambda path: None, _count)
    assert list(tmp_path.iterdir()) == []


def test_bug_of_a_writer_is_not_hidden_but_cleaned_up(tmp_path: Path) -> None:
    def write(path: Path) -> None:
        path.write_text("half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_safely(tmp_path / "plan.txt", write, _count)
    assert list(tmp_path.iterdir()) == []


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="does not exist"):
        write_safely(tmp_path / "none" / "plan.txt", _write("x"), _count)


def test_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").mkdir()
    with pytest.raises(ExchangeError, match="is a folder"):
        write_safely(tmp_path / "plan.txt", _write("x"), _count)


def test_target_that_cannot_be_replaced_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "plan.xlsx"
    target.write_text("old")

    def refuse(self: Path, other: Path) -> None:
        raise PermissionError(errno.EACCES, "in use by Excel", str(other))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(ExchangeError, match="open in another program"):
        write_safely(target, _write("new"), _count)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_old_file_survives_a_kill_while_writing(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("there are no signals on Windows")
    target = tmp_path / "plan.txt"
    target.write_text("old")
    script = textwrap.dedent(
        """
        import sys, time
        from pathlib import Path
        from app.io.export.safe import write_safely

        def write(path):
            path.write_text("half of it")
            print("writing", flush=True)
            time.sleep(60)

        write_safely(Path(sys.argv[1]), write, lambda path: 0)
        """
    )
    root = Path(__file__).resolve().parents[3]
    with subprocess.Popen(
        [sys.executable, "-c", script, str(target)],
        stdout=subprocess.PIPE,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"writing\n"
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert target.read_text() == "old"


def test_a_project_is_never_replaced(tmp_path):
    path = tmp_path / "project.gpkg"
    Project.create(path, "mine").close()
    before = path.read_bytes()
    with pytest.raises(InputError, match=r"project\.gpkg is a project"):
        write_safely(path, lambda place: place.write_text("x"), lambda place: 1)
    with Project.open(path) as project:
        project.set_setting("a", 1)
        with pytest.raises(InputError, match="is a project"):
            write_safely(path, lambda place: place.write_text("x"), lambda place: 1)
        assert project.setting("a") == 1
    assert len(path.read_bytes()) >= len(before)


def test_a_geopackage_that_is_no_project_is_replaced(tmp_path):
    path = tmp_path / "plan.gpkg"
    path.write_text("not a database")
    assert write_safely(path, lambda place: place.write_text("new"), lambda place: 3) == 3
    assert path.read_text() == "new"
