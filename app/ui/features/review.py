"""The review of plans in the window: steps, revisions and their differences, remarks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import shapely
from PySide6.QtWidgets import QFileDialog, QMenu

from app.io.project import user_name
from app.model.changes import ChangeSet
from app.model.comments import Anchor, add_comment, object_place, reply, set_state, thread_of
from app.model.duplicates import free_plan_name
from app.model.errors import AnelloError
from app.model.findings import Finding
from app.model.frames import GEOMETRY
from app.model.network import Network
from app.model.review import REOPEN, SUBMIT
from app.model.study import Result
from app.ui.desk import RIGHT, Feature, PanelSpec, Workbench
from app.ui.dialogs.review_step import RemarkDialog, ReviewStepDialog
from app.ui.icons import icon
from app.ui.labels import object_title, table_label
from app.ui.map.picking import Pick
from app.ui.panels.review import ReviewPanel
from app.ui.panels.revisions import KINDS
from app.ui.session import refusal_text
from app.ui.translation import render
from app.ui.use_cases import moment

_ANOTHER = "plan:"


class ReviewFeature(Feature):
    """Brings the panel *Review* and remarks by the menu of the map."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.panel = ReviewPanel(bench.session)
        self._user = user_name()
        self._pointer: tuple[float, float] | None = None
        self._difference: Result | None = None
        bench.map.cursor_moved.connect(self._remember)
        bench.session.project_changed.connect(self.clear_difference)
        bench.session.preview_changed.connect(lambda _uid: self.clear_difference())
        panel = self.panel
        panel.step_wanted.connect(self.ask_step)
        panel.remarks.new_wanted.connect(self.add_remark)
        panel.remarks.import_wanted.connect(self.import_remarks)
        panel.remarks.answer_wanted.connect(self.ask_answer)
        panel.remarks.close_wanted.connect(self.close_remark)
        panel.remarks.jump_wanted.connect(self.jump)
        panel.revisions.compare_wanted.connect(self.compare)
        panel.revisions.clear_wanted.connect(self.clear_difference)
        panel.revisions.row_chosen.connect(self._show_row)

    def panels(self) -> Sequence[PanelSpec]:
        """Return the panel."""
        return (PanelSpec("review", self.tr("Review"), self.panel, RIGHT),)

    def fill_menu(self, menu: QMenu, picks: Sequence[Pick]) -> None:
        """Offer to remark on what lies under the pointer, or on the place."""
        if not self.session.is_open:
            return
        place = self._pointer
        menu.addSeparator()
        first = next((pick for pick in picks if pick.table != "comments"), None)
        known = next((pick for pick in picks if pick.table == "comments"), None)
        if known is not None:
            answer = menu.addAction(icon("comment"), self.tr("Answer the remark…"))
            answer.triggered.connect(lambda _on=False: self.ask_answer(known.uid))
        if first is not None:
            title = object_title(self.session.network, first.table, first.uid)
            text = self.tr("Remark on “%1”…").replace("%1", title.replace("&", "&&"))
            about = Anchor(first.table, first.uid)
            menu.addAction(icon("comment"), text).triggered.connect(
                lambda _on=False: self.ask_remark(about)
            )
        if place is not None:
            spot = Anchor(place=shapely.Point(*place))
            menu.addAction(icon("comment"), self.tr("Remark on this place…")).triggered.connect(
                lambda _on=False: self.ask_remark(spot)
            )

    # -- steps -------------------------------------------------------------------------------

    def show_review(self) -> None:
        """Show the panel."""
        self.bench.show_panel("review")

    def ask_step(self, step: str) -> None:
        """Ask who takes a step and why, then take it."""
        plan = self.panel.plan
        if plan is None:
            return
        network = self.session.network
        name = str(network.table("plans").at[plan, "name"])
        copy = free_plan_name(network, name) if step == REOPEN else ""
        dialog = ReviewStepDialog(step, name, self._user, copy, self.bench.window)
        dialog.accepted.connect(
            lambda: self.take_step(
                plan, step, dialog.by.text().strip(), dialog.text.toPlainText().strip(),
                dialog.name.text().strip(),
            )
        )  # fmt: skip
        self.bench.show_dialog(dialog)

    def take_step(self, plan: str, step: str, by: str, text: str, name: str = "") -> None:
        """Take a step as one undo step; what speaks against it is told."""
        self._user = by
        found: list[Result] = []

        def make(network: Network) -> ChangeSet:
            found.append(_step_result(network, plan, step, by, text or None, name or None))
            assert found[-1].changes is not None
            return found[-1].changes

        def tell(_done: ChangeSet) -> None:
            self._tell(found[-1].findings)
            if step == REOPEN:
                self.session.show_plan(str(found[-1].summary["plan_uid"]))

        self.session.edit(make, tell)

    def _tell(self, findings: Sequence[Finding]) -> None:
        self.session.set_findings("review", findings)
        for finding in findings:
            self.session.told.emit(finding.severity.value, render(finding.message))

    # -- differences -------------------------------------------------------------------------

    def compare(self, first: str, second: str) -> None:
        """Compare two sides and show what differs on the map."""
        plan, network = self.panel.plan, self.session.network
        if plan is None:
            return
        other = second.removeprefix(_ANOTHER) if second.startswith(_ANOTHER) else None
        last = "now" if other else second

        def ask(_project: object) -> Result:
            from app import workflows

            return workflows.revision_difference(network, plan, first, last, other)

        self.session.ask(ask, self.show_difference)

    def show_difference(self, found: Result) -> None:
        """Show a difference in the panel and on the map."""
        self.panel.fresh.now()
        self._difference = found
        self.panel.revisions.show_difference(found.summary)
        self.panel.pages.setCurrentWidget(self.panel.revisions)
        rows = found.tables["rows"]
        for kind in KINDS:
            own = rows[(rows["kind"] == kind).to_numpy()]
            self.bench.map.set_highlight(list(own[GEOMETRY]), kind)
        self._show_whole([shape for shape in rows[GEOMETRY] if shape is not None])

    def clear_difference(self) -> None:
        """Take the difference off the map."""
        if self._difference is None:
            return
        self._difference = None
        self.panel.revisions.show_difference(None)
        for kind in KINDS:
            self.bench.map.set_highlight((), kind)

    def _show_row(self, number: int) -> None:
        if self._difference is None:
            return
        row = self._difference.tables["rows"].iloc[number]
        shape: Any = row[GEOMETRY]
        if shape is None and row["table"] == "plan_sites":
            shape = object_place(self.session.network, "plan_sites", str(row["uid"]))
        if shape is not None:
            self._show_whole([shape])

    def _show_whole(self, shapes: Sequence[Any]) -> None:
        if shapes:
            xmin, ymin, xmax, ymax = shapely.total_bounds(shapes)
            margin = max((xmax - xmin) * 0.1, (ymax - ymin) * 0.1, 100.0)
            self.bench.map.zoom_to_rect(xmin - margin, ymin - margin, xmax + margin, ymax + margin)

    # -- remarks -----------------------------------------------------------------------------

    def add_remark(self) -> None:
        """Remark on what is selected, else on the plan that is shown."""
        chosen = [
            (table, uid)
            for table, uids in self.session.selection.items()
            for uid in sorted(uids)
            if table != "comments"
        ]
        plan = self.panel.plan
        if len(chosen) == 1:
            self.ask_remark(Anchor(*chosen[0]))
        elif plan is not None:
            self.ask_remark(Anchor("plans", plan))
        else:
            told = self.tr("Select an object, or show a plan, to remark on.")
            self.session.told.emit("info", told)

    def ask_remark(self, anchor: Anchor) -> None:
        """Ask for the text of a remark, then add it."""
        about = self.tr("About a place on the map")
        if anchor.table is not None and anchor.uid is not None:
            title = object_title(self.session.network, anchor.table, anchor.uid)
            about = f"{table_label(anchor.table)}: {title}"
        dialog = RemarkDialog(
            self.tr("New remark"), about, self._user, is_answer=False, parent=self.bench.window
        )
        dialog.accepted.connect(
            lambda: self.remark(anchor, dialog.text.toPlainText(), dialog.author.text().strip())
        )
        self.bench.show_dialog(dialog)

    def remark(self, anchor: Anchor, text: str, author: str) -> None:
        """Add a remark, as one undo step, and show it."""
        self._user, plan = author, self.panel.plan
        self.session.edit(
            lambda network: add_comment(network, anchor, text, author, moment(), plan=plan),
            lambda _done: self.panel.show_open_remarks(),
        )
        self.bench.show_panel("review")
        self.panel.pages.setCurrentWidget(self.panel.remarks)

    def ask_answer(self, uid: str) -> None:
        """Ask for an answer to a thread, then add it."""
        network = self.session.network
        root = thread_of(network, uid)
        said = str(network.table("comments").at[root, "body"])
        dialog = RemarkDialog(
            self.tr("Answer"), said, self._user, is_answer=True, parent=self.bench.window
        )
        dialog.accepted.connect(
            lambda: self.answer(root, dialog.text.toPlainText(), dialog.author.text().strip())
        )
        self.bench.show_dialog(dialog)

    def answer(self, uid: str, text: str, author: str) -> None:
        """Answer a thread, as one undo step."""
        self._user = author
        self.session.edit(lambda network: reply(network, uid, text, author, moment()))

    def close_remark(self, uid: str, is_closed: bool) -> None:
        """Close a thread or open it again, as one undo step."""
        state = "closed" if is_closed else "open"
        self.session.edit(lambda network: set_state(network, uid, state))

    def jump(self, uid: str) -> None:
        """Select and show what a remark is about, or its place."""
        network = self.session.network
        row = network.table("comments").loc[[uid]].iloc[0]
        table, about = row["object_table"], row["object_uid"]
        if table in network.tables and about in network.table(table).index:
            self.session.select({table: [about]})
            place: Any = object_place(network, table, about)
        else:
            place = row[GEOMETRY]
        if place is not None:
            self.session.center_requested.emit(float(place.x), float(place.y))

    def import_remarks(self) -> None:
        """Ask for a file that came back, and take its remarks in."""
        chosen, _ = QFileDialog.getOpenFileName(
            self.bench.window,
            self.tr("Remarks that came back"),
            str(self.session.settings.folder),
            self.tr("Files with remarks (*.gpkg *.xlsx *.geojson *.csv *.shp *.zip)"),
        )
        if chosen:
            self.take_in(Path(chosen))

    def take_in(self, path: Path) -> None:
        """Take the remarks of a file in, as one undo step, and tell what became of them."""
        if self.session.path is None:
            return
        arguments = {
            "project_path": self.session.path, "path": path, "author": self._user,
            "plan": self.panel.plan,
        }  # fmt: skip
        self.bench.cases.study(
            self.tr("Importing %1").replace("%1", path.name), "import_remarks", arguments,
            deliver=self._taken, refuse=self._refuse(path),
        )  # fmt: skip

    def _refuse(self, path: Path) -> Callable[[AnelloError], None]:
        title = self.tr("%1 could not be read").replace("%1", path.name)
        return lambda error: self.bench.show_refusal(title, refusal_text(error))

    def _taken(self, found: Any) -> None:
        self.session.do(None, found.changes)
        self.session.set_findings("remarks", found.conflicts)
        text = self.tr("Remarks: %1 new, %2 changed, %3 known already.")
        for mark, value in (
            ("%1", len(found.added)), ("%2", len(found.updated)), ("%3", found.known),
        ):  # fmt: skip
            text = text.replace(mark, str(value))
        self.session.told.emit("warning" if found.conflicts else "info", text)
        if found.rejected:
            lines = [
                f"{row.where}, {row.row}: {render(row.reason)} – {row.text}"
                for row in found.rejected[:20]
            ]
            self.bench.show_refusal(
                self.tr("%n row(s) could not be taken in", "", len(found.rejected)),
                "\n".join(lines),
            )

    def _remember(self, x: float, y: float) -> None:
        self._pointer = (x, y)


def _step_result(
    network: Network, plan: str, step: str, by: str, text: str | None, name: str | None
) -> Result:
    """Return what a step does; it runs in the background and brings the planning core along."""
    from app import workflows

    if step == SUBMIT:
        return workflows.submit_plan(network, plan, by, text)
    if step == REOPEN:
        return workflows.reopen_plan(network, plan, by, name)
    return workflows.take_review_step(network, plan, step, by, text)
