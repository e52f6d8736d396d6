"""Deleting with what depends on it: worked out before, done as one step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from app.model.changes import ChangeSet, TableChange, delete, update
from app.model.codes import ROOT_NODE_TYPES
from app.model.editing.draft import Draft, known, referring, repeated
from app.model.edits import DEPENDENTS, released_rows
from app.model.errors import InputError
from app.model.frames import plain
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.naming import name_of
from app.model.network import Network
from app.model.tables import TABLES

DELETABLE = (
    "nodes", "spans", "conduits", "cables", "sites", "towers", "sensors", "risk_groups",
    "streets", "barriers", "hazards", "areas", "comments",
)  # fmt: skip
"""Tables whose objects may be deleted by hand; plans and price lists have ways of their own."""

Uids = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Deletion:
    """What a deletion does, to be told before it is done.

    ``asked`` are the objects named, ``also`` those that go with them, ``released`` those that
    stay but lose a reference or a part; all by table.
    """

    asked: Uids
    also: Uids
    released: Uids
    changes: ChangeSet


def delete_objects(
    network: Network, asked: Mapping[str, Iterable[str]], *, with_bare_nodes: bool = False
) -> Deletion:
    """Work out what deleting objects of several tables takes along.

    Spans go with their nodes, towers with theirs, and a cable with a span in its middle; a cable
    that loses a span at its end becomes shorter. ``with_bare_nodes`` also deletes nodes that
    thereby lose their last span, unless something names them or they are hubs. Conduits count
    one cable less when the last span in them goes.
    """
    wanted = {
        table: repeated([known(network, table, uid) for uid in uids])
        for table, uids in asked.items()
    }
    wanted = {table: uids for table, uids in wanted.items() if uids}
    _refuse_others(wanted)
    draft = Draft(network)
    doomed, touched = remove(draft, wanted, with_bare_nodes=with_bare_nodes)
    also = {
        table: tuple(sorted(set(uids) - set(wanted.get(table, ()))))
        for table, uids in doomed.items()
    }
    return Deletion(
        wanted,
        {table: uids for table, uids in also.items() if uids},
        touched,
        draft.changes(_label(network, wanted)),
    )


def remove(
    draft: Draft, wanted: Mapping[str, Iterable[str]], *, with_bare_nodes: bool = False
) -> tuple[Uids, Uids]:
    """Delete objects in a draft; return what went, and what stayed but changed, by table."""
    network = draft.network
    doomed = {table: list(uids) for table, uids in wanted.items()}
    _add_dependents(network, doomed)
    if with_bare_nodes:
        bare = _bare_nodes(network, set(doomed.get("spans", ())), set(doomed.get("nodes", ())))
        doomed["nodes"] = [*doomed.get("nodes", []), *bare]
    shortened, broken = _cables(network, set(doomed.get("spans", ())))
    doomed["cables"] = list(repeated([*doomed.get("cables", []), *broken]))
    doomed = {table: uids for table, uids in doomed.items() if uids}
    steps: list[TableChange] = []

    def take(changes: Iterable[TableChange]) -> None:
        made = list(changes)
        steps.extend(made)
        draft.add(made)

    take(_freed_conduits(network, set(doomed.get("spans", ()))))
    kept_cables = [uid for uid in shortened if uid not in doomed.get("cables", ())]
    take(_shortened(draft.network, kept_cables, set(doomed.get("spans", ()))))
    for table, gone in doomed.items():
        take(released_rows(draft.network, table, gone, doomed))
    for table, gone in doomed.items():
        draft.add([delete(table, draft.network.table(table).loc[gone])])
    touched: dict[str, list[str]] = {}
    for change in steps:
        touched.setdefault(change.table, []).extend(str(uid) for uid in change.after.index)
    return (
        {table: tuple(uids) for table, uids in doomed.items()},
        {table: repeated(uids) for table, uids in touched.items()},
    )


def _refuse_others(wanted: Uids) -> None:
    for table, uids in wanted.items():
        if table not in DELETABLE:
            raise InputError(
                message(
                    QT_TRANSLATE_NOOP("core", "{table} are not deleted by hand"),
                    table=message(TABLES[table].label),
                ),
                uids,
            )
    if not wanted:
        raise InputError(message(QT_TRANSLATE_NOOP("core", "Nothing to delete")))


def _label(network: Network, wanted: Uids) -> Message:
    count = sum(len(uids) for uids in wanted.values())
    table = next(iter(wanted))
    if count == 1:
        return message(
            QT_TRANSLATE_NOOP("core", "Delete “{name}” from {table}"),
            name=name_of(network, table, wanted[table][0]),
            table=message(TABLES[table].label),
        )
    if len(wanted) == 1:
        return message(
            QT_TRANSLATE_NOOP("core", "Delete {count} of {table}"),
            count=count,
            table=message(TABLES[table].label),
        )
    return message(QT_TRANSLATE_NOOP("core", "Delete {count} objects"), count=count)


def _add_dependents(network: Network, doomed: dict[str, list[str]]) -> None:
    """Add the rows that make no sense without the doomed ones, until there are no more."""
    pending = list(doomed)
    while pending:
        table = pending.pop()
        for owner, column in DEPENDENTS.get(table, ()):
            frame = network.table(owner)
            known_gone = doomed.get(owner, [])
            gone = frame.index[frame[column].isin(doomed[table])]
            fresh = [str(uid) for uid in gone if uid not in set(known_gone)]
            if fresh:
                doomed[owner] = [*known_gone, *fresh]
                pending.append(owner)


def _bare_nodes(network: Network, spans_gone: set[str], nodes_gone: set[str]) -> list[str]:
    spans, nodes = network.table("spans"), network.table("nodes")
    gone = spans.index.isin(list(spans_gone))
    left = Counter(_ends(spans[~gone]))
    found = []
    for uid in repeated(sorted(_ends(spans[gone]))):
        if left[uid] or uid in nodes_gone or uid not in nodes.index:
            continue
        users = {table for table, _ in referring(network, "nodes", uid)} - {"spans"}
        if not users and nodes.at[uid, "type"] not in ROOT_NODE_TYPES:
            found.append(uid)
    return found


def _ends(spans: pd.DataFrame) -> list[str]:
    return [*spans["start_node"].dropna(), *spans["end_node"].dropna()]


def _cables(network: Network, gone: set[str]) -> tuple[list[str], list[str]]:
    """Return the cables that become shorter, and those that are cut through or lose all."""
    shortened: list[str] = []
    broken: list[str] = []
    for uid, members in network.table("cables")["spans"].items():
        left = [member for member in members or () if member not in gone]
        if len(left) == len(members or ()):
            continue
        first = next((n for n, member in enumerate(members) if member not in gone), 0)
        is_whole = bool(left) and list(members[first : first + len(left)]) == left
        (shortened if is_whole else broken).append(str(uid))
    return shortened, broken


def _shortened(network: Network, cables: list[str], gone: set[str]) -> list[TableChange]:
    """Shorten cables in proportion to the route that they lose."""
    if not cables:
        return []
    rows = network.table("cables").loc[cables]
    route = network.table("spans")["route_length_m"].to_dict()
    lists, shares = [], []
    for members in rows["spans"]:
        left = tuple(member for member in members if member not in gone)
        whole = sum(plain(route.get(member)) or 0.0 for member in members)
        rest = sum(plain(route.get(member)) or 0.0 for member in left)
        lists.append(left)
        shares.append(rest / whole if whole > 0 else 1.0)
    values: dict[str, object] = {"spans": lists}
    for name in ("cable_length_m", "fibre_length_m"):
        values[name] = (rows[name] * shares).tolist()
    return [update("cables", rows, values)]


def _freed_conduits(network: Network, gone: set[str]) -> list[TableChange]:
    spans = network.table("spans")
    lists = spans.loc[sorted(gone), "conduits"]
    losing = {uid for members in lists for uid in members or ()}
    if not losing:
        return []
    stay = spans.drop(index=list(gone))
    still = {uid for members in stay["conduits"] for uid in members or ()}
    frame = network.table("conduits")
    rows = frame.loc[[uid for uid in sorted(losing - still) if uid in frame.index]]
    rows = rows[(rows["used"].fillna(0) > 0).to_numpy(dtype=bool)]
    if rows.empty:
        return []
    return [update("conduits", rows, {"used": [int(count) - 1 for count in rows["used"]]})]
