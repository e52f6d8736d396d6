"""The view of the map on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from app.model.errors import AnelloError
from app.model.views import SUFFIXES, ViewRequest
from app.ui import work_views
from app.ui.desk import Feature
from app.ui.dialogs.print_map import PrintMapDialog
from app.ui.labels import language
from app.ui.session import refusal_text


class PrintingFeature(Feature):
    """Prints what the map shows as PDF, PNG or SVG, in a job of its own."""

    def print_map(self) -> None:
        """Ask how and where to print the view."""
        dialog = PrintMapDialog(self.session.network.name, language(), self.bench.window)

        def ask_file() -> None:
            request = self.request(dialog)
            chosen, _ = QFileDialog.getSaveFileName(
                self.bench.window,
                self.tr("Print the map"),
                str(self.session.settings.folder / f"{self.session.network.name}.pdf"),
                self.tr("PDF (*.pdf);;Picture (*.png);;Drawing (*.svg)"),
            )
            if chosen:
                self.write(request, Path(chosen))

        dialog.accepted.connect(ask_file)
        self.bench.show_dialog(dialog)

    def request(self, dialog: PrintMapDialog) -> ViewRequest:
        """Return what the dialog asks for, of the view that is shown now."""
        return ViewRequest(
            bounds=self.bench.map.camera.extent,
            title=dialog.title_box.text().strip(),
            scale=dialog.scale,
            paper=str(dialog.paper_box.currentData()),
            language=str(dialog.language_box.currentData()),
            plan=self.session.preview,
        )

    def write(self, request: ViewRequest, path: Path) -> None:
        """Write a view; a name without a suffix becomes a PDF."""
        target = path if path.suffix.lower() in SUFFIXES else path.with_name(f"{path.name}.pdf")
        self.session.settings.folder = target.parent
        title = self.tr("Printing %1").replace("%1", target.name)
        told = self.tr("Map written: %1").replace("%1", target.name)

        def tell(_sheet: Any) -> None:
            self.session.told.emit("info", told)

        def refuse(error: AnelloError) -> None:
            self.bench.show_refusal(self.tr("Print the map"), refusal_text(error))

        self.session.jobs.start(
            title,
            work_views.print_view,
            self.session.network,
            request,
            self.bench.layers.showing,
            str(target),
            deliver=tell,
            refuse=refuse,
        )
