"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.model.codes import STATUSES

ProjectPath = Annotated[Path, typer.Argument(metavar="PROJECT.gpkg", help="The project file.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON value.")]
StatusOption = Annotated[
    list[str] | None,
    typer.Option("--status", help=f"Status counted as built; repeatable. {', '.join(STATUSES)}"),
]
PlanOption = Annotated[str, typer.Option("--plan", help="Name of the plan.")]
WithPlan = Annotated[str | None, typer.Option("--plan", help="Look at network plus plan.")]


class Language(StrEnum):
    """Languages of papers."""

    IT = "it"
    EN = "en"
