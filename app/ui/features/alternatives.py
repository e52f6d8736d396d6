"""Plans as alternatives: listed side by side, laid over one another on the map, compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import shapely
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QInputDialog

from app.model import planedits
from app.model.errors import AnelloError
from app.model.frames import GEOMETRY
from app.model.plancolors import PALETTE, plan_colors
from app.model.study import Result
from app.ui.desk import BOTTOM, Feature, PanelSpec, Workbench
from app.ui.map.plan_overlay import PlanOverlay, make_strand
from app.ui.panels.alternatives import AlternativesPanel
from app.ui.route_work import copy_plan, laid_over
from app.ui.session import refusal_text


class AlternativesFeature(Feature):
    """Brings the panel *Alternatives* and the overlay of plans."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.panel = AlternativesPanel(bench.session)
        self.overlay = PlanOverlay()
        bench.map.add_overlay(self.overlay.paint)
        panel, session = self.panel, bench.session
        panel.shown_changed.connect(lambda _plans: self._overlay())
        panel.compare_wanted.connect(self.compare)
        panel.picked.connect(session.show_plan)
        panel.copy_wanted.connect(self.copy)
        panel.rename_wanted.connect(self._ask_name)
        panel.note_wanted.connect(self._ask_note)
        panel.color_wanted.connect(self._ask_color)
        panel.delete_wanted.connect(lambda _uid: self.bench.action("delete_plan").trigger())
        session.project_changed.connect(self._forget)
        session.preview_changed.connect(lambda _uid: panel.fresh.want())
        session.changed.connect(self._changed)

    def panels(self) -> Sequence[PanelSpec]:
        """Return the panel."""
        return (PanelSpec("alternatives", self.tr("Alternatives"), self.panel, BOTTOM),)

    def show_alternatives(self) -> None:
        """Show the panel."""
        self.bench.show_panel("alternatives")

    def duplicate_plan(self) -> None:
        """Copy the previewed plan."""
        self.copy(self.session.preview)

    def copy(self, uid: str) -> None:
        """Copy a plan under the next free name, and preview the copy."""
        network = self.session.network

        def do(changes: Any) -> None:
            head = next(part for part in changes.tables if part.table == "plans")
            new = str(head.after.index[0])
            self.session.do(None, changes, lambda _done: self.session.show_plan(new))

        self.session.ask(lambda _project: copy_plan(network, uid), do)

    def rename(self, uid: str, name: str) -> None:
        """Give a plan another name."""
        self.session.edit(lambda network: planedits.rename_plan(network, uid, name))

    def note(self, uid: str, text: str) -> None:
        """Write a note on a plan."""
        self.session.edit(lambda network: planedits.note_plan(network, uid, text))

    def color(self, uid: str, color: str) -> None:
        """Give a plan a colour."""
        self.session.edit(lambda network: planedits.color_plan(network, uid, color))

    def compare(self, plans: list[str]) -> None:
        """Compare plans with each other and with not building."""
        network = self.session.network

        def deliver(found: Result) -> None:
            self.panel.compare.setEnabled(True)
            self.panel.show_result(found.summary)
            if network is not self.session.network:
                told = self.tr("The data have changed while the plans were compared.")
                self.session.told.emit("warning", told)

        def refuse(error: AnelloError) -> None:
            self.panel.compare.setEnabled(True)
            self.bench.show_refusal(self.tr("The plans cannot be compared"), refusal_text(error))

        self.panel.compare.setEnabled(False)
        title = self.tr("Comparing plans")
        self.bench.cases.study(title, "compare", {"plans": list(plans)}, deliver, refuse)

    # -- inside ------------------------------------------------------------------------------

    def _overlay(self) -> None:
        """Show the ticked plans on the map: two laid over one another, else each as it is."""
        network, shown = self.session.network, self.panel.shown
        if len(shown) != 2:
            self._show_each(shown)
            return

        def show(parts: Mapping[str, shapely.Geometry]) -> None:
            if network is not self.session.network or shown != self.panel.shown:
                return
            names = network.table("plans")["name"]
            colors = plan_colors(network)
            only = self.tr("Only “%1”")
            self.overlay.strands = (
                make_strand(self.tr("Both"), "", [parts["both"]]),
                make_strand(only.replace("%1", names[shown[0]]), colors[shown[0]],
                            [parts["first"]]),
                make_strand(only.replace("%1", names[shown[1]]), colors[shown[1]],
                            [parts["second"]]),
            )  # fmt: skip
            self.bench.map.refresh()

        self.session.ask(lambda _project: laid_over(network, *shown), show)

    def _show_each(self, shown: Sequence[str]) -> None:
        network = self.session.network
        spans, colors = network.table("plan_spans"), plan_colors(network)
        names = network.table("plans")["name"]
        self.overlay.strands = tuple(
            make_strand(
                str(names[uid]), colors[uid], list(spans.loc[spans["plan"] == uid, GEOMETRY]),
                is_dashed=number > 0,
            )
            for number, uid in enumerate(shown)
        )  # fmt: skip
        self.bench.map.refresh()

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & {"plans", "plan_spans", "plan_sites"}:
            self.panel.fresh.want()
            self._overlay()

    def _forget(self) -> None:
        self.panel.fresh.want()
        self.panel.forget()
        self._overlay()

    def _ask(self, title: str, label: str, present: str) -> QInputDialog:
        dialog = QInputDialog(self.bench.window)
        dialog.setWindowTitle(title)
        dialog.setLabelText(label)
        dialog.setTextValue(present)
        dialog.setOkButtonText(self.tr("Keep"))
        dialog.setCancelButtonText(self.tr("Cancel"))
        return dialog

    def _ask_name(self, uid: str) -> None:
        present = str(self.session.network.table("plans").at[uid, "name"])
        dialog = self._ask(self.tr("Rename plan"), self.tr("Name of the plan"), present)
        dialog.textValueSelected.connect(lambda name: self.rename(uid, name))
        self.bench.show_dialog(dialog)

    def _ask_note(self, uid: str) -> None:
        present = str(self.session.network.table("plans").at[uid, "note"] or "")
        dialog = self._ask(self.tr("Note on the plan"), self.tr("Note"), present)
        dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput)
        dialog.textValueSelected.connect(lambda text: self.note(uid, text))
        self.bench.show_dialog(dialog)

    def _ask_color(self, uid: str) -> None:
        dialog = QColorDialog(QColor(plan_colors(self.session.network)[uid]), self.bench.window)
        dialog.setWindowTitle(self.tr("Colour of the plan"))
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        for place, color in enumerate(PALETTE):
            QColorDialog.setCustomColor(place, QColor(color))
        dialog.colorSelected.connect(lambda color: self.color(uid, color.name()))
        self.bench.show_dialog(dialog)
