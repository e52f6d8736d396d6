"""Views of the map: bookmarks, the overview, and the tool that measures areas."""

from __future__ import annotations

from collections.abc import Sequence

from app.model.bookmarks import SETTING, Bookmark, read_bookmarks, stored_bookmarks
from app.ui.desk import Feature, Workbench
from app.ui.dialogs.bookmarks import BookmarksDialog
from app.ui.map.overview import Overview


class ViewsFeature(Feature):
    """Named views kept with the project, the overview in the corner, areas on the ellipsoid."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.overview_map = Overview(bench.map)
        self._known: tuple[Bookmark, ...] = ()
        self.session.project_changed.connect(self._read)

    def ready(self) -> None:
        """Show the overview when it was shown last."""
        self._read()
        action = self.bench.action("overview")
        action.setChecked(self.session.settings.has_overview)
        self.overview_map.setVisible(action.isChecked())

    def end(self) -> None:
        """Wait for the worker of the overview."""
        self.overview_map.shutdown()

    def tool_measure_area(self) -> None:
        """Measure areas."""
        self.bench.map.set_tool("measure_area")

    def overview(self) -> None:
        """Show or hide the overview."""
        is_shown = self.bench.action("overview").isChecked()
        self.session.settings.has_overview = is_shown
        self.overview_map.setVisible(is_shown)

    def bookmarks(self) -> None:
        """Offer the named views."""
        dialog = BookmarksDialog(self._known, self.bench.map.camera.extent, self.bench.window)
        dialog.chosen.connect(self.go)
        dialog.changed.connect(self._store)
        self.bench.show_dialog(dialog)

    def go(self, bookmark: Bookmark) -> None:
        """Show a named view."""
        self.bench.map.zoom_to_view(*bookmark.bounds)

    def _read(self) -> None:
        """Learn the named views of the project that was opened."""
        self._known = ()
        network = self.session.network

        def take(stored: object) -> None:
            if self.session.network.uid == network.uid:
                self._known = read_bookmarks(stored)

        self.session.ask(lambda project: project.setting(SETTING), take)

    def _store(self, bookmarks: Sequence[Bookmark]) -> None:
        self._known = tuple(bookmarks)
        stored = stored_bookmarks(bookmarks)
        self.session.ask(lambda project: project.set_setting(SETTING, stored), _ignore)


def _ignore(_: object) -> None:
    """Take a result that nobody needs."""
