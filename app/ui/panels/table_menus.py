"""The menus of a table: of its cells, of a heading, and of the choice of columns."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.model.attributes import can_delete
from app.model.filtering import can_list
from app.model.messages import QT_TRANSLATE_NOOP
from app.ui.icons import icon
from app.ui.labels import column_label

if TYPE_CHECKING:
    from app.ui.panels.tables import TablesPanel

_CONTEXT = "TablesPanel"


def columns_menu(panel: TablesPanel) -> QMenu:
    """Return the menu that ticks the columns to show."""
    menu = QMenu(_text(QT_TRANSLATE_NOOP("TablesPanel", "Columns")), panel)
    for number, column in enumerate(panel.table.columns):
        action = menu.addAction(column_label(column).replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(not panel.view.isColumnHidden(number))
        action.toggled.connect(partial(panel.show_column, number))
    menu.addSeparator()
    _add(menu, QT_TRANSLATE_NOOP("TablesPanel", "As at first"), "", panel.reset_columns)
    return menu


def header_menu(panel: TablesPanel, number: int) -> QMenu:
    """Return the menu of a column's heading."""
    column = panel.column_at(number)
    menu = QMenu(panel)
    narrow = QT_TRANSLATE_NOOP("TablesPanel", "Filter by this column…")
    _add(menu, narrow, "filter", partial(panel.filter_column, column.name),
         column.is_numeric or can_list(column))  # fmt: skip
    free = QT_TRANSLATE_NOOP("TablesPanel", "Take the filter of this column off")
    _add(menu, free, "", partial(panel.filter.set_condition, column.name, "", ""),
         panel.filter.has_condition(column.name))  # fmt: skip
    menu.addSeparator()
    hide = QT_TRANSLATE_NOOP("TablesPanel", "Hide this column")
    _add(menu, hide, "", partial(panel.show_column, number, False))
    menu.addMenu(columns_menu(panel))
    return menu


def context_menu(panel: TablesPanel) -> QMenu:
    """Return the menu of the chosen cells."""
    menu = QMenu(panel)
    has_rows = bool(panel.view.chosen_rows())
    has_place = bool(panel.table.geometry)
    show = QT_TRANSLATE_NOOP("TablesPanel", "Show on the map")
    _add(menu, show, "zoom-selection", panel.zoom, has_rows and has_place)
    form = QT_TRANSLATE_NOOP("TablesPanel", "Open the form")
    _add(menu, form, "edit", panel.open_form, has_rows)
    menu.addSeparator()
    _add(menu, QT_TRANSLATE_NOOP("TablesPanel", "Copy"), "copy", panel.copy_cells, has_rows)
    headed = QT_TRANSLATE_NOOP("TablesPanel", "Copy with headings")
    _add(menu, headed, "", partial(panel.copy_cells, with_headings=True), has_rows)
    _add(menu, QT_TRANSLATE_NOOP("TablesPanel", "Paste"), "", panel.paste_here, has_rows)
    empty = QT_TRANSLATE_NOOP("TablesPanel", "Empty the cells")
    _add(menu, empty, "", panel.clear_cells, has_rows)
    menu.addSeparator()
    only = QT_TRANSLATE_NOOP("TablesPanel", "Show only these on the map")
    narrowed = panel.filter.where(panel.table)
    _add(menu, only, "layers", panel.narrow_layer, has_place and bool(narrowed))
    every = QT_TRANSLATE_NOOP("TablesPanel", "Select all shown")
    _add(menu, every, "select", panel.select_shown)
    gone = QT_TRANSLATE_NOOP("TablesPanel", "Delete…")
    _add(menu, gone, "delete", panel.delete, has_rows and can_delete(panel.table.name))
    return menu


def _add(
    menu: QMenu, text: str, name: str, slot: Callable[[], object], is_enabled: bool = True
) -> QAction:
    action = menu.addAction(_text(text))
    if name:
        action.setIcon(icon(name))
    action.setEnabled(is_enabled)
    action.triggered.connect(lambda _checked=False: slot())
    return action


def _text(source: str) -> str:
    return QCoreApplication.translate(_CONTEXT, source)
