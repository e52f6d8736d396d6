"""The review in the window: steps, remarks, differences on the map, remarks that come back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from desk_support import JOB_MS, at, dialog_of, make_plan
from PySide6.QtWidgets import QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from app.model.comments import Anchor
from app.model.edits import delete_rows, set_values
from app.ui.application import Desk
from app.ui.dialogs.review_step import RemarkDialog, ReviewStepDialog
from app.ui.features.review import ReviewFeature
from app.ui.map.picking import Pick
from app.ui.panels.review import ReviewPanel

pytestmark = pytest.mark.usefixtures("near_jobs")


def feature(town: Desk) -> ReviewFeature:
    """Return the feature, its panel in front."""
    (found,) = (item for item in town.window.features if isinstance(item, ReviewFeature))
    town.window.show_panel("review")
    return found


def changed(qtbot: QtBot, town: Desk, start: Any) -> None:
    """Do something and wait until the project has changed."""
    with qtbot.waitSignal(town.session.changed, timeout=JOB_MS):
        start()


@pytest.fixture
def planned(town: Desk, qtbot: QtBot) -> Desk:
    """The town with a plan on the map."""
    make_plan(town, qtbot, {"Bravo & Co", "Delta"})
    qtbot.waitUntil(lambda: not town.session.is_busy, timeout=JOB_MS)
    return town


def state(town: Desk) -> str:
    return str(town.session.network.table("plans")["state"].iloc[0])


def shown_steps(panel: ReviewPanel) -> list[str]:
    return [name for name, made in panel.steps.items() if not made.isHidden()]


def test_a_plan_is_submitted_and_rejected_and_gone_on_with(planned: Desk, qtbot: QtBot) -> None:
    review = feature(planned)
    panel = review.panel
    assert shown_steps(panel) == ["submit"]
    review.ask_step("submit")
    dialog = dialog_of(planned, qtbot, ReviewStepDialog)
    dialog.by.setText("Anna")
    changed(qtbot, planned, dialog.accept)
    assert state(planned) == "submitted"
    assert shown_steps(panel) == ["begin", "approve", "reject", "withdraw"]
    assert "Anna" in panel.since.text() and "revision 1" in panel.since.text()
    assert panel.revisions.model.rowCount() == 1
    # frozen: an edit is refused and told
    uid = str(planned.session.network.table("plan_spans").index[0])
    refused: list[Any] = []
    planned.session.refused.connect(refused.append)
    with qtbot.waitSignal(planned.session.refused, timeout=JOB_MS):
        planned.session.edit(lambda n: set_values(n, "plan_spans", [uid], {"surface": "stone"}))
    assert "Submitted" in str(refused[0])
    dialog_of(planned, qtbot, QMessageBox).accept()
    review.ask_step("reject")
    dialog = dialog_of(planned, qtbot, ReviewStepDialog)
    dialog.accept()
    assert dialog.isVisible() and "reason" in dialog.error.text()
    dialog.text.setPlainText("too dear")
    changed(qtbot, planned, dialog.accept)
    assert state(planned) == "rejected"
    assert shown_steps(panel) == ["reopen"]
    name = str(planned.session.network.table("plans")["name"].iloc[0])
    plan = panel.plan or ""
    changed(qtbot, planned, lambda: review.take_step(plan, "reopen", "Anna", "", f"{name} 2"))
    assert panel.plan_box.currentText() == f"{name} 2"
    assert shown_steps(panel) == ["submit"]
    for _ in range(3):
        changed(qtbot, planned, planned.session.undo)
    assert state(planned) == "draft"


def test_differences_stand_in_the_table_and_on_the_map(planned: Desk, qtbot: QtBot) -> None:
    review = feature(planned)
    plan = review.panel.plan or ""
    for step in ("submit", "withdraw"):
        changed(qtbot, planned, lambda s=step: review.take_step(plan, s, "Anna", "x"))
    spans = planned.session.network.table("plan_spans").index
    changed(
        qtbot, planned,
        lambda: planned.session.edit(lambda n: delete_rows(n, "plan_spans", [str(spans[0])])),
    )  # fmt: skip
    shown: dict[str, int] = {}
    highlight = planned.window.map.set_highlight

    def note(shapes: Any, role: str = "failure") -> None:
        shown[role] = len(list(shapes))
        highlight(shapes, role)

    planned.window.map.set_highlight = note  # type: ignore[method-assign]
    revisions = review.panel.revisions
    assert (revisions.first.currentData(), revisions.second.currentData()) == ("1", "now")
    revisions.compare.click()
    qtbot.waitUntil(lambda: not revisions.result.isHidden(), timeout=JOB_MS)
    assert shown["removed"] == 1 and shown["added"] == 0
    assert revisions.counts["removed"].text() == "1 removed"
    assert "−" in revisions.total.text()
    revisions.difference_table.selectRow(0)
    review.clear_difference()
    assert revisions.result.isHidden() and shown["removed"] == 0


def test_remarks_are_written_answered_closed_and_jumped_to(planned: Desk, qtbot: QtBot) -> None:
    review = feature(planned)
    page = review.panel.remarks
    assert page.cards == [] and not page.empty.isHidden()
    menu = QMenu()
    qtbot.addWidget(menu)
    planned.window.map.cursor_moved.emit(at(2, 2).x, at(2, 2).y)
    review.fill_menu(menu, [Pick("sites", "site-1", 0.0, 0)])
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == ["Remark on “Bravo && Co”…", "Remark on this place…"]
    menu.actions()[1].trigger()
    dialog = dialog_of(planned, qtbot, RemarkDialog)
    dialog.accept()
    assert "text" in dialog.error.text()
    dialog.text.setPlainText("Which door?")
    dialog.author.setText("Bruno")
    changed(qtbot, planned, dialog.accept)
    (card,) = page.cards
    assert "Bravo & Co" in card.about.text()
    review.ask_answer(card.thread_uid)
    dialog = dialog_of(planned, qtbot, RemarkDialog)
    dialog.text.setPlainText("The back one")
    dialog.author.setText("Anna")
    changed(qtbot, planned, dialog.accept)
    assert page.cards == []  # it is answered, and only open ones are shown
    page.show_state("answered")
    (card,) = page.cards
    card.about.clicked.emit()
    assert planned.session.selection == {"sites": frozenset({"site-1"})}
    changed(qtbot, planned, card.close_it.click)
    page.show_state("")
    (card,) = page.cards
    assert card.close_it.text() == "Open again"
    changed(qtbot, planned, lambda: review.remark(Anchor(place=at(1, 1)), "Here", "Bruno"))
    assert len(page.cards) == 1 and page.state_box.currentData() == "open"


def test_remarks_come_back_from_a_file(planned: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    review = feature(planned)
    path = tmp_path / "back.csv"
    path.write_text("body;object_table;object_uid\nSteep;sites;site-1\nLost;sites;gone\n")
    told: list[str] = []
    planned.session.told.connect(lambda _severity, text: told.append(text))
    changed(qtbot, planned, lambda: review.take_in(path))
    qtbot.waitUntil(lambda: bool(told), timeout=JOB_MS)
    assert "Remarks: 1 new" in told[-1]
    assert [card.about.text() for card in review.panel.remarks.cards] == ["Sites: Bravo & Co"]
    box = dialog_of(planned, qtbot, QMessageBox)
    assert "Lost" in box.text() + box.informativeText()
    box.accept()
    changed(qtbot, planned, planned.session.undo)
    assert review.panel.remarks.cards == []
