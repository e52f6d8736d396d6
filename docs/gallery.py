"""Make pictures of every page, panel and dialog of the running program, to look at.

    python docs/gallery.py OUT --project FILE [--language en|it] [--theme light|dark]
                               [--size WIDTHxHEIGHT] [--scale FACTOR] [--only PATTERN]
                               [--every] [--handbook]

`--every` makes one folder for each language, theme, window size and scale factor. `--handbook`
puts the pictures that the handbook shows, in both languages, into its folder. `--only` takes
the pictures whose names hold a pattern. No screen is needed. The project is copied first and
stays as it is.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSettings, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QTabWidget, QWidget

ROOT = Path(__file__).resolve().parents[1]
HANDBOOK = ROOT / "resources" / "handbook"
_SMALLEST = 0
"""Qt's "quality" of a PNG is how little it is compressed."""
sys.path.insert(0, str(ROOT))

from app.model.comments import Anchor
from app.ui.application import Desk
from app.ui.settings import Settings
from app.ui.theme import colors

LANGUAGES = ("en", "it")
THEMES = ("light", "dark")
SIZES = ("1366x768", "2560x1440")
SCALES = ("1", "1.5", "2")
_SETTLE_MS = 250
_LONGEST_MS = 400_000
_TITLE_PX = 30

Step = tuple[str, Callable[[], object]]
"""Name of a picture and what to do before it is taken; what is returned is drawn on top."""


def main(arguments: list[str]) -> int:
    """Make the pictures; return an exit code."""
    options = _parse(arguments)
    if options.every:
        return _every(options)
    if options.handbook:
        return _for_handbook(options)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = options.scale
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / options.project.name
        shutil.copyfile(options.project, project)
        return _picture(options, project, Path(folder))


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--project", type=Path, default=Path("demo/demo.gpkg"))
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    parser.add_argument("--theme", choices=THEMES, default="light")
    parser.add_argument("--size", default=SIZES[0])
    parser.add_argument("--scale", default="1")
    parser.add_argument("--only", type=re.compile, default=re.compile(""))
    parser.add_argument("--every", action="store_true")
    parser.add_argument("--handbook", action="store_true")
    options = parser.parse_args(arguments)
    if not options.project.is_file():
        parser.error(f"there is no project {options.project}; run: python3 tasks.py demo")
    return options


def _every(options: argparse.Namespace) -> int:
    """Run this script once for each look; a scale factor is fixed when Qt starts."""
    worst = 0
    for language, theme, size, scale in itertools.product(LANGUAGES, THEMES, SIZES, SCALES):
        if size == SIZES[0] and scale != "1":
            continue  # a small window has no room for a high factor
        folder = options.out / f"{language}-{theme}-{size}-{scale}"
        command = [
            sys.executable, __file__, str(folder), "--project", str(options.project),
            "--language", language, "--theme", theme, "--size", size, "--scale", scale,
        ]  # fmt: skip
        worst = max(worst, subprocess.run(command, check=False).returncode)
    return worst


def _for_handbook(options: argparse.Namespace) -> int:
    """Take the pictures that each handbook names, and put them in their place."""
    worst = 0
    for language, name in (("en", "handbook.md"), ("it", "manuale.md")):
        folder = options.out / language
        command = [
            sys.executable, __file__, str(folder), "--project", str(options.project),
            "--language", language,
        ]  # fmt: skip
        worst = max(worst, subprocess.run(command, check=False).returncode)
        taken = {path.stem.partition("-")[2]: path for path in sorted(folder.glob("*.png"))}
        text = (HANDBOOK / name).read_text(encoding="utf-8")
        for shown in re.findall(r"\]\((pictures/[^)]+)\)", text):
            target = HANDBOOK / shown
            target.parent.mkdir(parents=True, exist_ok=True)
            QImage(str(taken[target.stem])).save(str(target), None, _SMALLEST)
    return worst


def _picture(options: argparse.Namespace, project: Path, folder: Path) -> int:

    application = QApplication([])
    store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    settings = Settings(store)
    settings.language, settings.theme, settings.folder = options.language, options.theme, folder
    desk = Desk(application, settings)
    width, height = (int(part) for part in options.size.split("x"))
    scale = float(options.scale)
    desk.window.resize(round(width / scale), round(height / scale))
    desk.show()
    options.out.mkdir(parents=True, exist_ok=True)
    Shoot(desk, project, options.out, options.only).start()
    QTimer.singleShot(_LONGEST_MS, application.quit)
    application.exec()
    desk.close()
    return 0


