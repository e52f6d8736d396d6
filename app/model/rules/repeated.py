"""Rules on rows that say the same twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from app.model.findings import Finding, Severity
from app.model.frames import GEOMETRY, plain
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.rules.places import found
from app.model.schema import Kind
from app.model.tables import TABLES


def sites_once(network: Network) -> Iterable[Finding]:
    """``site.repeated``: a site that repeats an earlier one in every column."""
    uids = repeated_sites(network)
    text = message(
        QT_TRANSLATE_NOOP("core", "{count} sites are there twice, the same in every column"),
        count=len(uids),
    )
    advice = message(QT_TRANSLATE_NOOP("core", "Delete the second one; nothing refers to it."))
    yield from found(network, "site.repeated", Severity.WARNING, "sites", uids, text, advice)


def repeated_sites(network: Network) -> list[str]:
    """Return sites equal to an earlier one in every column and at the same place.

    Sites to which another row refers are not among them.
    """
    sites = network.table("sites")
    twins = sites[sites.duplicated(["name", "municipality"], keep=False)]
    known: set[Any] = set()
    repeated = []
    columns = [twins[name].astype(object) for name in TABLES["sites"].column_names]
    shapes = [None if shape is None else shape.wkb for shape in twins[GEOMETRY]]
    for uid, *values in zip(twins.index, *columns, shapes, strict=True):
        key = tuple(map(plain, values))
        if key in known:
            repeated.append(str(uid))
        known.add(key)
    return [uid for uid in repeated if uid not in _referred(network)] if repeated else []


def _referred(network: Network) -> set[str]:
    """Return the sites that rows of other tables name."""
    named: set[str] = set(_anchors(network.table("comments")))
    for table in TABLES.values():
        for column in table.columns:
            if column.reference == "sites" and column.kind is not Kind.JSON:
                named.update(network.table(table.name)[column.name].dropna())
    return named


def _anchors(comments: pd.DataFrame) -> Iterable[str]:
    return comments.loc[comments["object_table"] == "sites", "object_uid"].dropna()
