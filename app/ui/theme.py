"""How the window looks: one palette for each theme, one spacing system, one style sheet."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from importlib.resources import files
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QDateTimeEdit,
    QFormLayout,
    QLabel,
    QLineEdit,
    QStyleFactory,
    QWidget,
)

THEMES = ("system", "light", "dark")

GAP_PX = 8
"""The unit of every distance: half inside a group, whole between controls, twice at an edge."""


class Colors(NamedTuple):
    """The colours of a theme."""

    window: str
    base: str
    raised: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    hover: str
    error: str
    warning: str
    info: str
    good: str


COLORS: Mapping[str, Colors] = {
    "light": Colors(
        window="#f4f3ef",
        base="#ffffff",
        raised="#fbfaf7",
        line="#dad6cd",
        text="#22303c",
        muted="#65717c",
        accent="#14528c",
        on_accent="#ffffff",
        hover="#e6ecf1",
        error="#b3261e",
        warning="#9a6200",
        info="#2b6ca3",
        good="#2f7d4f",
    ),
    "dark": Colors(
        window="#20262c",
        base="#191e23",
        raised="#272e35",
        line="#3a444d",
        text="#e4e7e9",
        muted="#9ba6af",
        accent="#6aa9de",
        on_accent="#10202e",
        hover="#313b44",
        error="#ff8a80",
        warning="#f0b45a",
        info="#7fb6e3",
        good="#7ecf9c",
    ),
}


def resolve(theme: str) -> str:
    """Return ``light`` or ``dark`` for a theme that may be ``system``."""
    if theme in COLORS:
        return theme
    is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return "dark" if is_dark else "light"


def colors() -> Colors:
    """Return the colours of the theme in force."""
    return COLORS["dark" if _is_dark(QApplication.palette()) else "light"]


def theme_name() -> str:
    """Return ``light`` or ``dark``: the theme in force."""
    return "dark" if _is_dark(QApplication.palette()) else "light"


def apply_theme(application: QApplication, theme: str) -> None:
    """Dress the application in ``theme``."""
    chosen = COLORS[resolve(theme)]
    application.setStyle(QStyleFactory.create("Fusion"))
    application.setPalette(_palette(chosen))
    application.setStyleSheet(_style_sheet(chosen))


def heading(text: str, step: int = 1) -> QLabel:
    """Return a heading; ``step`` 1 is a panel's, 2 a dialog's, 3 the welcome page's."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    font = QFont(label.font())
    font.setPointSizeF(font.pointSizeF() * (1.0, 1.0, 1.25, 2.0)[step])
    font.setWeight(QFont.Weight.DemiBold)
    label.setFont(font)
    return label


def tip(text: str) -> str:
    """Return ``text`` as a tooltip that shows it as it is, whatever it looks like."""
    return f"<qt>{escape(text)}</qt>" if text else ""


