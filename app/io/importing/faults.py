"""What can be wrong with a file: codes that cross from the worker, and their texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.model.errors import ExchangeError
from app.model.messages import QT_TRANSLATE_NOOP, Message

FAULTS: Mapping[str, str] = {
    "missing": QT_TRANSLATE_NOOP("core", "The file {name} does not exist"),
    "not_file": QT_TRANSLATE_NOOP("core", "{name} is not a file"),
    "no_access": QT_TRANSLATE_NOOP("core", "The file {name} cannot be read: {reason}"),
    "is_project": QT_TRANSLATE_NOOP(
        "core", "{name} is the open project itself; it cannot be imported into itself"
    ),
    "empty": QT_TRANSLATE_NOOP("core", "The file {name} is empty"),
    "unknown_format": QT_TRANSLATE_NOOP(
        "core",
        "{name} is of no format that can be imported (GeoPackage, Shapefile, GeoJSON, "
        "FlatGeobuf, KML, KMZ, DXF, CSV, XLSX, OpenStreetMap)",
    ),
    "entity": QT_TRANSLATE_NOOP(
        "core", "{name} declares XML entities; such files are refused for safety"
    ),
    "bomb": QT_TRANSLATE_NOOP(
        "core",
        "{name} unpacks to {size_mb} MB, {ratio} times its own size; it is refused for safety",
    ),
    "too_many_members": QT_TRANSLATE_NOOP(
        "core", "The archive {name} holds {count} files; it is refused for safety"
    ),
    "bad_member": QT_TRANSLATE_NOOP(
        "core", "The archive {name} holds the unsafe file name {member}"
    ),
    "bad_archive": QT_TRANSLATE_NOOP("core", "The archive {name} is damaged: {reason}"),
    "archive_content": QT_TRANSLATE_NOOP(
        "core",
        "The archive {name} must hold exactly one file that can be imported; it holds: {members}",
    ),
    "siblings": QT_TRANSLATE_NOOP(
        "core", "The Shapefile {name} lacks its companion file with the ending {ending}"
    ),
    "no_layer": QT_TRANSLATE_NOOP("core", "{name} holds no layer that can be imported"),
    "which_layer": QT_TRANSLATE_NOOP(
        "core", "{name} holds several layers; name one of them with --layer: {layers}"
    ),
    "layer_unknown": QT_TRANSLATE_NOOP("core", "{name} has no layer {layer}; it has: {layers}"),
    "unreadable": QT_TRANSLATE_NOOP("core", "{name} cannot be read as {format}: {reason}"),
    "driver": QT_TRANSLATE_NOOP("core", "{name} looks like {format}, but is read as {driver}"),
    "no_rows": QT_TRANSLATE_NOOP("core", "{name} holds no rows"),
    "no_heading": QT_TRANSLATE_NOOP("core", "{name} has no line of column headings"),
    "duplicate_heading": QT_TRANSLATE_NOOP(
        "core", "{name} has two columns with the heading {heading}"
    ),
    "encoding": QT_TRANSLATE_NOOP("core", "The text encoding of {name} is not known"),
    "too_large": QT_TRANSLATE_NOOP(
        "core", "{name} is too large to be imported: {size_mb} MB, at most {limit_mb} MB"
    ),
    "timeout": QT_TRANSLATE_NOOP(
        "core", "Reading {name} was stopped after {seconds} s; the file may be damaged"
    ),
    "memory": QT_TRANSLATE_NOOP(
        "core", "Reading {name} needs more memory than allowed ({limit_mb} MB)"
    ),
    "crashed": QT_TRANSLATE_NOOP(
        "core", "Reading {name} ended unexpectedly; the file is probably damaged ({reason})"
    ),
    "bad_answer": QT_TRANSLATE_NOOP(
        "core", "Reading {name} gave an answer that does not hold together ({reason})"
    ),
    "osm_target": QT_TRANSLATE_NOOP(
        "core",
        "{name} is an OpenStreetMap file: it is imported as streets, barriers or auto, "
        "not {target}",
    ),
}
"""Code to template; the values come as plain text and numbers."""


class Fault(Exception):
    """Raised where a file is read: a code of `FAULTS`, its values and, if known, the row."""

    def __init__(self, code: str, row: int | None = None, **values: Any) -> None:
        super().__init__(code, values)
        self.code = code
        self.row = row
        self.values = values


def to_exchange_error(
    path: Path, code: str, values: Mapping[str, Any], row: int | None = None
) -> ExchangeError:
    """Return the error that a person reads, with the file's name filled in."""
    template = FAULTS[code]
    return ExchangeError(Message(template, {"name": path.name, **values}), path, row)


def without_source_lines(text: str) -> str:
    """Return a library's complaint without the place in its own source, cut to what fits."""
    return re.sub(r"\S+\.cpp, \d+: ", "", text).strip()[:300]
