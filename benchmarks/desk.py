"""How long the window stands still while it works: opening, planning, importing, dragging, undo.

    python benchmarks/desk.py [--project demo/demo.gpkg] [--json] [--trace]

A timer of 5 ms runs in the window's event loop; what comes later than that is a stall. For each
step the longest one is told, their number above 50 and 100 ms, and how long the step took; `own`
is the time that the window's thread itself computed during a stall: on a machine that does other
things at the same time the rest is theirs. The
live route is measured from the pointer's movement to the painted figures. ``--trace`` writes where
the window's thread was during stalls of more than 100 ms to stderr. No screen is needed.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import shutil
import statistics
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QPointF, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from app.io.importing import ImportOptions
from app.model.edits import set_values
from app.ui.application import Desk
from app.ui.features.routing import RoutingFeature
from app.ui.map.tools import Pointer
from app.ui.settings import Settings
from app.ui.work import PlanWish

TICK_MS = 5
LONGEST_S = 180.0
SITES = 12
DRAGS = 120


class Watch:
    """Notes when the event loop came round later than asked."""

    def __init__(self, application: QApplication, *, is_tracing: bool) -> None:
        self._application = application
        self._gaps: list[float] = []
        self._own: list[float] = []
        self._last_s = time.perf_counter()
        self._last_own_s = time.thread_time()
        self._timer = QTimer(application)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._main = threading.get_ident()
        self.traces: collections.Counter[str] = collections.Counter()
        if is_tracing:
            threading.Thread(target=self._look, daemon=True).start()

    def _tick(self) -> None:
        now_s = time.perf_counter()
        own_s = time.thread_time()
        self._gaps.append(max(0.0, (now_s - self._last_s) * 1000 - TICK_MS))
        self._own.append((own_s - self._last_own_s) * 1000)
        self._last_s, self._last_own_s = now_s, own_s

    def _look(self) -> None:
        while True:
            time.sleep(0.01)
            if time.perf_counter() - self._last_s > 0.1:
                frame = sys._current_frames().get(self._main)
                calls = traceback.extract_stack(frame)[-6:]
                self.traces[" < ".join(f"{c.name}:{Path(c.filename).stem}:{c.lineno}"
                                       for c in reversed(calls))] += 1  # fmt: skip

    def measure(
        self, name: str, begin: Callable[[], object], is_done: Callable[[], bool]
    ) -> dict[str, Any]:
        """Run a step to its end and return what the loop suffered."""
        self._gaps.clear()
        self._own.clear()
        self._last_own_s = time.thread_time()
        self._last_s = start_s = time.perf_counter()
        QTimer.singleShot(0, begin)
        self._application.processEvents()
        while not is_done() and time.perf_counter() - start_s < LONGEST_S:
            self._application.processEvents()
            time.sleep(0.0005)
        took_s = time.perf_counter() - start_s
        self._settle()
        return {
            "step": name,
            "seconds": round(took_s, 2),
            "is_done": is_done(),
            "longest_stall_ms": round(max(self._gaps, default=0.0), 1),
            "longest_own_ms": round(max(self._own, default=0.0), 1),
            "own_over_100_ms": sum(own > 100 for own in self._own),
            "stalls_over_50_ms": sum(gap > 50 for gap in self._gaps),
            "stalls_over_100_ms": sum(gap > 100 for gap in self._gaps),
        }

    def _settle(self, seconds: float = 1.2) -> None:
        """Let what the step set going come to rest; its stalls count as well."""
        end_s = time.perf_counter() + seconds
        while time.perf_counter() < end_s:
            self._application.processEvents()
            time.sleep(0.0005)


def main(arguments: list[str]) -> int:
    """Print stalls by step."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--project", type=Path, default=Path("demo/demo.gpkg"))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--trace", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "demo.gpkg"
        shutil.copyfile(options.project, copy)
        application = QApplication([])
        store = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        settings = Settings(store)
        settings.language, settings.theme, settings.folder = "en", "light", Path(folder)
        desk = Desk(application, settings)
        watch = Watch(application, is_tracing=options.trace)
        desk.window.resize(1600, 1000)
        rows = _steps(desk, watch, copy, Path(folder))
        desk.close()
    for place, count in watch.traces.most_common(12):
        print(f"{count * 10:6d} ms  {place}", file=sys.stderr)
    if options.json:
        print(json.dumps(rows))
    else:
        for row in rows:
            print("  ".join(f"{key} {value}" for key, value in row.items()))
    return 0