def plain_label(text: str = "", *, is_muted: bool = False, wraps: bool = True) -> QLabel:
    """Return a label that never interprets its text as markup."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    if is_muted:
        label.setProperty("role", "muted")
    return label


def align_labels(form: QFormLayout) -> None:
    """Set every label of a form on the middle of its field."""
    for row in range(form.rowCount()):
        label = form.itemAt(row, QFormLayout.ItemRole.LabelRole)
        field = form.itemAt(row, QFormLayout.ItemRole.FieldRole)
        widget = None if label is None else label.widget()
        control = None if field is None else field.widget()
        if isinstance(widget, QLabel) and control is not None:
            is_text = isinstance(control, QLabel)
            widget.setMinimumHeight(0 if is_text else control.sizeHint().height())


def pad_numbers(widget: QWidget) -> None:
    """Let numbers stand as far from the edge of their field as texts do, in all of ``widget``.

    Style sheets have no say in this: Qt places the line of a spin box by itself.
    """
    for box in (widget, *widget.findChildren(QAbstractSpinBox)):
        line = box.findChild(QLineEdit) if isinstance(box, QAbstractSpinBox) else None
        if line is not None and not isinstance(box, QDateTimeEdit):
            line.setTextMargins(GAP_PX - 2, 0, 0, 0)


def _is_dark(palette: QPalette) -> bool:
    return palette.color(QPalette.ColorRole.Window).lightness() < 128


def _palette(chosen: Colors) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for name, color in (
        (role.Window, chosen.window),
        (role.WindowText, chosen.text),
        (role.Base, chosen.base),
        (role.AlternateBase, chosen.raised),
        (role.Text, chosen.text),
        (role.Button, chosen.raised),
        (role.ButtonText, chosen.text),
        (role.BrightText, chosen.error),
        (role.ToolTipBase, chosen.raised),
        (role.ToolTipText, chosen.text),
        (role.PlaceholderText, chosen.muted),
        (role.Link, chosen.accent),
        (role.Highlight, chosen.accent),
        (role.HighlightedText, chosen.on_accent),
        (role.Accent, chosen.accent),
        (role.Light, chosen.raised),
        (role.Midlight, chosen.line),
        (role.Mid, chosen.line),
        (role.Dark, chosen.muted),
    ):
        palette.setColor(name, QColor(color))
    faded = QColor(chosen.muted)
    faded.setAlpha(140)
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, faded)
    return palette


def _style_sheet(chosen: Colors) -> str:
    theme = next(name for name, shades in COLORS.items() if shades is chosen)
    folder = files("resources").joinpath("icons")
    # a style sheet wants forward slashes, on Windows too
    pictures = {
        name: '"{}"'.format(str(folder.joinpath(f"{name.replace('_', '-')}-{theme}.svg"))).replace(
            "\\", "/"
        )
        for name in _PICTURES
    }
    return _TEMPLATE.format_map({**chosen._asdict(), **pictures})


_PICTURES = ("up", "down", "box_on", "box_off", "dock_close", "dock_float")

_TEMPLATE = """
QMainWindow::separator {{ background: {line}; width: 1px; height: 1px; }}
QMainWindow::separator:hover {{ background: {accent}; }}
QToolBar {{ background: {window}; border: none; border-bottom: 1px solid {line};
  padding: 4px 8px; spacing: 2px; }}
