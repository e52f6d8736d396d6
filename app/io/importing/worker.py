"""The worker: reads one file and sends its rows as plain values.

Run as ``python -m app.io.importing.worker``. The request is one line of JSON on standard
input; when that closes, the parent has gone and the worker ends. Answers are frames on
standard output: ``P`` progress, ``E`` an error code with values, ``R`` a packed reading.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

from app.io.importing.faults import Fault
from app.io.importing.sandbox import ENVIRONMENT, send_frame


def main() -> int:
    """Answer the one request; the exit code is 0 when an answer was sent."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that a library prints may get between the frames
    os.environ.update(ENVIRONMENT)
    request = json.loads(sys.stdin.buffer.readline())
    _limit(int(request["memory_limit_mb"]), int(request["cpu_limit_s"]))
    threading.Thread(target=_watch_parent, daemon=True).start()
    try:
        payload = _read(request, lambda done: send_frame(answers, b"P", b"%.4f" % done))
    except Fault as fault:
        told = {"code": fault.code, "row": fault.row, "values": fault.values}
        send_frame(answers, b"E", json.dumps(told, default=str).encode())
        return 0
    except MemoryError:
        told = {"code": "memory", "row": None, "values": {"limit_mb": request["memory_limit_mb"]}}
        send_frame(answers, b"E", json.dumps(told).encode())
        return 0
    send_frame(answers, b"R", payload)
    return 0


def _watch_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


def _limit(memory_mb: int, cpu_s: int) -> None:
    """Set the limits that the system offers: address space and processor time on POSIX."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    for kind, amount in (
        (resource.RLIMIT_AS, memory_mb * 2**20),
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_CORE, 0),
    ):
        _, ceiling = resource.getrlimit(kind)
        allowed = amount if ceiling == resource.RLIM_INFINITY else min(amount, ceiling)
        resource.setrlimit(kind, (allowed, ceiling))


def _read(request: Mapping[str, Any], progress: Callable[[float], None]) -> bytes:
    """Choose the reader by content; the heavy libraries load only after the limits are set."""
    from app.io.importing.readers import read  # noqa: PLC0415
    from app.io.importing.source import pack  # noqa: PLC0415

    return pack(read(Path(request["path"]), request, progress))


def _flush(stream: IO[str]) -> None:
    try:
        stream.flush()
    except OSError:
        return


if __name__ == "__main__":
    code = main()
    _flush(sys.stderr)
    os._exit(code)
