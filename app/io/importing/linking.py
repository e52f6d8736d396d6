"""References: names, codes and identifiers of a file become identifiers of the project."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.io.importing.draft import Draft, as_text, examples
from app.io.importing.headings import normalised
from app.io.importing.source import ObjectArray, is_missing
from app.model.findings import Severity
from app.model.frames import make_frame
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.schema import Column, Kind, new_uid
from app.model.tables import TABLES

_KEY_COLUMNS = ("name", "code", "identifier", "source_id")
_CREATED = "organisations"
_AMBIGUOUS = ""


def link(draft: Draft) -> None:
    """Fill the reference columns of ``draft.values`` (per object)."""
    for column in draft.table.columns:
        if not column.reference or column.name == "plan":
            continue
        texts = reference_texts(draft, column)
        if texts is None:
            continue
        if column.kind is Kind.JSON:
            draft.values[column.name] = _lists(draft, column, texts)
        elif column.reference == _CREATED:
            draft.values[column.name] = _organisations(draft, texts)
        elif (draft.table.name, column.reference) != ("spans", "nodes"):
            draft.values[column.name] = _single(draft, column, texts)


def reference_texts(draft: Draft, column: Column) -> ObjectArray | None:
    """Return what the file or the user says for a reference column, per object."""
    if column.name in draft.options.set_values:
        return np.full(len(draft.owner), draft.options.set_values[column.name], dtype=object)
    if column.name in draft.mapping:
        return as_text(draft.source.columns[draft.mapping[column.name]])[draft.owner]
    return None


def known_keys(network: Network, table: str) -> dict[str, str]:
    """Return what may stand for a row of ``table``: its uid, name, code; normalised, to its uid.

    A key that two rows share stands for none of them and maps to an empty text.
    """
    frame = network.table(table)
    keys: dict[str, str] = {}
    for name in _KEY_COLUMNS:
        if name in frame.columns:
            for word, uid in zip(frame[name], frame.index, strict=True):
                if isinstance(word, str) and (key := normalised(word)):
                    keys[key] = uid if keys.get(key, uid) == uid else _AMBIGUOUS
    keys.update({normalised(uid): uid for uid in frame.index})
    return keys


def resolve(keys: Mapping[str, str], texts: ObjectArray) -> ObjectArray:
    """Return the uid for each text, ``None`` where there is none or more than one."""
    codes, uniques = pd.factorize(texts)
    found = np.full(len(uniques) + 1, None, dtype=object)
    found[:-1] = [keys.get(normalised(str(item))) or None for item in uniques]
    return np.asarray(found[codes], dtype=object)


def _single(draft: Draft, column: Column, texts: ObjectArray) -> ObjectArray:
    uids = resolve(known_keys(draft.network, column.reference), texts)
    _tell_unresolved(draft, column, texts, is_missing(uids) & ~is_missing(texts))
    return uids


def _tell_unresolved(
    draft: Draft, column: Column, texts: npt.NDArray[Any], unresolved: npt.NDArray[np.bool_]
) -> None:
    if not unresolved.any():
        return
    draft.remark(
        "import.reference_unknown",
        Severity.WARNING,
        message(
            QT_TRANSLATE_NOOP(
                "core",
                "{column}: {count} values name no row, or several rows, of {table}: {examples}",
            ),
            column=message(column.label),
            count=int(unresolved.sum()),
            table=column.reference,
            examples=examples(texts[unresolved]),
        ),
        rows=draft.owner[unresolved],
        advice=message(
            QT_TRANSLATE_NOOP("core", "Import {table} first, with the same names"),
            table=column.reference,
        ),
    )


def _organisations(draft: Draft, texts: ObjectArray) -> ObjectArray:
    """Resolve owners by name; those not known yet come along as new organisations."""
    keys = known_keys(draft.network, _CREATED)
    uids = resolve(keys, texts)
    unknown = is_missing(uids) & ~is_missing(texts)
    names = list(dict.fromkeys(str(item) for item in texts[unknown]))
    created = {name: new_uid() for name in _first_spellings(names)}
    if not created:
        return uids
    by_key = {normalised(name): uid for name, uid in created.items()}
    uids[unknown] = [by_key.get(normalised(str(item))) for item in texts[unknown]]
    frame = make_frame(TABLES[_CREATED], {"name": list(created)}, uids=list(created.values()))
    draft.bring(_CREATED, frame)
    draft.remark(
        "import.organisations_created",
        Severity.INFO,
        message(
            QT_TRANSLATE_NOOP("core", "{count} organisations were new and came along: {names}"),
            count=len(created),
            names=examples(list(created), 8),
        ),
        advice=message(QT_TRANSLATE_NOOP("core", "Look for spellings of one and the same body")),
    )
    return uids


def _first_spellings(names: list[str]) -> list[str]:
    """Return one spelling for each body: ``A2A`` and ``a2a`` are one."""
    seen: dict[str, str] = {}
    for name in names:
        if key := normalised(name):
            seen.setdefault(key, name)
    return list(seen.values())


def _lists(draft: Draft, column: Column, texts: ObjectArray) -> ObjectArray:
    keys = known_keys(draft.network, column.reference)
    lists = np.full(len(texts), None, dtype=object)
    unresolved = np.zeros(len(texts), dtype=bool)
    for place, item in enumerate(texts):
        words = split_list(item)
        uids = tuple(uid for word in words if (uid := keys.get(normalised(word))))
        unresolved[place] = len(uids) < len(words)
        lists[place] = uids
    _tell_unresolved(draft, column, texts, unresolved)
    return lists


def split_list(text: str | None) -> list[str]:
    """Return the members of a list written as JSON or with ``;``, ``|`` or ``,`` between."""
    if text is None:
        return []
    if text.lstrip().startswith("["):
        try:
            return [str(item) for item in json.loads(text)]
        except ValueError:
            pass
    return [word.strip() for word in re.split(r"[;|,]", text.strip("[]() ")) if word.strip()]
