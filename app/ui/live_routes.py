"""Live routes of the session: a warm process, its questions and answers."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app import responder
from app.model.codes import STATUSES_IN_USE
from app.model.errors import AnelloError
from app.ui.route_work import Places, PlannedAnswer, route_answerer
from app.ui.session import Session

GROUND = frozenset(
    {"streets", "barriers", "conduits", "nodes", "spans", "sites", "price_lists", "price_items"}
)
"""Tables that every route depends on."""

PLAN = frozenset({"plan_spans", "plan_nodes", "plan_sites"})

_SETTLE_MS = 300
"""Changes that follow each other so quickly are one."""


class LiveRoutes(QObject):
    """Keeps the process for the open project and the plan that is previewed.

    ``answered`` carries a `Readout`, ``planned`` a `PlannedAnswer`, ``placed`` a `Places`,
    ``refused`` an error of the user, ``failed`` a text and a trace; ``state_changed`` says that
    `is_ready` changed.
    """

    answered = Signal(object)
    placed = Signal(object)
    planned = Signal(object)
    refused = Signal(object)
    failed = Signal(str, str)
    state_changed = Signal()
    _told = Signal(int, str, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._process: Any = None
        self._next: Any = None
        self._serial = 0
        self._plan = ""
        self.is_wanted = False
        self.is_ready = False
        self._waiting: Any = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._start_again)
        self._told.connect(self._take, Qt.ConnectionType.QueuedConnection)
        session.project_changed.connect(self._forget)
        session.changed.connect(self._changed)
        session.preview_changed.connect(self._previewed)

    def want(self) -> None:
        """Make ready unless it is."""
        self.is_wanted = True
        if self._process is None and self._next is None:
            self._start()

    def leave(self) -> None:
        """Make nothing ready any more; what is ready stays so."""
        self.is_wanted = False

    def ask(self, question: Any) -> None:
        """Ask; before it is ready the last question waits."""
        if self.is_ready and self._process is not None:
            self._process.ask(question)
        else:
            self._waiting = question
            self.want()

    @property
    def plan(self) -> str:
        """The plan whose sections cost a route nothing, '' for none."""
        return self._plan

    def close(self) -> None:
        """End the process."""
        self._settle.stop()
        for process in (self._process, self._next):
            if process is not None:
                process.close()
        self._process = self._next = None
        self._serial += 1
        self.is_ready = False

    def _forget(self) -> None:
        self.close()
        self._waiting = None
        self.is_wanted = False
        self.state_changed.emit()

    def _changed(self, tables: frozenset[str]) -> None:
        mine = GROUND | PLAN if self._plan else GROUND
        if tables & mine and (self._process is not None or self._next is not None):
            self._renew()

    def _previewed(self, uid: str) -> None:
        if uid != self._plan and (self._process is not None or self._next is not None):
            self._renew()

    def _renew(self) -> None:
        """Make ready anew: at once when a route is drawn, else when one is."""
        if self.is_wanted:
            self._settle.start()
        else:
            self.close()
            self.state_changed.emit()

    def _start_again(self) -> None:
        self._start()

    def _start(self, plan: str | None = None) -> None:
        path = self._session.path
        if path is None:
            return
        if self._next is not None:
            self._next.close()
        self._serial += 1
        self._plan = self._session.preview if plan is None else plan
        self.is_ready = False
        serial = self._serial
        self._next = responder.Responder(
            lambda kind, value: self._told.emit(serial, kind, value),
            route_answerer, str(path), self._plan, STATUSES_IN_USE,
        )  # fmt: skip
        self.state_changed.emit()

    def _take(self, serial: int, kind: str, value: Any) -> None:
        if serial != self._serial:
            return
        if kind == responder.READY:
            if self._process is not None:
                self._process.close()
            self._process, self._next = self._next, None
            self.is_ready = True
            self.state_changed.emit()
            waiting, self._waiting = self._waiting, None
            if waiting is not None:
                self.ask(waiting)
        elif kind == responder.ANSWER:
            self._hand_over(value)
        elif kind == responder.REFUSED:
            assert isinstance(value, AnelloError)
            if self._next is not None and self._plan:
                self._start("")  # streets and prices serve without the plan as well
            else:
                self._drop_next()
            self.refused.emit(value)
        elif kind == responder.BUG:
            self._drop_next()
            self.failed.emit(*value)

    def _hand_over(self, value: Any) -> None:
        if isinstance(value, Places):
            self.placed.emit(value)
        elif isinstance(value, PlannedAnswer):
            self.planned.emit(value)
        else:
            self.answered.emit(value)

    def _drop_next(self) -> None:
        """Let a process go that could not be made ready."""
        if self._next is not None:
            self._next.close()
            self._next = None
            self.state_changed.emit()
