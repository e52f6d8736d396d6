"""Editing rows and handing tables over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.model import attributes
from app.model.attributes import Deletion
from app.model.changes import ChangeSet
from app.model.conditions import parse_condition
from app.model.edits import rows_called
from app.model.errors import InputError
from app.model.mending import MENDS, mend
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.progress import Progress, no_progress
from app.model.tables import TABLES

if TYPE_CHECKING:
    from app.io.export import ExportReport


def find_rows(
    network: Network, table: str, where: str | None = None, uids: Sequence[str] = ()
) -> list[str]:
    """Return the rows that are named, or meet a condition, or (with neither) all.

    Raises `InputError` for a uid that is not there and a condition that cannot be read.
    """
    if uids:
        return [str(uid) for uid in rows_called(network, table, uids).index]
    frame = network.table(table)
    if where:
        frame = frame[parse_condition(where, TABLES[table]).matches(frame)]
    return [str(uid) for uid in frame.index]


def sorted_rows(network: Network, table: str, uids: Sequence[str], column: str) -> list[str]:
    """Return rows sorted by a column, downwards with ``-`` before it; what is empty comes last."""
    cells = network.table(table).loc[list(uids), column.removeprefix("-")]
    if not TABLES[table].column(str(cells.name)).is_numeric:
        cells = cells.map(lambda cell: None if cell is None else str(cell).casefold())
    is_ascending = not column.startswith("-")
    ordered = cells.sort_values(ascending=is_ascending, kind="stable", na_position="last")
    return [str(uid) for uid in ordered.index]


def edit_rows(
    network: Network, table: str, uids: Sequence[str], texts: Mapping[str, str]
) -> ChangeSet:
    """Return the change that sets columns of rows to what ``texts`` mean, each checked."""
    values = attributes.read_columns(network, table, texts)
    return attributes.set_columns(network, table, uids, values)


def add_row(network: Network, table: str, texts: Mapping[str, str], uid: str = "") -> ChangeSet:
    """Return the change that adds a row with what ``texts`` mean."""
    values = attributes.read_columns(network, table, texts)
    return attributes.add_row(network, table, values, uid)


def remove_rows(network: Network, table: str, uids: Sequence[str]) -> Deletion:
    """Return the change that deletes rows, and what goes with them."""
    return attributes.deletion(network, table, uids)


def mend_rule(network: Network, rule: str) -> ChangeSet:
    """Return the change that mends what a rule finds, where there is one safe answer.

    Raises `InputError` for a rule whose faults a person has to judge.
    """
    if rule not in MENDS:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "“{rule}” has no safe mend; there is one for: {rules}"),
                rule=rule,
                rules=", ".join(sorted(MENDS)),
            )
        )
    return mend(network, rule)


def export_rows(
    network: Network,
    table: str,
    path: Path | str,
    uids: Sequence[str],
    columns: Sequence[str],
    language: str = "it",
    progress: Progress = no_progress,
) -> ExportReport:
    """Write rows of a table, in the order of ``uids``, to a .csv or .xlsx file."""
    from app.io.export.datatable import data_table, export_table

    progress(0.0)
    report = export_table(data_table(network, table, uids, columns), path, language)
    progress(1.0)
    return report
