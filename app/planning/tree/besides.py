"""Work on the second core."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event


@contextmanager
def beside(
    task: Callable[[Callable[[], bool]], None], is_over: Callable[[], bool]
) -> Iterator[None]:
    """Run a task in a thread while the body runs, and wait for it at the end.

    The task is handed a function that says when to stop: when ``is_over``, or when the body
    raised. What the task raises is raised at the end. Compiled code runs beside other code.
    """
    is_stopped = Event()
    with ThreadPoolExecutor(max_workers=1) as pool:
        future = pool.submit(task, lambda: is_stopped.is_set() or is_over())
        try:
            yield
        except BaseException:
            is_stopped.set()
            raise
        future.result()
