"""Reads CSV and XLSX as columns of text, exactly as written. Runs in the worker only."""

from __future__ import annotations

import csv
import datetime
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np

from app.io.importing.archives import open_archive
from app.io.importing.faults import Fault
from app.io.importing.sniffing import Sniffed
from app.io.importing.source import Reading, SourceTable, text_array

FIELD_LIMIT = 2**20
COLUMN_LIMIT = 2000
EXTRA_COLUMN = "anello_extra"
"""Holds what stood beyond the last heading, so that a rejected row keeps all of it."""

KEY_HEADING = "anello_key"
"""Begins the heading of the column of keys in a workbook of ours that can come back."""

_HEADING_LINES = 40
_DELIMITERS = (";", "\t", ",", "|")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SNIFF_LINES = 50


def read_csv(
    path: Path, sniffed: Sniffed, request: Mapping[str, Any], progress: Callable[[float], None]
) -> Reading:
    """Read a CSV file; encoding and separator are found out, and noted."""
    data = path.read_bytes()
    encoding = _encoding(data)
    text = data.decode(encoding)
    progress(0.3)
    delimiter = _delimiter(text)
    csv.field_size_limit(FIELD_LIMIT)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        table = _table(path.stem, _with_lines(records), request["row_limit"])
    except csv.Error as error:
        raise Fault("unreadable", format="CSV", reason=str(error)) from error
    notes = (("encoding", {"encoding": "Windows-1252"}),) if encoding == "cp1252" else ()
    dialect = {"delimiter": delimiter, "encoding": encoding}
    return Reading((_replace(table, "CSV", notes, dialect),))


def _with_lines(records: Any) -> Iterator[tuple[int, list[str]]]:
    for record in records:
        yield records.line_num, record


def _encoding(data: bytes) -> str:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        data.decode("cp1252")
        return "cp1252"
    except UnicodeDecodeError as error:
        raise Fault("encoding") from error


def _delimiter(text: str) -> str:
    """Return the separator that cuts the first lines most evenly into the most columns."""
    sample = "".join(islice(io.StringIO(text, newline=""), _SNIFF_LINES))
    best, best_score = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter)]
        except csv.Error:
            continue
        widths = [width for width in widths if width]
        if not widths or widths[0] < 2:
            continue
        score = (sum(width == widths[0] for width in widths) / len(widths), widths[0])
        if score > best_score:
            best, best_score = delimiter, score
    return best


def read_xlsx(
    path: Path, sniffed: Sniffed, request: Mapping[str, Any], progress: Callable[[float], None]
) -> Reading:
    """Read one sheet of a workbook: cached values, never formulas."""
    import openpyxl  # noqa: PLC0415 - slow to load

    with open_archive(path):
        pass  # refuses bombs before anything is unpacked
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except InvalidFileException as error:
        raise Fault("unreadable", format="XLSX", reason=str(error)[:300]) from error
    try:
        filled = [sheet.title for sheet in book.worksheets if _has_cells(sheet)]
        sheet = book[_choose_sheet(filled, request)]
        records = (
            (line, [_cell(value) for value in row])
            for line, row in enumerate(sheet.iter_rows(values_only=True), 1)
        )
        progress(0.2)
        table = _table(sheet.title, _trimmed(records), request["row_limit"])
    finally:
        book.close()
    return Reading((_replace(table, "XLSX", (), {}),), tuple(filled))


def read_remark_sheets(
    path: Path, sniffed: Sniffed, request: Mapping[str, Any], progress: Callable[[float], None]
) -> Reading:
    """Read every sheet of a workbook that has a column of keys, from its heading on.

    Such a workbook is an export of ours that came back with remarks in it.
    """
    import openpyxl  # noqa: PLC0415 - slow to load

    with open_archive(path):
        pass  # refuses bombs before anything is unpacked
    book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        tables = []
        for number, sheet in enumerate(book.worksheets):
            progress(number / len(book.worksheets))
            records = (
                (line, [_cell(value) for value in row])
                for line, row in enumerate(sheet.iter_rows(values_only=True), 1)
            )
            head = next(_to_keys(records), None)
            if head is not None:
                table = _table(sheet.title, _trimmed(chain([head], records)), None)
                tables.append(_replace(table, "XLSX", (), {}))
    finally:
        book.close()
    if not tables:
        raise Fault("no_layer")
    return Reading(tuple(tables), tuple(table.name for table in tables))


