"""What the commands print: results on stdout, progress and complaints on stderr."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from app.model.errors import AnelloError, InputError
from app.model.findings import Finding
from app.model.frames import plain
from app.model.messages import Message

_LOG_INTERVAL_S = 5.0
_WIDTH_WITHOUT_TERMINAL = 10_000
"""A pipe has no edge: nothing is folded or cut off."""


def result_console() -> Console:
    """Return the console for results: stdout, as wide as the terminal."""
    width = None if sys.stdout.isatty() else _WIDTH_WITHOUT_TERMINAL
    return Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False)


def log_console() -> Console:
    """Return the console for progress and complaints: stderr."""
    return Console(file=sys.stderr, highlight=False, markup=False, emoji=False)


def print_json(value: Any) -> None:
    """Print one JSON value on stdout."""
    json.dump(_jsonable(value), sys.stdout, ensure_ascii=False, indent=2, allow_nan=False)
    sys.stdout.write("\n")


def print_pairs(pairs: Mapping[str, Any]) -> None:
    """Print names and values in two columns."""
    grid = Table.grid(padding=(0, 2))
    for name, value in pairs.items():
        grid.add_row(name, _text(value))
    result_console().print(grid)


def print_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Print rows as a table with ``columns``."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in columns:  # an identifier is there to be copied: never cut
        table.add_column(name, no_wrap=name == "uid", min_width=36 if name == "uid" else None)
    for row in rows:
        table.add_row(*(_text(row.get(name)) for name in columns))
    result_console().print(table)


def print_findings(findings: Sequence[Finding]) -> None:
    """Print findings, one a line, with the advice below."""
    console = result_console()
    for finding in findings:
        console.print(f"{finding.severity.value:8}{finding.rule}: {finding.message}")
        if finding.advice is not None:
            console.print(f"        {finding.advice}", style="dim")


def print_error(error: AnelloError, as_json: bool) -> None:
    """Tell an expected error on stderr, and as JSON value on stdout when asked for JSON."""
    console = log_console()
    console.print(f"anello: {error}")
    uids = list(error.uids) if isinstance(error, InputError) else []
    reasons = [str(reason) for reason in getattr(error, "reasons", ())]
    for line in reasons:
        console.print(f"        {line}")
    if as_json:
        kind = type(error).__name__
        print_json(
            {"error": {"kind": kind, "message": str(error), "reasons": reasons, "uids": uids}}
        )


def euro_range(amount: Mapping[str, Any]) -> str:
    """Return a range of money as text."""
    low, typical, high = (float(amount[name]) for name in ("low", "typical", "high"))
    return f"{typical:,.2f} EUR ({low:,.2f} to {high:,.2f})"


def share(value: float | None) -> str:
    """Return a fraction as text in per cent."""
    return "unknown" if value is None else f"{100 * value:.2f} %"


class ProgressBar:
    """Progress on stderr: a bar on a terminal, a line every few seconds elsewhere."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._logged_s = time.monotonic()

    def __enter__(self) -> ProgressBar:
        if sys.stderr.isatty():
            self._bar = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                TimeElapsedColumn(),
                console=log_console(),
                transient=True,
            )
            self._bar.start()
            self._task = self._bar.add_task(self._title, total=1.0)
        return self

    def __exit__(self, *problem: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, fraction: float, message: Message | None = None) -> None:
        """Show how far the work is."""
        text = self._title if message is None else str(message)
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=fraction, description=text)
        elif time.monotonic() - self._logged_s > _LOG_INTERVAL_S:
            self._logged_s = time.monotonic()
            log_console().print(f"{100 * fraction:3.0f} %  {text}")


def _text(value: Any) -> str:
    value = plain(value)
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:,.2f}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(_text(item) for item in value)
    return str(value)


def _jsonable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _jsonable(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_jsonable(item) for item in value]
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Message):
        return str(value)
    return plain(value)
