"""Findings about the file itself: what was assumed, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.io.importing.coordinates import Located
from app.io.importing.draft import Draft, examples
from app.io.importing.headings import IGNORED_PREFIX, normalised
from app.model.findings import Severity
from app.model.messages import QT_TRANSLATE_NOOP, message

_NOTES: Mapping[str, tuple[str, Severity, str]] = {
    "encoding": (
        "import.encoding",
        Severity.INFO,
        QT_TRANSLATE_NOOP("core", "The text was read as {encoding}; look at accented letters"),
    ),
    "osm_ways": (
        "import.osm_cut",
        Severity.INFO,
        QT_TRANSLATE_NOOP(
            "core", "{ways} ways of OpenStreetMap, cut at their junctions, became {rows} rows"
        ),
    ),
    "osm_incomplete": (
        "import.osm_incomplete",
        Severity.WARNING,
        QT_TRANSLATE_NOOP(
            "core", "{count} ways lack some of their nodes, as the extract ends there"
        ),
    ),
    "layer_chosen": (
        "import.layer_chosen",
        Severity.INFO,
        QT_TRANSLATE_NOOP("core", "Of several layers {layer} was read; the others are: {others}"),
    ),
}
_PROBLEMS: Mapping[str, str] = {
    "ragged": QT_TRANSLATE_NOOP("core", "The line has {count} fields instead of {expected}"),
    "osm_nodes": QT_TRANSLATE_NOOP(
        "core", "The file does not hold enough of the way's nodes to draw it"
    ),
}
_NOISE = frozenset({"fid", "ogc_fid", "rev", "uid", "objectid", "shape_length", "shape_area",
                    "shape_leng"})  # fmt: skip


def notice_file(draft: Draft, located: Located | None) -> None:
    """Note what the reader noticed, where coordinates were assumed, and unused columns."""
    for code, values in draft.source.notes:
        if code in _NOTES and not (code == "osm_ways" and values["ways"] == values["rows"]):
            rule, severity, template = _NOTES[code]
            draft.remark(rule, severity, message(template, **_plain(values)))
    if located is not None:
        _notice_coordinates(draft, located)
    unused = [
        heading
        for heading in draft.source.columns
        if heading not in draft.used_columns
        and normalised(heading) not in _NOISE
        and not normalised(heading).startswith(IGNORED_PREFIX)
    ]
    if unused:
        draft.remark(
            "import.columns_left_out",
            Severity.INFO,
            message(
                QT_TRANSLATE_NOOP("core", "{count} columns were not imported: {columns}"),
                count=len(unused),
                columns=examples(unused, 40),
            ),
            advice=message(
                QT_TRANSLATE_NOOP("core", "Map a column to a field to keep it, for example to note")
            ),
        )


def take_problems(draft: Draft, located: Located | None) -> None:
    """Reject the rows that could not be read whole, or have no place."""
    for place, (code, values) in draft.source.problems.items():
        if code in _PROBLEMS:
            draft.reject(np.array([place]), message(_PROBLEMS[code], **_plain(values)))
    if located is not None and draft.has_geometry:
        for place, reason in located.reasons.items():
            draft.reject(np.array([place]), reason)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {str(name): item for name, item in values.items()}


def _notice_coordinates(draft: Draft, located: Located) -> None:
    if located.is_crs_assumed and np.any(draft.is_alive):
        draft.remark(
            "import.crs_assumed",
            Severity.INFO,
            message(
                QT_TRANSLATE_NOOP(
                    "core", "The columns {columns} were read as longitude and latitude (WGS 84)"
                ),
                columns=", ".join(located.columns.values()),
            ),
            advice=message(QT_TRANSLATE_NOOP("core", "Give another CRS with --crs if it is one")),
        )
    if located.ambiguous:
        draft.remark(
            "import.ambiguous_number",
            Severity.WARNING,
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "Coordinates such as {examples} can be read in two ways; the mark was taken as "
                    "decimal mark",
                ),
                examples=examples(list(located.ambiguous)),
            ),
        )
