"""Papers: everything that is said of a plan, gathered once and written in any format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app import __version__
from app.model.bodies import owner_name
from app.model.edits import find_plan
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.progress import Progress, no_progress
from app.model.rules import check
from app.workflows.clock import now

if TYPE_CHECKING:
    from app.io.export import ExportReport
    from app.io.export.dossier import PlanDossier


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


def dossier(network: Network, plan: str) -> PlanDossier:
    """Return everything that the papers of a plan say."""
    from app.io.export.dossier import PlanDossier
    from app.planning.costs.bill import bill
    from app.workflows.accounts import accounts, bill_rows

    uid = find_plan(network, plan)
    priced = bill(network, uid)
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
        bill=bill_rows(priced),
        accounts=accounts(network, priced),
        created=now(),
        author=row["author"] or "",
        organisation=owner_name(network),
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
    from app.io.export import export_plan

    progress(0.0, message(QT_TRANSLATE_NOOP("core", "Gathering the plan")))
    papers = dossier(network, plan)
    progress(0.2, message(QT_TRANSLATE_NOOP("core", "Writing {name}"), name=Path(path).name))
    report = export_plan(papers, Path(path), language)
    progress(1.0)
    return report
