"""Papers: everything that is said of a plan, gathered once and written in any format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import __version__
from app.model.acceptance import accept_plan
from app.model.bodies import owner_name
from app.model.codes import STATUSES_IN_USE
from app.model.edits import find_plan
from app.model.frames import GEOMETRY
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.progress import Progress, no_progress
from app.model.rules import check
from app.workflows.clock import now, stamp

if TYPE_CHECKING:
    from app.io.export import ExportReport
    from app.io.export.dossier import PlanDossier, RouteAnswers
    from app.workflows.figures import FigureOptions

_SECONDS_PER_SITE = 5.0
_AWAY_M = 1_000_000.0
"""Where a street lies that nothing reaches."""


@dataclass(frozen=True)
class PaperRequest:
    """Language, parts (none named: all) and map scale of a paper, and options of its figures."""

    language: str = "it"
    parts: tuple[str, ...] = ()
    scale: int | None = None
    key: str = "equal"
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    seed: int = 0
    correlation: float = 0.0


def is_out_of_date(network: Network, plan: str) -> bool:
    """Return whether the inputs of a plan have changed since it was computed.

    An accepted plan is part of its own inputs and no longer waits for anything: it never is.
    """
    from app.planning.extension import is_outdated

    uid = find_plan(network, plan)
    row = network.table("plans").loc[uid]
    if row["accepted"] is not None or not isinstance(row["input_hash"], str):
        return False
    return is_outdated(network, uid)


def placeholder_share(network: Network, plan: str) -> float:
    """Return the share, 0 to 1, of a plan's typical cost that rests on placeholder prices."""
    from app.planning.costs.bill import bill

    return bill(network, find_plan(network, plan)).placeholder_share


def dossier(
    network: Network, plan: str, figures: FigureOptions | None = None, *, has_routes: bool = False
) -> PlanDossier:
    """Return everything that the papers of a plan say.

    ``figures`` are the options of the cost study; with ``has_routes`` the two routes of each
    protected site are looked into, which takes a second or two and a tenth for each.
    """
    from app.io.export.dossier import PlanDossier
    from app.planning.costs.bill import bill
    from app.workflows.accounts import accounts, bill_rows
    from app.workflows.figures import AS_STORED

    uid = find_plan(network, plan)
    priced = bill(network, uid)
    row = network.table("plans").loc[uid]
    touched = set(network.table("plan_sites").query("plan == @uid")["site"])
    findings = tuple(
        finding
        for finding in check(network)
        if not finding.uids or finding.table != "sites" or touched.intersection(finding.uids)
    )
    created = now()
    return PlanDossier(
        network=network,
        plan_uid=uid,
        bill=bill_rows(priced),
        accounts=accounts(network, priced, created, figures or AS_STORED),
        created=created,
        author=row["author"] or "",
        organisation=owner_name(network),
        findings=findings,
        is_out_of_date=is_out_of_date(network, uid),
        program=f"Anello {__version__}",
        diversity=protected_routes(network, uid) if has_routes else None,
    )


def protected_routes(network: Network, plan: str) -> RouteAnswers | None:
    """Return what both routes of each protected site share once the plan is built.

    The routes run over the plan and the network in service, without other construction, up to
    the hubs. ``None`` for a plan without second routes.
    """
    from app.io.export.dossier import RouteAnswers
    from app.planning.survival.secondroute import DISJOINT, SecondRouteParameters, diverse_routes

    planned = network.table("plan_sites")
    planned = planned[(planned["plan"] == plan) & (planned["state"] == "connected")]
    sites = sorted(planned.loc[planned["protection_spans"].map(bool), "site"].astype(str))
    if not sites:
        return None
    level = str(network.table("plans").at[plan, "protection"])
    built = network
    if network.table("plans").at[plan, "accepted"] is None:
        built = network.apply(accept_plan(network, plan, stamp(now())))
    parameters = SecondRouteParameters(
        sites[0],
        disjoint=level if level in DISJOINT else DISJOINT[0],
        statuses=(*STATUSES_IN_USE, "planned"),
        time_limit_s=_SECONDS_PER_SITE,
    )
    found = diverse_routes(_without_streets(built), sites, parameters)
    spans = network.table("plan_spans")
    own = spans.loc[spans["plan"] == plan, "route_length_m"].fillna(0.0)
    lengths_m = {str(uid): float(length) for uid, length in own.items()}
    tables = dict(found.tables)
    if "routes" in tables:
        tables["routes"] = tables["routes"].assign(is_new=tables["routes"]["span"].isin(lengths_m))
    return RouteAnswers(
        network=built,
        answers=tuple(_with_own(answer, lengths_m) for answer in found.summary["sites"]),
        tables=tables,
        without=tuple(item["uid"] for item in found.summary["unreachable"]),
    )


def _with_own(answer: Mapping[str, Any], lengths_m: Mapping[str, float]) -> dict[str, Any]:
    """Return an answer in which what the plan builds counts as new."""
    routes = [
        {
            **route,
            "new_route_length_m": sum(lengths_m.get(uid, 0.0) for uid in route["spans"]),
            "spans": [uid for uid in route["spans"] if uid not in lengths_m],
        }
        for route in answer["routes"]
    ]
    return {**answer, "routes": routes}


def _without_streets(network: Network) -> Network:
    """Return a network in which nothing new can be built.

    One street, out of reach, is left; conduits are full, so that routes are only told which
    they lie in.
    """
    streets = network.geo("streets").iloc[:1].copy()
    streets[GEOMETRY] = streets.geometry.translate(_AWAY_M, _AWAY_M)
    conduits = network.table("conduits").copy()
    conduits["capacity"] = conduits["used"].fillna(0).clip(lower=1)
    conduits["used"] = conduits["capacity"]
    return replace(network, tables={**network.tables, "streets": streets, "conduits": conduits})


def export(
    network: Network,
    plan: str,
    path: Path | str,
    request: PaperRequest | str = "it",
    progress: Progress = no_progress,
) -> ExportReport:
    """Write a plan to ``path``; the suffix says in which format.

    ``request`` is what is asked of the paper, or its language alone. Raises `InputError` for
    an unknown part, rate or key before anything is written.
    """
    from app.io.export import PARTS, PaperOptions, export_plan
    from app.workflows.figures import FigureOptions

    wanted = PaperRequest(request) if isinstance(request, str) else request
    options = PaperOptions(wanted.parts or PARTS, wanted.scale)
    progress(0.0, message(QT_TRANSLATE_NOOP("core", "Gathering the plan")))
    figures = FigureOptions(wanted.key, wanted.rates, wanted.seed, wanted.correlation)
    is_report = Path(path).suffix.lower() in (".pdf", ".xlsx")
    papers = dossier(network, plan, figures, has_routes=is_report and "diversity" in options)
    progress(0.3, message(QT_TRANSLATE_NOOP("core", "Writing {name}"), name=Path(path).name))
    report = export_plan(papers, Path(path), wanted.language, options)
    progress(1.0)
    return report
