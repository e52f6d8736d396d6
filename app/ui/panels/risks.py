"""Risk groups: what one event takes down together, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QFormLayout

from app.model.frames import plain
from app.model.study import Result
from app.ui.labels import code_label, figures, sentence_text
from app.ui.panels.frame_model import ViewColumn
from app.ui.panels.parts import button, column_layout
from app.ui.panels.study_page import Marks, Row, StudyPage, whereabouts
from app.ui.session import Session
from app.ui.theme import GAP_PX, align_labels, plain_label
from app.ui.use_cases import UseCases

_WITHIN_M = 10.0
_MOST_M = 200.0
_LETTERS = 8


class RisksPage(StudyPage):
    """Make risk groups automatically, list them by kind, and let one fail."""

    fail_wanted = Signal(str)

    def __init__(self, session: Session, cases: UseCases, scope: Callable[[], str]) -> None:
        self._all: list[Row] = []
        super().__init__(session, cases, scope, "")
        self.run.setText(self.tr("Make groups"))
        self.run.setToolTip(self.tr("Make the automatic groups anew; undo takes it back"))
        self.name_table(self.tr("Risk groups"))
        self.within = QDoubleSpinBox()
        self.within.setAccessibleName(self.tr("Same trench: closer than"))
        self.within.setRange(0.0, _MOST_M)
        self.within.setDecimals(0)
        self.within.setValue(_WITHIN_M)
        self.within.setSuffix(" m")
        self.kind_box = QComboBox()
        self.kind_box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.kind_box.setMinimumContentsLength(_LETTERS)
        self.kind_box.setAccessibleName(self.tr("Kind of groups shown"))
        self.kind_box.currentIndexChanged.connect(lambda _n: self._show_kind())
        self.told = plain_label("", is_muted=True)
        self.fail = button(self.tr("Let the whole group fail"))
        self.fail.clicked.connect(lambda _checked=False: self._fail())
        self._arrange()
        self.clear()

    def columns(self) -> list[ViewColumn]:
        """Return kind, reason and size."""
        own = self.tr("by hand")

        return [
            ViewColumn("reason", self.tr("Why"), sentence_text),
            ViewColumn("kind", self.tr("Kind"), code_label),
            ViewColumn("name", self.tr("Group"), lambda name: _shortened(str(name or ""))),
            ViewColumn("spans_n", self.tr("Spans"), figures().number, is_number=True),
            ViewColumn("nodes_n", self.tr("Nodes"), figures().number, is_number=True),
            ViewColumn("is_automatic", self.tr("Made"), lambda auto: "" if auto else own),
        ]

    def start(self) -> None:
        """Make the groups; with the network as built they are stored."""
        asked = {"within_m": self.within.value(), "plan": self._scope() or None}
        self.ask(self.tr("Looking for what lies together"), "risk_groups", self._take, **asked)

    def marks(self, row: Row) -> Marks:
        """Mark all members."""
        members = [*row["spans"], *row["nodes"]]
        return {"member": whereabouts(self._session.network, members)}

    def tell(self, row: Row | None) -> None:
        """Say why the group is one."""
        self.fail.setEnabled(row is not None)
        text = ""
        if row is not None:
            why = sentence_text(str(row["reason"]))
            text = f"{code_label(str(row['kind']))}: {row['name']}. {why}"
        self.told.setText(text)

    @property
    def reads_groups(self) -> bool:
        """Whether the groups are those of the project: always."""
        return True

    def forget(self) -> None:
        """Show the groups that the project holds."""
        if not self.figures:
            return
        frame = self._session.network.table("risk_groups")
        stored = frame.astype(object).to_dict(orient="index")
        self._show([{**_plain(row), "uid": str(uid)} for uid, row in stored.items()])

    def clear(self) -> None:
        """Forget what was computed; the groups of the project stay."""
        super().clear()
        if self.figures:
            self._show_kind()

    def _take(self, result: Result) -> None:
        if result.changes is not None and not result.changes.is_empty:
            self._session.do(None, result.changes)
        else:
            self._show([dict(item) | {"is_automatic": True} for item in result.summary["list"]])
            self._show_kind()

    def _show(self, groups: list[dict[str, Any]]) -> None:
        self._all = [
            {**group, "spans_n": len(group["spans"]), "nodes_n": len(group["nodes"])}
            for group in sorted(groups, key=lambda item: (-len(item["spans"]), item["uid"]))
        ]
        kinds = sorted({str(group["kind"]) for group in groups}, key=code_label)
        chosen = self.kind_box.currentData()
        self.kind_box.blockSignals(True)
        self.kind_box.clear()
        self.kind_box.addItem(self.tr("All kinds"), "")
        for kind in kinds:
            count = sum(group["kind"] == kind for group in groups)
            self.kind_box.addItem(f"{code_label(kind)} ({figures().number(count)})", kind)
        self.kind_box.setCurrentIndex(max(0, self.kind_box.findData(chosen)))
        self.kind_box.blockSignals(False)
        by_hand = sum(not group["is_automatic"] for group in groups)
        self.figures["groups"].setText(figures().number(len(groups)))
        self.figures["edited"].setText(figures().number(by_hand))

    def _show_kind(self) -> None:
        kind = self.kind_box.currentData()
        self.show_rows([row for row in self._all if not kind or row["kind"] == kind])

    def _fail(self) -> None:
        row = self.current
        if row is not None and row["uid"] in self._session.network.table("risk_groups").index:
            self.fail_wanted.emit(str(row["uid"]))

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setSpacing(GAP_PX)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Same trench: closer than"), self.within)
        form.addRow(self.tr("Show"), self.kind_box)
        align_labels(form)
        layout = column_layout(self, margin_px=0)
        layout.addLayout(form)
        layout.addWidget(self.run)
        layout.addLayout(
            self.figure_grid(
                (("groups", self.tr("Groups")), ("edited", self.tr("of these edited by hand")))
            )
        )
        layout.addWidget(self.note)
        layout.addWidget(self.told)
        layout.addWidget(self.fail)
        layout.addStretch(1)


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    values = {str(name): plain(value) for name, value in row.items()}
    for name in ("spans", "nodes"):
        values[name] = tuple(values.get(name) or ())
    return values


_NAME_LENGTH = 48


def _shortened(name: str) -> str:
    return name if len(name) <= _NAME_LENGTH else name[: _NAME_LENGTH - 1] + "…"
