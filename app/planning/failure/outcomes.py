"""What a failure means for the sites: who is dark, who is left with one way, what is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from app.model.network import Network
from app.model.progress import Progress, no_progress
from app.planning.arrays import BoolArray
from app.planning.failure.events import Event, place_of
from app.planning.failure.model import FailureModel
from app.planning.failure.rates import MINUTES_PER_YEAR
from app.planning.failure.sweep import aftermath
from app.planning.failure.traffic import Traffic

_CHUNK = 512
"""Events judged together, which bounds the memory."""


@dataclass(frozen=True)
class Outcome:
    """What one event takes down; all lists of rows of the model's sites.

    ``lost`` had service before, ``bared`` had two ways before and have one now, ``moved`` are
    served another way. ``weight_lost`` counts lost sites by priority.
    """

    event: Event
    lost: tuple[int, ...]
    bared: tuple[int, ...]
    moved: tuple[int, ...]
    weight_lost: float
    mbps_lost: float
    mbps_moved: float
    overloaded: tuple[dict[str, Any], ...]

    @property
    def rank(self) -> tuple[float, int, float, int, tuple[str, ...]]:
        """Sort key: the worst first."""
        return (
            -self.weight_lost, -len(self.lost), -self.mbps_lost, -len(self.bared), self.event.key
        )  # fmt: skip

    @property
    def matters(self) -> bool:
        """Whether anybody loses service or protection, or a link is overloaded."""
        return bool(self.lost or self.bared or self.overloaded)

    @property
    def weighted_minutes_per_year(self) -> float:
        """Expected minutes without service in a year, times the weight of who loses it."""
        return self.event.down * MINUTES_PER_YEAR * self.weight_lost


class Judge:
    """Tells what events mean for the sites of a model."""

    def __init__(self, network: Network, model: FailureModel) -> None:
        self.model = model
        self._traffic = Traffic(model)
        before = aftermath(model.graph, model.root, model.sites.node, [((), ())], len(model.span))
        self._dark: BoolArray = before.is_dark[0]
        self._bare: BoolArray = before.is_bare[0]
        tables = ("plan_spans", "spans", "nodes", "risk_groups")
        self._names = {
            str(uid): str(name)
            for table in tables
            for uid, name in network.table(table)["name"].items()
            if name
        }

    @property
    def dark_today(self) -> tuple[str, ...]:
        """Sites that have no service although nothing failed."""
        return tuple(self.model.sites.uid[row] for row in np.flatnonzero(self._dark))

    def today(self) -> dict[str, Any]:
        """Return the state before any failure."""
        sites = self.model.sites
        served = ~self._dark
        return {
            "sites": len(sites.uid),
            "served": int(served.sum()),
            "unprotected": int(self._bare.sum()),
            "guaranteed_mbps": float(sites.guaranteed_mbps[served].sum()),
            "overloaded": self._traffic.overloaded(self._traffic.today),
        }

    def outcomes(self, events: Sequence[Event], progress: Progress = no_progress) -> list[Outcome]:
        """Return what each event takes down, in the order given."""
        found: list[Outcome] = []
        for begin in range(0, len(events), _CHUNK):
            progress(begin / len(events))
            some = events[begin : begin + _CHUNK]
            after = aftermath(
                self.model.graph, self.model.root, self.model.sites.node,
                [(event.edges, event.nodes) for event in some], len(self.model.span),
            )  # fmt: skip
            for event, dark, bare in zip(some, after.is_dark, after.is_bare, strict=True):
                found.append(self._outcome(event, dark & ~self._dark, bare & ~self._bare))
        return found

    def _outcome(self, event: Event, lost: BoolArray, bared: BoolArray) -> Outcome:
        sites = self.model.sites
        moved = self._traffic.moved(event.edges, event.nodes) & ~lost & ~self._dark
        overloaded: list[dict[str, Any]] = []
        if moved.any():
            flow = self._traffic.after(event.edges, event.nodes)
            overloaded = self._traffic.overloaded(flow)
        return Outcome(
            event,
            _rows(lost),
            _rows(bared),
            _rows(moved),
            float(sites.weight[lost].sum()),
            float(sites.guaranteed_mbps[lost].sum()),
            float(sites.guaranteed_mbps[moved].sum()),
            tuple(overloaded),
        )

    def to_json(self, item: Outcome) -> dict[str, Any]:
        """Return an outcome as plain values for the CLI."""
        sites, event = self.model.sites, item.event
        place = place_of(self.model, event)
        return {
            "uid": event.uid or None,
            "kind": event.kind,
            "uids": list(event.uids),
            "name": self._name(event),
            "sites_lost": [sites.uid[row] for row in item.lost],
            "sites_unprotected": [sites.uid[row] for row in item.bared],
            "by_category": dict(sorted(Counter(sites.category[row] for row in item.lost).items())),
            "by_priority": {
                str(key): count
                for key, count in sorted(Counter(int(sites.priority[r]) for r in item.lost).items())
            },
            "weight_lost": item.weight_lost,
            "guaranteed_mbps_lost": item.mbps_lost,
            "sites_rerouted": len(item.moved),
            "guaranteed_mbps_rerouted": item.mbps_moved,
            "overloaded": list(item.overloaded),
            "weighted_minutes_per_year": item.weighted_minutes_per_year if event.down else None,
            "place": None if place is None else [round(value, 3) for value in place],
        }

    def table(self, items: Sequence[Outcome]) -> pd.DataFrame:
        """Return outcomes as rows to show: one each, with the place to jump to."""
        places = [place_of(self.model, item.event) or (np.nan, np.nan) for item in items]
        columns: dict[str, Any] = {
            "uid": [item.event.uid or item.event.uids[0] for item in items],
            "kind": [item.event.kind for item in items],
            "name": [self._name(item.event) for item in items],
            "uids": [item.event.uids for item in items],
        }
        figures: dict[str, Any] = {
            "sites_lost": [len(item.lost) for item in items],
            "sites_unprotected": [len(item.bared) for item in items],
            "sites_rerouted": [len(item.moved) for item in items],
            "weight_lost": [item.weight_lost for item in items],
            "guaranteed_mbps_lost": [item.mbps_lost for item in items],
            "overloaded": [len(item.overloaded) for item in items],
            "weighted_minutes_per_year": [item.weighted_minutes_per_year for item in items],
            "x": [x for x, _ in places],
            "y": [y for _, y in places],
        }
        texts = {key: pd.Series(values, dtype=object) for key, values in columns.items()}
        return pd.DataFrame(texts | {key: pd.Series(v) for key, v in figures.items()})

    def lost_table(self, items: Sequence[Outcome]) -> pd.DataFrame:
        """Return one row for each failure and site that it touches: ``failure`` is the row of it.

        ``effect`` is ``lost`` or ``unprotected``; ``category`` and ``priority`` are the site's.
        """
        sites = self.model.sites
        rows = [
            (number, sites.uid[row], sites.category[row], int(sites.priority[row]), effect)
            for number, item in enumerate(items)
            for effect, touched in (("lost", item.lost), ("unprotected", item.bared))
            for row in touched
        ]
        names = ["failure", "site", "category", "priority", "effect"]
        return pd.DataFrame(rows, columns=names)

    def _name(self, event: Event) -> str | None:
        known = [self._names.get(uid) for uid in ((event.uid,) if event.uid else event.uids)]
        return " + ".join(name for name in known if name) or None


def _rows(chosen: BoolArray) -> tuple[int, ...]:
    return tuple(int(row) for row in np.flatnonzero(chosen))
