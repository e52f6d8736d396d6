"""The window's one shared object: project, network, undo, selection, jobs."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import shapely
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.model.changes import ChangeSet
from app.model.errors import AnelloError
from app.model.findings import Finding
from app.model.messages import Message
from app.model.network import Network, empty_network
from app.ui.background import Background
from app.ui.garbage import held
from app.ui.jobs_runner import JobRunner
from app.ui.open_project import OpenProject, Picture
from app.ui.settings import Settings
from app.ui.translation import render
from app.ui.work import Judgement, judge

Selection = Mapping[str, frozenset[str]]

OUTSIDE_POLL_MS = 2000
NOTHING_KNOWN = Judgement(frozenset(), is_modelled=False)
FIRST_LOOK_MS = 1500
"""Until then the map draws; what brings the planning core along waits for it."""


class ChangeCommand(QUndoCommand):
    """A committed change set on the window's undo stack, which mirrors the project's.

    The project undoes first; the stack follows, so a step that the project refuses never
    shows as undone.
    """

    def __init__(self, changes: ChangeSet) -> None:
        super().__init__(render(changes.label))
        self.changes = changes


class Session(QObject):
    """Everything that the parts of the window share; passed by constructor.

    ``changed`` carries the touched tables, ``project_changed`` says that another project (or
    none) is open, ``told`` carries a severity and a text for the user, ``zoom_requested`` a
    selection to show, ``center_requested`` a place in the project's CRS.
    """

    project_changed = Signal()
    changed = Signal(object)
    selection_changed = Signal()
    preview_changed = Signal(str)
    highlight_changed = Signal(object)
    routes_changed = Signal(object)
    marks_changed = Signal(object)
    findings_changed = Signal()
    connected_changed = Signal()
    undo_changed = Signal()
    busy_changed = Signal(bool)
    told = Signal(str, str)
    refused = Signal(object)
    zoom_requested = Signal(object)
    center_requested = Signal(float, float)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.network: Network = empty_network("")
        self.selection: Selection = {}
        self.preview = ""
        self.highlight: Selection = {}
        self._judgement = NOTHING_KNOWN
        self._findings: dict[str, tuple[Finding, ...]] = {}
        self.undo_label: Message | None = None
        self.redo_label: Message | None = None
        self.undo_stack = QUndoStack(self)
        self.jobs = JobRunner(self)
        self.jobs.inputs = lambda: self.network
        self._project: OpenProject | None = None
        self._background = Background(self)
        self._background.busy_changed.connect(self.busy_changed)
        self._background.failed.connect(self.refused)
        self._judging = QTimer(self)
        self._judging.setSingleShot(True)
        self._judging.timeout.connect(self.judge)
        self._watch = QTimer(self)
        self._watch.setInterval(OUTSIDE_POLL_MS)
        self._watch.timeout.connect(self._look_outside)

    # -- project -----------------------------------------------------------------------------

    @property
    def path(self) -> Path | None:
        """Path of the open project, or ``None``."""
        return None if self._project is None else self._project.path

    @property
    def is_open(self) -> bool:
        """Whether a project is open."""
        return self._project is not None

    @property
    def is_busy(self) -> bool:
        """Whether the project is being read or written."""
        return self._background.is_busy

    def open(self, path: Path) -> None:
        """Open a project file in the background."""

        def read() -> tuple[OpenProject, Picture]:
            with held():
                return _opened(OpenProject.open(path))

        self._background.run(read, self._adopt)

    def create(self, path: Path, name: str, crs: str) -> None:
        """Create a project file in the background and open it."""
        self._background.run(lambda: _opened(OpenProject.create(path, name, crs)), self._adopt)

    def close_project(self) -> None:
        """Close the open project, if any."""
        self._watch.stop()
        project, self._project = self._project, None
        if project is not None:
            self._background.finish(project.close)
        self._show(Picture(empty_network(""), None, None, None))

    def close(self) -> None:
        """End jobs, timers and the thread, and close the project."""
        self._watch.stop()
        self._judging.stop()
        self.jobs.close()
        project, self._project = self._project, None
        if project is not None:
            self._background.finish(project.close)
        self._background.close()

    def ask(self, question: Callable[[OpenProject], Any], deliver: Callable[[Any], None]) -> None:
        """Ask the open project something in the background."""
        project = self._project
        if project is not None:
            self._background.run(lambda: question(project), deliver)

    # -- changes -----------------------------------------------------------------------------

    def do(
        self,
        label: Message | None,
        changes: ChangeSet,
        then: Callable[[ChangeSet], None] | None = None,
    ) -> None:
        """Commit ``changes`` as one undo step, under ``label`` when it is given."""
        wanted = changes if label is None else dataclasses.replace(changes, label=label)
        if not wanted.is_empty:
            self._commit(lambda project: project.apply(wanted), then)

    def edit(
        self,
        make: Callable[[Network], ChangeSet],
        then: Callable[[ChangeSet], None] | None = None,
    ) -> None:
        """Commit what ``make`` wants of the present network; it runs in the background."""
        self._commit(lambda project: project.edit(make), then)

    def undo(self) -> None:
        """Take the last step back."""
        self._move(OpenProject.undo, self.undo_stack.undo)

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        self._move(OpenProject.redo, self.undo_stack.redo)

    def travel(self, steps: int) -> None:
        """Take ``-steps`` steps back, or ``steps`` forward again."""
        for _ in range(abs(steps)):
            if steps < 0:
                self.undo()
            else:
                self.redo()

    # -- what is looked at -------------------------------------------------------------------

    def select(self, selection: Mapping[str, Iterable[str]], mode: str = "replace") -> None:
        """Change the selection; ``mode`` is replace, add, remove or toggle."""
        wanted = {table: frozenset(uids) for table, uids in selection.items()}
        merged = dict(wanted) if mode == "replace" else dict(self.selection)
        if mode != "replace":
            for table, uids in wanted.items():
                merged[table] = _combined(merged.get(table, frozenset()), uids, mode)
        kept = {table: uids for table, uids in sorted(merged.items()) if uids}
        if kept != self.selection:
            self.selection = kept
            self.selection_changed.emit()

    def show_plan(self, uid: str) -> None:
        """Preview the plan ``uid`` on the map; '' ends the preview."""
        if uid != self.preview:
            self.preview = uid
            self.preview_changed.emit(uid)

    def set_highlight(self, highlight: Selection) -> None:
        """Highlight objects on the map, without selecting them."""
        self.highlight = highlight
        self.highlight_changed.emit(highlight)

    def set_routes(self, routes: Mapping[str, Sequence[shapely.Geometry]]) -> None:
        """Show geometries on the map as ``route`` and ``protection``; nothing clears them."""
        self.routes_changed.emit(routes)

    def set_marks(self, marks: Mapping[str, Selection]) -> None:
        """Mark objects on the map by role: ``cut``, ``dark``, ``weak``, ``member``; {} for none.

        A role such as ``#0072b2`` marks in that colour.
        """
        self.marks_changed.emit(marks)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What checks, imports and studies found, each once."""
        return tuple(dict.fromkeys(item for part in self._findings.values() for item in part))

    def set_findings(self, origin: str, findings: Iterable[Finding]) -> None:
        """Replace the findings of one ``origin``: check, import, plan, redundancy."""
        self._findings[origin] = tuple(findings)
        self.findings_changed.emit()

    def jump(self, finding: Finding) -> None:
        """Select what a finding speaks of and show it."""
        frame = self.network.tables.get(finding.table)
        known = [uid for uid in finding.uids if frame is not None and uid in frame.index]
        if known:
            self.select({finding.table: known})
        if finding.place is not None:
            self.center_requested.emit(*finding.place)
        elif known:
            self.zoom_requested.emit({finding.table: frozenset(known)})

    # -- inside ------------------------------------------------------------------------------

    def _adopt(self, opened: tuple[OpenProject, Picture]) -> None:
        before = self._project
        self._project, picture = opened
        if before is not None:
            self._background.run(before.close, _ignore)
        self.settings.remember(self._project.path)
        self._show(picture)
        self._watch.start()
        kept = self._project.upgraded_from
        if kept is not None:
            told = self.tr("The project was made by an older version: upgraded, the old file is %1")
            self.told.emit("warning", told.replace("%1", kept.name))

    def _show(self, picture: Picture) -> None:
        """Show another project: nothing of the last one stays."""
        self.network = picture.network
        self.undo_stack.clear()
        self.selection, self.highlight, self._findings = {}, {}, {}
        self.preview, self._judgement = newest_draft(picture.network), NOTHING_KNOWN
        self._labels(picture)
        self.project_changed.emit()
        self.preview_changed.emit(self.preview)
        self._judging.start(FIRST_LOOK_MS)
        self.selection_changed.emit()
        self.findings_changed.emit()

    def _take(self, picture: Picture) -> None:
        """Take over the state after a step in the same project."""
        self.network = picture.network
        self._drop_missing()
        self._labels(picture)
        touched = picture.committed.tables if picture.committed is not None else ()
        tables = frozenset(change.table for change in touched)
        self.changed.emit(frozenset(self.network.tables) if picture.is_reread else tables)
        if picture.is_reread or tables & {"sites", "nodes", "spans"}:
            self._judging.start(0)

    def judge(self) -> None:
        """Find out which sites the network serves; until then the last answer stands."""
        self._judging.stop()
        network = self.network

        def take(found: Judgement) -> None:
            if network is self.network and found != self._judgement:
                self._judgement = found
                self.connected_changed.emit()

        self.ask(lambda _project: judge(network), take)

    @property
    def connected(self) -> frozenset[str]:
        """Sites that reach a hub or pop through spans in use."""
        return self._judgement.connected

    @property
    def is_modelled(self) -> bool:
        """Whether ground or network are a model, not a survey."""
        return self._judgement.is_modelled

    def _commit(
        self,
        step: Callable[[OpenProject], Picture],
        then: Callable[[ChangeSet], None] | None,
    ) -> None:
        project = self._project
        if project is None:
            return

        def adopt(picture: Picture) -> None:
            self._take(picture)
            if picture.committed is not None:
                self.undo_stack.push(ChangeCommand(picture.committed))
                if then is not None:
                    then(picture.committed)

        self._background.run(lambda: step(project), adopt)

    def _move(self, step: Callable[[OpenProject], Picture], follow: Callable[[], None]) -> None:
        project = self._project
        if project is None:
            return

        def adopt(picture: Picture) -> None:
            if picture.committed is not None:
                follow()
            if picture.committed is not None or picture.is_reread:
                self._take(picture)
            if picture.left_alone:
                count = picture.left_alone
                told = self.tr("%n row(s) changed by others: left as they are.", "", count)
                self.told.emit("warning", told)

        self._background.run(lambda: step(project), adopt)

    def _labels(self, picture: Picture) -> None:
        self.undo_label, self.redo_label = picture.undo_label, picture.redo_label
        self.undo_changed.emit()

    def _drop_missing(self) -> None:
        """Forget selected and previewed objects that are no more."""
        tables = self.network.tables
        present = {
            table: frozenset(uid for uid in uids if uid in tables[table].index)
            for table, uids in self.selection.items()
        }
        self.select(present)
        if self.preview and self.preview not in tables["plans"].index:
            self.show_plan("")

    def _look_outside(self) -> None:
        if not self.is_busy:
            self.ask(OpenProject.changed_outside, self._outside)

    def _outside(self, picture: Picture | None) -> None:
        if picture is not None:
            self.undo_stack.clear()
            self._take(picture)
            self.told.emit("info", self.tr("The project was changed by another program."))


def _opened(project: OpenProject) -> tuple[OpenProject, Picture]:
    return project, project.picture()


def newest_draft(network: Network) -> str:
    """Return the plan that was made last and is not accepted yet, or ''."""
    plans = network.table("plans")
    drafts = plans[plans["accepted"].isna()]
    made = drafts["created"].astype(object).fillna("").astype(str)
    return str(made.sort_values(kind="stable").index[-1]) if len(made) else ""


def _combined(now: frozenset[str], more: frozenset[str], mode: str) -> frozenset[str]:
    if mode == "add":
        return now | more
    return now - more if mode == "remove" else now ^ more


def _ignore(_: object) -> None:
    """Take a result that nobody needs."""


def refusal_text(error: AnelloError) -> str:
    """Return what an expected error says, reasons included."""
    reasons = getattr(error, "reasons", ())
    return "\n".join([render(error.message), *(render(reason) for reason in reasons)])
