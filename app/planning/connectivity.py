"""What is in service: which nodes, spans and sites hang on a hub."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.model.codes import ROOT_NODE_TYPES, STATUSES_IN_USE
from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.planning.graphs import topology


@dataclass(frozen=True)
class Service:
    """The part of the network that gives service.

    Parameters
    ----------
    nodes, spans
        Uids that hang on a hub or pop, in the order of the tables.
    hubs
        Nodes of type hub or pop in service.
    is_without_hub
        No hub or pop exists, so every connected part counts as the network.
    stranded_spans
        Spans in service that hang on no hub, none when ``is_without_hub``.
    """

    nodes: tuple[str, ...]
    spans: tuple[str, ...]
    hubs: tuple[str, ...]
    is_without_hub: bool
    stranded_spans: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to connect to."""
        return not self.nodes and not self.spans


def service(
    network: Network, statuses: Sequence[str] = STATUSES_IN_USE, hubs: Sequence[str] = ()
) -> Service:
    """Return the parts of the network in use that contain a hub or pop, or one of ``hubs``.

    Where no hub or pop exists, every part that has a span counts. Raises `InputError` when one
    of ``hubs`` is no hub or pop in use.
    """
    parts = topology(network, statuses)
    node_label, span_label = parts.labels()
    types = network.table("nodes")["type"].reindex(parts.nodes)
    is_hub = types.isin(ROOT_NODE_TYPES).to_numpy(dtype=np.bool_)
    if hubs:
        unknown = [uid for uid in hubs if uid not in parts.nodes[is_hub]]
        if unknown:
            raise InputError(
                message(
                    QT_TRANSLATE_NOOP("core", "“{uid}” is no hub or pop in service."),
                    uid=unknown[0],
                ),
                unknown,
            )
        is_hub = is_hub & parts.nodes.isin(list(hubs))
    is_without_hub = not is_hub.any()
    roots = np.unique(span_label if is_without_hub else node_label[is_hub])
    served_nodes = np.isin(node_label, roots)
    served_spans = np.isin(span_label, roots)
    return Service(
        tuple(parts.nodes[served_nodes]),
        tuple(parts.spans[served_spans]),
        tuple(parts.nodes[is_hub]),
        is_without_hub,
        tuple(parts.spans[~served_spans]),
    )


def connected_sites(network: Network, served: Service) -> frozenset[str]:
    """Return the sites whose node hangs on the network in service."""
    sites = network.table("sites")
    return frozenset(sites.index[sites["node"].isin(served.nodes)])
