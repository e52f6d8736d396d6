"""What the window has done: every import, plan, analysis and export as a job of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.io.importing import ImportOptions, ImportOutcome, Preview
from app.model.acceptance import accept_plan
from app.model.edits import delete_rows
from app.model.errors import AnelloError
from app.model.network import Network
from app.model.study import Result
from app.ui import work
from app.ui.jobs_runner import RunningJob
from app.ui.labels import language
from app.ui.session import Session
from app.ui.work import Appraisal, PlanWish

Refuse = Callable[[AnelloError], None]


class UseCases(QObject):
    """Start the jobs of a session and bring their results home.

    ``planned`` carries a study's result and the plan's ``uid``, ``appraised`` a plan's ``uid`` and
    an `Appraisal`, ``costed`` a plan's ``uid`` and the result of the cost study.
    """

    planned = Signal(object, str)
    explained = Signal(object, str)
    imported = Signal(object)
    exported = Signal(object)
    appraised = Signal(str, object)
    costed = Signal(str, object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._appraisals: dict[str, Appraisal | None] = {}
        self._appraisals_of: Network | None = None
        self.rules: Mapping[str, Any] | None = None
        """Cost rules that the project carries; ``None``: those of the program."""

    def preview(
        self,
        path: Path,
        options: ImportOptions,
        deliver: Callable[[Preview], None],
        refuse: Refuse,
    ) -> RunningJob:
        """Look into a file."""
        title = self.tr("Looking into %1").replace("%1", path.name)
        return self._session.jobs.start(
            title,
            work.preview,
            str(path),
            str(self._session.path),
            options,
            deliver=deliver,
            refuse=refuse,
        )

    def import_file(
        self,
        path: Path,
        target: str,
        options: ImportOptions,
        deliver: Callable[[ImportOutcome], None],
        refuse: Refuse,
    ) -> RunningJob:
        """Read a file, then commit what was accepted as one undo step."""

        def commit(outcome: ImportOutcome) -> None:
            self._session.set_findings("import", outcome.findings)
            self._session.do(None, outcome.changes)
            if options.mapping:
                key, chosen = f"mapping.{outcome.target}", dict(options.mapping)
                self._session.ask(lambda project: project.set_setting(key, chosen), _ignore)
            self.imported.emit(outcome)
            deliver(outcome)

        return self._session.jobs.start(
            self.tr("Importing %1").replace("%1", path.name),
            work.read,
            str(path),
            target,
            str(self._session.path),
            self._session.network,
            options,
            deliver=commit,
            refuse=refuse,
        )

    def check(self) -> RunningJob:
        """Check the data by all rules."""
        return self._session.jobs.start(
            self.tr("Checking the data"),
            work.check,
            self._session.network,
            deliver=lambda found: self._session.set_findings("check", found),
        )

    def plan(self, wish: PlanWish, refuse: Refuse) -> RunningJob:
        """Compute a plan, store it and preview it."""
        title = self.tr("Planning “%1”").replace("%1", wish.name)

        def store(result: Result) -> None:
            uid = _plan_uid(result)
            self._session.set_findings("plan", result.findings)
            if result.changes is None or not result.summary["sites"]:
                self.planned.emit(result, "")
                return

            def show(_: Any) -> None:
                self._session.show_plan(uid)
                self.planned.emit(result, uid)
                running.shelf.show = lambda: self._show_again(uid)

            self._session.do(None, result.changes, show)

        running = self._session.jobs.start(
            title,
            work.plan,
            self._session.network,
            wish if wish.rules is not None else replace(wish, rules=self.rules),
            deliver=store,
            refuse=refuse,
        )
        return running

    def _show_again(self, plan_uid: str) -> None:
        """Preview a plan that was made before, if it is still there."""
        if plan_uid in self._session.network.table("plans").index:
            self._session.show_plan(plan_uid)
        else:
            self._session.told.emit("warning", self.tr("The plan is no more."))

    def appraise(self, plan_uid: str) -> None:
        """Compare a plan with the data; ``appraised`` tells, at once when it is known."""
        network = self._session.network
        if network is not self._appraisals_of:
            self._appraisals, self._appraisals_of = {}, network
        if plan_uid in self._appraisals:
            age = self._appraisals[plan_uid]
            if age is not None:
                self.appraised.emit(plan_uid, age)
            return
        self._appraisals[plan_uid] = None

        def tell(found: Appraisal) -> None:
            if network is self._session.network:
                self._appraisals[plan_uid] = found
                self.appraised.emit(plan_uid, found)

        self._session.ask(lambda _project: work.appraise(network, plan_uid), tell)

    def cost(self, plan_uid: str, key: str = "equal", correlation: float = 0.0) -> None:
        """Work out what a plan costs; ``costed`` carries its ``uid`` and the result."""
        network = self._session.network

        def tell(found: Result) -> None:
            if network is self._session.network:
                self.costed.emit(plan_uid, found)

        self._session.ask(lambda _project: work.cost(network, plan_uid, key, correlation), tell)

    def phases(
        self,
        plan_uid: str,
        budgets: Mapping[int, float],
        deliver: Callable[[Result], None],
        refuse: Refuse,
        asked: Mapping[str, Any] | None = None,
    ) -> RunningJob:
        """Choose the year of each site of a plan within the money (EUR) of each year.

        ``asked`` holds more arguments of `app.workflows.phases`.
        """
        return self._session.jobs.start(
            self.tr("Choosing the years"),
            work.phases,
            self._session.network,
            plan_uid,
            dict(budgets),
            dict(asked or {}),
            deliver=deliver,
            refuse=refuse,
        )

    def accept(self, plan_uid: str) -> None:
        """Make a plan part of the network, as one undo step."""
        self._session.edit(lambda network: accept_plan(network, plan_uid, moment()))

    def delete_plan(self, plan_uid: str) -> None:
        """Delete a plan and its rows, as one undo step."""
        self._session.edit(lambda network: delete_rows(network, "plans", [plan_uid]))

    def study(
        self,
        title: str,
        workflow: str,
        arguments: Mapping[str, Any],
        deliver: Callable[[Any], None],
        refuse: Refuse,
    ) -> RunningJob:
        """Run a workflow of `app.workflows` by name on the network; its findings are kept."""

        def tell(answer: Any) -> None:
            if isinstance(answer, Result):
                self._session.set_findings(workflow, answer.findings)
            deliver(answer)
            running.shelf.show = lambda: tell(answer)

        network = self._session.network
        running = self._session.jobs.start(
            title, work.study, network, workflow, dict(arguments), deliver=tell, refuse=refuse
        )
        return running

    def explain(self, plan_uid: str, section: str, refuse: Refuse) -> RunningJob:
        """Say why a plan is as it is, or (with ``section``) what could replace that section."""

        def tell(result: Result) -> None:
            if not section:
                self._session.set_findings("explain", result.findings)
            self.explained.emit(result, section)
            running.shelf.show = lambda: self.explained.emit(result, section)

        running = self._session.jobs.start(
            self.tr("Explaining the plan"),
            work.explain,
            self._session.network,
            plan_uid,
            section,
            deliver=tell,
            refuse=refuse,
        )
        return running

    def export(
        self,
        plan_name: str,
        path: Path,
        wanted: Mapping[str, Any],
        deliver: Callable[[Any], None],
        refuse: Refuse,
    ) -> RunningJob:
        """Write a plan to a file; its suffix is the format.

        ``wanted`` are the fields of a `PaperRequest`: language, parts, scale and key.
        """

        def tell(report: Any) -> None:
            self.exported.emit(path)
            deliver(report)

        return self._session.jobs.start(
            self.tr("Exporting %1").replace("%1", path.name),
            work.export,
            self._session.network,
            plan_name,
            str(path),
            dict(wanted),
            deliver=tell,
            refuse=refuse,
        )

    def build_demo(self, folder: Path) -> RunningJob:
        """Build the demonstration project, then open it."""

        def open_it(path: Any) -> None:
            self._session.open(Path(path))

        return self._session.jobs.start(
            self.tr("Building the demonstration project"),
            work.demo,
            str(folder),
            language(),
            deliver=open_it,
        )


def moment() -> str:
    """Return this moment as text of a ``DATETIME`` column."""
    now = datetime.now(UTC)
    return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _ignore(_: object) -> None:
    """Take a result that nobody needs."""


def _plan_uid(result: Result) -> str:
    for change in result.changes.tables if result.changes is not None else ():
        if change.table == "plans" and len(change.after):
            return str(change.after.index[0])
    return ""
