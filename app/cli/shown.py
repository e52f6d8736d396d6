"""Figures as a person reads them on a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.cli.console import euro_range, print_json, print_pairs, print_table, share
from app.model.findings import Finding, Severity
from app.model.network import Network

_GRAVE = (Severity.ERROR, Severity.WARNING)


def print_facts(facts: dict[str, Any], as_json: bool) -> None:
    """Print facts as one JSON value or as lines."""
    print_json(facts) if as_json else print_pairs(facts)


def readable(summary: Any) -> dict[str, Any]:
    """Return the figures of a plan as a person reads them."""
    shown = dict(summary)
    for key in [key for key in shown if key.endswith("_eur") and shown[key]]:
        if isinstance(shown[key], Mapping):
            shown[key] = euro_range(shown[key])
    for key in {"gap", "placeholder_share"} & set(shown):
        shown[key] = share(shown[key])
    for key in ("routes", "guidance"):
        shown.pop(key, None)
    for key in ("unreachable", "unprotected", "too_long"):
        if key in shown:
            reasons = sorted({item["reason"] for item in shown[key]})
            shown[key] = "; ".join([str(len(shown[key])), *reasons[:3]])
    return shown


def print_failures(network: Network, failures: Sequence[Mapping[str, Any]]) -> None:
    """Print what each failure takes down."""
    names = _names(network)
    rows = [
        {**failure, "name": names.get(failure["uid"]), "sites_lost": len(failure["sites_lost"])}
        for failure in failures
    ]
    print_table(rows, ("uid", "kind", "name", "sites_lost"))


def _names(network: Network) -> dict[str, str]:
    """Return the names of spans and nodes, built or planned, that have one."""
    tables = (network.table(name) for name in ("nodes", "spans", "plan_spans"))
    return {str(uid): name for table in tables for uid, name in table["name"].items() if name}


def count_of(findings: Sequence[Finding], severity: Severity) -> int:
    """Return how many findings have a severity."""
    return sum(finding.severity == severity for finding in findings)


def has_grave(findings: Sequence[Finding]) -> bool:
    """Return whether a finding asks for attention (exit code 1)."""
    return any(finding.severity in _GRAVE for finding in findings)
