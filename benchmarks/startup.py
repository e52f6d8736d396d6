"""How soon the window can be used, how idle it is, and whether memory grows with use.

    python benchmarks/startup.py PROJECT... [--streets 200000] [--cycles 100] [--json]

For each project, and for one made up with ``--streets`` street segments, a fresh process starts
the program. ``visible_s`` is the time until the window is on the screen, ``usable_s`` until the
project is read, judged and drawn sharp, both from the start of the process. ``idle_cpu`` is the
share of one core used in ten seconds of rest. With ``--cycles`` the first project is copied and a
small plan is made and taken back that often: ``growth`` is the main process's memory at the end
over that after the first ten cycles.
"""

# ruff: noqa: PLC0415 - what is loaded when is part of what is measured
from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

_BORN_S = time.time()
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_REST_S = 10.0
_WARM_CYCLES = 10
_LONGEST_S = 3600.0
_LONGEST_WAIT_S = 300.0


def main(words: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("projects", nargs="*", type=Path)
    parser.add_argument("--streets", type=int, default=0)
    parser.add_argument("--cycles", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", choices=("start", "cycle"), help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    if options.child:
        print(json.dumps(_child(options)))
        return 0
    with tempfile.TemporaryDirectory() as home:
        rows = _measure(options, Path(home))
    if options.json:
        print(json.dumps(rows))
    else:
        for row in rows:
            print("  ".join(f"{name} {value}" for name, value in row.items()))
    return 0


def _measure(options: argparse.Namespace, home: Path) -> list[dict[str, Any]]:
    projects = list(options.projects)
    if options.streets:
        projects.append(_made_up(home / f"streets-{options.streets}.gpkg", options.streets))
    rows = []
    for project in projects:
        copy = home / f"copy-{project.name}"
        shutil.copyfile(project, copy)
        rows.append({"project": project.name, **_run("start", copy, 0)})
    if options.cycles and projects:
        copy = home / f"cycles-{projects[0].name}"
        shutil.copyfile(projects[0], copy)
        rows.append({"project": projects[0].name, **_run("cycle", copy, options.cycles)})
    return rows


def _run(mode: str, project: Path, cycles: int) -> dict[str, Any]:
    words = [sys.executable, __file__, str(project), "--child", mode, "--cycles", str(cycles)]
    done = subprocess.run(words, check=True, capture_output=True, text=True, timeout=_LONGEST_S)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _made_up(path: Path, streets: int) -> Path:
    """Write a project with a grid of streets."""
    from app.io.project import Project
    from app.model.changes import ChangeSet, insert
    from app.model.messages import message
    from benchmarks.map import network_of, street_grid

    frame = network_of(street_grid(streets)).table("streets")
    with Project.create(path, "Streets") as project:
        project.apply(ChangeSet(message("Streets"), (insert("streets", frame),)))
    return path


def _child(options: argparse.Namespace) -> dict[str, Any]:
    from app.ui.garbage import held

    with held():  # as the program does
        from PySide6.QtCore import QSettings, QTimer
        from PySide6.QtWidgets import QApplication

        from app.ui.application import Desk
        from app.ui.settings import Settings

        application = QApplication([])
        project: Path = options.projects[0]
        store = QSettings(str(project.with_suffix(".ini")), QSettings.Format.IniFormat)
        desk = Desk(application, Settings(store))
    found: dict[str, Any] = {}
    desk.show(project)
    QTimer.singleShot(0, desk.window, lambda: found.setdefault("visible_s", _age_s()))
    session, window = desk.session, desk.window

    def is_usable() -> bool:
        return bool(session.is_open and not session.is_busy and window.map.is_sharp)

    _wait(application, is_usable)
    found["usable_s"] = _age_s()
    _rest(application, 2.0)
    if options.child == "start":
        before = time.process_time()
        _rest(application, _REST_S)
        found["idle_cpu"] = round((time.process_time() - before) / _REST_S, 4)
        found["rss_mb"] = round(_rss_mb())
    else:
        found |= _cycles(desk, application, options.cycles)
    desk.close()
    return found


def _cycles(desk: Any, application: Any, cycles: int) -> dict[str, Any]:
    """Make a small plan and take it back, again and again."""
    from app.ui.work import PlanWish

    session = desk.session
    sites = session.network.table("sites")
    chosen = ",".join(sites.index[sites["status"] == "proposed"][:5])
    memory: list[float] = []
    answers: list[Any] = []
    desk.window.cases.planned.connect(lambda *told: answers.append(told))
    for number in range(cycles):
        answers.clear()
        wish = PlanWish(f"cycle {number}", chosen, time_limit_s=5.0, gap=0.05)
        desk.window.cases.plan(wish, answers.append)
        _wait(application, lambda: bool(answers) and not session.is_busy)
        session.undo()
        _wait(application, lambda: not session.is_busy)
        memory.append(_rss_mb())
    first = memory[min(_WARM_CYCLES, len(memory) - 1)]
    return {
        "cycles": cycles,
        "rss_first_mb": round(memory[0]),
        "rss_warm_mb": round(first),
        "rss_last_mb": round(memory[-1]),
        "growth": round(memory[-1] / first - 1.0, 4),
    }


def _wait(application: Any, is_done: Callable[[], bool]) -> None:
    """Let the event loop run until something is done; looks every 20 ms."""
    from PySide6.QtCore import QTimer

    until_s = time.monotonic() + _LONGEST_WAIT_S
    was_done: list[bool] = []

    def look() -> None:
        # noted here: a moment later the program may be at the next thing
        if is_done():
            was_done.append(True)
        if was_done or time.monotonic() > until_s:
            application.exit()

    timer = QTimer()
    timer.setInterval(20)
    timer.timeout.connect(look)
    timer.start()
    application.exec()
    if not was_done:
        raise TimeoutError


def _rest(application: Any, seconds: float) -> None:
    """Let the event loop run as it does when nobody touches anything."""
    from PySide6.QtCore import QTimer

    QTimer.singleShot(round(seconds * 1000), application.exit)
    application.exec()


def _age_s() -> float:
    return round(time.time() - _BORN_S, 2)


def _rss_mb() -> float:
    text = Path("/proc/self/statm").read_text(encoding="ascii")
    return int(text.split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
