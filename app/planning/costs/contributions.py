"""What each body contributes in a year under its agreement, to the cent.

Amounts that an agreement fixes come first; what is left of the sum is shared among the bodies
without a fixed amount by a key: in equal parts, by the guaranteed rate of their connected sites,
by residents, or by metres of network in their territory. Parts are exact fractions, and cents go
to the largest remainders, so that fixed and shared amounts add up to the sum exactly. Where
agreements name different keys, each key's group shares a part as large as its number of bodies.
A body whose weight is unknown gets no amount, never a silent zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from app.model.codes import CONTRIBUTION_KEYS
from app.model.errors import InputError
from app.model.findings import Finding, Severity
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.study import Result
from app.planning.costs.agreements import Term, terms
from app.planning.costs.contributionkeys import KEY_WEIGHTS, Unknown, Weights
from app.planning.costs.division import divide
from app.planning.costs.prices import CENT, to_cents

AGREED = "agreed"
"""Each body by the key of its agreement."""

NONE = "none"
KEYS = (AGREED, *(key for key in CONTRIBUTION_KEYS if key != NONE))


@dataclass(frozen=True)
class ContributionParameters:
    """A sum in euro, who shares it how, and as of which day.

    ``plan`` is the uid of a plan whose sites and sections count with those in use;
    ``only_operational`` leaves out agreements that are not in operation.
    """

    amount_eur: Decimal
    on: date
    key: str = AGREED
    plan: str | None = None
    only_operational: bool = False


@dataclass(frozen=True)
class _Member:
    """A body with agreements in force: what they fix, and the key of the latest."""

    uid: str
    agreements: tuple[Term, ...]

    @property
    def fixed_eur(self) -> Decimal | None:
        """What the agreements fix together, ``None`` where none fixes anything."""
        fixed = [term.fixed_eur for term in self.agreements if term.fixed_eur is not None]
        return to_cents(sum(fixed, Decimal(0))) if fixed else None

    @property
    def key(self) -> str:
        """The key of the latest agreement."""
        return self.agreements[-1].key

    @property
    def is_in_operation(self) -> bool:
        """Whether one of the agreements is in operation."""
        return any(term.is_in_operation for term in self.agreements)


def contributions(network: Network, parameters: ContributionParameters) -> Result:
    """Return what each body with an agreement in force contributes.

    Fixed and shared amounts, and what nobody could be found for (``unshared_eur``), less what
    the fixed amounts exceed the sum by (``surplus_eur``), are the sum to the cent. Table
    ``reasons`` holds, by uid of body or agreement, why nothing is paid. Raises `InputError` for
    an unknown key or a negative sum.
    """
    amount = _checked(parameters)
    every = terms(network, parameters.on, only_operational=parameters.only_operational)
    members = _members(every)
    fixed = {m.uid: m.fixed_eur for m in members if m.fixed_eur is not None}
    rest = max(amount - sum(fixed.values(), Decimal(0)), Decimal(0)).quantize(CENT)
    sharing = {m.uid: _key(m, parameters) for m in members if m.uid not in fixed}
    sharing = {uid: key for uid, key in sharing.items() if key != NONE}
    weights, unknown = _weights(network, sharing, parameters.plan)
    shared, shares = _shared(rest, sharing, weights)
    names = network.table("organisations")["name"]
    rows = [_row(m, names, fixed, shared, weights, shares, unknown, parameters) for m in members]
    rows.sort(key=lambda row: (-(row["amount_eur"] or 0.0), row["name"], row["uid"]))
    fixed_sum = sum(fixed.values(), Decimal("0.00"))
    shared_sum = sum(shared.values(), Decimal("0.00"))
    summary = {
        "amount_eur": amount,
        "key": parameters.key,
        "date": parameters.on.isoformat(),
        "contributions": rows,
        "fixed_eur": fixed_sum,
        "shared_eur": shared_sum,
        "unshared_eur": rest - shared_sum,
        "surplus_eur": max(fixed_sum - amount, Decimal("0.00")),
        "in_force": sum(term.is_in_force for term in every),
        "unknown": [{"uid": uid, "reason": str(why)} for uid, why in sorted(unknown.items())],
        "not_in_force": [
            {"uid": term.uid, "body": names.get(term.body), "reason": str(term.reason)}
            for term in every
            if not term.is_in_force
        ],
    }
    reasons = [{"uid": uid, "message": why} for uid, why in unknown.items()]
    reasons += [{"uid": term.uid, "message": term.reason} for term in every if term.reason]
    tables = {
        "contributions": pd.DataFrame(rows),
        "reasons": pd.DataFrame(reasons, columns=["uid", "message"]),
    }
    findings = (*_findings(summary, unknown), *_rough(network, sharing))
    return Result(summary, None, findings, tables)


def _checked(parameters: ContributionParameters) -> Decimal:
    if parameters.key not in KEYS:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core", "Unknown key of contribution: {value}; known are {known}"
                ),
                value=parameters.key,
                known=", ".join(KEYS),
            )
        )
    if not parameters.amount_eur.is_finite() or parameters.amount_eur < 0:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "The sum to be shared is 0 euro or more."))
        )
    return to_cents(parameters.amount_eur)


def _members(every: Sequence[Term]) -> list[_Member]:
    by_body: dict[str, list[Term]] = defaultdict(list)
    for term in every:
        if term.is_in_force:
            by_body[term.body].append(term)
    return [_Member(uid, tuple(own)) for uid, own in sorted(by_body.items())]


def _key(member: _Member, parameters: ContributionParameters) -> str:
    agreed = member.key
    return agreed if parameters.key == AGREED or agreed == NONE else parameters.key


def _weights(
    network: Network, sharing: Mapping[str, str], plan: str | None
) -> tuple[dict[str, Fraction], Unknown]:
    """Return the weight of each body by its key, and why those without one have none."""
    found: dict[str, Fraction] = {}
    unknown: Unknown = {}
    for key in sorted(set(sharing.values())):
        bodies = [uid for uid, own in sharing.items() if own == key]
        values, missing = KEY_WEIGHTS[key](network, bodies, plan)
        found.update(values)
        unknown.update(missing)
    return found, unknown


def _shared(
    rest: Decimal, sharing: Mapping[str, str], weights: Weights
) -> tuple[dict[str, Decimal], dict[str, Fraction]]:
    """Return each body's part of ``rest``, and the fraction of it that is exactly its own."""
    groups: dict[str, list[str]] = defaultdict(list)
    for uid, key in sharing.items():
        if uid in weights:
            groups[key].append(uid)
    whole = {key: sum((weights[uid] for uid in uids), Fraction(0)) for key, uids in groups.items()}
    groups = {key: uids for key, uids in groups.items() if whole[key]}
    heads = sum(len(uids) for uids in groups.values())
    shares = {
        uid: Fraction(len(uids), heads) * weights[uid] / whole[key]
        for key, uids in groups.items()
        for uid in uids
    }
    return (divide(rest, shares) if shares else {}), shares


