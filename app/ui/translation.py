"""The edge where texts become English or Italian: Qt's translator and rendering of messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import PySide6
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from app.io.formats import formats
from app.io.translations import translator
from app.model.messages import Message

LANGUAGES = {"en": "English", "it": "Italiano"}

Lookup = Callable[[str, str, int], str]
"""Takes context, source text and number (-1: none); returns the text or ''."""


class CatalogueTranslator(QTranslator):
    """Look texts of every context up in the program's own catalogue."""

    def __init__(self, lookup: Lookup, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lookup = lookup

    def isEmpty(self) -> bool:
        """Say that there is something to find."""
        return False

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803 - Qt's name
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        """Return the translation, or ``None`` when there is none."""
        del disambiguation
        found = self._lookup(context, sourceText, n)
        return found if found and found != sourceText else None


def catalogue(language: str) -> Lookup:
    """Return the texts of ``language``; a number chooses the singular or the plural form.

    English sources write the plural as ``%n site(s)``, so English needs no catalogue.
    """
    plurals = {} if language == "en" else _plurals(language)
    translate = translator(language)

    def lookup(context: str, source: str, number: int) -> str:
        if number < 0:
            return translate(context, source)
        forms = plurals.get((context, source))
        if forms:
            return forms[0 if number == 1 else -1]
        return source.replace("(s)", "" if number == 1 else "s")

    return lookup


def translate_text(context: str, source: str) -> str:
    """Return the text of ``source`` in the language in force."""
    return QCoreApplication.translate(context, source) if source else ""


def render(message: Message) -> str:
    """Return a message of the core in the language in force."""
    return message.render(translate_text, formats(QLocale().name()).fill)


def default_language() -> str:
    """Return ``it`` on an Italian system, else ``en``."""
    return "it" if QLocale.system().language() == QLocale.Language.Italian else "en"


class LanguageSwitch:
    """Install the translators of one language at a time."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._installed: list[QTranslator] = []

    def use(self, language: str) -> None:
        """Switch texts, numbers and dates to ``language``, ``en`` or ``it``."""
        self.remove()
        QLocale.setDefault(QLocale("it_IT") if language == "it" else QLocale("en_GB"))
        if language != "en":
            own = QTranslator(self._application)
            if own.load(f"qtbase_{language}", str(_qt_translations())):
                self._install(own)
        self._install(CatalogueTranslator(catalogue(language), self._application))

    def remove(self) -> None:
        """Go back to the texts of the sources."""
        for old in self._installed:
            self._application.removeTranslator(old)
            old.deleteLater()
        self._installed = []

    def _install(self, translator: QTranslator) -> None:
        self._application.installTranslator(translator)
        self._installed.append(translator)


def _qt_translations() -> Path:
    told = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    if told.is_dir():
        return told
    return Path(PySide6.__file__).parent / "Qt" / "translations"


@cache
def _plurals(language: str) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Read the plural forms of a catalogue of the program."""
    path = files("resources").joinpath("i18n", f"{language}.ts")
    if not path.is_file():
        return {}
    root = ElementTree.fromstring(path.read_bytes())
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for context in root.iter("context"):
        for entry in context.iter("message"):
            forms = tuple(form.text or "" for form in entry.iter("numerusform"))
            if any(forms):
                found[(context.findtext("name", ""), entry.findtext("source", ""))] = forms
    return found
