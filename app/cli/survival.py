"""Studies of survival under ``analyse``: risk groups and diverse routes."""

from __future__ import annotations

from typing import Annotated

import typer

from app import jobs, workflows
from app.cli.analyses import analyse
from app.cli.arguments import statuses
from app.cli.console import ProgressBar, print_json, print_pairs, print_table
from app.cli.options import AsJson, StatusOption, WithPlan
from app.io.project import Project
from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message

_SHOWN = 40
"""Groups that are listed on screen; JSON and the table of risk groups hold all."""


@analyse.command()
def risks(
    context: typer.Context,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="Kind of groups to make; repeatable.")
    ] = None,
    within_m: Annotated[
        float | None, typer.Option("--within", min=0, help="Same trench: closer than this, m.")
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Store the groups, as one step that can be undone.")
    ] = False,
    name: WithPlan = None,
    status: StatusOption = None,
    as_json: AsJson = False,
) -> None:
    """Make shared-risk groups: what one event takes down together, and why."""
    if write and name is not None:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core", "Groups of network plus plan cannot be stored: accept the plan first."
                )
            )
        )
    chosen = [part.strip() for item in kind or () for part in item.split(",")]
    with Project.open(context.obj, read_only=not write) as opened:
        with ProgressBar("Risk groups") as bar:
            result = jobs.run(
                workflows.risk_groups, opened.read(), chosen, within_m, name, statuses(status),
                report=bar,
            )  # fmt: skip
        if write and result.changes is not None:
            opened.apply(result.changes)
    summary = {**result.summary, "stored": write}
    if as_json:
        print_json(summary)
        return
    print_pairs({key: summary[key] for key in ("groups", "edited", "spans", "spans_in_groups")})
    print_pairs(summary["by_kind"])
    told = [{**group, "members": len(group["spans"])} for group in summary["list"][:_SHOWN]]
    print_table(told, ("kind", "name", "members", "reason"))
