"""Drawing in the window: tools, panel, and the edits that need no tool."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu

from app.model.changes import ChangeSet
from app.model.editing.deleting import DELETABLE, delete_objects
from app.model.editing.draft import spans_at
from app.model.editing.merging import snap_loose_ends
from app.model.editing.spans import join_spans, reverse_spans, split_span_at
from app.model.network import Network
from app.ui.desk import RIGHT, Feature, PanelSpec, Workbench
from app.ui.dialogs.delete_objects import DeleteObjectsDialog
from app.ui.drafting import Drafting
from app.ui.icons import icon
from app.ui.map.drawing_edit import EditTool, MergeTool, ReshapeTool, SplitTool
from app.ui.map.drawing_sketch import AREA, EITHER, PointTool, SketchTool
from app.ui.map.picking import Pick
from app.ui.panels.drawing import DrawingPanel
from app.ui.session import Selection
from app.ui.tracing import LineTracing

_MOST_TIE_M = 100.0


class DrawingFeature(Feature):
    """Brings the toolbar's drawing tools, their panel, and edits of what is selected."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.panel = DrawingPanel(bench.session)
        self.tracing = {table: LineTracing(table, self) for table in ("streets", "conduits")}
        self.drafting = Drafting(bench.session, self.panel, self.tracing, bench.window)
        desk = self.drafting
        self.tools = {
            tool.name: tool
            for tool in (
                SketchTool(desk, "spans"),
                PointTool(desk, "nodes"),
                PointTool(desk, "sites"),
                SketchTool(desk, "conduits"),
                SketchTool(desk, "barriers", EITHER),
                SketchTool(desk, "hazards", AREA),
                EditTool(desk),
                SplitTool(desk),
                MergeTool(desk),
                ReshapeTool(desk),
            )
        }
        for tool in self.tools.values():
            bench.map.add_tool(tool)
        self._pointer: tuple[float, float] = (0.0, 0.0)
        bench.map.cursor_moved.connect(self._remember)
        bench.map.tool_changed.connect(self._tool_changed)
        for tracing in self.tracing.values():
            tracing.changed.connect(self._traced)
        self.panel.options_changed.connect(self._options_changed)
        self.session.project_changed.connect(self._drop)

    def panels(self) -> Sequence[PanelSpec]:
        """Return the panel, hidden until somebody draws."""
        return (PanelSpec("drawing", self.tr("Drawing"), self.panel, RIGHT, starts_hidden=True),)

    def present(self) -> Collection[str]:
        """Tell whether spans, and just two of them, are selected."""
        count = len(self.session.selection.get("spans", ()))
        return [name for name, holds in (("spans", count), ("two spans", count == 2)) if holds]

    def ready(self) -> None:
        """Show the switches as they are."""
        self._options_changed()

    def end(self) -> None:
        """Keep what was chosen, and wait for the threads of the tracing."""
        self.panel.keep()
        for tracing in self.tracing.values():
            tracing.close()

    # -- actions ------------------------------------------------------------------------------

    def tool_edit_shapes(self) -> None:
        """Move and reshape."""
        self.bench.map.set_tool("edit_shapes")

    def tool_draw_spans(self) -> None:
        """Draw a span."""
        self.bench.map.set_tool("draw_spans")

    def tool_draw_nodes(self) -> None:
        """Draw a node."""
        self.bench.map.set_tool("draw_nodes")

    def tool_draw_sites(self) -> None:
        """Draw a site."""
        self.bench.map.set_tool("draw_sites")

    def tool_draw_conduits(self) -> None:
        """Draw a conduit."""
        self.bench.map.set_tool("draw_conduits")

    def tool_draw_barriers(self) -> None:
        """Draw a barrier."""
        self.bench.map.set_tool("draw_barriers")

    def tool_draw_hazards(self) -> None:
        """Draw a hazard area."""
        self.bench.map.set_tool("draw_hazards")

    def tool_split_span(self) -> None:
        """Split a span."""
        self.bench.map.set_tool("split_span")

    def tool_reshape_across(self) -> None:
        """Draw over an object."""
        self.bench.map.set_tool("reshape_across")

    def tool_merge_nodes(self) -> None:
        """Merge two nodes."""
        self.bench.map.set_tool("merge_nodes")

    def join_spans(self) -> None:
        """Join the two spans that are selected."""
        chosen = sorted(self.session.selection.get("spans", ()))
        if len(chosen) == 2:
            self._join(chosen)

    def reverse_spans(self) -> None:
        """Turn the selected spans round."""
        chosen = sorted(self.session.selection.get("spans", ()))
        if chosen:
            self._edit(lambda network: reverse_spans(network, chosen))

    def tie_loose_ends(self) -> None:
        """Ask how wide gaps may be, and close them."""
        dialog = QInputDialog(self.bench.window)
        dialog.setWindowTitle(self.tr("Tie loose ends"))
        dialog.setLabelText(self.tr("Largest gap (m)"))
        dialog.setInputMode(QInputDialog.InputMode.DoubleInput)
        dialog.setDoubleRange(0.01, _MOST_TIE_M)
        dialog.setDoubleDecimals(2)
        dialog.setDoubleValue(1.0)
        dialog.setOkButtonText(self.tr("Tie"))
        dialog.setCancelButtonText(self.tr("Cancel"))
        dialog.doubleValueSelected.connect(self.tie)
        self.bench.show_dialog(dialog)

    def tie(self, tolerance_m: float) -> None:
        """Tie what lies within a tolerance, as one step."""
        network = self.session.network

        def commit(changes: ChangeSet) -> None:
            if changes.is_empty:
                self.session.told.emit("info", self.tr("Nothing is loose within that distance."))
            else:
                self.session.do(None, changes, self.drafting.tell_done)

        self.session.ask(lambda _project: snap_loose_ends(network, tolerance_m), commit)

    def delete_selection(self) -> None:
        """Delete a vertex that is taken hold of, else what is selected, told before."""
        tool = self.bench.map.current_tool
        if isinstance(tool, EditTool) and tool.delete_vertex():
            return
        self.ask_deletion(self.session.selection)

    def ask_deletion(self, selection: Selection) -> None:
        """Delete objects; ask when anything goes along, or there are several."""
        asked = {table: uids for table, uids in selection.items() if table in DELETABLE and uids}
        if not asked:
            told = self.tr("What is selected is not deleted by hand.")
            self.session.told.emit("warning", told)
            return
        found = delete_objects(self.session.network, asked)
        count = sum(len(uids) for uids in asked.values())
        if count == 1 and not (found.also or found.released or "spans" in asked):
            self.session.do(None, found.changes, self.drafting.tell_done)
            return
        dialog = DeleteObjectsDialog(self.session.network, asked, self.bench.window)
        dialog.accepted.connect(
            lambda: self.session.do(None, dialog.deletion.changes, self.drafting.tell_done)
        )
        self.bench.show_dialog(dialog)

    def trace_streets(self) -> None:
        """Let lines follow the streets, or not."""
        self.panel.trace_box.setChecked(self.bench.action("trace_streets").isChecked())

    def snap_pointer(self) -> None:
        """Let the pointer snap, or not."""
        self.panel.snap_box.setChecked(self.bench.action("snap_pointer").isChecked())

    def show_drawing(self) -> None:
        """Show the panel."""
        self.bench.show_panel("drawing")

    # -- the menu of the map ------------------------------------------------------------------

    def fill_menu(self, menu: QMenu, picks: Sequence[Pick]) -> None:
        """Offer what can be done with the span or node under the pointer, and deleting."""
        if not picks or picks[0].table not in DELETABLE:
            return
        pick, place = picks[0], self._pointer
        menu.addSeparator()
        if pick.table == "spans":
            self._add(menu, "draw-split", self.tr("Split here"), lambda: self._split(pick, place))
            self._add(menu, "draw-reverse", self.tr("Reverse"), lambda: self._reverse(pick))
        elif pick.table == "nodes":
            spans = spans_at(self.session.network, pick.uid)
            if len(spans) == 2:
                text = self.tr("Join the two spans here")
                self._add(menu, "draw-join", text, lambda: self._join(spans))
        chosen = {pick.table: frozenset({pick.uid})}
        self._add(menu, "delete", self.tr("Delete…"), lambda: self.ask_deletion(chosen))

    def _add(self, menu: QMenu, picture: str, text: str, slot: Callable[[], None]) -> QAction:
        action = menu.addAction(icon(picture), text)
        action.triggered.connect(lambda _on=False: slot())
        return action

    def _edit(self, make: Callable[[Network], ChangeSet]) -> None:
        self.session.edit(make, self.drafting.tell_done)

    def _split(self, pick: Pick, place: tuple[float, float]) -> None:
        self._edit(lambda network: split_span_at(network, pick.uid, place))

    def _reverse(self, pick: Pick) -> None:
        self._edit(lambda network: reverse_spans(network, [pick.uid]))

    def _join(self, spans: Sequence[str]) -> None:
        first, second = spans
        self._edit(lambda network: join_spans(network, first, second))

    # -- what changes -------------------------------------------------------------------------

    def _remember(self, x: float, y: float) -> None:
        self._pointer = (x, y)

    def _drop(self) -> None:
        """Drop what was begun in another project."""
        for tool in self.tools.values():
            tool.cancel()

    def _traced(self) -> None:
        tool = self.bench.map.current_tool
        if isinstance(tool, SketchTool):
            tool.renew(self.bench.map)

    def _options_changed(self) -> None:
        self.bench.action("trace_streets").setChecked(self.panel.trace_box.isChecked())
        self.bench.action("snap_pointer").setChecked(self.panel.snap_box.isChecked())
        if self.panel.trace_box.isChecked() and self.session.is_open:
            self.tracing[self.drafting.traced].prepare(self.session.network)
        self.bench.map.refresh()

    def _tool_changed(self, name: str) -> None:
        """Show the form and the hints of the tool."""
        if name not in self.tools:
            self.panel.show_form("")
            return
        action = self.bench.action(f"tool_{name}")
        table = name.removeprefix("draw_") if name.startswith("draw_") else ""
        self.panel.show_form(table, action.statusTip(), action.text().replace("&", ""))
        if table:
            self.bench.show_panel("drawing")
