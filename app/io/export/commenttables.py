"""Remarks of the review as rows of a table, each thread together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.io.export.dossier import PlanDossier
from app.io.export.fonts import abbreviated, printable
from app.io.export.texts import Speech
from app.model.frames import plain
from app.model.tables import TABLES

_LONGEST_NAME = 60


def comment_rows(dossier: PlanDossier, speech: Speech) -> list[list[str]]:
    """Return number, object, remark, author, date and state; answers follow their remark."""
    known = {row["uid"] for row in dossier.comments}
    rows = []
    number = 0
    for row in dossier.comments:
        is_answer = row["reply_to"] in known
        number += not is_answer
        rows.append(
            [
                "" if is_answer else str(number),
                "" if is_answer else object_name(dossier, row, speech),
                ("– " if is_answer else "") + printable(row["body"]),
                abbreviated(row["author"] or "", _LONGEST_NAME),
                speech.formats.day(datetime.fromisoformat(row["created"]))
                if row["created"]
                else "",
                "" if is_answer else speech.code(row["state"]),
            ]
        )
    return rows


def object_name(dossier: PlanDossier, row: Mapping[str, Any], speech: Speech) -> str:
    """Return what a remark is anchored to: kind and name of the object, else the plan."""
    table, uid = row["object_table"], row["object_uid"]
    if table not in TABLES:
        return speech.word("plan")
    kind = speech.say(TABLES[table].label)
    frame = dossier.network.table(table)
    if uid not in frame.index:
        return kind
    name = plain(frame.loc[uid].get("name")) or plain(frame.loc[uid].get("street"))
    if table == "plan_sites":
        name = dossier.network.table("sites")["name"].get(frame.at[uid, "site"])
    return f"{kind}: {abbreviated(name or str(uid)[:8], _LONGEST_NAME)}"
