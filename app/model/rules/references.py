"""Rules on references between tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.model.findings import Finding, Severity
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.rules.places import found
from app.model.schema import Column, Kind
from app.model.tables import TABLES


def references_exist(network: Network) -> Iterable[Finding]:
    """``reference.missing``: a column names an object that is not there."""
    for table in TABLES.values():
        frame = network.table(table.name)
        for column in table.columns:
            if not column.reference or frame.empty:
                continue
            uids = _dangling(network, frame[column.name].items(), column)
            text = message(
                QT_TRANSLATE_NOOP("core", "{count} of {table}: {column} names an object not there"),
                count=len(uids),
                table=message(table.label),
                column=message(column.label),
            )
            advice = message(
                QT_TRANSLATE_NOOP("core", "Import {reference}, or choose an existing object."),
                reference=message(TABLES[column.reference].label),
            )
            yield from found(
                network, "reference.missing", Severity.ERROR, table.name, uids, text, advice
            )


def _dangling(network: Network, cells: Iterable[tuple[Any, Any]], column: Column) -> list[str]:
    known = set(network.table(column.reference).index)
    if column.kind == Kind.JSON:
        return [str(uid) for uid, members in cells if not known.issuperset(members or ())]
    return [str(uid) for uid, value in cells if value is not None and value not in known]


def operational_sites_have_a_node(network: Network) -> Iterable[Finding]:
    """``site.no_node``: a site in operation that no node serves."""
    sites = network.table("sites")
    uids = sites.index[
        sites["status"].isin(["operational", "underConstruction"]) & sites["node"].isna()
    ]
    text = message(
        QT_TRANSLATE_NOOP("core", "{count} sites are in operation but have no node"),
        count=len(uids),
    )
    advice = message(
        QT_TRANSLATE_NOOP(
            "core", "Name the node that serves them, or set their status to “proposed”."
        )
    )
    yield from found(network, "site.no_node", Severity.WARNING, "sites", uids, text, advice)


def towers_have_a_node(network: Network) -> Iterable[Finding]:
    """``tower.no_node``: a tower that points to no node."""
    towers = network.table("towers")
    uids = towers.index[towers["node"].isna()]
    text = message(QT_TRANSLATE_NOOP("core", "{count} towers have no node"), count=len(uids))
    advice = message(QT_TRANSLATE_NOOP("core", "Import the towers with coordinates."))
    yield from found(network, "tower.no_node", Severity.WARNING, "towers", uids, text, advice)


RULES = (references_exist, operational_sites_have_a_node, towers_have_a_node)