def _to_keys(records: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Yield the line of headings that names the column of keys, if the first lines hold it."""
    for line, row in islice(records, _HEADING_LINES):
        if any(cell.startswith(KEY_HEADING) for cell in row):
            yield line, row
            return


def _has_cells(sheet: Any) -> bool:
    rows = islice(sheet.iter_rows(values_only=True), 20)
    return any(value is not None for row in rows for value in row)


def _choose_sheet(names: Sequence[str], request: Mapping[str, Any]) -> str:
    wanted = request["layer"]
    if wanted is not None:
        if wanted not in names:
            raise Fault("layer_unknown", layer=wanted, layers=", ".join(names))
        return str(wanted)
    if not names:
        raise Fault("no_rows")
    if len(names) == 1 or request["row_limit"] is not None:
        return names[0]
    if request["target"] in names:
        return str(request["target"])
    raise Fault("which_layer", layers=", ".join(names))


def _cell(value: Any) -> str:
    """Return a cell as text: numbers in full precision with a point, dates as ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def _trimmed(records: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for line, row in records:
        while row and not row[-1]:
            row.pop()
        yield line, row


def _table(
    name: str, records: Iterator[tuple[int, list[str]]], row_limit: int | None
) -> SourceTable:
    headings, ahead = _headings(records)
    width = len(headings)
    rows: list[list[str | None]] = []
    lines: list[int] = []
    problems: dict[int, tuple[str, dict[str, Any]]] = {}
    extras: dict[int, str] = {}
    for line, record in chain(ahead, records):
        if not any(cell.strip() for cell in record):
            continue  # an empty line is not a row
        if len(record) > width and any(cell.strip() for cell in record[width:]):
            problems[len(rows)] = ("ragged", {"count": len(record), "expected": width})
            extras[len(rows)] = ";".join(record[width:])
        cells: list[str | None] = [cell.strip() or None for cell in record[:width]]
        rows.append(cells + [None] * (width - len(cells)))
        lines.append(line)
        if row_limit is not None and len(rows) >= row_limit:
            break
    columns = {
        heading: text_array([row[place] for row in rows])
        for place, heading in enumerate(headings)
        if heading
    }
    if extras:
        columns[EXTRA_COLUMN] = text_array([extras.get(place) for place in range(len(rows))])
    return SourceTable(
        name, columns, None, None, np.asarray(lines, dtype=np.int64), problems=problems
    )


def _headings(
    records: Iterator[tuple[int, list[str]]],
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the headings, skipping empty lines before them; raises `Fault`."""
    for _, record in records:
        cells = [cell.strip() for cell in record]
        if not any(cells):
            continue
        if len(cells) > COLUMN_LIMIT:
            raise Fault("unreadable", format="CSV", reason=f"{len(cells)} columns")
        if sum(bool(cell) for cell in cells) == 1 and len(cells) > 1:
            continue  # a title above the table
        doubled = [cell for cell, count in Counter(filter(None, cells)).items() if count > 1]
        if doubled:
            raise Fault("duplicate_heading", heading=doubled[0])
        return [cell or f"column_{place}" for place, cell in enumerate(cells, 1)], []
    raise Fault("no_heading")


def _replace(
    table: SourceTable, format: str, notes: Sequence[Any], dialect: Mapping[str, str]
) -> SourceTable:
    return SourceTable(
        name=table.name, columns=table.columns, geometry=None, crs=None, rows=table.rows,
        problems=table.problems, notes=tuple(notes), format=format, dialect=dialect,
    )  # fmt: skip
