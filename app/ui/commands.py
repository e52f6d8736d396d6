"""What the actions of the window do; the method of an action has the action's name."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from app.ui.connection import unconnected_sites
from app.ui.dialogs.about import AboutDialog
from app.ui.dialogs.export_dialog import ExportDialog
from app.ui.dialogs.import_dialog import ImportDialog
from app.ui.dialogs.new_project import NewProjectDialog
from app.ui.dialogs.plan_parameters import PlanParametersDialog
from app.ui.dialogs.preferences import PreferencesDialog
from app.ui.going import Going
from app.ui.map.view import MapView
from app.ui.panels.plan_form import PlanForm
from app.ui.session import Session
from app.ui.use_cases import UseCases


class Commands(QObject):
    """The slots behind the table of actions that need no more than session and map."""

    restyle_wanted = Signal()
    reset_wanted = Signal()
    plan_wanted = Signal()
    study_wanted = Signal(str)
    cut_wanted = Signal()
    reasons_wanted = Signal()
    findings_wanted = Signal()
    quit_wanted = Signal()
    palette_wanted = Signal()

    def __init__(
        self, session: Session, cases: UseCases, map_view: MapView, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session = session
        self._cases = cases
        self._map = map_view
        self._window = window
        self._dropped: list[Path] = []
        self.going = Going(session, window)

    # -- file --------------------------------------------------------------------------------

    def new_project(self) -> None:
        """Ask for a new project and make it."""
        dialog = NewProjectDialog(self._session.settings, self._window)
        dialog.accepted.connect(lambda: self._session.create(dialog.path, dialog.name, dialog.crs))
        self.show_dialog(dialog)

    def open_project(self) -> None:
        """Ask for a project file and open it."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open project"),
            str(self._session.settings.folder),
            self.tr("Projects (*.gpkg)"),
        )
        if chosen:
            self.open_path(Path(chosen))

    def open_path(self, path: Path) -> None:
        """Open a project file."""
        self._session.settings.folder = path.parent
        self._session.open(path)

    def open_demo(self) -> None:
        """Build the demonstration in the user's own folder, or find it there, and open it."""
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
        self._cases.build_demo(Path(home) / "demo")

    def save_copy(self) -> None:
        """Ask for a file and write a copy of the project to it."""
        chosen, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save a copy"),
            str(self._session.settings.folder),
            self.tr("Projects (*.gpkg)"),
        )
        if chosen:
            path = Path(chosen)
            told = self.tr("Copy written: %1").replace("%1", path.name)
            self._session.ask(
                lambda project: project.save_copy(path),
                lambda _path: self._session.told.emit("info", told),
            )

    def import_file(self) -> None:
        """Ask for files and import them one after the other."""
        chosen, _ = QFileDialog.getOpenFileNames(
            self._window, self.tr("Import"), str(self._session.settings.folder)
        )
        self.import_paths([Path(name) for name in chosen])

    def import_paths(self, paths: list[Path]) -> None:
        """Import files; a project file dropped without an open project is opened."""
        if not paths:
            return
        if not self._session.is_open:
            if len(paths) == 1 and paths[0].suffix.lower() == ".gpkg":
                self.open_path(paths[0])
            else:
                text = self.tr("Create or open a project first, then import files into it.")
                self._session.told.emit("warning", text)
            return
        self._session.settings.folder = paths[0].parent
        self._dropped.extend(paths)
        if len(self._dropped) == len(paths):
            self._import_next()

    def export_plan(self) -> None:
        """Hand the previewed plan over."""
        if self._session.preview:
            self.show_dialog(
                ExportDialog(self._session, self._cases, self._session.preview, self._window)
            )

    def close_project(self) -> None:
        """Close the project."""
        self._session.close_project()

    def quit_program(self) -> None:
        """Close the window."""
        self.quit_wanted.emit()

    # -- edit --------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take the last step back."""
        self._session.undo()

    def redo(self) -> None:
        """Do the undone step again."""
        self._session.redo()

    def select_unconnected(self) -> None:
        """Select every site that the network does not serve."""
        self._session.select({"sites": unconnected_sites(self._session)})

    def clear_selection(self) -> None:
        """Select nothing."""
        self._session.select({})

    def preferences(self) -> None:
        """Ask for language and theme."""
        dialog = PreferencesDialog(self._session.settings, self._window)

        def apply() -> None:
            if dialog.has_changed:
                self.restyle_wanted.emit()

        dialog.accepted.connect(apply)
        self.show_dialog(dialog)

    # -- view --------------------------------------------------------------------------------

    def tool_pan(self) -> None:
        """Drag the map."""
        self._map.set_tool("pan")

    def tool_select(self) -> None:
        """Select on the map."""
        self._map.set_tool("select")

    def tool_zoom(self) -> None:
        """Zoom to a rectangle."""
        self._map.set_tool("zoom")

    def tool_measure(self) -> None:
        """Measure distances."""
        self._map.set_tool("measure")

    def zoom_all(self) -> None:
        """Show everything."""
        self._map.zoom_to_all()

    def zoom_selection(self) -> None:
        """Show what is selected."""
        self._session.zoom_requested.emit(self._session.selection)

    def go_to(self) -> None:
        """Ask for a place by name or coordinates and show it."""
        self.show_dialog(self.going.places())

    def tool_lasso(self) -> None:
        """Select with a freehand line."""
        self._map.set_tool("lasso")

    def previous_view(self) -> None:
        """Show what was shown before."""
        self._map.previous_view()

    def next_view(self) -> None:
        """Show again what was shown after."""
        self._map.next_view()

    def reset_layout(self) -> None:
        """Put every panel back."""
        self.reset_wanted.emit()

    # -- plan --------------------------------------------------------------------------------

    def new_plan(self) -> None:
        """Show the form of a new plan."""
        self.plan_wanted.emit()

    def plan_options(self, form: PlanForm) -> None:
        """Ask for the options of a new plan."""
        dialog = PlanParametersDialog(form.options, self._window, form.hubs())

        def take() -> None:
            form.options = dialog.wish

        dialog.accepted.connect(take)
        self.show_dialog(dialog)

    def accept_plan(self) -> None:
        """Make the previewed plan part of the network."""
        if self._session.preview:
            self._cases.accept(self._session.preview)

    def delete_plan(self) -> None:
        """Delete the previewed plan; undo brings it back."""
        if self._session.preview:
            self._cases.delete_plan(self._session.preview)

    def explain_plan(self) -> None:
        """Show the panel that says why, and explain the previewed plan."""
        self.reasons_wanted.emit()

    def analyse_redundancy(self) -> None:
        """Show the redundancy panel and let every part fail."""
        self.study_wanted.emit("failures")

    def cut_selection(self) -> None:
        """Let what is selected fail, all at once."""
        self.cut_wanted.emit()

    def show_availability(self) -> None:
        """Show the study of availability."""
        self.study_wanted.emit("availability")

    def show_measures(self) -> None:
        """Show the study of measures."""
        self.study_wanted.emit("measures")

    def show_risks(self) -> None:
        """Show the risk groups."""
        self.study_wanted.emit("risks")

    def show_two_routes(self) -> None:
        """Show the study of two routes of a site."""
        self.study_wanted.emit("routes")

    def check_data(self) -> None:
        """Show the findings panel and check the data."""
        self.findings_wanted.emit()
        self._cases.check()

    # -- help --------------------------------------------------------------------------------

    def command_palette(self) -> None:
        """Offer every command by name."""
        self.palette_wanted.emit()

    def show_about(self) -> None:
        """Say what this program is."""
        self.show_dialog(AboutDialog(self._window))

    # -- inside ------------------------------------------------------------------------------

    def show_dialog(self, dialog: QDialog) -> None:
        """Open a dialog without waiting for it; it goes when it is closed."""
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def show_refusal(self, title: str, text: str) -> None:
        """Tell the user why something could not be done."""
        box = QMessageBox(
            QMessageBox.Icon.Warning, title, text, QMessageBox.StandardButton.Close, self._window
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        self.show_dialog(box)

    def _import_next(self) -> None:
        if not self._dropped:
            return
        dialog = ImportDialog(self._session, self._cases, self._dropped[0], self._window)

        def go_on(_result: int) -> None:
            self._dropped.pop(0)
            self._import_next()

        dialog.finished.connect(go_on)
        self.show_dialog(dialog)
