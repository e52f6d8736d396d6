from __future__ import annotations

import sys
import threading

import pytest
from pytestqt.qtbot import QtBot

from app.ui.map.workers import Workers


def test_a_bug_in_a_worker_is_reported_by_the_window(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[object, object]] = []
    monkeypatch.setattr(
        sys, "excepthook", lambda kind, error, _trace: told.append((kind, threading.get_ident()))
    )
    workers = Workers(1)

    def fail() -> None:
        raise ZeroDivisionError

    workers.start(fail)
    qtbot.waitUntil(lambda: bool(told), timeout=3000)
    assert told == [(ZeroDivisionError, threading.get_ident())]
    workers.close()


def test_nothing_begins_after_the_end() -> None:
    workers, done = Workers(2), []
    for number in range(5):
        workers.start(lambda n=number: done.append(n))  # type: ignore[misc]
    assert workers.wait(3.0) and sorted(done) == list(range(5))
    workers.close()
    workers.start(lambda: done.append(9))
    assert 9 not in done and not workers.is_busy
