"""Plans: which sites, compute, accept, analyse, hand over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app import __version__
from app.io.export import ExportReport, export_plan
from app.io.export.dossier import BillRow, EuroRange, PlanDossier
from app.model import acceptance
from app.model.changes import ChangeSet
from app.model.codes import STATUSES_IN_USE
from app.model.conditions import parse_condition
from app.model.edits import find_plan
from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.progress import Progress, no_progress
from app.model.rules import check
from app.model.study import Result
from app.model.tables import TABLES
from app.planning.bill import OPTIMISED, Bill, Money, bill
from app.planning.extension import INPUT_TABLES, ExtensionParameters, plan_extension
from app.planning.redundancy import RedundancyParameters, analyse_redundancy
from app.workflows.clock import now, stamp

ALL_SITES = "all"
WHERE = "where:"


@dataclass(frozen=True)
class PlanRequest:
    """What a planner asks for; ``sites`` is ``all``, ``uid,uid`` or ``where:EXPR``."""

    name: str
    sites: str = ALL_SITES
    protection: str = "none"
    time_limit_s: float = 30.0
    gap: float = 0.0
    seed: int = 0
    is_replacing: bool = False
    statuses: tuple[str, ...] = STATUSES_IN_USE
    author: str | None = None
    max_lead_in_m: float = ExtensionParameters.max_lead_in_m
    join_tolerance_m: float = ExtensionParameters.join_tolerance_m
    snap_tolerance_m: float = ExtensionParameters.snap_tolerance_m


def select_sites(network: Network, selector: str) -> list[str]:
    """Return the ``uid`` of the sites that ``selector`` names, decommissioned ones left out.

    Raises `InputError` for unknown sites and for a condition that cannot be read.
    """
    sites = network.table("sites")
    living = sites["status"] != "decommissioned"
    if selector.strip() == ALL_SITES:
        return [str(uid) for uid in sites.index[living]]
    if selector.startswith(WHERE):
        condition = parse_condition(selector.removeprefix(WHERE), TABLES["sites"])
        return [str(uid) for uid in sites.index[living.to_numpy() & condition.matches(sites)]]
    uids = [uid.strip() for uid in selector.split(",") if uid.strip()]
    missing = [uid for uid in uids if uid not in sites.index]
    if missing or not uids:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core", "No site is called {uids}; give “all”, uids or “where:CONDITION”"
                ),
                uids=", ".join(missing[:5]) or "“”",
            ),
            missing,
        )
    return list(dict.fromkeys(uids))


def make_plan(network: Network, request: PlanRequest, progress: Progress = no_progress) -> Result:
    """Compute the plan that ``request`` asks for; the result's changes would store it."""
    sites = select_sites(network, request.sites)
    if not sites:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "No site is chosen by “{selector}”"),
                selector=request.sites,
            )
        )
    parameters = ExtensionParameters(
        name=request.name,
        sites=tuple(sites),
        protection=request.protection,
        time_limit_s=request.time_limit_s,
        gap=request.gap,
        seed=request.seed,
        replace=request.is_replacing,
        statuses=request.statuses,
        author=request.author,
        created=stamp(now()),
        max_lead_in_m=request.max_lead_in_m,
        join_tolerance_m=request.join_tolerance_m,
        snap_tolerance_m=request.snap_tolerance_m,
    )
    return plan_extension(network, parameters, progress)


def accept_plan(network: Network, name: str) -> ChangeSet:
    """Return the changes that make a plan part of the network."""
    return acceptance.accept_plan(network, name, stamp(now()))


def redundancy(
    network: Network,
    plan: str | None = None,
    statuses: Sequence[str] = STATUSES_IN_USE,
    progress: Progress = no_progress,
) -> Result:
    """Return what single failures take down, of the network or of network plus plan."""
    uid = None if plan is None else find_plan(network, plan)
    parameters = RedundancyParameters(plan=uid, statuses=tuple(statuses))
    return analyse_redundancy(network, parameters, progress)


def is_out_of_date(network: Network, plan: str) -> bool:
    """Return whether the inputs of a plan have changed since it was computed."""
    known = network.table("plans").loc[find_plan(network, plan), "input_hash"]
    return isinstance(known, str) and known != network.content_hash(INPUT_TABLES)


def dossier(network: Network, plan: str, organisation: str = "") -> PlanDossier:
    """Return everything that the papers of a plan say."""
    uid = find_plan(network, plan)
    row = network.table("plans").loc[uid]
    touched = set(network.table("plan_sites").query("plan == @uid")["site"])
    findings = tuple(
        finding
        for finding in check(network)
        if not finding.uids or finding.table != "sites" or touched.intersection(finding.uids)
    )
    return PlanDossier(
        network=network,
        plan_uid=uid,
        bill=_bill_rows(bill(network, uid)),
        created=now(),
        author=row["author"] or "",
        organisation=organisation,
        findings=findings,
        is_out_of_date=is_out_of_date(network, uid),
        program=f"Anello {__version__}",
    )


def export(
    network: Network,
    plan: str,
    path: Path | str,
    language: str = "it",
    progress: Progress = no_progress,
) -> ExportReport:
    """Write a plan to ``path``; the suffix says in which format."""
    progress(0.0, message(QT_TRANSLATE_NOOP("core", "Gathering the plan")))
    papers = dossier(network, plan)
    progress(0.2, message(QT_TRANSLATE_NOOP("core", "Writing {name}"), name=Path(path).name))
    report = export_plan(papers, Path(path), language)
    progress(1.0)
    return report


def _bill_rows(priced: Bill) -> tuple[BillRow, ...]:
    return tuple(
        BillRow(
            code=line.code,
            chapter=line.chapter,
            text_en=line.text_en,
            text_it=line.text_it,
            unit=line.unit,
            quantity=line.quantity,
            unit_price_eur=_euro(line.unit_price),
            amount_eur=_euro(line.amount),
            kind="optimised" if line.kind == OPTIMISED else "derived",
            is_placeholder=line.is_placeholder,
            source=line.source,
            price_year=line.year,
            object_count=len(line.objects),
        )
        for line in priced.lines
    )


def _euro(money: Money) -> EuroRange:
    return EuroRange(money.low, money.typical, money.high)
