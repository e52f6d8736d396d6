"""What the money pages have changed and asked; engines are imported where they are needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.model.changes import ChangeSet
from app.model.network import Network

Make = Callable[[Network], ChangeSet]
"""What `Session.edit` runs in the background."""


def set_assumption(code: str, ends: Sequence[str], source: str) -> Make:
    """Return what sets a figure of the project: one value, or low, typical and high, as text."""

    def make(network: Network) -> ChangeSet:
        from app import workflows

        return workflows.set_assumptions(network, {code: "/".join(ends)}, source)

    return make


def reset_assumptions(codes: Sequence[str]) -> Make:
    """Return what lets the shipped figures count again."""

    def make(network: Network) -> ChangeSet:
        from app import workflows

        return workflows.reset_assumptions(network, codes)

    return make


def set_agreement(body: str, values: Mapping[str, Any]) -> Make:
    """Return what sets terms of a body's agreement."""

    def make(network: Network) -> ChangeSet:
        from app import workflows

        return workflows.set_agreement(network, body, values)

    return make


def set_funding(name: str, values: Mapping[str, Any]) -> Make:
    """Return what sets a funding, or adds one of this name."""

    def make(network: Network) -> ChangeSet:
        from app import workflows

        return workflows.set_funding(network, name, values)

    return make


def delete_funding(name: str) -> Make:
    """Return what takes a funding out."""

    def make(network: Network) -> ChangeSet:
        from app import workflows

        return workflows.delete_funding(network, name)

    return make


def assumptions(network: Network) -> list[dict[str, Any]]:
    """Return the figures in effect; quick enough for a thread."""
    from app import workflows

    rows: list[dict[str, Any]] = workflows.assumptions(network).summary["assumptions"]
    return rows
