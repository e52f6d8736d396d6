"""Revisions: the content of a plan at one moment, in one canonical form that can be hashed.

A content is plain JSON: the plan's row, its sections, nodes and sites with their geometry, the
lines of its bill and the price list that these rest on. Cells that hold their default are left
out, so that a column added to the schema later changes no hash.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import math
import zlib
from collections.abc import Mapping
from typing import Any

import pandas as pd
import shapely

from app.model.errors import InputError
from app.model.frames import GEOMETRY, rows_of
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.tables import TABLES

Content = Mapping[str, Any]
"""``plan`` one row, `ROW_TABLES` lists of rows, ``bill`` lines, ``price_list`` with its hash."""

ROW_TABLES = ("plan_spans", "plan_nodes", "plan_sites")
"""The tables whose rows make up a plan."""

FREE_COLUMNS = ("state", "state_by", "state_since", "accepted", "color", "based_on", "note")
"""Columns of a plan that say nothing of what is built: they may change while it is frozen."""

_FORMAT = 1
_LEVEL = 9
_MOST_BYTES = 2**30
"""A content that unpacks to more is damaged, or was made to exhaust the memory."""


def plan_rows(network: Network, plan_uid: str) -> dict[str, Any]:
    """Return the rows of a plan in canonical form: sorted by ``uid``, defaults left out."""
    plan = network.table("plans").loc[[plan_uid]]
    found: dict[str, Any] = {"plan": _canonical("plans", plan, FREE_COLUMNS)[0]}
    for name in ROW_TABLES:
        frame = network.table(name)
        found[name] = _canonical(name, frame[frame["plan"] == plan_uid], ("plan",))
    return found


def price_list_content(network: Network, price_list: str | None) -> dict[str, Any]:
    """Return a price list by name and by the hash of its items."""
    lists, items = network.table("price_lists"), network.table("price_items")
    if price_list is None or price_list not in lists.index:
        return {"uid": price_list, "name": None, "hash": None}
    rows = _canonical("price_items", items[items["price_list"] == price_list], ("price_list",))
    digest = hashlib.sha256(_text(rows).encode()).hexdigest()
    return {"uid": price_list, "name": str(lists.at[price_list, "name"]), "hash": digest}


def build_content(
    rows: Mapping[str, Any], bill: list[dict[str, Any]], price_list: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the content of a plan from its canonical rows, its bill and its price list.

    Money and quantities of ``bill`` are texts of decimals, so that sums stay exact.
    """
    return {"format": _FORMAT, **rows, "bill": bill, "price_list": dict(price_list)}


def content_hash(content: Content) -> str:
    """Return the SHA-256 of a content in hexadecimal: the same content, the same hash."""
    return hashlib.sha256(_text(content).encode()).hexdigest()


def pack_content(content: Content) -> str:
    """Return a content as text for the project file: JSON, compressed, in base64."""
    return base64.b64encode(zlib.compress(_text(content).encode(), _LEVEL)).decode("ascii")


def unpack_content(packed: str | None) -> dict[str, Any]:
    """Return the content that `pack_content` packed; raises `InputError` when it is damaged."""
    try:
        unpacker = zlib.decompressobj()
        body = unpacker.decompress(base64.b64decode(packed or "", validate=True), _MOST_BYTES)
        content = json.loads(body)
        if not unpacker.eof or not isinstance(content, dict):
            raise ValueError("not whole")
        if content["format"] > _FORMAT or not {"plan", "bill", *ROW_TABLES} <= set(content):
            raise ValueError("unknown format")
    except (binascii.Error, zlib.error, ValueError, KeyError, TypeError) as error:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "The content of a revision cannot be read: {reason}"),
                reason=str(error),
            )
        ) from error
    return content


def is_intact(revision: Mapping[str, Any] | pd.Series) -> bool:
    """Return whether the content of a revision is what its hash was taken of."""
    try:
        return content_hash(unpack_content(revision["content"])) == revision["content_hash"]
    except InputError:
        return False


def changed_rows(network: Network, plan_uid: str, content: Content) -> dict[str, tuple[str, ...]]:
    """Return which rows of a plan are not as a content holds them, by table.

    Rows that were added, removed or changed count alike.
    """
    now = plan_rows(network, plan_uid)
    then = {name: content[name] for name in now}
    changed: dict[str, tuple[str, ...]] = {}
    if _text(now.pop("plan")) != _text(then.pop("plan")):
        changed["plans"] = (plan_uid,)
    for name, rows in now.items():
        before = {row["uid"]: _text(row) for row in then[name]}
        after = {row["uid"]: _text(row) for row in rows}
        uids = {uid for uid in before.keys() | after.keys() if before.get(uid) != after.get(uid)}
        if uids:
            changed[name] = tuple(sorted(uids))
    return changed


def revisions_of(network: Network, plan_uid: str) -> pd.DataFrame:
    """Return the revisions of a plan and of the plans that it was made from, by number."""
    frame = network.table("revisions")
    return frame[frame["plan"].isin(lineage(network, plan_uid))].sort_values(["number"])


def lineage(network: Network, plan_uid: str) -> tuple[str, ...]:
    """Return a plan and the plans that it was made from, itself first."""
    origins = network.table("plans")["based_on"]
    found: list[str] = []
    current: str | None = plan_uid
    while current is not None and current in origins.index and current not in found:
        found.append(current)
        current = origins[current]
    return tuple(found)


def latest_revision(network: Network, plan_uid: str) -> pd.Series | None:
    """Return the newest revision of a plan itself, ``None`` when it was never submitted."""
    frame = network.table("revisions")
    own = frame[frame["plan"] == plan_uid]
    return None if own.empty else own.sort_values("number").iloc[-1]


def _canonical(table: str, frame: pd.DataFrame, without: tuple[str, ...]) -> list[dict[str, Any]]:
    columns = [item for item in TABLES[table].columns if item.name not in without]
    defaults = {item.name: _plain(item.default) for item in columns}
    rows = []
    shapes = frame[GEOMETRY] if TABLES[table].geometry else None
    for row in rows_of(frame, [item.name for item in columns]):
        kept = {name: _plain(value) for name, value in row.items()}
        told = {key: value for key, value in kept.items() if value != defaults.get(key)}
        shape = None if shapes is None else shapes[row["uid"]]
        if shape is not None:
            told[GEOMETRY] = _plain(shapely.get_coordinates(shape).tolist())
        rows.append(told)
    return sorted(rows, key=lambda item: str(item["uid"]))


def _plain(value: Any) -> Any:
    """Return a cell as JSON gives it back."""
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, float):  # the file knows no negative zero, JSON no infinity
        return value + 0.0 if math.isfinite(value) else str(value)
    return value


def _text(value: Any) -> str:
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
