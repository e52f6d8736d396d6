"""Import of one file: look into it, say what it is, read it, see what became of it."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QProgressBar,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.io.importing import TARGETS, ImportOptions, ImportOutcome, Preview
from app.model.errors import AnelloError
from app.ui.dialogs.frame import FormDialog
from app.ui.dialogs.import_result import ImportResult
from app.ui.dialogs.mapping_table import MappingTable
from app.ui.jobs_runner import RunningJob
from app.ui.labels import table_label
from app.ui.session import Session, refusal_text
from app.ui.theme import GAP_PX, plain_label
from app.ui.translation import render
from app.ui.use_cases import UseCases

_ROWS_SHOWN = 20


class ImportDialog(FormDialog):
    """Three steps in one window: looking, choosing, result."""

    def __init__(
        self, session: Session, cases: UseCases, path: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Import %1").replace("%1", path.name), parent)
        self._session = session
        self._cases = cases
        self._path = path
        self._job: RunningJob | None = None
        self._preview: Preview | None = None
        self.layer_box = QComboBox()
        self.target_box = QComboBox()
        self.crs_box = QLineEdit()
        self.crs_box.setPlaceholderText(self.tr("As the file says, such as EPSG:32632"))
        self.sample = QTableWidget()
        self.mapping = MappingTable()
        self.outcome = ImportResult()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.doing = plain_label(self.tr("Looking into the file…"), is_muted=True)
        self._arrange()
        self.finish(self.tr("Import"), self.tr("Close"))
        self.primary.setEnabled(False)
        self.resize(760, 560)
        self.layer_box.currentIndexChanged.connect(lambda _index: self._look(is_layer_chosen=True))
        self.target_box.currentIndexChanged.connect(lambda _index: self._show_mapping())
        session.jobs.progressed.connect(self._progressed)
        self._look()

    def accept(self) -> None:
        """Start the import; the dialog stays to show its result."""
        target = str(self.target_box.currentData() or "")
        if not target or self._job is not None:
            return
        self.tell_error("")
        options = self._options()
        chosen = {} if target == "auto" else self.mapping.mapping()
        self._start_waiting(self.tr("Importing…"))
        self._job = self._cases.import_file(
            self._path,
            target,
            dataclasses.replace(options, mapping=chosen),
            self._imported,
            self._refused,
        )

    def reject(self) -> None:
        """Close, and stop what is under way."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        super().reject()

    # -- set up ------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.pages = QStackedWidget()
        choosing = QWidget()
        layout = QVBoxLayout(choosing)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_PX * 2)
        outer, self.body = self.body, layout
        self.form = self.add_form(
            [
                (self.tr("Import as"), self.target_box),
                (self.tr("Layer"), self.layer_box),
                (self.tr("Coordinates"), self.crs_box),
            ]
        )
        self.body = outer
        tabs = QTabWidget()
        tabs.addTab(self.mapping, self.tr("Columns"))
        tabs.addTab(self.sample, self.tr("First rows"))
        self.sample.setAccessibleName(self.tr("First rows"))
        self.sample.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.sample.setAlternatingRowColors(True)
        self.sample.setShowGrid(False)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.sample.horizontalHeader().setDefaultAlignment(left)
        self.sample.verticalHeader().hide()
        layout.addWidget(tabs, 1)
        self.pages.addWidget(choosing)
        self.pages.addWidget(self.outcome)
        self.body.addWidget(self.pages, 1)
        self.body.addWidget(self.doing)
        self.body.addWidget(self.bar)

    # -- looking -----------------------------------------------------------------------------

    def _look(self, *, is_layer_chosen: bool = False) -> None:
        layer = self.layer_box.currentData() if is_layer_chosen else None
        self._start_waiting(self.tr("Looking into the file…"))
        options = ImportOptions(layer=layer)
        self._job = self._cases.preview(self._path, options, self._looked, self._refused)

    def _looked(self, preview: Preview) -> None:
        self._stop_waiting()
        self._preview = preview
        self.layer_box.blockSignals(True)
        self.layer_box.clear()
        for name in preview.layers:
            self.layer_box.addItem(name, name)
        self.layer_box.setCurrentIndex(max(0, self.layer_box.findData(preview.layer)))
        self.layer_box.blockSignals(False)
        self.form.setRowVisible(self.layer_box, len(preview.layers) > 1)
        self.crs_box.setText(preview.crs)
        self._fill_targets(preview)
        self._fill_sample(preview)
        self._show_mapping()
        self.primary.setEnabled(True)

    def _fill_targets(self, preview: Preview) -> None:
        self.target_box.blockSignals(True)
        self.target_box.clear()
        fitting = [name for name in TARGETS if name in preview.targets]
        for name in fitting:
            self.target_box.addItem(table_label(name), name)
        if not fitting or preview.target not in fitting:
            self.target_box.addItem(self.tr("Recognise by itself"), "auto")
        wanted = preview.target if preview.target in fitting else "auto"
        self.target_box.setCurrentIndex(max(0, self.target_box.findData(wanted)))
        self.target_box.blockSignals(False)

    def _fill_sample(self, preview: Preview) -> None:
        rows = preview.rows[:_ROWS_SHOWN]
        self.sample.setColumnCount(len(preview.columns))
        self.sample.setHorizontalHeaderLabels(list(preview.columns))
        self.sample.setRowCount(len(rows))
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                self.sample.setItem(row, column, QTableWidgetItem(text))

    def _show_mapping(self) -> None:
        target = str(self.target_box.currentData() or "")
        preview = self._preview
        is_known = preview is not None and target in preview.targets
        self.mapping.setEnabled(is_known)
        if preview is None or not is_known:
            self.mapping.setRowCount(0)
            return
        self.mapping.show_target(preview, target, {})

        def remember(stored: Any) -> None:
            if isinstance(stored, dict) and stored and self._preview is preview:
                fits = {
                    field: column
                    for field, column in stored.items()
                    if not column or column in preview.columns
                }
                self.mapping.show_target(preview, target, fits)

        self._session.ask(lambda project: project.setting(f"mapping.{target}"), remember)

    # -- reading -----------------------------------------------------------------------------

    def _options(self) -> ImportOptions:
        typed = self.crs_box.text().strip()
        told = self._preview.crs if self._preview is not None else ""
        layer = self.layer_box.currentData() if self.layer_box.count() > 1 else None
        return ImportOptions(layer=layer, crs=typed if typed != told else None)

    def _imported(self, outcome: ImportOutcome) -> None:
        self._stop_waiting()
        self.outcome.show_outcome(outcome)
        self.pages.setCurrentWidget(self.outcome)
        self.primary.hide()

    def _refused(self, error: AnelloError) -> None:
        self._stop_waiting()
        self.primary.setEnabled(self._preview is not None)
        self.tell_error(refusal_text(error))

    def _start_waiting(self, text: str) -> None:
        self.doing.setText(text)
        self.doing.show()
        self.bar.setRange(0, 0)
        self.bar.show()
        self.primary.setEnabled(False)

    def _stop_waiting(self) -> None:
        self._job = None
        self.doing.hide()
        self.bar.hide()

    def _progressed(self, running: RunningJob) -> None:
        if running is self._job and running.state.fraction > 0:
            self.bar.setRange(0, 1000)
            self.bar.setValue(round(running.state.fraction * 1000))
            if running.state.message is not None:
                self.doing.setText(render(running.state.message))
