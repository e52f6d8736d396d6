"""The dossier: everything that the papers of one plan say, gathered once.

Workflows build it, so that no exporter computes a figure of its own and all papers agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

import geopandas as gpd
import pandas as pd

from app.io.export.accounts import Accounts, EuroRange, SummaryRow, sum_of
from app.model.errors import InputError
from app.model.findings import Finding
from app.model.frames import rows_of
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network

CENT = Decimal("0.01")

PRICE = "price"
"""Stands for the bill where sources are told by table."""

_STATE_ORDER = {"connected": 0, "alreadyConnected": 1, "unreachable": 2, "leftOut": 3}

BillKind = Literal["optimised", "derived"]


@dataclass(frozen=True, kw_only=True)
class BillRow:
    """One line of the bill of quantities.

    ``amount_eur`` is the quantity times ``unit_price_eur``, each limit rounded once to the
    cent (half up). ``kind`` is *optimised* when the planner's objective knew the line, else
    *derived*. ``object_count`` is the number of spans or nodes that the quantity comes from,
    ``objects`` are their uids.
    """

    code: str
    text_en: str
    text_it: str
    unit: str
    quantity: Decimal
    unit_price_eur: EuroRange
    amount_eur: EuroRange
    kind: BillKind
    is_placeholder: bool
    chapter: str = ""
    source: str = ""
    price_year: int | None = None
    object_count: int = 0
    objects: tuple[str, ...] = ()

    def text(self, language: str) -> str:
        """Return the line's description in ``language``; English where there is none."""
        return self.text_it if language.startswith("it") and self.text_it else self.text_en


