"""Chooses the reader of a file. Runs in the worker only."""

from __future__ import annotations

import csv
import struct
import sys
import warnings
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.io.importing.faults import Fault, without_source_lines
from app.io.importing.sniffing import Format, Sniffed, sniff
from app.io.importing.source import Reading


def read(path: Path, request: Mapping[str, Any], progress: Callable[[float], None]) -> Reading:
    """Read ``path`` as its content demands; raises `Fault`.

    Parameters
    ----------
    request
        ``layer`` wanted or ``None``, ``target`` table or ``auto``, ``row_limit`` or ``None``,
        ``folder`` for temporary files.
    """
    sniffed = sniff(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # remarks of libraries; what matters is a finding
            reading = _reader(sniffed, request["target"])(path, sniffed, request, progress)
    except (
        ValueError, TypeError, LookupError, ArithmeticError, OSError, EOFError, RuntimeError,
        AttributeError, AssertionError, SyntaxError, struct.error, zlib.error, csv.Error,
        zipfile.BadZipFile, zipfile.LargeZipFile,
    ) as error:  # fmt: skip
        # Parsers of five libraries raise all of these on damaged input (found by mutation).
        reason = without_source_lines(str(error)) or type(error).__name__
        raise Fault("unreadable", format=sniffed.format.value, reason=reason) from error
    return Reading(reading.tables, reading.layers, _peak_mb())


def _reader(sniffed: Sniffed, target: str) -> Callable[..., Reading]:
    if sniffed.format is Format.CSV:
        from app.io.importing.tabular import read_csv  # noqa: PLC0415 - load what is needed

        return read_csv
    if sniffed.format is Format.XLSX and target == "comments":
        from app.io.importing.tabular import read_remark_sheets  # noqa: PLC0415

        return read_remark_sheets
    if sniffed.format is Format.XLSX:
        from app.io.importing.tabular import read_xlsx  # noqa: PLC0415

        return read_xlsx
    if sniffed.format is Format.OSM:
        from app.io.importing.osm import read_osm  # noqa: PLC0415

        return read_osm
    from app.io.importing.vector import read_vector  # noqa: PLC0415

    return read_vector


def _peak_mb() -> float:
    if sys.platform == "win32":
        return 0.0
    import resource  # noqa: PLC0415

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
