"""What this program is, and what its keys do."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import qVersion
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QWidget

from app import __version__
from app.ui.actions import ACTIONS, CONTEXT, plain_text
from app.ui.dialogs.frame import FormDialog
from app.ui.icons import app_icon
from app.ui.theme import GAP_PX, heading, plain_label
from app.ui.translation import translate_text

_NAMED = ("PySide6_Essentials", "pyqtgraph", "geopandas", "networkx", "scipy", "SQLAlchemy")


class AboutDialog(FormDialog):
    """Name, version, licence and the libraries that the program stands on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("About Anello"), parent)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX * 2)
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(48, 48))
        row.addWidget(picture)
        row.addWidget(heading(f"Anello {__version__}", 2), 1)
        self.body.addLayout(row)
        self.body.addWidget(plain_label(self.tr("Plans the extension of public fibre networks.")))
        self.body.addWidget(plain_label(self.tr("Licence: Apache License 2.0")))
        self.body.addWidget(plain_label(_libraries(), is_muted=True))
        self.setMinimumWidth(420)
        self.finish(self.tr("Close"))


class HelpDialog(FormDialog):
    """First steps, then every shortcut, made from the table of actions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("First steps and shortcuts"), parent)
        steps = (
            self.tr("1. Drag your files onto the window: network, sites, streets, barriers."),
            self.tr("2. Select the sites to connect, on the map or in the table."),
            self.tr("3. Make a plan, look at it on the map, and accept it."),
            self.tr("4. Export it as PDF, GeoPackage, spreadsheet or web map."),
        )
        for step in steps:
            self.body.addWidget(plain_label(step))
        grid_host = QWidget()
        grid = QGridLayout(grid_host)
        grid.setHorizontalSpacing(GAP_PX * 3)
        grid.setVerticalSpacing(GAP_PX // 2)
        grid.setColumnStretch(1, 1)
        for number, spec in enumerate(spec for spec in ACTIONS if spec.shortcut):
            keys = QKeySequence(spec.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
            text = plain_text(translate_text(CONTEXT, spec.text)).rstrip("…")
            grid.addWidget(plain_label(keys, wraps=False), number, 0)
            grid.addWidget(plain_label(text, is_muted=True, wraps=False), number, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(grid_host)
        area.setMinimumHeight(260)
        self.body.addWidget(area, 1)
        self.resize(520, 560)
        self.finish(self.tr("Close"))


def _libraries() -> str:
    names = [f"Qt {qVersion()}"]
    for name in _NAMED:
        try:
            names.append(f"{name.replace('_', '-')} {version(name)}")
        except PackageNotFoundError:
            continue
    return ", ".join(names)
