"""Language and theme."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from app.ui.dialogs.frame import FormDialog
from app.ui.settings import Settings
from app.ui.translation import LANGUAGES


class PreferencesDialog(FormDialog):
    """Change the settings when accepted; ``has_changed`` tells whether anything did."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Preferences"), parent)
        self._settings = settings
        self.has_changed = False
        self.language_box = QComboBox()
        for code, name in LANGUAGES.items():
            self.language_box.addItem(name, code)
        self.language_box.setCurrentIndex(self.language_box.findData(settings.language))
        self.theme_box = QComboBox()
        for text, name in (
            (self.tr("As the system"), "system"),
            (self.tr("Light"), "light"),
            (self.tr("Dark"), "dark"),
        ):
            self.theme_box.addItem(text, name)
        self.theme_box.setCurrentIndex(self.theme_box.findData(settings.theme))
        self.setMinimumWidth(360)
        self.add_form(
            [(self.tr("Language"), self.language_box), (self.tr("Theme"), self.theme_box)]
        )
        self.finish(self.tr("Apply"), self.tr("Cancel"))

    def accept(self) -> None:
        """Store what was chosen."""
        chosen = (self.language_box.currentData(), self.theme_box.currentData())
        self.has_changed = chosen != (self._settings.language, self._settings.theme)
        self._settings.language, self._settings.theme = chosen
        super().accept()
