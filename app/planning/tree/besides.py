"""Work on the second core."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import Event

_TICK_S = 0.05
"""Time between two looks at the clock while a task is waited for."""


@contextmanager
def beside(
    task: Callable[[Callable[[], bool]], None], is_over: Callable[[], bool]
) -> Iterator[None]:
    """Run a task in a thread while the body runs, and wait for it at the end.

    The task is handed a function that says when to stop: when the body or ``is_over`` raised,
    which is asked while the task is waited for. What the task raises is raised at the end.
    Compiled code runs beside other code.
    """
    is_stopped = Event()
    with ThreadPoolExecutor(max_workers=1) as pool:
        future = pool.submit(task, is_stopped.is_set)
        try:
            yield
            while not wait([future], timeout=_TICK_S).done:
                if is_over():
                    is_stopped.set()
        except BaseException:
            is_stopped.set()
            raise
        future.result()
