"""Events: sets of sections and nodes that go down at one moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.planning.failure.groups import risk_groups
from app.planning.failure.model import FailureModel

ALL_GROUPS = "all"


@dataclass(frozen=True)
class Event:
    """What fails at once.

    Parameters
    ----------
    kind
        ``span``, ``node``, ``pair``, ``set`` or ``riskGroup``.
    uid
        The object, or the risk group; empty for a set.
    uids
        All objects that fail.
    edges, nodes
        Rows of the failure model.
    down
        Share of time in which this is so; 0 where no rate applies (a set of the user's own).
    """

    kind: str
    uid: str
    uids: tuple[str, ...]
    edges: tuple[int, ...]
    nodes: tuple[int, ...]
    down: float

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two events the same for a person."""
        return (self.kind, self.uid, *sorted(self.uids))


def single_events(model: FailureModel) -> list[Event]:
    """Return each section and each node alone."""
    events = [
        Event("span", uid, (uid,), (row,), (), float(model.edge_down[row]))
        for row, uid in enumerate(model.span)
    ]
    events += [
        Event("node", uid, (uid,), (), (row,), float(model.node_down[row]))
        for row, uid in enumerate(model.nodes)
    ]
    return events


def cut_event(network: Network, model: FailureModel, uids: Sequence[str]) -> Event:
    """Return the event in which all objects named fail; a conduit takes its spans along.

    Raises `InputError` for a uid that is no span, node, conduit or risk group in use.
    """
    edges: set[int] = set()
    nodes: set[int] = set()
    unknown: list[str] = []
    in_conduit = _spans_in_conduits(network)
    for uid in dict.fromkeys(uids):
        if uid in model.sections:
            edges.update(model.sections[uid])
        elif uid in model.number:
            nodes.add(model.number[uid])
        elif uid in in_conduit:
            edges.update(row for span in in_conduit[uid] for row in model.sections.get(span, ()))
        elif uid in network.table("risk_groups").index:
            for group in risk_groups(network, model, (uid,)):
                edges.update(group.edges)
                nodes.update(group.nodes)
        else:
            unknown.append(uid)
    if unknown:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Not a span, node, conduit or risk group in use: {uids}"),
                uids=", ".join(unknown[:5]),
            ),
            unknown,
        )
    return Event(
        "set", "", tuple(dict.fromkeys(uids)), tuple(sorted(edges)), tuple(sorted(nodes)), 0.0
    )


def group_events(network: Network, model: FailureModel, uids: Sequence[str]) -> list[Event]:
    """Return one event for each risk group named, or for every one.

    Raises `InputError` for an unknown group and for one without members in use.
    """
    wanted = () if tuple(uids) == (ALL_GROUPS,) else tuple(uids)
    groups = risk_groups(network, model, wanted)
    missing = sorted(set(wanted) - {group.uid for group in groups})
    if missing:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Not a risk group with members in use: {uids}"),
                uids=", ".join(missing[:5]),
            ),
            missing,
        )
    return [
        Event(
            "riskGroup", group.uid, _members(model, group.edges, group.nodes), group.edges,
            group.nodes, group.down,
        )
        for group in groups
    ]  # fmt: skip


def _members(model: FailureModel, edges: Sequence[int], nodes: Sequence[int]) -> tuple[str, ...]:
    uids = [model.span[edge] for edge in edges] + [model.nodes[node] for node in nodes]
    return tuple(dict.fromkeys(uids))


def place_of(model: FailureModel, event: Event) -> tuple[float, float] | None:
    """Return where to jump to: the middle of what fails; ``None`` without any place."""
    spots = [model.place_of_edge(edge) for edge in event.edges]
    spots += [(float(model.xy[node, 0]), float(model.xy[node, 1])) for node in event.nodes]
    known = np.array([spot for spot in spots if not np.isnan(spot).any()])
    if not len(known):
        return None
    x, y = (known.min(axis=0) + known.max(axis=0)) / 2
    return float(x), float(y)


def _spans_in_conduits(network: Network) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for span, conduits in network.table("spans")["conduits"].items():
        for conduit in conduits or ():
            found.setdefault(str(conduit), []).append(str(span))
    return found
