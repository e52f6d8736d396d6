"""Tables, forms and mends in the window: what joins their panels, dialogs and jobs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from app.model.attributes import can_add, can_delete, deletion
from app.model.errors import InputError
from app.ui.desk import BOTTOM, Feature, PanelSpec, Workbench
from app.ui.dialogs.add_row import AddRowDialog
from app.ui.dialogs.delete_rows import DeleteRowsDialog
from app.ui.labels import figures, language, table_label
from app.ui.panels.tables import TablesPanel
from app.ui.session import refusal_text
from app.ui.titles import Titles


class TablesFeature(Feature):
    """Brings the panel *Tables*, and the actions that edit, add and delete objects."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.panel = TablesPanel(bench.session)
        self.panel.add_wanted.connect(self.add_to)
        self.panel.delete_wanted.connect(self.ask_to_delete)
        self.panel.form_wanted.connect(self._show_form)
        self.panel.export_wanted.connect(self._ask_for_file)
        self.panel.layer_wanted.connect(self._narrow_layer)
        self.session.selection_changed.connect(self.present_changed)

    def panels(self) -> Sequence[PanelSpec]:
        """Return the panel."""
        return (PanelSpec("tables", self.tr("Tables"), self.panel, BOTTOM),)

    def present(self) -> Collection[str]:
        """Return whether what is selected can be edited or deleted."""
        tables = [table for table, uids in self.session.selection.items() if uids]
        is_one = len(tables) == 1
        return {"objects"} if is_one else ()

    def ready(self) -> None:
        """Join the panel of the object."""
        identify = getattr(self.bench.window, "identify", None)
        if identify is not None:
            identify.delete_wanted.connect(self.ask_to_delete)
            identify.table_wanted.connect(self.show_rows_of)

    def end(self) -> None:
        """Keep the columns as they are."""
        self.panel.keep()

    # -- actions -----------------------------------------------------------------------------

    def show_tables(self) -> None:
        """Show the table of what is selected, or the last one."""
        chosen = [table for table, uids in self.session.selection.items() if uids]
        self.show_rows_of(chosen[0] if len(chosen) == 1 else self.panel.table.name)
        self.panel.view.setFocus()

    def edit_objects(self) -> None:
        """Turn the panel of the object into a form for what is selected."""
        for table, uids in self.session.selection.items():
            self._show_form(table, sorted(uids))
            return

    def add_object(self) -> None:
        """Add a row to the table that is shown, if its rows have no place."""
        name = self.panel.table.name
        self.add_to(name if can_add(name) else "organisations")

    # -- what the panels want ----------------------------------------------------------------

    def show_rows_of(self, table: str) -> None:
        """Bring the table to the front."""
        if self.panel.table.name != table:
            self.panel.show_table(table)
        self.bench.show_panel("tables")

    def add_to(self, table: str) -> None:
        """Ask for the values of a new row."""
        self.bench.show_dialog(AddRowDialog(self.session, table, self.bench.window))

    def ask_to_delete(self, table: str, uids: Sequence[str]) -> None:
        """Say what a deletion takes along, and delete when that is wanted."""
        if not can_delete(table):
            text = self.tr("These rows change by planning or review, not by deleting.")
            self.bench.show_refusal(self.tr("This cannot be done"), text)
            return
        try:
            found = deletion(self.session.network, table, list(uids))
        except InputError as error:
            self.bench.show_refusal(self.tr("This cannot be done"), refusal_text(error))
            return
        dialog = DeleteRowsDialog(self._title(table, uids), found, self.bench.window)
        dialog.accepted.connect(lambda: self.session.do(None, found.changes))
        self.bench.show_dialog(dialog)

    def export_to(
        self, path: Path, table: str, uids: Sequence[str], columns: Sequence[str]
    ) -> None:
        """Write rows of a table to a file."""

        def tell(_report: Any) -> None:
            told = self.tr("Table written: %1").replace("%1", path.name)
            self.session.told.emit("info", told)

        self.bench.cases.study(
            self.tr("Writing %1").replace("%1", path.name),
            "export_rows",
            {
                "table": table,
                "path": str(path),
                "uids": list(uids),
                "columns": list(columns),
                "language": language(),
            },
            tell,
            lambda error: self.bench.show_refusal(
                self.tr("The table could not be written"), refusal_text(error)
            ),
        )

    def _ask_for_file(self, table: str, uids: Sequence[str], columns: Sequence[str]) -> None:
        settings = self.session.settings
        chosen, _ = QFileDialog.getSaveFileName(
            self.bench.window,
            self.tr("Export the table"),
            str(settings.folder / f"{table}.xlsx"),
            self.tr("Spreadsheet (*.xlsx);;Text with separators (*.csv)"),
        )
        if chosen:
            settings.folder = Path(chosen).parent
            self.export_to(Path(chosen), table, uids, columns)

    def _narrow_layer(self, table: str, where: str) -> None:
        try:
            self.bench.layers.set_filter(table, where)
        except InputError as error:
            self.bench.show_refusal(self.tr("This cannot be done"), refusal_text(error))

    def _show_form(self, table: str, uids: Sequence[str]) -> None:
        self.bench.show_panel("identify")
        identify = getattr(self.bench.window, "identify", None)
        if identify is not None:
            identify.show_objects(table, uids)
            identify.begin_editing()

    def _title(self, table: str, uids: Sequence[str]) -> str:
        if len(uids) == 1:
            name = Titles(self.session.network).title(table, uids[0])
            told = self.tr("Delete “%1” from %2?").replace("%2", table_label(table))
            return told.replace("%1", name)
        told = self.tr("Delete %1 of %2?").replace("%2", table_label(table))
        return told.replace("%1", figures().number(len(uids)))
