"""Remarks in the papers that come back: a layer to write on, columns and a sheet to fill in."""

from __future__ import annotations

import contextlib
import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from app.io.ddl import RANDOM_UID
from app.io.export.cells import Formats, add_sheet, fit_row, heading, put
from app.io.export.commenttables import object_name
from app.io.export.dossier import PlanDossier
from app.io.export.texts import Speech
from app.io.remarks.layout import LAYER, WORDS, base_mark, key_heading
from app.model.codes import COMMENT_STATES
from app.model.comments import Thread, threads
from app.model.labels import label_of
from app.model.messages import QT_TRANSLATE_NOOP
from app.model.tables import TABLES

ABOUT = ("sites", "plan_spans", "plan_nodes", "plans", "price_items", "spans", "nodes")
"""Tables that a reviewer may choose an object of by hand."""

_FORM: Mapping[str, str] = {
    "body": QT_TRANSLATE_NOOP("core", "Text"),
    "author": QT_TRANSLATE_NOOP("core", "Author"),
    "state": QT_TRANSLATE_NOOP("core", "State"),
    "answer": WORDS["answer"],
    "answer_author": WORDS["answer_author"],
    "object_name": QT_TRANSLATE_NOOP("core", "Object"),
    "object_table": QT_TRANSLATE_NOOP("core", "Table"),
    "object_uid": QT_TRANSLATE_NOOP("core", "Identifier of the object"),
    "created": QT_TRANSLATE_NOOP("core", "Created"),
    "revision": QT_TRANSLATE_NOOP("core", "Revision"),
}
"""Fields of the form in QGIS, in its order; all others are hidden there."""

_PLACE = QT_TRANSLATE_NOOP("core", "A place on the map")
_READ_ONLY = ("object_name", "created", "revision")
_LONG = ("body", "answer")
_NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"


def remark_layer(dossier: PlanDossier, speech: Speech) -> gpd.GeoDataFrame:
    """Return the plan's remarks as a layer of points; answers are rows without a point."""
    rows: list[dict[str, Any]] = []
    shapes = []
    revisions = dossier.network.table("revisions")["number"]
    for thread in threads(dossier.network, dossier.plan_uid):
        for row in (thread.root, *thread.replies):
            rows.append(
                {
                    **{
                        name: row[name]
                        for name in (
                            "uid", "plan", "reply_to", "object_table", "object_uid", "body",
                            "author", "created", "state",
                        )
                    },
                    "revision": revisions.get(row["revision"]),
                    "object_name": _about(dossier, thread, speech),
                    "base": base_mark(row["body"], row["state"]),
                }
            )  # fmt: skip
            shapes.append(thread.place if row is thread.root else None)
    names = ("uid", "plan", "reply_to", *_FORM, "base")
    columns: dict[str, Any] = {
        name: np.array([_text(row.get(name)) for row in rows], dtype=object) for name in names
    }
    columns["revision"] = pd.array([row["revision"] for row in rows], dtype="Int64")
    places = gpd.GeoSeries(shapes, crs=dossier.network.crs)
    return gpd.GeoDataFrame(columns, geometry=places, crs=dossier.network.crs)


def finish_layer(path: Path, dossier: PlanDossier, speech: Speech) -> None:
    """Make the layer fill in what no reviewer should, and give it its form in QGIS."""
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            f"CREATE TRIGGER anello_{LAYER}_new AFTER INSERT ON {LAYER}"
            " WHEN NEW.uid IS NULL OR NEW.plan IS NULL OR NEW.created IS NULL BEGIN"
            f" UPDATE {LAYER} SET uid = COALESCE(NULLIF(NEW.uid, ''), {RANDOM_UID}),"
            f" plan = COALESCE(NEW.plan, {_quoted(dossier.plan_uid)}),"
            " state = COALESCE(NEW.state, 'open'),"
            f" created = COALESCE(NEW.created, {_NOW}) WHERE fid = NEW.fid; END"
        )
        found = connection.execute(
            "SELECT styleQML FROM layer_styles WHERE f_table_name = ?", (LAYER,)
        ).fetchone()
        if found is not None:
            connection.execute(
                "UPDATE layer_styles SET styleQML = ? WHERE f_table_name = ?",
                (_with_form(found[0], speech), LAYER),
            )


def _with_form(qml: str, speech: Speech) -> str:
    """Return a QGIS style with the form: aliases, value maps, hidden and read-only fields."""
    head, _, body = qml.rpartition("<qgis ")
    root = ET.fromstring(f"<qgis {body}")
    root.set("styleCategories", f"{root.get('styleCategories', '')}|Fields|Forms")
    configuration = ET.SubElement(root, "fieldConfiguration")
    aliases, editable = ET.SubElement(root, "aliases"), ET.SubElement(root, "editable")
    for name in ("fid", "uid", "plan", "reply_to", *_FORM, "base"):
        field = ET.SubElement(configuration, "field", name=name)
        _add_widget(field, name, speech)
        ET.SubElement(aliases, "alias", field=name, name=speech.say(_FORM.get(name, name)))
        ET.SubElement(editable, "field", name=name, editable=str(int(name not in _READ_ONLY)))
    return head + ET.tostring(root, encoding="unicode")


