"""Which background the map draws: none, a file of tiles, or a server."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSlider,
    QSpinBox,
    QWidget,
)

from app.model.backgrounds import FILE, MAX_ZOOM, NONE, TILES, WMS, Background
from app.ui.dialogs.frame import FormDialog
from app.ui.panels.parts import tool_button
from app.ui.theme import GAP_PX, plain_label


class BackgroundDialog(FormDialog):
    """Ask for a background; ``background`` and ``is_offline`` hold the answer."""

    def __init__(
        self, known: Background, folder: Path, is_offline: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Background"), parent)
        self._folder = folder
        self.kind_box = QComboBox()
        for text, kind in (
            (self.tr("None: only the project's own layers"), NONE),
            (self.tr("File (MBTiles, PMTiles)"), FILE),
            (self.tr("Tiles of a server (XYZ, WMTS)"), TILES),
            (self.tr("Map server (WMS)"), WMS),
        ):
            self.kind_box.addItem(text, kind)
        self.kind_box.setCurrentIndex(self.kind_box.findData(known.kind))
        self.place_box = QLineEdit(known.location)
        self.browse = tool_button(self.tr("Choose a file"), "folder", self._browse)
        self.layers_box = QLineEdit(known.layers)
        self.zoom_box = QSpinBox()
        self.zoom_box.setRange(0, MAX_ZOOM)
        self.zoom_box.setValue(known.max_zoom)
        self.named_box = QLineEdit(known.attribution)
        self.named_box.setPlaceholderText(self.tr("As the owner of the map demands"))
        self.opacity_slider = QSlider(Qt.Orientation.Horizontal)
        self.opacity_slider.setRange(10, 100)
        self.opacity_slider.setValue(round(known.opacity * 100))
        self.offline_box = QCheckBox(self.tr("Stay off the network"))
        self.offline_box.setChecked(is_offline)
        self.note = plain_label("", is_muted=True)
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_PX // 2)
        row.addWidget(self.place_box, 1)
        row.addWidget(self.browse)
        place.setFocusProxy(self.place_box)
        self.form = self.add_form(
            [
                (self.tr("Background"), self.kind_box),
                (self.tr("File"), place),
                (self.tr("Layers"), self.layers_box),
                (self.tr("Highest zoom level"), self.zoom_box),
                (self.tr("Sources to name"), self.named_box),
                (self.tr("Opacity"), self.opacity_slider),
            ]
        )
        self.place_box.setAccessibleName(self.tr("File or address"))
        self._place = place
        self.body.addWidget(self.offline_box)
        self.body.addWidget(self.note)
        self.setMinimumWidth(520)
        self.finish(self.tr("Apply"), self.tr("Cancel"))
        self.kind_box.currentIndexChanged.connect(lambda _index: self._fit())
        self.offline_box.toggled.connect(lambda _on: self._fit())
        self._fit()

    @property
    def background(self) -> Background:
        """What was chosen."""
        return Background(
            self.kind_box.currentData(),
            self.place_box.text().strip(),
            self.layers_box.text().strip(),
            self.named_box.text().strip(),
            self.zoom_box.value(),
            self.opacity_slider.value() / 100,
        )

    @property
    def is_offline(self) -> bool:
        """Whether to stay off the network."""
        return self.offline_box.isChecked()

    def accept(self) -> None:
        """Accept what is complete."""
        chosen = self.background
        if chosen.kind != NONE and not chosen.location:
            self.tell_error(self.tr("Which one?"))
            self.place_box.setFocus()
            return
        if chosen.needs_network and not chosen.attribution:
            self.tell_error(self.tr("Name the sources: maps of others ask for it."))
            self.named_box.setFocus()
            return
        super().accept()

    def _fit(self) -> None:
        """Show what the kind needs, and say what will happen."""
        kind = self.kind_box.currentData()
        is_web = kind in (TILES, WMS)
        for control, is_wanted in (
            (self._place, kind != NONE),
            (self.layers_box, kind == WMS),
            (self.zoom_box, is_web),
            (self.named_box, kind != NONE),
            (self.opacity_slider, kind != NONE),
        ):
            self.form.setRowVisible(control, is_wanted)
        self.browse.setVisible(kind == FILE)
        label = self.form.labelForField(self._place)
        if isinstance(label, QLabel):
            label.setText(self.tr("File") if kind == FILE else self.tr("Address"))
        examples = {TILES: "https://…/{z}/{x}/{y}.png", WMS: "https://…/wms"}
        self.place_box.setPlaceholderText(examples.get(kind, ""))
        self.note.setText(self._note(is_web))
        self.adjustSize()

    def _note(self, is_web: bool) -> str:
        if not is_web:
            return self.tr("The network is not used for it.")
        if self.is_offline:
            return self.tr("Nothing is asked of a server: only tiles kept before are drawn.")
        return self.tr(
            "The server learns which part of the map is looked at. Its terms of use apply. "
            "Tiles are kept on this computer for 30 days, 200 MB at most."
        )

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose a file"),
            str(self._folder),
            self.tr("Map tiles (*.mbtiles *.pmtiles)"),
        )
        if chosen:
            self.place_box.setText(chosen)
