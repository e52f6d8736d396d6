"""Studies: pure functions from a network to a result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import pandas as pd

from app.model.changes import ChangeSet
from app.model.findings import Finding
from app.model.network import Network
from app.model.progress import Progress

Parameters_contra = TypeVar("Parameters_contra", contravariant=True)


@dataclass(frozen=True)
class Result:
    """What a study answers.

    ``summary`` holds plain JSON values under the keys that the CLI prints; ``changes`` what
    accepting the result would do, or ``None``; ``tables`` further rows to show or export.
    """

    summary: Mapping[str, Any]
    changes: ChangeSet | None = None
    findings: tuple[Finding, ...] = ()
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)


class Study(Protocol[Parameters_contra]):
    """A pure, picklable function; the same in a job, a test and the CLI."""

    def __call__(
        self, network: Network, parameters: Parameters_contra, progress: Progress
    ) -> Result:
        """Compute the result; raises `InputError`, `Infeasible` or `Cancelled`."""
