"""The menu of the map: what lies under the pointer, and where that is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from app.model.symbols import load_symbols
from app.ui.icons import icon
from app.ui.labels import object_title, table_label
from app.ui.map.picking import Pick
from app.ui.panels.swatches import swatch
from app.ui.session import Session
from app.ui.theme import theme_name

_OBJECTS_SHOWN = 6


class MapMenu(QMenu):
    """One line for each object under the pointer, then what can be done with the first."""

    def __init__(
        self,
        session: Session,
        picks: Sequence[Pick],
        place: str,
        identify: Callable[[str, str], None],
        parent: QWidget,
        extend: Callable[[QMenu, Sequence[Pick]], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        for pick in picks[:_OBJECTS_SHOWN]:
            title = object_title(session.network, pick.table, pick.uid)
            text = f"{title} – {table_label(pick.table)}".replace("&", "&&")
            symbol = swatch(pick.table, _style_value(session, pick), theme_name())
            action = self.addAction(symbol, text)
            action.triggered.connect(
                lambda _on=False, table=pick.table, uid=pick.uid: identify(table, uid)
            )
        if picks:
            self.addSeparator()
            chosen = {picks[0].table: frozenset({picks[0].uid})}
            select = self.addAction(icon("select"), self.tr("Select"))
            select.triggered.connect(lambda _on=False: session.select(chosen))
            show = self.addAction(icon("zoom-selection"), self.tr("Show on the map"))
            show.triggered.connect(lambda _on=False: session.zoom_requested.emit(chosen))
        if extend is not None:
            extend(self, picks)
        if not self.isEmpty():
            self.addSeparator()
        copy = self.addAction(icon("copy"), self.tr("Copy the coordinates"))
        copy.setEnabled(bool(place))
        copy.triggered.connect(lambda _on=False: _copy(place))


def _style_value(session: Session, pick: Pick) -> object:
    style = load_symbols(theme_name()).layers.get(pick.table)
    if style is None or style.column is None:
        return None
    return session.network.tables[pick.table].loc[pick.uid, style.column]


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
