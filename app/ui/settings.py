"""What the program remembers between two starts, apart from any project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from app.model.tables import TABLES
from app.ui.theme import THEMES
from app.ui.translation import LANGUAGES, default_language

RECENT_LIMIT = 8


class Settings:
    """Typed access to a `QSettings`; a value that makes no sense counts as absent."""

    def __init__(self, store: QSettings) -> None:
        self._store = store

    @property
    def language(self) -> str:
        """Language of the window, ``en`` or ``it``; the system's until chosen."""
        chosen = str(self._store.value("language", ""))
        return chosen if chosen in LANGUAGES else default_language()

    @language.setter
    def language(self, code: str) -> None:
        self._store.setValue("language", code)

    @property
    def theme(self) -> str:
        """Theme: ``system``, ``light`` or ``dark``."""
        chosen = str(self._store.value("theme", ""))
        return chosen if chosen in THEMES else "system"

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("theme", name)

    @property
    def recent(self) -> list[Path]:
        """Projects opened last that still exist, the latest first."""
        stored = self._store.value("recent", [])
        listed = [stored] if isinstance(stored, str) else stored
        paths = [Path(str(item)) for item in listed] if isinstance(listed, list) else []
        return [path for path in paths if path.is_file()]

    def remember(self, path: Path) -> None:
        """Put ``path`` at the head of the recent projects."""
        others = [known for known in self.recent if known != path]
        kept = [path, *others][:RECENT_LIMIT]
        self._store.setValue("recent", [str(item) for item in kept])

    def forget(self) -> None:
        """Empty the list of recent projects."""
        self._store.remove("recent")

    @property
    def folder(self) -> Path:
        """Folder in which file dialogs start."""
        stored = Path(str(self._store.value("folder", "")))
        if stored.is_dir() and str(stored) != ".":
            return stored
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        return Path(QStandardPaths.writableLocation(documents) or Path.home())

    @folder.setter
    def folder(self, path: Path) -> None:
        self._store.setValue("folder", str(path))

    @property
    def hidden_layers(self) -> frozenset[str]:
        """Tables that the map does not show."""
        return frozenset(str(self._store.value("hidden_layers", "")).split()) & frozenset(TABLES)

    @hidden_layers.setter
    def hidden_layers(self, tables: Iterable[str]) -> None:
        self._store.setValue("hidden_layers", " ".join(sorted(tables)))

    @property
    def is_dms(self) -> bool:
        """Whether places are told in degrees, minutes and seconds."""
        return str(self._store.value("coordinates", "")) == "dms"

    @is_dms.setter
    def is_dms(self, is_dms: bool) -> None:
        self._store.setValue("coordinates", "dms" if is_dms else "decimal")

    @property
    def has_overview(self) -> bool:
        """Whether the overview lies in the corner of the map."""
        return str(self._store.value("overview", "")) == "yes"

    @has_overview.setter
    def has_overview(self, is_shown: bool) -> None:
        self._store.setValue("overview", "yes" if is_shown else "no")

    @property
    def stays_offline(self) -> bool:
        """Whether the program keeps off the network: always, until somebody says otherwise."""
        return str(self._store.value("network", "")) != "allowed"

    @stays_offline.setter
    def stays_offline(self, is_offline: bool) -> None:
        self._store.setValue("network", "never" if is_offline else "allowed")

    @property
    def drawn_values(self) -> dict[str, str]:
        """What new objects were like last: a code for each ``table.column``."""
        words = str(self._store.value("drawn_values", "")).split()
        return {name: code for name, mark, code in (word.partition("=") for word in words) if mark}

    @drawn_values.setter
    def drawn_values(self, codes: Mapping[str, str]) -> None:
        words = (f"{name}={code}" for name, code in sorted(codes.items()))
        self._store.setValue("drawn_values", " ".join(words))

    def layout(self, name: str) -> QByteArray:
        """Return a stored window layout, or nothing."""
        stored = self._store.value(f"layout/{name}")
        return stored if isinstance(stored, QByteArray) else QByteArray()

    def set_layout(self, name: str, value: QByteArray) -> None:
        """Store a window layout."""
        self._store.setValue(f"layout/{name}", value)
