"""The main window: map in the middle, panels around it, everything wired to the session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QDockWidget,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QTabWidget,
    QToolBar,
    QWidget,
)

from app import __version__
from app.model.errors import AnelloError
from app.model.messages import Message
from app.ui.actions import CONTEXT, TOOLBARS
from app.ui.actions.actionset import ActionSet
from app.ui.commands import Commands
from app.ui.desk import BOTTOM, LEFT, RIGHT, Workbench
from app.ui.features import FEATURES
from app.ui.icons import app_icon, icon
from app.ui.map.picking import Pick
from app.ui.map.view import MapView
from app.ui.map_menu import MapMenu
from app.ui.map_wiring import MapWiring
from app.ui.panels.costs import CostsPanel
from app.ui.panels.explain import ExplainPanel
from app.ui.panels.findings import FindingsPanel
from app.ui.panels.freshness import refresh_seen
from app.ui.panels.identify import IdentifyPanel
from app.ui.panels.layers import LayersPanel
from app.ui.panels.plans import PlansPanel
from app.ui.panels.redundancy import FAILURES, RedundancyPanel
from app.ui.panels.sites import SitesPanel
from app.ui.session import Session, refusal_text
from app.ui.status_bar import StatusBar
from app.ui.theme import pad_numbers, theme_name, tip
from app.ui.translation import render, translate_text
from app.ui.use_cases import UseCases
from app.ui.welcome import WelcomePage

_LAYOUT_VERSION = 4
_BREATH_MS = 20
"""What comes so late leaves room for a key or a click in between."""
_LEFT, _RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
_BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea
_BAR_AREAS = {"draw": Qt.ToolBarArea.LeftToolBarArea}
"""Where toolbars stand that do not stand on top: that one is full."""
_AREAS = {LEFT: _LEFT, RIGHT: _RIGHT, BOTTOM: _BOTTOM}


class MainWindow(QMainWindow):
    """One window on one session. A change of language or theme makes a new one."""

    restyle_wanted = Signal()
    closed = Signal()
    bug_found = Signal(str, object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.cases = UseCases(session)
        self.map = MapView(theme=theme_name())
        self.welcome = WelcomePage(session.settings)
        self.commands = Commands(session, self.cases, self.map, self)
        self.docks: dict[str, QDockWidget] = {}
        self._is_project_layout = False
        self._build_panels()
        self._build_features()
        self.actions_by = ActionSet(self, self._slot)
        self._build_centre()
        self._build_bars()
        self._wire()
        pad_numbers(self)
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self.resize(1366, 768)
        self._first_layout = self.saveState(_LAYOUT_VERSION)
        self.restoreGeometry(session.settings.layout("geometry"))
        self._show_project()

    # -- build -------------------------------------------------------------------------------

    def _build_panels(self) -> None:
        self.layers = LayersPanel(self.session)
        self.sites = SitesPanel(self.session)
        self.plans = PlansPanel(self.session, self.cases, self.sites.shown_uids)
        self.findings = FindingsPanel(self.session, self.cases)
        self.redundancy = RedundancyPanel(self.session, self.cases)
        self.costs = CostsPanel(self.session, self.cases)
        self.explain = ExplainPanel(self.session, self.cases)
        self.identify = IdentifyPanel(self.session)
        self.setDockOptions(
            QMainWindow.DockOption.AllowTabbedDocks | QMainWindow.DockOption.AnimatedDocks
        )
        for area in (_LEFT, _RIGHT, _BOTTOM):
            self.setTabPosition(area, QTabWidget.TabPosition.North)
        self.setCorner(Qt.Corner.BottomLeftCorner, _LEFT)
        self.setCorner(Qt.Corner.BottomRightCorner, _RIGHT)
        self._dock("layers", self.tr("Layers"), self.layers, _LEFT)
        self._dock("identify", self.tr("Object"), self.identify, _LEFT)
        self._tab("plans", self.tr("Plans"), self.plans, _RIGHT)
        self._tab("redundancy", self.tr("Redundancy"), self.redundancy, _RIGHT)
        self._tab("explain", self.tr("Why"), self.explain, _RIGHT)
        self._tab("sites", self.tr("Sites"), self.sites, _BOTTOM)
        self._tab("costs", self.tr("Costs"), self.costs, _BOTTOM)
        self._tab("findings", self.tr("Findings"), self.findings, _BOTTOM)
        self._tab("failures", self.tr("Studies"), self.redundancy.tables, _BOTTOM)
        for name in ("plans", "sites"):
            self.docks[name].raise_()
        self.resizeDocks([self.docks["layers"], self.docks["plans"]], [285, 330], _HORIZONTAL)
        self.resizeDocks([self.docks["layers"], self.docks["identify"]], [300, 320], _VERTICAL)
        self.resizeDocks([self.docks["sites"]], [230], _VERTICAL)

    def _build_features(self) -> None:
        bench = Workbench(
            self.session,
            self.cases,
            self.map,
            self.layers,
            self.commands,
            self,
            self.show_panel,
            self.commands.show_dialog,
            self.commands.show_refusal,
            self._identify,
            lambda name: self.actions_by.by_id[name],
        )
        self.features = [make(bench) for make in FEATURES]
        for feature in self.features:
            feature.present_changed.connect(self._enable)
            for panel in feature.panels():
                self._tab(panel.name, panel.title, panel.widget, _AREAS[panel.area])
                self.docks[panel.name].setVisible(not panel.starts_hidden)
        for name in ("identify", "plans", "sites"):
            self.docks[name].raise_()

    def _slot(self, name: str) -> Callable[[], None]:
        """Return what an action calls: a method of the commands or of a feature."""
        for owner in (self.commands, *self.features):
            method: Callable[[], None] | None = getattr(owner, name, None)
            if method is not None:
                return method
        raise KeyError(name)

    def _dock(self, name: str, title: str, panel: QWidget, area: Qt.DockWidgetArea) -> None:
        dock = QDockWidget(title, self)
        dock.setObjectName(f"dock_{name}")
        dock.setWidget(panel)
        self.addDockWidget(area, dock)
        self.docks[name] = dock

    def _tab(self, name: str, title: str, panel: QWidget, area: Qt.DockWidgetArea) -> None:
        """Add a panel as one more tab of its area, without a title: the tab says it already."""
        beside = [dock for dock in self.docks.values() if self.dockWidgetArea(dock) == area]
        self._dock(name, title, panel, area)
        if beside:
            # at once: docks side by side would widen the window for good
            self.tabifyDockWidget(beside[-1], self.docks[name])
        self.docks[name].setTitleBarWidget(QWidget())

    def _build_centre(self) -> None:
        self.pages = QStackedWidget()
        self.pages.addWidget(self.welcome)
        self.pages.addWidget(self.map)
        self.setCentralWidget(self.pages)

    def _build_bars(self) -> None:
        menus = self.actions_by.fill_menus(self.menuBar())
        self.recent_menu = QMenu(self.tr("Open &recent"), self)
        self.recent_menu.setIcon(icon("recent"))
        self.recent_menu.aboutToShow.connect(self._fill_recent)
        menus["file"].insertMenu(self.actions_by.by_id["save_copy"], self.recent_menu)
        panels = QMenu(self.tr("&Panels"), self)
        panels.setIcon(icon("layers"))
        for dock in self.docks.values():
            panels.addAction(dock.toggleViewAction())
        menus["view"].insertMenu(self.actions_by.by_id["reset_layout"], panels)
        self.toolbars: dict[str, QToolBar] = {}
        for name, title in TOOLBARS.items():
            bar = self.toolbars[name] = QToolBar(translate_text(CONTEXT, title), self)
            self.addToolBar(_BAR_AREAS.get(name, Qt.ToolBarArea.TopToolBarArea), bar)
            bar.setObjectName("toolbar" if name == "main" else f"toolbar_{name}")
            bar.setMovable(False)
            bar.setIconSize(QSize(22, 22))
            self.actions_by.fill_toolbar(bar, name)
        self.status = StatusBar(self.session)
        self.setStatusBar(self.status)
        self.actions_by.by_id["tool_pan"].setChecked(True)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.activated.connect(self._find)
        more = self.actions_by.by_id["redo"]
        more.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])

    def _wire(self) -> None:
        session, commands = self.session, self.commands
        self.wiring = MapWiring(session, self.map, self.layers, self)
        self.map.picked.connect(self._identify)
        self.map.cursor_moved.connect(self.status.show_place)
        self.map.scale_changed.connect(self.status.show_scale)
        self.map.files_dropped.connect(self._files_dropped)
        self.map.tool_changed.connect(self._tool_changed)
        self.map.context_requested.connect(self._show_map_menu)
        self.plans.accept_wanted.connect(commands.accept_plan)
        self.plans.delete_wanted.connect(commands.delete_plan)
        self.plans.export_wanted.connect(commands.export_plan)
        self.plans.form.more_wanted.connect(lambda: commands.plan_options(self.plans.form))
        self.welcome.new_wanted.connect(commands.new_project)
        self.welcome.open_wanted.connect(commands.open_project)
        self.welcome.demo_wanted.connect(commands.open_demo)
        self.welcome.recent_wanted.connect(commands.open_path)
        self.welcome.language_chosen.connect(self.restyle_wanted)
        commands.restyle_wanted.connect(self.restyle_wanted)
        commands.reset_wanted.connect(self._reset_layout)
        commands.plan_wanted.connect(self._start_plan)
        commands.study_wanted.connect(self._show_study)
        commands.cut_wanted.connect(self.redundancy.failures.cut_selection)
        self.redundancy.table_wanted.connect(lambda: self.show_panel("failures"))
        self.redundancy.shown_wanted.connect(lambda: self.show_panel("redundancy"))
        commands.reasons_wanted.connect(self._start_explain)
        commands.findings_wanted.connect(lambda: self.show_panel("findings"))
        commands.quit_wanted.connect(self.close)
        commands.palette_wanted.connect(self._show_palette)
        session.project_changed.connect(self._show_project)
        session.selection_changed.connect(self._enable)
        session.preview_changed.connect(lambda _uid: self._enable())
        session.undo_changed.connect(self._enable)
        session.changed.connect(lambda _tables: self._enable())
        session.busy_changed.connect(lambda _busy: self._enable())
        session.refused.connect(self._refused)
        session.jobs.failed.connect(self._job_failed)
        self.sites.model.modelReset.connect(self.plans.form.refresh)
        for feature in self.features:
            feature.ready()

    # -- what happens ------------------------------------------------------------------------

    def show_panel(self, name: str) -> None:
        """Bring a panel to the front, with what is true now."""
        self.docks[name].show()
        self.docks[name].raise_()
        refresh_seen(self.docks[name])

    def _show_project(self) -> None:
        is_open = self.session.is_open
        self._keep_layout()
        self.pages.setCurrentWidget(self.map if is_open else self.welcome)
        if is_open and not self._is_project_layout and self.isVisible():
            # in a turn of its own: to lay all panels out takes as long as to fill those seen
            QTimer.singleShot(_BREATH_MS, self, self._lay_out)
        elif is_open:
            self._lay_out()
        else:
            self._is_project_layout = False
            self.welcome.refresh()
            for dock in self.docks.values():
                dock.hide()
        for bar in self.toolbars.values():
            bar.setVisible(is_open and bool(bar.actions()))
        (self.map if is_open else self.welcome).setFocus()
        name = self.session.network.name
        self.setWindowTitle(f"{name} – Anello" if is_open else f"Anello {__version__}")
        self._enable()

    def _lay_out(self) -> None:
        """Put the panels of an open project where they were, then show all of it."""
        if not self.session.is_open:
            return
        if not self._is_project_layout:
            self._is_project_layout = True
            if not self.restoreState(self.session.settings.layout("panels"), _LAYOUT_VERSION):
                self._reset_layout()
        # once the panels have their places: only then the map has its size
        QTimer.singleShot(0, self.map, self.map.zoom_to_all)

    def _enable(self) -> None:
        session = self.session
        present = {
            "project": session.is_open,
            "selection": bool(session.selection),
            "plan": bool(session.preview),
            "undo": session.undo_label is not None and not session.is_busy,
            "redo": session.redo_label is not None and not session.is_busy,
        }
        held = {name for name, is_there in present.items() if is_there}
        self.actions_by.enable(held.union(*(feature.present() for feature in self.features)))
        plans = session.network.table("plans")
        if session.preview in plans.index and plans.loc[session.preview, "accepted"] is not None:
            self.actions_by.by_id["accept_plan"].setEnabled(False)
        undo, redo = self.actions_by.by_id["undo"], self.actions_by.by_id["redo"]
        undo.setText(self._step_text(self.tr("&Undo"), session.undo_label))
        redo.setText(self._step_text(self.tr("&Redo"), session.redo_label))

    @staticmethod
    def _step_text(verb: str, label: Message | None) -> str:
        # an ampersand in a name must not become the mark of a key
        told = "" if label is None else render(label).replace("&", "&&")
        return f"{verb}: {told}" if told else verb

    def _identify(self, table: str, uid: str) -> None:
        self.identify.show_object(table, uid)
        self.show_panel("identify")

    def _show_map_menu(self, at: QPoint, picks: tuple[Pick, ...]) -> None:
        place = self.status.place.text()

        def extend(menu: QMenu, picks: Sequence[Pick]) -> None:
            self.redundancy.failures.fill_menu(menu, picks)
            for feature in self.features:
                feature.fill_menu(menu, picks)

        menu = MapMenu(self.session, picks, place, self._identify, self, extend)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _tool_changed(self, name: str) -> None:
        action = self.actions_by.by_id.get(f"tool_{name}")
        if action is not None:
            action.setChecked(True)

    def _start_plan(self) -> None:
        self.show_panel("plans")
        self.plans.form.choose_selected()

    def _show_palette(self) -> None:
        self.commands.show_dialog(self.commands.going.commands(self.actions_by))

    def _find(self) -> None:
        if self.session.is_open:
            self.show_panel("sites")
            self.sites.filter_box.setFocus()
            self.sites.filter_box.selectAll()

    def _show_study(self, name: str) -> None:
        self.show_panel("redundancy")
        self.redundancy.show_study(name)
        if name == FAILURES:
            self.redundancy.start()
        else:
            self.redundancy.page.run_button.setFocus()

    def _start_explain(self) -> None:
        self.show_panel("explain")
        self.explain.start()

    def _refused(self, error: AnelloError) -> None:
        self.commands.show_refusal(self.tr("This cannot be done"), refusal_text(error))

    def _job_failed(self, title: str, error: object) -> None:
        if isinstance(error, AnelloError):
            self.commands.show_refusal(title, refusal_text(error))
        else:
            self.bug_found.emit(title, error)

    def _fill_recent(self) -> None:
        self.recent_menu.clear()
        for path in self.session.settings.recent:
            action = self.recent_menu.addAction(path.stem.replace("&", "&&"))
            action.setToolTip(tip(str(path)))
            action.triggered.connect(lambda _on=False, p=path: self.commands.open_path(p))
        if self.recent_menu.isEmpty():
            self.recent_menu.addAction(self.tr("No project yet")).setEnabled(False)

    # -- layout, closing, dropping -----------------------------------------------------------

    def _reset_layout(self) -> None:
        self.restoreState(self._first_layout, _LAYOUT_VERSION)
        # a large window gives its panels more, but most of it to the map
        left, right = (
            min(max(least, round(share * self.width())), most)
            for least, share, most in ((285, 0.16, 360), (330, 0.2, 450))
        )
        sides = [self.docks["layers"], self.docks["plans"]]
        self.resizeDocks(sides, [left, right], _HORIZONTAL)
        below = min(max(285, round(0.3 * self.height())), 420)
        self.resizeDocks([self.docks["sites"]], [below], _VERTICAL)

    def _keep_layout(self) -> None:
        if self._is_project_layout:
            self.session.settings.set_layout("panels", self.saveState(_LAYOUT_VERSION))

    def keep_layout(self) -> None:
        """Store size and panels for the next start."""
        self._keep_layout()
        self.session.settings.set_layout("geometry", self.saveGeometry())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Store the layout and let the map's workers go."""
        self.keep_layout()
        for feature in self.features:
            feature.end()
        self.map.shutdown()
        event.accept()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape clear the selection, when nothing nearer has a use for it."""
        if event.key() == Qt.Key.Key_Escape and self.session.selection:
            self.session.select({})
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import files that are dropped anywhere on the window."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self._files_dropped(paths)

    def _files_dropped(self, paths: list[str]) -> None:
        # later, because a dialog must not open while the other program still drags
        QTimer.singleShot(0, self, lambda: self.commands.import_paths([Path(p) for p in paths]))


_HORIZONTAL, _VERTICAL = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
