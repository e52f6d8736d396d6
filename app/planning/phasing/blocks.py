"""A plan cut into blocks: sections that the same sites need are always built together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.model.frames import rows_of
from app.model.network import Network
from app.planning.costs.bill import Bill


@dataclass(frozen=True)
class Block:
    """Sections and nodes that the same sites need.

    ``cost`` is in the bill's smallest unit (thousandths of a unit times cents) at typical
    prices; ``sites`` are rows of the plan's connected sites.
    """

    sites: frozenset[int]
    spans: tuple[str, ...]
    nodes: tuple[str, ...]
    cost: int


@dataclass(frozen=True)
class Cut:
    """The plan's connected sites (uids, sorted) and its blocks, the most shared first."""

    sites: tuple[str, ...]
    blocks: tuple[Block, ...]

    def needs(self) -> list[list[int]]:
        """Return the blocks that each site needs."""
        found: list[list[int]] = [[] for _ in self.sites]
        for number, block in enumerate(self.blocks):
            for row in block.sites:
                found[row].append(number)
        return found


def cut(network: Network, plan: str, bill: Bill) -> Cut:
    """Cut a plan into blocks; sections that no site needs belong to all, as do their nodes."""
    planned = network.table("plan_sites")
    planned = planned[(planned["plan"] == plan) & (planned["state"] == "connected")]
    rows = sorted(
        rows_of(planned, ["site", "spans", "protection_spans"]), key=lambda row: str(row["site"])
    )
    users: dict[str, set[int]] = defaultdict(set)
    for number, row in enumerate(rows):
        for uid in (*(row["spans"] or ()), *(row["protection_spans"] or ())):
            users[str(uid)].add(number)
    spans = network.table("plan_spans")
    spans = spans[spans["plan"] == plan]
    span_rows = rows_of(spans, ["start_node", "end_node"])
    everyone = frozenset(range(len(rows)))
    needed = {str(row["uid"]): frozenset(users.get(str(row["uid"]), everyone)) for row in span_rows}
    node_needed = _node_users(span_rows, needed)
    return Cut(
        tuple(str(row["site"]) for row in rows), _blocks(needed, node_needed, bill, everyone)
    )


def _node_users(
    spans: Sequence[Mapping[str, object]], needed: Mapping[str, frozenset[int]]
) -> dict[str, frozenset[int]]:
    """Return who needs each node: the users of its most shared section, which is built first."""
    found: dict[str, frozenset[int]] = {}
    for row in spans:
        sites = needed[str(row["uid"])]
        for end in (row["start_node"], row["end_node"]):
            if end is not None and len(sites) > len(found.get(str(end), ())):
                found[str(end)] = sites
    return found


def _blocks(
    needed: Mapping[str, frozenset[int]], node_needed: Mapping[str, frozenset[int]],
    bill: Bill, everyone: frozenset[int],
) -> tuple[Block, ...]:  # fmt: skip
    spans: dict[frozenset[int], list[str]] = defaultdict(list)
    nodes: dict[frozenset[int], set[str]] = defaultdict(set)
    cost: dict[frozenset[int], int] = defaultdict(int)
    for uid, sites in needed.items():
        spans[sites].append(uid)
    for line in bill.lines:
        cents = int(line.unit_price.typical * 100)
        for uid, quantity in line.needs().items():
            if uid in needed:
                sites = needed[uid]
            else:
                sites = node_needed.get(uid, everyone)
                nodes[sites].add(uid)
            cost[sites] += cents * quantity
    order = sorted(spans.keys() | nodes.keys(), key=lambda sites: (-len(sites), sorted(sites)))
    return tuple(
        Block(sites, tuple(sorted(spans[sites])), tuple(sorted(nodes[sites])), cost[sites])
        for sites in order
    )