@dataclass(frozen=True, kw_only=True)
class RouteAnswers:
    """What both routes of each protected site share: answers of the study on diverse routes.

    ``network`` holds the plan as built; ``answers`` are summaries by site, ``tables`` has
    ``routes``, ``shared`` and ``separation`` with a column ``site``; ``without`` lists the uids
    of protected sites that reach no hub.
    """

    network: Network
    answers: Sequence[Mapping[str, Any]]
    tables: Mapping[str, pd.DataFrame]
    without: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class PlanDossier:
    """A plan with its network, bill and findings, as the exporters need it.

    ``created`` is the moment of the export, with time zone; it is stated on every paper and
    makes the files reproducible. ``program`` names the program and its version.
    """

    network: Network
    plan_uid: str
    bill: tuple[BillRow, ...]
    created: datetime
    author: str = ""
    organisation: str = ""
    accounts: Accounts = field(default_factory=Accounts)
    findings: tuple[Finding, ...] = ()
    is_out_of_date: bool = False
    program: str = "Anello"
    notes: tuple[str, ...] = field(default=())
    diversity: RouteAnswers | None = None

    def __post_init__(self) -> None:
        if self.plan_uid not in self.network.table("plans").index:
            raise InputError(message(QT_TRANSLATE_NOOP("core", "There is no such plan.")))
        if self.created.tzinfo is None:
            raise ValueError("the moment of the export needs a time zone")

    @cached_property
    def plan(self) -> Mapping[str, Any]:
        """The row of the plan as plain values, with ``uid``."""
        return rows_of(self.network.table("plans").loc[[self.plan_uid]])[0]

    @cached_property
    def revision(self) -> Mapping[str, Any] | None:
        """The plan's last revision, without its content; ``None`` before the first."""
        frame = self.network.table("revisions").drop(columns=["content"])
        rows = rows_of(frame[frame["plan"] == self.plan_uid])
        return max(rows, key=lambda row: (row["number"], row["uid"]), default=None)

    @cached_property
    def price_list(self) -> Mapping[str, Any] | None:
        """The price list that the plan keeps, else the current one; ``None`` without any."""
        frame = self.network.table("price_lists")
        own = frame[frame.index == self.plan["price_list"]]
        rows = rows_of(own if len(own) else frame[frame["is_current"].astype(bool)])
        return rows[0] if rows else None

    @cached_property
    def comments(self) -> tuple[Mapping[str, Any], ...]:
        """Remarks on the plan and on its objects, each thread by time, its first remark first."""
        frame = self.network.table("comments")
        own = {*self.spans.index, *self.nodes.index, *self.sites.index, *self.sites["site"]}
        mine = (frame["plan"] == self.plan_uid) | (
            frame["plan"].isna() & frame["object_uid"].isin(own)
        )
        rows = {row["uid"]: row for row in rows_of(frame.drop(columns=["geometry"])[mine])}

        def place(row: Mapping[str, Any]) -> tuple[str, str, bool, str, str]:
            first = rows.get(row["reply_to"], row)
            is_answer = first is not row
            return (
                str(first["created"] or ""), str(first["uid"]), is_answer,
                str(row["created"] or ""), str(row["uid"]),
            )  # fmt: skip

        return tuple(sorted(rows.values(), key=place))

    @property
    def title(self) -> str:
        """The plan's name."""
        return str(self.plan["name"])

    @cached_property
    def spans(self) -> gpd.GeoDataFrame:
        """The plan's spans."""
        return self._own("plan_spans")

    @cached_property
    def nodes(self) -> gpd.GeoDataFrame:
        """The plan's new points."""
        return self._own("plan_nodes")

    @cached_property
    def sites(self) -> gpd.GeoDataFrame:
        """The plan's sites joined to the sites: columns of both, geometry of the site.

        The index is the uid of the plan's site. Columns of the site that the plan's row also
        has carry the prefix ``site_``. Ordered by state, municipality and name.
        """
        own = self._own("plan_sites").drop(columns=["rev"])
        known = self.network.geo("sites").drop(columns=["rev"])
        shared = {name: f"site_{name}" for name in known.columns if name in own.columns}
        joined = own.join(known.rename(columns=shared), on="site", how="left")
        joined["rank"] = joined["state"].map(_STATE_ORDER)
        order = ["rank", "municipality", "name", "site"]
        joined = joined.sort_values(order, na_position="last", kind="stable").drop(columns="rank")
        return gpd.GeoDataFrame(joined, geometry="geometry", crs=self.network.crs)

    @property
    def unreachable(self) -> gpd.GeoDataFrame:
        """The rows of `sites` that the plan cannot connect; each has its ``reason``."""
        return self.sites[self.sites["state"] == "unreachable"]

    @property
    def connected(self) -> gpd.GeoDataFrame:
        """The rows of `sites` that the plan connects."""
        return self.sites[self.sites["state"] == "connected"]

    @property
    def total_eur(self) -> EuroRange:
        """Sum of the bill's lines."""
        return total(self.bill)

    def bill_of(self, kind: BillKind) -> tuple[BillRow, ...]:
        """Return the bill's lines of one kind."""
        return tuple(row for row in self.bill if row.kind == kind)

    def total_of(self, kind: BillKind) -> EuroRange:
        """Return the sum of the lines of one kind."""
        return total(self.bill_of(kind))

    @property
    def placeholder_share(self) -> Decimal:
        """Share of the typical total, 0 to 1, that rests on placeholder prices."""
        whole = self.total_eur.typical
        if not whole:
            return Decimal(0)
        return total(row for row in self.bill if row.is_placeholder).typical / whole

    @property
    def price_years(self) -> tuple[int, ...]:
        """Years that the bill's prices are of, sorted."""
        return tuple(sorted({row.price_year for row in self.bill if row.price_year is not None}))

    @property
    def placeholders(self) -> tuple[BillRow | SummaryRow, ...]:
        """The prices and then the rates that rest on an assumption."""
        rates = (*self.accounts.works, *self.accounts.sums)
        return (
            *(row for row in self.bill if row.is_placeholder),
            *(row for row in rates if row.is_placeholder and row.rate is not None),
        )

    @property
    def route_length_m(self) -> float:
        """Length of the plan's spans on the ellipsoid, in m."""
        return float(self.spans["route_length_m"].fillna(0.0).sum())

    @property
    def price_sources(self) -> tuple[str, ...]:
        """Where the bill's prices come from, each source once, in the order of the lines."""
        return tuple(dict.fromkeys(row.source for row in self.bill if row.source))

    @property
    def data_sources(self) -> tuple[str, ...]:
        """Where what is drawn comes from, sorted, each source once."""
        return tuple(sorted({source for table, source in self.sources if table != PRICE}))

    @cached_property
    def sources(self) -> tuple[tuple[str, str], ...]:
        """Table (or `PRICE`) and source of everything drawn or priced, sorted, each pair once."""
        found = {(PRICE, source) for source in self.price_sources}
        for name in ("streets", "barriers", "hazards", "areas", "nodes", "spans", "sites"):
            frame = self.network.table(name)
            found |= {(name, str(text)) for text in frame["source"].dropna().unique() if text}
        return tuple(sorted(found))

    def _own(self, table: str) -> Any:
        frame: pd.DataFrame = self.network.table(table)
        return frame[frame["plan"] == self.plan_uid]


def total(rows: Iterable[BillRow]) -> EuroRange:
    """Return the sum of the rows' amounts."""
    return sum_of(row.amount_eur for row in rows)
