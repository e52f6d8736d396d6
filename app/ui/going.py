"""What the quick pick offers: places of the project, and every command with its keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget
from rapidfuzz import fuzz

from app import workflows
from app.model.network import Network
from app.model.places import SEARCHED, Place, PlaceIndex, fold
from app.ui.actions import plain_text
from app.ui.actions.actionset import ActionSet
from app.ui.dialogs.quick_pick import Choice, QuickPick
from app.ui.icons import icon
from app.ui.labels import table_label
from app.ui.session import Session
from app.workflows.places import coordinates

_LEAST_FIT = 70.0
_MANY_ROWS = 50_000


class Going(QObject):
    """Opens the quick pick on places or on commands; keeps the index of the names."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._index: PlaceIndex | None = None
        self._index_of: Network | None = None
        self._waiting: QuickPick | None = None

    def places(self) -> QuickPick:
        """Return the quick pick that goes to places."""
        hint = self.tr("Name, street, municipality or coordinates")
        pick = QuickPick(self.tr("Go to"), hint, self._find, self._window)
        self._index_names(pick)
        return pick

    def commands(self, actions: ActionSet) -> QuickPick:
        """Return the quick pick that runs commands; those that cannot run now are left out."""
        ready = [action for action in actions.by_id.values() if action.isEnabled()]

        def find(text: str) -> Sequence[Choice]:
            fits = [(fit(text, plain_text(action.text())), action) for action in ready]
            fits = [pair for pair in fits if pair[0] >= _LEAST_FIT]
            fits.sort(key=lambda pair: -pair[0])
            return [_command(action) for _, action in fits]

        hint = self.tr("What shall be done?")
        return QuickPick(self.tr("Commands"), hint, find, self._window)

    def _index_names(self, pick: QuickPick) -> None:
        """Index the names; in the background when they are many, since that takes a second."""
        network = self._session.network
        if self._index is not None and self._index_of is network:
            return
        if sum(len(network.table(table)) for table in SEARCHED) < _MANY_ROWS:
            self._index, self._index_of = PlaceIndex(network), network
            return
        self._waiting = pick
        pick.finished.connect(self._forget)

        def take(index: PlaceIndex) -> None:
            self._index, self._index_of = index, network
            if self._waiting is not None:
                self._waiting.refresh()

        self._session.ask(lambda _project: PlaceIndex(network), take)

    def _forget(self) -> None:
        self._waiting = None

    def _find(self, text: str) -> Sequence[Choice]:
        network = self._session.network
        if len(text.strip()) < 2:
            return ()
        if self._index is None or self._index_of is not network:
            place = coordinates(text, network.crs)
            return () if place is None else (self._choice(place),)
        return [self._choice(p) for p in workflows.find_places(self._index, network, text)]

    def _choice(self, place: Place) -> Choice:
        kind = table_label(place.table) if place.table else self.tr("Coordinates")
        detail = " · ".join(part for part in (place.detail, kind) if part)
        return Choice(place.title, detail, icon("search"), lambda: self._go(place))

    def _go(self, place: Place) -> None:
        session = self._session
        session.set_highlight({place.table: frozenset(place.uids)} if place.uids else {})
        if place.table == "sites":
            session.select({"sites": place.uids})
        if place.uids and place.table != "towers":
            session.zoom_requested.emit({place.table: frozenset(place.uids)})
        else:
            west, south, east, north = place.bounds
            session.center_requested.emit((west + east) / 2, (south + north) / 2)


def fit(text: str, name: str) -> float:
    """Return how well the name of a command fits what was typed, 0 to 100."""
    wanted, known = fold(text), fold(name)
    if not wanted or wanted in known:
        return 100.0
    return fuzz.WRatio(wanted, known)


def _command(action: QAction) -> Choice:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return Choice(plain_text(action.text()), keys, action.icon(), action.trigger)