QToolBar::separator {{ background: {line}; width: 1px; margin: 5px 6px; }}
QToolButton {{ border: 1px solid transparent; border-radius: 5px; padding: 4px; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:focus {{ border-color: {line}; }}
QToolButton:checked {{ background: {hover}; border-color: {accent}; }}
QMenuBar {{ background: {window}; padding: 2px 4px; }}
QMenuBar::item {{ padding: 4px 9px; border-radius: 4px; }}
QMenuBar::item:selected {{ background: {hover}; color: {text}; }}
QMenu {{ background: {raised}; border: 1px solid {line}; padding: 4px; }}
QMenu::item {{ padding: 5px 26px 5px 10px; border-radius: 4px; }}
QMenu::item:selected {{ background: {hover}; color: {text}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
QStatusBar {{ background: {window}; border-top: 1px solid {line}; }}
QStatusBar::item {{ border: none; }}
QDockWidget {{ font-weight: 600; titlebar-close-icon: url({dock_close});
  titlebar-normal-icon: url({dock_float}); }}
QCheckBox::indicator, QTreeView::indicator {{ width: 16px; height: 16px; }}
QCheckBox::indicator:checked, QTreeView::indicator:checked {{ image: url({box_on}); }}
QCheckBox::indicator:unchecked, QTreeView::indicator:unchecked {{ image: url({box_off}); }}
QCheckBox::indicator:focus {{ border: 1px solid {accent}; border-radius: 4px; }}
QDockWidget::title {{ background: {window}; padding: 7px 10px 6px 10px;
  border-bottom: 1px solid {line}; }}
QDockWidget > QWidget {{ font-weight: 400; background: {window}; }}
QTabBar {{ qproperty-elideMode: ElideNone; }}
QTabBar::scroller {{ width: 40px; }}
QTabBar::tear {{ width: 0; border: none; }}
QTabBar QToolButton {{ background: {window}; border: none; border-radius: 0; }}
QTabBar QToolButton:hover {{ background: {hover}; }}
QTabBar::tab {{ background: transparent; color: {muted}; padding: 6px 7px;
  border: none; border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {text}; border-bottom-color: {accent}; }}
QTabBar::tab:hover {{ color: {text}; background: {hover}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {line}; }}
QTreeView, QTableView, QListView {{ background: {base}; border: 1px solid {line};
  border-radius: 4px; alternate-background-color: {raised}; outline: none;
  selection-background-color: {accent}; selection-color: {on_accent}; }}
QTreeView::item, QListView::item {{ padding: 3px 2px; }}
QTableView::item {{ padding: 0 6px; }}
QTreeView::item:selected, QListView::item:selected, QTableView::item:selected
  {{ background: {accent}; color: {on_accent}; }}
QHeaderView, QTableCornerButton::section {{ background: {window}; border: none; }}
QHeaderView::section {{ background: {window}; color: {muted}; border: none;
  border-bottom: 1px solid {line}; border-right: 1px solid {line}; padding: 3px 8px; }}
QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit, QPlainTextEdit {{ background: {base};
  border: 1px solid {line}; border-radius: 4px; padding: 4px 7px; min-height: 18px;
  selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus,
QTreeView:focus, QTableView:focus, QListView:focus {{ border-color: {accent}; }}
QLineEdit[error="true"], QComboBox[error="true"] {{ border-color: {error}; }}
QComboBox {{ padding-right: 22px; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QComboBox::down-arrow {{ image: url({down}); width: 16px; height: 16px; }}
QSpinBox, QDoubleSpinBox, QDateEdit {{ padding: 4px 22px 4px 7px; }}
QAbstractSpinBox QLineEdit {{ border: none; padding: 0; background: transparent; }}
QDateEdit::drop-down {{ border: none; width: 22px; }}
QDateEdit::down-arrow {{ image: url({down}); width: 16px; height: 16px; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; width: 20px;
  background: transparent; }}
QAbstractSpinBox::up-arrow {{ image: url({up}); width: 13px; height: 13px; }}
QAbstractSpinBox::down-arrow {{ image: url({down}); width: 13px; height: 13px; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QComboBox QAbstractItemView {{ background: {base}; border: 1px solid {line}; }}
QPushButton {{ background: {raised}; border: 1px solid {line}; border-radius: 5px;
  padding: 5px 14px; min-height: 18px; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:focus {{ border-color: {accent}; }}
QPushButton:disabled {{ color: {muted}; background: {window}; }}
QPushButton[role="primary"] {{ background: {accent}; color: {on_accent};
  border-color: {accent}; font-weight: 600; }}
QPushButton[role="primary"]:hover {{ border-color: {text}; }}
QPushButton[role="primary"]:disabled {{ background: {line}; color: {muted};
  border-color: {line}; }}
QPushButton[role="card"] {{ background: {base}; text-align: left; padding: 12px 16px; }}
QPushButton[role="card"]:hover {{ background: {hover}; border-color: {accent}; }}
QPushButton[role="link"] {{ background: transparent; border: 1px solid transparent;
  color: {accent}; text-align: left; padding: 3px 4px; }}
QPushButton[role="link"]:hover, QPushButton[role="link"]:focus {{ background: {hover}; }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="error"] {{ color: {error}; }}
QLabel[role="link"] {{ color: {accent}; }}
QLabel[role="link"]:hover, QLabel[role="link"]:focus {{ text-decoration: underline; }}
QLabel[role="fault"] {{ color: {text}; background: {raised}; border: 1px solid {error};
  border-radius: 4px; padding: 4px 8px; }}
QTableView QLineEdit, QTableView QComboBox {{ padding: 0 4px; min-height: 0; border-radius: 2px; }}
QLabel[role="warning"] {{ color: {warning}; }}
QLabel[role="figure"] {{ font-weight: 600; }}
QFrame[role="card"] {{ background: {base}; border: 1px solid {line}; border-radius: 6px; }}
QFrame[role="banner"] {{ background: {raised}; border: none; border-bottom: 1px solid {line}; }}
QFrame[role="line"] {{ background: {line}; border: none; max-height: 1px; }}
QGroupBox {{ border: 1px solid {line}; border-radius: 6px; margin-top: 18px; padding: 8px; }}
QGroupBox::title {{ subcontrol-origin: margin; left: 2px; color: {muted}; }}
QProgressBar {{ background: {line}; border: none; border-radius: 3px; min-height: 6px;
  max-height: 6px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {line}; padding: 4px; }}
QScrollArea {{ border: none; background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 11px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 0; }}
QScrollBar::handle {{ background: {line}; border-radius: 4px; margin: 2px; min-height: 28px;
  min-width: 28px; }}
QScrollBar::handle:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