def _row(
    member: _Member, names: pd.Series[Any], fixed: Mapping[str, Decimal],
    shared: Mapping[str, Decimal], weights: Weights, shares: Weights, unknown: Unknown,
    parameters: ContributionParameters,
) -> dict[str, Any]:  # fmt: skip
    uid = member.uid
    key = _key(member, parameters)
    owed: Decimal | None = fixed.get(uid, shared.get(uid))
    if owed is None and key == NONE:
        owed = Decimal("0.00")
    latest = member.agreements[-1]
    return {
        "uid": uid,
        "name": str(names[uid]),
        "agreements": [term.uid for term in member.agreements],
        "signed": None if latest.signed is None else latest.signed.isoformat(),
        "ends": None if latest.ends is None else latest.ends.isoformat(),
        "in_operation": member.is_in_operation,
        "key": "fixed" if uid in fixed else key,
        "weight": float(weights[uid]) if uid in weights else None,
        "share": float(shares[uid]) if uid in shares else None,
        "amount_eur": owed,
        "reason": str(unknown[uid]) if uid in unknown else None,
    }


def _findings(summary: Mapping[str, Any], unknown: Unknown) -> tuple[Finding, ...]:
    found = []
    if unknown:
        found.append(
            Finding(
                "contributions.unknown",
                Severity.WARNING,
                message(
                    QT_TRANSLATE_NOOP(
                        "core",
                        "The key is unknown of {count} bodies, first {first}: they get no amount.",
                    ),
                    count=len(unknown),
                    first=min(map(str, unknown.values())),
                ),
                "organisations",
                tuple(sorted(unknown)),
            )
        )
    if summary["surplus_eur"]:
        found.append(
            Finding(
                "contributions.surplus",
                Severity.WARNING,
                message(
                    QT_TRANSLATE_NOOP(
                        "core",
                        "The amounts that agreements fix exceed the sum by {surplus_eur} EUR.",
                    ),
                    surplus_eur=float(summary["surplus_eur"]),
                ),
            )
        )
    if summary["unshared_eur"]:
        found.append(
            Finding(
                "contributions.unshared",
                Severity.ERROR,
                message(
                    QT_TRANSLATE_NOOP(
                        "core", "Nobody can be found for {rest_eur} EUR: no body has a weight."
                    ),
                    rest_eur=float(summary["unshared_eur"]),
                ),
            )
        )
    return tuple(found)


def _rough(network: Network, sharing: Mapping[str, str]) -> tuple[Finding, ...]:
    """Tell when metres are counted in territories that are only roughly known."""
    areas = network.table("areas")
    areas = areas[(areas["kind"] == "municipality") & areas["is_approximate"].fillna(value=False)]
    if "length" not in sharing.values() or areas.empty:
        return ()
    return (
        Finding(
            "contributions.rough",
            Severity.WARNING,
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "The territories of {count} municipalities are approximate; so are the metres "
                    "of network in them.",
                ),
                count=len(areas),
            ),
            "areas",
            tuple(sorted(map(str, areas.index))),
        ),
    )
