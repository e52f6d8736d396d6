"""Jobs in the window: several at once, the rest in line; cancelled, kept, told when stale."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app import jobs
from app.model.errors import Cancelled, InputError
from app.model.messages import message
from app.ui import jobs_runner
from app.ui.application import Desk
from app.ui.features.jobs import JobsFeature
from app.ui.panels.jobs import JobsPanel, duration_text


class Gate:
    """A job that is done when it is told to be; no process."""

    def __init__(self, outcome: Any = "done") -> None:
        self.state, self._outcome = jobs.JobState(0.5, message("half")), outcome
        self.was_closed = False

    def poll(self) -> jobs.JobState:
        return self.state

    def end(self) -> None:
        self.state = jobs.JobState(1.0, None, is_done=True)

    def outcome(self) -> Any:
        if isinstance(self._outcome, Exception):
            raise self._outcome
        return self._outcome

    def cancel(self) -> None:
        self._outcome = Cancelled()
        self.end()

    def close(self) -> None:
        self.was_closed = True


@pytest.fixture
def gates(monkeypatch: pytest.MonkeyPatch) -> list[Gate]:
    """Jobs that are started, in order."""
    made: list[Gate] = []

    def start(function: Any, *_args: Any) -> Gate:
        made.append(function())
        return made[-1]

    monkeypatch.setattr("app.jobs.start", start)
    monkeypatch.setattr(jobs_runner, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(jobs_runner, "SHOW_AFTER_S", 0.0)
    return made


def panel_of(desk: Desk) -> JobsPanel:
    return next(item.panel for item in desk.window.features if isinstance(item, JobsFeature))


def rows(panel: JobsPanel) -> list[tuple[str, str]]:
    found = []
    for number in range(panel.list.topLevelItemCount()):
        item = panel.list.topLevelItem(number)
        assert item is not None
        bar = panel.list.itemWidget(item, 1)
        state = bar.format() if bar is not None else item.text(1).split("  ", 1)[1]
        found.append((item.text(0), state))
    return found


def press(panel: JobsPanel, row: int) -> None:
    item = panel.list.topLevelItem(row)
    assert item is not None
    control = panel.list.itemWidget(item, 4)
    assert isinstance(control, QPushButton)
    control.click()


def test_two_compute_the_third_waits_its_turn(desk: Desk, qtbot: QtBot, gates: list[Gate]) -> None:
    panel, runner, got = panel_of(desk), desk.session.jobs, []
    for name in "abc":
        runner.start(name, Gate, deliver=got.append)
    assert len(gates) == 2 and [text for text, _ in rows(panel)] == ["a", "b", "c"]
    assert rows(panel)[2][1] == "in line"
    gates[0].end()
    qtbot.waitUntil(lambda: len(gates) == 3, timeout=5_000)
    assert got == ["done"]
    for gate in gates:
        gate.end()
    qtbot.waitUntil(lambda: not runner.running and not runner.waiting, timeout=5_000)
    assert {state for _, state in rows(panel)} == {"done"} and len(rows(panel)) == 3
    panel.clear.click()
    assert rows(panel) == []


def test_one_that_waits_can_be_cancelled_and_never_begins(
    desk: Desk, qtbot: QtBot, gates: list[Gate]
) -> None:
    panel, runner = panel_of(desk), desk.session.jobs
    for name in "abc":
        runner.start(name, Gate, deliver=pytest.fail)
    press(panel, 2)
    qtbot.waitUntil(lambda: ("c", "cancelled") in rows(panel), timeout=5_000)
    assert len(gates) == 2
    runner.cancel_all()
    qtbot.waitUntil(lambda: not runner.running, timeout=5_000)
    assert [state for _, state in rows(panel)] == ["cancelled"] * 3


def test_a_result_is_kept_and_shown_again_and_stale_ones_are_told(
    town: Desk, qtbot: QtBot, gates: list[Gate]
) -> None:
    panel, session, got = panel_of(town), town.session, []
    running = session.jobs.start("long", Gate, deliver=got.append)
    running.shelf.show = lambda: got.append("again")
    with qtbot.waitSignal(session.changed, timeout=10_000):
        session.edit(_renamed)
    gates[0].end()
    qtbot.waitUntil(lambda: got == ["done"], timeout=5_000)
    assert rows(panel) == [("long", "done; the data have changed since")]
    press(panel, 0)
    assert got == ["done", "again"]


def _renamed(network: Any) -> Any:
    from app.model.edits import set_values

    return set_values(network, "sites", ["site-1"], {"name": "New"})


def test_what_is_refused_says_why(desk: Desk, qtbot: QtBot, gates: list[Gate]) -> None:
    panel, refused = panel_of(desk), []
    error = InputError(message("No such site."))
    desk.session.jobs.start("bad", lambda: Gate(error), deliver=pytest.fail, refuse=refused.append)
    gates[0].end()
    qtbot.waitUntil(lambda: bool(refused), timeout=5_000)
    item = panel.list.topLevelItem(0)
    assert item is not None and "No such site." in item.toolTip(1)


def test_the_time_that_remains_follows_the_pace(
    desk: Desk, gates: list[Gate], monkeypatch: pytest.MonkeyPatch
) -> None:
    running = desk.session.jobs.start("a", Gate, deliver=lambda _: None)
    running.state = jobs.JobState(0.25)
    assert running.remaining_s is None
    monkeypatch.setattr(jobs_runner.time, "monotonic", lambda: running.started_s + 10.0)
    assert running.remaining_s == pytest.approx(30.0)
    assert (duration_text(59.4), duration_text(125)) == ("59 s", "2 min 05 s")
