"""Rules: what must hold of the data, each with a stable identifier and advice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from app.model.findings import Finding, Severity
from app.model.network import Network
from app.model.progress import Progress, no_progress
from app.model.rules import capacity, record, references, topology, values

Rule = Callable[[Network], Iterable[Finding]]

RULES: Sequence[Rule] = (
    *values.RULES,
    *references.RULES,
    *topology.RULES,
    *capacity.RULES,
    *record.RULES,
)

_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def check(network: Network, progress: Progress = no_progress) -> list[Finding]:
    """Return what every rule finds, the most severe first, then by rule."""
    findings: list[Finding] = []
    for number, rule in enumerate(RULES):
        progress(number / len(RULES))
        findings.extend(rule(network))
    progress(1.0)
    return sorted(findings, key=lambda item: (_SEVERITIES.index(item.severity), item.rule))
