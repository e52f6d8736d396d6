"""Make pictures of every page, panel and dialog of the running program, to look at.

    python docs/gallery.py OUT --project FILE [--language en|it] [--theme light|dark]
                               [--size WIDTHxHEIGHT] [--scale FACTOR] [--every] [--handbook]

`--every` makes one folder for each language, theme, window size and scale factor. `--handbook`
puts the pictures that the handbook shows, in both languages, into its folder. No screen is
needed. The project is copied first and stays as it is.
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
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog

ROOT = Path(__file__).resolve().parents[1]
HANDBOOK = ROOT / "resources" / "handbook"
sys.path.insert(0, str(ROOT))

from app.ui.application import Desk
from app.ui.settings import Settings

LANGUAGES = ("en", "it")
THEMES = ("light", "dark")
SIZES = ("1366x768", "2560x1440")
SCALES = ("1", "1.5", "2")
_SETTLE_MS = 350
_LONGEST_MS = 150_000

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
        if size != SIZES[0] and scale != "1":
            continue  # a large window at a high factor is the small one seen from nearby
        folder = options.out / f"{language}-{theme}-{size}-{scale}"
        command = [
            sys.executable, __file__, str(folder), "--project", str(options.project),
            "--language", language, "--theme", theme, "--size", size, "--scale", scale,
        ]  # fmt: skip
        worst = max(worst, subprocess.run(command, check=False).returncode)
    return worst


def _for_handbook(options: argparse.Namespace) -> int:
    """Take the pictures that each handbook names, few colours each, and put them in their place."""
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
            flat = Qt.ImageConversionFlag.AvoidDither
            picture = QImage(str(taken[target.stem]))
            picture.convertToFormat(QImage.Format.Format_Indexed8, flat).save(str(target))
    return worst


def _picture(options: argparse.Namespace, project: Path, folder: Path) -> int:

    application = QApplication([])
    store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    settings = Settings(store)
    settings.language, settings.theme, settings.folder = options.language, options.theme, folder
    desk = Desk(application, settings)
    width, height = (int(part) for part in options.size.split("x"))
    desk.window.resize(width, height)
    desk.show()
    options.out.mkdir(parents=True, exist_ok=True)
    Shoot(desk, project, options.out).start()
    QTimer.singleShot(_LONGEST_MS, application.quit)
    application.exec()
    desk.close()
    return 0


class Shoot:
    """Goes through the steps one after the other, each when the window has settled."""

    def __init__(self, desk: Desk, project: Path, out: Path) -> None:
        self._window = desk.window
        self._session = self._window.session
        self._project = project
        self._out = out
        self._steps: Iterator[Step] = iter(())
        self._number = 0

    def start(self) -> None:
        """Take the first picture, then open the project and go on."""
        self._steps = itertools.chain(
            [("welcome", lambda: None)], self._opening(), self._panels(), self._dialogs()
        )
        self._later(self._next)

    def _later(self, what: Callable[[], None], wait_ms: int = _SETTLE_MS) -> None:
        QTimer.singleShot(wait_ms, self._window, what)

    def _next(self) -> None:
        step = next(self._steps, None)
        if step is None:
            QApplication.quit()
            return
        name, prepare = step
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
            painter = QPainter(picture)
            painter.drawPixmap(self._window.mapFromGlobal(shown.pos()), shown.grab())
            painter.end()
            shown.reject()
        self._number += 1
        picture.save(str(self._out / f"{self._number:02d}-{name}.png"))
        self._next()

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

    def _dialogs(self) -> Iterator[Step]:
        actions = self._window.actions_by.by_id
        for name in sorted(actions):
            action = actions[name]
            if action.text().endswith("…") and name not in _FILE_DIALOGS and action.isEnabled():
                yield f"dialog-{name}", lambda action=action: self._opened(action.trigger)
        yield "dialog-shortcuts", lambda: self._opened(actions["show_shortcuts"].trigger)
        yield "dialog-about", lambda: self._opened(actions["show_about"].trigger)

    def _opened(self, trigger: Callable[[], None]) -> object:
        trigger()
        return QApplication.activeModalWidget()


_FILE_DIALOGS = {"open_project", "save_copy", "import_file"}
"""Actions that open the system's own dialog, which is not ours to look at."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
