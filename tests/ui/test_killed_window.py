"""The window is killed while it works: nothing that it showed as done is lost."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.io.project import Project
from app.ui.settings import Settings

ROOT = Path(__file__).resolve().parents[2]

WORK = """
import sys
from pathlib import Path
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication
from app.model.changes import ChangeSet, update
from app.model.messages import message
from app.ui.application import Desk
from app.ui.settings import Settings

path = Path(sys.argv[1])
application = QApplication([])
store = QSettings(str(path.with_suffix(".ini")), QSettings.Format.IniFormat)
desk = Desk(application, Settings(store))
desk.show(path)
session, done = desk.session, [0]

def rename():
    if session.is_busy or not session.is_open:
        return
    number = done[0] + 1
    sites = session.network.table("sites")
    names = [f"step {number}"] * len(sites)
    change = ChangeSet(message("Step {n}", n=number), (update("sites", sites, {"name": names}),))
    done[0] = number
    session.do(None, change, lambda _made: print(number, flush=True))

timer = QTimer()
timer.timeout.connect(rename)
timer.start(1)
application.exec()
"""


def _kill_and_look(folder: Path, source: Path, steps: int) -> None:
    path = folder / f"killed-{steps}.gpkg"
    shutil.copyfile(source, path)
    process = subprocess.Popen(
        [sys.executable, "-c", WORK, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "HOME": str(folder)},
    )
    assert process.stdout is not None
    told = 0
    for line in process.stdout:
        told = int(line)
        if told >= steps:
            break
    process.kill()
    told = max([told, *(int(line) for line in process.stdout)])
    process.wait()
    process.stdout.close()
    with Project.open(path) as project:
        names = set(project.read().table("sites")["name"])
        assert len(names) == 1, "a step is whole or not there"
        (name,) = names
        last = int(name.removeprefix("step "))
        assert told <= last <= told + 1
        assert str(project.undo_label()) == f"Step {last}"
        for _ in range(last):
            assert project.undo() is not None
        assert "Alfa" in set(project.read().table("sites")["name"])


def test_a_killed_window_loses_nothing(tmp_path: Path, town_file: Path, settings: Settings) -> None:
    _kill_and_look(tmp_path, town_file, 7)


@pytest.mark.long
def test_many_killed_windows_lose_nothing(tmp_path: Path, town_file: Path) -> None:
    for steps in (1, 2, 3, 5, 9, 14, 30, 60):
        _kill_and_look(tmp_path, town_file, steps)
