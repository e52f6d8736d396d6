"""Backgrounds of the map: a file, or a server by choice; and the switch off the network."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal

from app.io.tiles import NetworkSwitch, TileCache, TileSource, open_tiles
from app.model.backgrounds import SETTING, Background, background_from_json
from app.model.errors import AnelloError
from app.model.messages import Message
from app.ui.desk import Feature, Workbench
from app.ui.dialogs.background import BackgroundDialog
from app.ui.session import refusal_text
from app.ui.translation import render


class BackgroundFeature(Feature):
    """The background is kept with the project; whether the network may be used, with the user.

    So a project from somebody else never makes this program ask a server.
    """

    _fault = Signal(object)

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.current = Background()
        self.switch = NetworkSwitch(is_allowed=not self.session.settings.stays_offline)
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation)
        self.cache = TileCache(Path(home) / "tiles")
        self._source: TileSource | None = None
        self._fault.connect(self._tell)
        self.session.project_changed.connect(self._read)

    def ready(self) -> None:
        """Show how the switch stands."""
        self.bench.action("stay_offline").setChecked(self.session.settings.stays_offline)
        self._read()

    def end(self) -> None:
        """Let go of the source."""
        self._close()

    def background(self) -> None:
        """Ask which background to draw."""
        is_offline = self.session.settings.stays_offline
        dialog = BackgroundDialog(
            self.current, self.session.settings.folder, is_offline, self.bench.window
        )

        def take() -> None:
            self._stay_offline(dialog.is_offline)
            if self.show(dialog.background):
                stored = dialog.background.as_json()
                self.session.ask(lambda project: project.set_setting(SETTING, stored), _ignore)

        dialog.accepted.connect(take)
        self.bench.show_dialog(dialog)

    def stay_offline(self) -> None:
        """Stay off the network, or allow it."""
        self._stay_offline(self.bench.action("stay_offline").isChecked())

    def show(self, wanted: Background) -> bool:
        """Draw a background; tell why and draw none when it cannot be opened."""
        self._close()
        layer = self.bench.map.backdrop
        self.current = wanted
        if wanted.is_none:
            layer.set_source(None)
            return True
        try:
            self._source = open_tiles(wanted, self.switch, self.cache, self._fault.emit)
        except AnelloError as error:
            layer.set_source(None)
            self.bench.show_refusal(self.tr("Background"), refusal_text(error))
            return False
        named = wanted.attribution or self._source.attribution
        layer.set_source(self._source, wanted.opacity, plain(named))
        if wanted.needs_network and not self.switch.is_allowed:
            text = self.tr("The program stays off the network: only tiles kept before are drawn.")
            self.session.told.emit("info", text)
        return True

    def _stay_offline(self, is_offline: bool) -> None:
        self.session.settings.stays_offline = is_offline
        self.bench.action("stay_offline").setChecked(is_offline)
        if self.switch.is_allowed == is_offline:
            self.switch.allow(not is_offline)
            if self.current.needs_network:
                self.show(self.current)

    def _read(self) -> None:
        """Draw the background of the project that was opened."""
        self._close()
        self.current = Background()
        self.bench.map.backdrop.set_source(None)
        network = self.session.network

        def take(stored: object) -> None:
            found = background_from_json(stored)
            if self.session.network.uid == network.uid and not found.is_none:
                self.show(found)

        self.session.ask(lambda project: project.setting(SETTING), take)

    def _close(self) -> None:
        if self._source is not None:
            self._source.close()
            self._source = None

    def _tell(self, fault: Message) -> None:
        self.session.told.emit("warning", render(fault))


def plain(text: str) -> str:
    """Return an attribution, which is often HTML, as plain text on one line."""
    bare = re.sub(r"<[^>]*>", "", text).replace("&copy;", "©").replace("&amp;", "&")
    return " ".join(bare.split())[:200]


def _ignore(_: object) -> None:
    """Take a result that nobody needs."""
