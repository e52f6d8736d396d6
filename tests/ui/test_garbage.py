"""Cycles are looked for again once everybody who makes many objects is done."""

from __future__ import annotations

import gc

import pytest

from app.ui.garbage import held


def test_the_last_hold_lets_go() -> None:
    first, second = held(), held()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert not gc.isenabled()
    second.__exit__(None, None, None)
    assert gc.isenabled()


def test_a_failure_lets_go() -> None:
    with pytest.raises(KeyError), held():
        raise KeyError
    assert gc.isenabled()
