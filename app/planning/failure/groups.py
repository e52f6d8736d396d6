"""Risk groups as the failure model knows them: what one event takes down together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.model.frames import rows_of
from app.model.network import Network
from app.planning.failure.model import FailureModel
from app.planning.failure.rates import rate_book


@dataclass(frozen=True)
class Group:
    """A risk group with members in the model.

    ``edges`` and ``nodes`` are rows of the model, ``down`` the share of time in which the
    event keeps its members down.
    """

    uid: str
    name: str
    kind: str
    edges: tuple[int, ...]
    nodes: tuple[int, ...]
    down: float
    is_assumed: bool


def risk_groups(
    network: Network, model: FailureModel, only: Sequence[str] = ()
) -> tuple[Group, ...]:
    """Return the groups that have a member in the model, sorted by uid; ``only`` some if given."""
    book = rate_book(network)
    found: list[Group] = []
    for row in sorted(rows_of(network.table("risk_groups")), key=lambda item: str(item["uid"])):
        if only and row["uid"] not in only:
            continue
        edges = [edge for uid in row["spans"] or () for edge in model.sections.get(str(uid), ())]
        nodes = [model.number[str(uid)] for uid in row["nodes"] or () if uid in model.number]
        if not edges and not nodes:
            continue
        rate = book.risk_group(row["kind"])
        found.append(
            Group(
                str(row["uid"]), str(row["name"] or row["uid"]), str(row["kind"]),
                tuple(sorted(edges)), tuple(sorted(nodes)), rate.unavailability(),
                rate.is_placeholder,
            )
        )  # fmt: skip
    return tuple(found)