def _add_widget(field: ET.Element, name: str, speech: Speech) -> None:
    choices: Mapping[str, str] = {}
    kind = "TextEdit" if name in _FORM else "Hidden"
    if name == "state":
        kind, choices = "ValueMap", {code: label_of(code) for code in COMMENT_STATES}
    elif name == "object_table":
        kind, choices = "ValueMap", {table: TABLES[table].label for table in ABOUT}
    widget = ET.SubElement(field, "editWidget", type=kind)
    options = ET.SubElement(ET.SubElement(widget, "config"), "Option", type="Map")
    if name in _LONG:
        ET.SubElement(options, "Option", name="IsMultiline", type="bool", value="true")
    if choices:
        entries = ET.SubElement(options, "Option", name="map", type="List")
        for code, label in choices.items():
            entry = ET.SubElement(entries, "Option", type="Map")
            ET.SubElement(entry, "Option", name=speech.say(label), type="QString", value=code)


class RemarkColumns:
    """Three columns at the end of a sheet of objects: remark, who wrote it, and a hidden key.

    The key stands in the row, so that rows may be sorted.
    """

    def __init__(self, sheet: Any, column: int, plan_uid: str, speech: Speech, form: Formats):
        self._sheet, self._column, self._form = sheet, column, form
        self._words = [speech.say(WORDS[key]) for key in ("text", "author")]
        self._plan_uid = plan_uid
        sheet.set_column(column, column, 44)
        sheet.set_column(column + 1, column + 1, 18)
        sheet.set_column(column + 2, column + 2, 12, None, {"hidden": True})

    @property
    def last(self) -> int:
        """Number of the last column, from 0."""
        return self._column + 2

    def head(self, row: int) -> None:
        """Write the headings."""
        for at, word in enumerate((*self._words, key_heading(self._plan_uid))):
            self._sheet.write_string(row, self._column + at, word, self._form.head)

    def line(self, row: int, table: str, uid: str) -> None:
        """Write the empty cells of an object and its key."""
        put(self._sheet, row, self._column, None, self._form.wrap)
        put(self._sheet, row, self._column + 1, None, self._form.text)
        put(self._sheet, row, self._column + 2, f"{table}:{uid}", self._form.text)


def add_remark_sheet(book: Any, dossier: PlanDossier, speech: Speech, form: Formats) -> None:
    """Add the sheet of remarks: what was said, and where to answer, close or add one."""
    sheet = add_sheet(
        book, speech, "comments", dossier.title, (16, 34, 60, 18, 18, 60, 18, 8, 8, 8)
    )
    words = [
        speech.say(WORDS["state"]), speech.say(_FORM["object_name"]), speech.say(WORDS["text"]),
        speech.say(WORDS["author"]), speech.word("date"), speech.say(WORDS["answer"]),
        speech.say(WORDS["answer_author"]),
    ]  # fmt: skip
    hidden = (key_heading(dossier.plan_uid), "anello_base", "anello_thread")
    heading(sheet, 0, [*words, *hidden], form)
    sheet.set_column(len(words), len(words) + 2, 8, None, {"hidden": True})
    row = 0
    for thread in threads(dossier.network, dossier.plan_uid):
        for item in (thread.root, *thread.replies):
            row += 1
            is_first = item is thread.root
            cells = (
                speech.code(item["state"]) if is_first else "",
                _about(dossier, thread, speech) if is_first else "↳",
                item["body"],
                item["author"],
                _day(item["created"], speech),
                None,
                None,
                f"{LAYER}:{item['uid']}",
                base_mark(item["body"], item["state"]),
                item["reply_to"],
            )
            for column, value in enumerate(cells):
                put(sheet, row, column, value, form.wrap)
            fit_row(sheet, row, ((cells[1], 34), (cells[2], 60)))
    states = [speech.code(code) for code in COMMENT_STATES]
    sheet.data_validation(1, 0, row + 200, 0, {"validate": "list", "source": states})
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def _about(dossier: PlanDossier, thread: Thread, speech: Speech) -> str:
    """Return what a thread is about, as a reader calls it."""
    if thread.root["object_table"] is None:
        return speech.say(_PLACE)
    return object_name(dossier, thread.root, speech)


def _day(created: str | None, speech: Speech) -> str:
    return speech.formats.day(datetime.fromisoformat(created)) if created else ""


def _text(value: Any) -> str | None:
    return None if value is None else str(value).replace("\0", "")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
