"""The review panel: where a plan stands, what may be done next, remarks and revisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QWidget,
)

from app.model.frames import plain
from app.model.review import (
    APPROVE,
    BEGIN,
    REJECT,
    REOPEN,
    SUBMIT,
    WITHDRAW,
    legal_steps,
)
from app.model.revisions import latest_revision
from app.ui.icons import icon
from app.ui.labels import code_label, moment_text
from app.ui.panels.freshness import Freshness
from app.ui.panels.parts import button, column_layout, line
from app.ui.panels.remarks import RemarksPage
from app.ui.panels.revisions import RevisionsPage
from app.ui.session import Session
from app.ui.theme import GAP_PX, align_labels, colors, plain_label

_ICONS: Mapping[str, str] = {
    SUBMIT: "export", BEGIN: "search", APPROVE: "check", REJECT: "cancel", WITHDRAW: "undo",
    REOPEN: "copy",
}  # fmt: skip
_TABLES = frozenset({"plans", "revisions", "comments", "plan_spans", "plan_nodes", "plan_sites"})


def _place(at: int, count: int) -> tuple[int, int, int, int]:
    """Return row, column and spans of a step's button: the first has a row, then two share one."""
    if at == 0:
        return 0, 0, 1, 2
    row, column = divmod(at - 1, 2)
    is_alone = column == 0 and at == count - 1
    return row + 1, column, 1, 2 if is_alone else 1


class ReviewPanel(QWidget):
    """Follows the plan that the map shows; ``step_wanted`` carries a step of the review."""

    step_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.plan_box = QComboBox()
        self.plan_box.setAccessibleName(self.tr("Plan"))
        self.plan_box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.dot = QLabel("●")
        self.state = plain_label("", wraps=False)
        self.state.setProperty("role", "figure")
        self.since = plain_label("", is_muted=True)
        self.hint = plain_label("", is_muted=True)
        self.steps = {name: self._step_button(name) for name in self._titles()}
        self.remarks = RemarksPage(session)
        self.revisions = RevisionsPage(session)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self._grid = QGridLayout()
        self._arrange()
        self.plan_box.activated.connect(lambda _at: self._choose())
        self.fresh = Freshness(self, self.refresh)
        session.project_changed.connect(self.fresh.want)
        session.preview_changed.connect(lambda _uid: self.fresh.want())
        session.changed.connect(self._changed)
        self.refresh()

    @property
    def plan(self) -> str | None:
        """The plan that is reviewed."""
        uid = self._session.preview
        return uid if uid in self._session.network.table("plans").index else None

    def refresh(self) -> None:
        """Show the plan as it is now."""
        self._fill_plans()
        self._show_state()
        self.remarks.show_plan(self.plan)
        self.revisions.show_plan(self.plan)

    def show_open_remarks(self) -> None:
        """Show the remarks that are open."""
        self.fresh.now()
        self.remarks.show_state("open")

    # -- inside ------------------------------------------------------------------------------

    def _titles(self) -> Mapping[str, str]:
        return {
            SUBMIT: self.tr("Submit…"),
            BEGIN: self.tr("Begin the review…"),
            APPROVE: self.tr("Approve…"),
            REJECT: self.tr("Reject…"),
            WITHDRAW: self.tr("Withdraw…"),
            REOPEN: self.tr("Go on as a new draft…"),
        }

    def _step_button(self, name: str) -> QPushButton:
        first = (SUBMIT, BEGIN, APPROVE, REOPEN)
        made = button(self._titles()[name], _ICONS[name], role="primary" if name in first else "")
        made.setMinimumHeight(34)
        made.clicked.connect(partial(self._want, name))
        return made

    def _want(self, name: str, _checked: bool = False) -> None:
        self.step_wanted.emit(name)

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setSpacing(GAP_PX)
        form.addRow(self.tr("Plan"), self.plan_box)
        align_labels(form)
        head = QHBoxLayout()
        head.setSpacing(GAP_PX)
        head.addWidget(self.dot)
        head.addWidget(self.state)
        head.addWidget(self.since, 1)
        self._grid.setSpacing(GAP_PX)
        for made in self.steps.values():
            self._grid.addWidget(made)
        self.pages.addTab(self.remarks, self.tr("Remarks"))
        self.pages.addTab(self.revisions, self.tr("Revisions"))
        layout = column_layout(self)
        layout.addLayout(form)
        layout.addLayout(head)
        layout.addWidget(self.hint)
        layout.addLayout(self._grid)
        layout.addWidget(line())
        layout.addWidget(self.pages, 1)

    def _fill_plans(self) -> None:
        plans = self._session.network.table("plans")["name"]
        self.plan_box.clear()
        for uid in plans.sort_values(kind="stable").index:
            self.plan_box.addItem(str(plans[uid]), str(uid))
        self.plan_box.setCurrentIndex(self.plan_box.findData(self.plan))
        self.plan_box.setEnabled(self.plan_box.count() > 0)

    def _choose(self) -> None:
        self._session.show_plan(str(self.plan_box.currentData() or ""))

    def _show_state(self) -> None:
        plan = self.plan
        plans = self._session.network.table("plans")
        state = "" if plan is None else str(plans.at[plan, "state"])
        shades = {
            "approved": colors().good, "rejected": colors().error, "submitted": colors().info,
            "underReview": colors().warning,
        }  # fmt: skip
        self.dot.setStyleSheet(f"color: {shades.get(state, colors().muted)}")
        self.dot.setVisible(plan is not None)
        self.state.setText(code_label(state) if state else self.tr("No plan is shown."))
        self.since.setText(self._since(plan))
        choose = self.tr("Choose a plan in the panel Plans to review it.")
        self.hint.setText(choose if plan is None else self._hint(state))
        self.hint.setVisible(bool(self.hint.text()))
        legal = () if plan is None else legal_steps(state)
        for made in self.steps.values():
            self._grid.removeWidget(made)
            made.hide()
        for at, name in enumerate(legal):
            self._grid.addWidget(self.steps[name], *_place(at, len(legal)))
            self._dress(self.steps[name], name, is_first=at == 0)
            self.steps[name].show()

    @staticmethod
    def _dress(made: QPushButton, name: str, *, is_first: bool) -> None:
        made.setProperty("role", "primary" if is_first else "")
        made.style().unpolish(made)
        made.style().polish(made)
        made.setIcon(icon(_ICONS[name], colors().on_accent if is_first else ""))

    def _since(self, plan: str | None) -> str:
        if plan is None:
            return ""
        row = self._session.network.table("plans").loc[[plan]].iloc[0]
        parts = [plain(row["state_by"]), plain(row["state_since"])]
        if parts[1]:
            parts[1] = moment_text(parts[1])
        revision = latest_revision(self._session.network, plan)
        if revision is not None:
            parts.insert(0, self.tr("revision %1").replace("%1", str(int(revision["number"]))))
        return " · ".join(str(part) for part in parts if part)

    def _hint(self, state: str) -> str:
        texts: Mapping[str, Callable[[], str]] = {
            "submitted": lambda: self.tr("Frozen: nothing of it changes until it is decided."),
            "underReview": lambda: self.tr("Frozen: nothing of it changes until it is decided."),
            "approved": lambda: self.tr("Frozen for good; a copy can be changed."),
            "rejected": lambda: self.tr("Go on with a copy; this one stays with its remarks."),
        }
        return texts[state]() if state in texts else ""

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & _TABLES:
            self.fresh.want()