def _steps(desk: Desk, watch: Watch, project: Path, folder: Path) -> list[dict[str, Any]]:
    session, window = desk.session, desk.window
    jobs = session.jobs

    def is_idle() -> bool:
        return not session.is_busy and not jobs.running and not jobs.waiting

    rows = [
        watch.measure("show", desk.show, window.isVisible),
        watch.measure(
            "open", lambda: session.open(project),
            lambda: session.is_open and window.map.is_sharp and bool(session.connected),
        ),
    ]  # fmt: skip
    old = session.preview
    open_sites = sorted(set(session.network.table("sites").index) - session.connected)
    wish = PlanWish(name="Benchmark", sites=",".join(open_sites[:SITES]), time_limit_s=10.0)
    done: list[object] = []
    window.cases.planned.connect(lambda *told: done.append(told))
    rows.append(
        watch.measure(
            "plan", lambda: window.cases.plan(wish, print), lambda: bool(done) and is_idle()
        )
    )
    rows += _edit_steps(desk, watch, is_idle)
    rows.append(_import_step(desk, watch, folder, is_idle))
    written: list[object] = []
    target = folder / "plan.gpkg"
    rows.append(
        watch.measure(
            "export",
            lambda: window.cases.export(
                "Benchmark", target, {"language": "en"}, written.append, print
            ),
            lambda: bool(written) and is_idle(),
        )
    )
    session.show_plan(old)
    rows += _route_steps(desk, watch)
    return rows


def _edit_steps(desk: Desk, watch: Watch, is_idle: Callable[[], bool]) -> list[dict[str, Any]]:
    session = desk.session
    site = str(session.network.table("sites").index[0])
    steps: list[tuple[str, Callable[[], object]]] = [
        ("edit", lambda: session.edit(
            lambda net: set_values(net, "sites", [site], {"name": "Benchmark"}))),
        ("undo", session.undo),
        ("undo plan", session.undo),
        ("redo plan", session.redo),
        ("check", desk.window.cases.check),
    ]  # fmt: skip
    return [watch.measure(name, begin, is_idle) for name, begin in steps]


def _import_step(
    desk: Desk, watch: Watch, folder: Path, is_idle: Callable[[], bool]
) -> dict[str, Any]:
    path = folder / "sites.csv"
    lines = [f"Benchmark {n},{9.1 + n % 50 * 0.003:.5f},{45.4 + n // 50 * 0.003:.5f}"
             for n in range(2_000)]  # fmt: skip
    path.write_text("\n".join(["name,lon,lat", *lines]) + "\n", encoding="utf-8")
    told: list[object] = []
    desk.window.cases.imported.connect(told.append)
    return watch.measure(
        "import 2000 sites",
        lambda: desk.window.cases.import_file(
            path, "sites", ImportOptions(), lambda _: None, print
        ),
        lambda: bool(told) and is_idle(),
    )  # fmt: skip


def _route_steps(desk: Desk, watch: Watch) -> list[dict[str, Any]]:
    """Measure a route that is dragged across the map, from movement to painted figures."""
    window, session = desk.window, desk.session
    feature = next(item for item in window.features if isinstance(item, RoutingFeature))
    rows = [watch.measure("route: ready", feature.tool_route, lambda: feature.live.is_ready)]
    states = session.network.table("plan_sites")
    states = states[(states["plan"] == session.preview) & (states["state"] == "connected")]
    if states.empty:
        return rows
    site = str(states["site"].iloc[0])
    rows.append(watch.measure("route: begin", lambda: feature.begin_at(site),
                              lambda: feature.draft.is_shown))  # fmt: skip
    view, tool, waits = window.map, feature.tool, []
    view.zoom_to_rect(*_around(feature.lines_xy()))
    line = feature.lines_xy()[0]
    x, y = view.camera.to_px(line[len(line) // 2][None, :])[0]
    tool.press(view, Pointer(QPointF(x, y)))
    application = QApplication.instance()
    assert application is not None
    for number in range(DRAGS):
        seen = feature.draft.readout.number
        start_s = time.perf_counter()
        at = QPointF(x + 3 * (number + 2), y + 40 * (number % 7) / 7)
        tool.move(view, Pointer(at))
        while feature.draft.readout.number == seen and time.perf_counter() - start_s < 2.0:
            application.processEvents()
        view.canvas.viewport().repaint()
        waits.append((time.perf_counter() - start_s) * 1000)
    tool.release(view, Pointer(at))
    ordered = sorted(waits[2:])
    rows.append(
        {
            "step": "route: drag",
            "movements": len(ordered),
            "median_ms": round(statistics.median(ordered), 1),
            "p95_ms": round(ordered[int(len(ordered) * 0.95)], 1),
            "longest_ms": round(ordered[-1], 1),
            "first_ms": round(waits[0], 1),
        }
    )
    return rows


def _around(lines: Any) -> tuple[float, float, float, float]:
    low = (
        min(float(line[:, 0].min()) for line in lines),
        min(float(line[:, 1].min()) for line in lines),
    )
    high = (
        max(float(line[:, 0].max()) for line in lines),
        max(float(line[:, 1].max()) for line in lines),
    )
    return low[0] - 500, low[1] - 500, high[0] + 500, high[1] + 500


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
