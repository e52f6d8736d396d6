"""Who brings the money: contributions, agreements, funding, and what the figures rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.model.changes import ChangeSet
from app.model.edits import find_plan
from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.progress import Progress, no_progress
from app.model.study import Result
from app.workflows.clock import now

RUNNING, ANNUITY = "running", "annuity"
"""What of a plan's yearly cost bodies share: running costs, or works and renewal as well."""


def contributions(
    network: Network,
    key: str = "agreed",
    amount_eur: Decimal | None = None,
    plan: str | None = None,
    on: date | None = None,
    *,
    only_operational: bool = False,
    of: str = RUNNING,
    rates: Mapping[str, Decimal] | None = None,
    progress: Progress = no_progress,
) -> Result:
    """Return what each body with an agreement in force on a day (default: today) contributes.

    Without an amount it is, at typical prices, what the plan costs a year to run, or with
    ``annuity`` as ``of`` its equivalent yearly cost with the works; ``rates`` give assumptions
    anew. Raises `InputError` without amount and plan.
    """
    from app.planning.costs.contributions import ContributionParameters
    from app.planning.costs.contributions import contributions as shared

    uid = None if plan is None else find_plan(network, plan)
    part: float | None = None
    if amount_eur is None:
        if uid is None:
            raise InputError(
                message(QT_TRANSLATE_NOOP("core", "Contributions need a sum, or a plan to pay."))
            )
        amount_eur, part = _yearly_eur(network, uid, of, rates or {})
    day = now().date() if on is None else on
    found = shared(network, ContributionParameters(amount_eur, day, key, uid, only_operational))
    progress(1.0)
    return replace(found, summary={**found.summary, "placeholder_share": part})


def _yearly_eur(
    network: Network, plan: str, of: str, rates: Mapping[str, Decimal]
) -> tuple[Decimal, float]:
    """Return what a plan costs a year, and which fraction of it rests on assumptions."""
    from app.planning.costs.assumptions import assumption_book
    from app.planning.costs.bill import bill
    from app.planning.costs.economics import economics

    found = economics(network, bill(network, plan), assumption_book(network, rates))
    if of == ANNUITY:
        return found.annuity.typical, round(found.placeholder_share, 4)
    return found.per_year.typical, round(found.running_placeholder_share, 4)


def assumptions(network: Network, progress: Progress = no_progress) -> Result:
    """Return the rates of the cost summary and the assumptions in effect."""
    from app.planning.costs.assumptions import assumption_book

    rows = [figure.to_json() for figure in assumption_book(network).figures.values()]
    progress(1.0)
    return Result({"assumptions": rows})


def funding(network: Network, progress: Progress = no_progress) -> Result:
    """Return the fundings of a project, the narrowest first."""
    from app.planning.costs.funding import fundings

    rows = [item.to_json() for item in fundings(network)]
    progress(1.0)
    return Result({"fundings": rows, "total_eur": sum(row["amount_eur"] for row in rows)})


def set_agreement(network: Network, body: str, values: Mapping[str, Any]) -> ChangeSet:
    """Return the change that sets terms of a body's latest agreement, or signs its first."""
    from app.planning.costs.agreements import set_agreement as changed

    return changed(network, body, values)


def set_assumptions(network: Network, items: Mapping[str, str], source: str = "") -> ChangeSet:
    """Return the change that sets figures by code, ``VALUE`` or ``LOW/TYPICAL/HIGH``."""
    from app.planning.costs.assumptions import parse_value
    from app.planning.costs.assumptions import set_assumptions as changed

    values = {code: parse_value(code, text) for code, text in items.items()}
    return changed(network, values, source)


def reset_assumptions(network: Network, codes: Sequence[str]) -> ChangeSet:
    """Return the change that lets the shipped figures of these codes count again."""
    from app.planning.costs.assumptions import reset_assumptions as changed

    return changed(network, codes)


def set_funding(network: Network, name: str, values: Mapping[str, Any]) -> ChangeSet:
    """Return the change that sets a funding by name or uid, or adds one of this name."""
    from app.planning.costs.funding import set_funding as changed

    return changed(network, name, values)


def delete_funding(network: Network, name: str) -> ChangeSet:
    """Return the change that takes a funding out."""
    from app.planning.costs.funding import delete_funding as changed

    return changed(network, name)


def split_fundings(network: Network, years: Sequence[int]) -> dict[int, Decimal]:
    """Return a budget for each year: the project's fundings in equal parts, to the cent."""
    from app.planning.costs.funding import split_fundings as divided

    return divided(network, years)