class Shoot:
    """Goes through the steps one after the other, each when the window has settled."""

    def __init__(self, desk: Desk, project: Path, out: Path, only: re.Pattern[str]) -> None:
        self._window = desk.window
        self._session = self._window.session
        self._project = project
        self._out = out
        self._only = only
        self._steps: Iterator[Step] = iter(())
        self._number = 0

    def start(self) -> None:
        """Take the first picture, then open the project and go on."""
        self._steps = itertools.chain(
            [("welcome", lambda: None)], self._opening(), self._panels(), self._pages(),
            self._filled(), self._dialogs(), self._asked(),
        )  # fmt: skip
        self._later(self._next)

    def _later(self, what: Callable[[], None], wait_ms: int = _SETTLE_MS) -> None:
        QTimer.singleShot(wait_ms, self._window, what)

    def _next(self) -> None:
        step = next(self._steps, None)
        if step is None:
            QApplication.quit()
            return
        name, prepare = step
        if name != "project" and not self._only.search(name):
            self._later(self._next, 0)
            return
        shown = prepare()
        self._wait_quiet(lambda: self._take(name, shown))

    def _wait_quiet(self, then: Callable[[], None]) -> None:
        """Go on when neither the project nor a job is busy."""
        if self._session.is_busy or self._session.jobs.running:
            self._later(lambda: self._wait_quiet(then))
        else:
            self._later(then, 2 * _SETTLE_MS)

    def _take(self, name: str, shown: object) -> None:
        picture = self._window.grab()
        if isinstance(shown, QDialog):
            self._draw_dialog(picture, shown)
            shown.reject()
        self._number += 1
        picture.save(str(self._out / f"{self._number:02d}-{name}.png"))
        self._next()

    def _draw_dialog(self, picture: QPixmap, dialog: QDialog) -> None:
        """Draw a dialog with the title and the border that the system gives it."""
        left = (self._window.width() - dialog.width()) // 2
        top = (self._window.height() - dialog.height()) // 2
        at = QPoint(left, max(top, _TITLE_PX))
        frame = QRect(at.x(), at.y() - _TITLE_PX, dialog.width(), dialog.height() + _TITLE_PX)
        painter = QPainter(picture)
        painter.drawPixmap(at, dialog.grab())
        if dialog.windowTitle():
            painter.fillRect(frame.x(), frame.y(), frame.width(), _TITLE_PX, colors().raised)
            painter.setPen(QColor(colors().text))
            title = QRect(frame.x(), frame.y(), frame.width(), _TITLE_PX)
            painter.drawText(title, Qt.AlignmentFlag.AlignCenter, dialog.windowTitle())
        else:
            frame.setTop(at.y())
        painter.setPen(QColor(colors().line))
        painter.drawRect(frame.adjusted(0, 0, -1, -1))
        painter.end()

    def _opening(self) -> Iterator[Step]:
        yield "project", lambda: self._session.open(self._project)

        def select() -> None:
            sites = self._session.network.table("sites")
            proposed = sites.index[sites["status"] == "proposed"]
            if proposed.empty:
                return
            uid = str(proposed[0])
            self._session.select({"sites": frozenset({uid})})
            self._window._identify("sites", uid)

        yield "selection", select

    def _panels(self) -> Iterator[Step]:
        for name in sorted(self._window.docks):
            yield f"panel-{name}", lambda name=name: self._window.show_panel(name)

    def _pages(self) -> Iterator[Step]:
        """Go through the pages behind tabs, and through the studies."""
        for name, dock in sorted(self._window.docks.items()):
            for tabs in dock.widget().findChildren(QTabWidget):
                for page in range(tabs.count()):
                    if page:
                        label = f"page-{name}-{tabs.widget(page).__class__.__name__}-{page}"
                        yield label, partial(self._turn, name, tabs, page)
                tabs.setCurrentIndex(0)
        study = self._window.redundancy.study_box
        for number in range(study.count()):
            show = partial(study.setCurrentIndex, number)
            yield f"study-{study.itemData(number)}", self._at("redundancy", show)

    def _turn(self, name: str, tabs: QTabWidget, page: int) -> None:
        self._window.show_panel(name)
        above: QWidget | None = tabs
        while above is not None:
            outer = above.parentWidget()
            if isinstance(outer, QWidget) and isinstance(outer.parentWidget(), QTabWidget):
                outer.parentWidget().setCurrentWidget(above)
            above = outer
        tabs.setCurrentIndex(page)

    def _at(self, name: str, then: Callable[[], object]) -> Callable[[], object]:
        """Return what brings a panel to the front and does something with it."""

        def do() -> None:
            self._window.show_panel(name)
            then()

        return do

    def _filled(self) -> Iterator[Step]:
        """Show the panels that are empty until something is computed."""
        window = self._window
        redundancy, costs = window.redundancy, window.costs
        phases = costs.phases
        review = window.docks["review"].widget()
        alternatives = window.docks["alternatives"].widget()
        yield "filled-findings", self._at("findings", window.findings.check.click)
        if self._session.network.table("plans").empty:
            return
        for study in ("failures", "availability"):
            yield f"filled-{study}", self._at("redundancy", partial(self._study, study))
        redundancy.show_study("failures")
        yield "filled-explain", self._at("explain", window.explain.start)
        yield "filled-duplicate", window.actions_by.by_id["duplicate_plan"].trigger
        yield "filled-alternatives", self._at("alternatives", alternatives.compare.click)
        costs.tabs.setCurrentWidget(phases)
        yield "filled-phases", self._at("costs", phases.run.click)
        yield "filled-time-plan", lambda: phases.pages.setCurrentIndex(1)
        phases.show_on_map(False)
        costs.tabs.setCurrentWidget(costs.comparison)
        yield "filled-comparison", self._at("costs", costs.comparison.start)
        costs.tabs.setCurrentWidget(costs.contributions)
        yield "filled-contributions", self._at("costs", costs.contributions.run.click)
        yield "filled-jobs", self._at("jobs", lambda: None)
        feature = self._feature("add_remark")
        plan = review.plan or ""
        said = "The chamber in Via Roma is full; use the one at the corner instead."
        yield "filled-remarks", lambda: feature.remark(Anchor("plans", plan), said, "Anna")
        for step in ("submit", "begin"):
            yield f"filled-review-{step}", partial(feature.take_step, plan, step, "Anna", "")
        yield "filled-revisions", lambda: review.pages.setCurrentIndex(1)
        yield "filled-difference", review.revisions.compare.click

    def _study(self, name: str) -> None:
        self._window.redundancy.show_study(name)
        self._window.redundancy.start()

    def _feature(self, method: str) -> Any:
        """Return the feature that has a method."""
        return next(item for item in self._window.features if hasattr(item, method))

    def _dialogs(self) -> Iterator[Step]:
        actions = self._window.actions_by.by_id
        for name in sorted(actions):
            action = actions[name]
            if action.text().endswith("…") and name not in _NOT_ASKED and action.isEnabled():
                yield f"dialog-{name}", lambda action=action: self._opened(action.trigger)
        yield "dialog-shortcuts", lambda: self._opened(actions["show_shortcuts"].trigger)
        yield "dialog-about", lambda: self._opened(actions["show_about"].trigger)

    def _asked(self) -> Iterator[Step]:
        """Open the dialogs that a plan, a selection or a file asks for."""
        window = self._window
        network = self._session.network
        review, prices = self._feature("add_remark"), self._feature("import_prices")
        yield "asked-options", lambda: self._opened(window.plans.form.more.click)
        plans, nodes = list(network.table("plans").index), list(network.table("nodes").index)
        for step in ("approve", "reject", "reopen") if plans else ():
            yield f"asked-{step}", lambda step=step: self._opened(partial(review.ask_step, step))
        if plans:
            about = Anchor("plans", plans[0])
            yield "asked-remark", lambda: self._opened(partial(review.ask_remark, about))
        if nodes:
            chosen = {"nodes": frozenset(nodes[:1])}
            delete = self._feature("ask_deletion").ask_deletion
            yield "asked-delete", lambda: self._opened(partial(delete, chosen))
        yield "asked-prices", self._at("prices", lambda: None)
        yield "asked-index", lambda: self._opened(prices.panel.index.trigger)
        yield "asked-rules", lambda: self._opened(prices.panel.rules.trigger)
        prices.panel.items_table.selectRow(0)
        yield "asked-price", lambda: self._opened(prices.panel.edit.click)
        table = self._project.with_name("sites.csv")
        table.write_text("name,category,x,y\nScuola,school,515000,5035000\n", encoding="utf-8")
        bring = partial(window.commands.import_paths, [table])
        yield "asked-import", lambda: self._opened(bring)

    def _opened(self, trigger: Callable[[], None]) -> object:
        trigger()
        return QApplication.activeModalWidget()


_NOT_ASKED = {"open_project", "save_copy", "import_file", "delete_selection"}
"""Actions that open the system's own dialog, which is not ours to look at, or that ask nothing."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
