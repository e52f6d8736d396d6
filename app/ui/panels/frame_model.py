"""A table model over a data frame; sorts and filters in pandas, not in Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon

from app.model.frames import plain
from app.ui.theme import tip

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_NO_PARENT = QModelIndex()


@dataclass(frozen=True)
class ViewColumn:
    """A column on the screen: its heading, how a value reads, and how it aligns."""

    name: str
    heading: str
    text: Callable[[Any], str] = lambda value: "" if value is None else str(value)
    is_number: bool = False
    icon: Callable[[Any], QIcon] | None = None
    icon_from: str = ""
    tip: str = ""


class FrameModel(QAbstractTableModel):
    """Rows of a frame, in an order and under a filter of its own."""

    def __init__(self, columns: Sequence[ViewColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._frame = pd.DataFrame({column.name: [] for column in columns})
        self._mask: npt.NDArray[np.bool_] = np.zeros(0, dtype=bool)
        self._order: npt.NDArray[np.intp] = np.zeros(0, dtype=np.intp)
        self._sorted_by: tuple[int, bool] | None = None
        self._cells: list[list[Any]] = [[] for _ in columns]
        self._row_of: dict[str, int] = {}

    # -- for the panel -----------------------------------------------------------------------

    def set_frame(self, frame: pd.DataFrame, mask: npt.NDArray[np.bool_] | None = None) -> None:
        """Show another frame; ``mask`` says which of its rows."""
        self.beginResetModel()
        self._frame = frame
        self._cells = [frame[column.name].astype(object).tolist() for column in self.columns]
        self._mask = np.ones(len(frame), dtype=bool) if mask is None else mask
        self._arrange()
        self.endResetModel()

    def set_mask(self, mask: npt.NDArray[np.bool_]) -> None:
        """Show the rows where ``mask`` is true."""
        self.beginResetModel()
        self._mask = mask
        self._arrange()
        self.endResetModel()

    @property
    def frame(self) -> pd.DataFrame:
        """The frame with all its rows."""
        return self._frame

    @property
    def total(self) -> int:
        """Rows of the frame, shown or not."""
        return len(self._frame)

    def uid_at(self, row: int) -> str:
        """Return the identifier of the object in a row."""
        return str(self._frame.index[self._order[row]])

    def uids(self) -> list[str]:
        """Return the identifiers of all rows that are shown, in their order."""
        return [str(uid) for uid in self._frame.index[self._order]]

    def rows_of(self, uids: Iterable[str]) -> list[int]:
        """Return the rows in which objects are shown, in ascending order."""
        return sorted(self._row_of[uid] for uid in uids if uid in self._row_of)

    # -- for Qt ------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of rows shown."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return text, alignment or symbol of a cell."""
        column = self.columns[index.column()]
        if role == _ROLE.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role in (_ROLE.DisplayRole, _ROLE.ToolTipRole):
            text = column.text(plain(self._cells[index.column()][self._order[index.row()]]))
            return tip(text) if role == _ROLE.ToolTipRole else text
        if role == _ROLE.DecorationRole and column.icon is not None:
            source = column.icon_from or column.name
            return column.icon(plain(self._frame[source].iloc[self._order[index.row()]]))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        """Return the heading of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _ROLE.DisplayRole:
            return self.columns[section].heading
        if role == _ROLE.ToolTipRole:
            return self.columns[section].tip or self.columns[section].heading
        if role == _ROLE.TextAlignmentRole:
            is_number = self.columns[section].is_number
            side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; column -1 restores the frame's own order."""
        wanted = None if column < 0 else (column, order == Qt.SortOrder.AscendingOrder)
        if wanted != self._sorted_by:
            self.beginResetModel()
            self._sorted_by = wanted
            self._arrange()
            self.endResetModel()

    # -- inside ------------------------------------------------------------------------------

    def _arrange(self) -> None:
        shown = np.flatnonzero(self._mask)
        if self._sorted_by is not None and len(shown):
            number, is_ascending = self._sorted_by
            keys = self._sort_keys(self.columns[number], number).iloc[shown]
            ranked = keys.reset_index(drop=True).sort_values(
                ascending=is_ascending, kind="stable", na_position="last"
            )
            shown = shown[ranked.index.to_numpy()]
        self._order = shown
        self._row_of = {str(uid): row for row, uid in enumerate(self._frame.index[shown])}

    def _sort_keys(self, column: ViewColumn, number: int) -> pd.Series[Any]:
        if column.is_number:
            return pd.to_numeric(self._frame[column.name], errors="coerce")
        texts = [column.text(plain(cell)).casefold() or None for cell in self._cells[number]]
        return pd.Series(texts, dtype=object)
