"""What runs in a job's own process for the window. No Qt here; engines are imported there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.io.importing import ImportOptions, ImportOutcome, Preview
from app.model.codes import STATUSES_IN_USE
from app.model.findings import Finding
from app.model.guidance import NOTHING_ASKED, Guidance
from app.model.network import Network
from app.model.progress import Progress

if TYPE_CHECKING:
    from app.io.export import ExportReport
    from app.model.study import Result

# The engines bring compiled kernels that take a second to load: the window's thread never does.


@dataclass(frozen=True)
class PlanWish:
    """What the plan form asks for; fields as in `app.workflows.PlanRequest`."""

    name: str
    sites: str = "all"
    protection: str = "none"
    time_limit_s: float = 30.0
    gap: float = 0.0
    seed: int = 0
    is_replacing: bool = False
    statuses: tuple[str, ...] = STATUSES_IN_USE
    max_lead_in_m: float = 500.0
    guidance: Guidance = NOTHING_ASKED
    rules: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Judgement:
    """What the window says of a network: the sites that it serves, and whether it is modelled."""

    connected: frozenset[str]
    is_modelled: bool


@dataclass(frozen=True)
class Appraisal:
    """What the window says of a plan beside its figures; the share is 0 to 1."""

    is_out_of_date: bool
    placeholder_share: float


_GROUND_TABLES = ("streets", "areas", "barriers", "spans")


def preview(path: str, project_path: str, options: ImportOptions, progress: Progress) -> Preview:
    """Look into a file."""
    from app.io.importing import preview_file

    own = Path(project_path)
    return preview_file(Path(path), options, progress=progress, forbidden_path=own)


def read(
    path: str,
    target: str,
    project_path: str,
    network: Network,
    options: ImportOptions,
    progress: Progress,
) -> ImportOutcome:
    """Read a file; rejected rows go beside the project, which itself is never read."""
    from app.io.importing import read_file

    own = Path(project_path)
    complete = replace(options, rejected_folder=options.rejected_folder or own.parent)
    return read_file(
        Path(path),
        target,
        network=network,
        options=complete,
        progress=progress,
        forbidden_path=own,
    )


def check(network: Network, progress: Progress) -> list[Finding]:
    """Check the data by all rules."""
    from app import workflows

    return workflows.check(network, progress)


def plan(network: Network, wish: PlanWish, progress: Progress) -> Result:
    """Compute a plan."""
    from app import workflows

    request = workflows.PlanRequest(
        name=wish.name,
        sites=wish.sites,
        protection=wish.protection,
        time_limit_s=wish.time_limit_s,
        gap=wish.gap,
        seed=wish.seed,
        is_replacing=wish.is_replacing,
        statuses=wish.statuses,
        max_lead_in_m=wish.max_lead_in_m,
        guidance=wish.guidance,
        rules=wish.rules,
    )
    return workflows.make_plan(network, request, progress)


def appraise(network: Network, plan_uid: str) -> Appraisal:
    """Compare a plan with the data and the prices; quick enough for a thread."""
    from app import workflows

    is_old = workflows.is_out_of_date(network, plan_uid)
    return Appraisal(is_old, workflows.placeholder_share(network, plan_uid))


def cost(network: Network, plan_uid: str, key: str = "equal", correlation: float = 0.0) -> Result:
    """Work out what a plan costs; quick enough for a thread."""
    from app import workflows

    return workflows.cost(network, plan_uid, key, correlation=correlation)


def phases(
    network: Network,
    plan_uid: str,
    budgets: Mapping[int, float],
    asked: Mapping[str, Any],
    progress: Progress,
) -> Result:
    """Choose the year of each site of a plan; ``budgets`` in EUR by year, ``asked`` as there."""
    from app import workflows

    money = {year: Decimal(str(amount)) for year, amount in budgets.items()}
    return workflows.phases(network, plan_uid, money, progress=progress, **asked)


def judge(network: Network) -> Judgement:
    """Look at the network as a whole; quick enough for a thread."""
    from app import workflows

    sources = (network.table(name)["source"] for name in _GROUND_TABLES)
    return Judgement(
        workflows.connected_sites(network),
        any(str(text).startswith("modelled") for column in sources for text in set(column)),
    )


def explain(network: Network, plan_uid: str, section: str, progress: Progress) -> Result:
    """Say why a plan is as it is; with a ``section`` only what could be built in its place."""
    from app import workflows

    return workflows.explain(network, plan_uid, section=section or None, progress=progress)


def study(network: Network, name: str, arguments: Mapping[str, Any], progress: Progress) -> Any:
    """Run the workflow ``name``; the fields of a request for diverse routes come as a mapping."""
    from app import workflows

    asked = dict(arguments)
    if "request" in asked:
        asked["request"] = workflows.DiverseRequest(**asked["request"])
    return getattr(workflows, name)(network, **asked, progress=progress)


def export(
    network: Network, plan_name: str, path: str, wanted: Mapping[str, Any], progress: Progress
) -> ExportReport:
    """Write a plan to a file; ``wanted`` are the fields of a `PaperRequest`."""
    from app import workflows

    request = workflows.PaperRequest(**wanted)
    return workflows.export(network, plan_name, Path(path), request, progress)


def demo(folder: str, language: str, progress: Progress) -> str:
    """Build the demonstration project, or find it built, and return its path."""
    from app import workflows

    return str(workflows.build_demo(Path(folder), language, progress).project)
