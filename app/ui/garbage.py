"""When Python looks for cycles among its objects: not while many new ones are made.

Modules, widgets and the rows of a project stay; to look through them again and again while they
come takes a third of the time of the start and of opening a project, and finds nothing.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LOCK = threading.Lock()
_HOLDERS: list[object] = []


@contextmanager
def held() -> Iterator[None]:
    """Look for no cycles meanwhile, in no thread; holds may overlap."""
    mark = object()
    with _LOCK:
        _HOLDERS.append(mark)
        gc.disable()
    try:
        yield
    finally:
        with _LOCK:
            _HOLDERS.remove(mark)
            if not _HOLDERS:
                gc.enable()
