"""The command that locks sections of a plan."""

from __future__ import annotations

from typing import Annotated

import typer

from app import workflows
from app.cli.options import AsJson, ProjectPath
from app.cli.shown import print_facts
from app.io.project import Project

app = typer.Typer()


@app.command()
def lock(
    project: ProjectPath,
    plan: Annotated[str, typer.Option("--plan", help="Name of the plan.")],
    section: Annotated[
        list[str] | None,
        typer.Option("--section", help="Uid of a section. Repeatable; default all."),
    ] = None,
    is_off: Annotated[bool, typer.Option("--off", help="Unlock instead.")] = False,
    as_json: AsJson = False,
) -> None:
    """Lock sections of a plan: computing it again with --replace keeps them as they are."""
    with Project.open(project) as opened:
        network = opened.read()
        changes = workflows.lock_sections(network, plan, tuple(section or ()), is_locked=not is_off)
        if not changes.is_empty:
            opened.apply(changes)
    touched = sorted(str(uid) for part in changes.tables for uid in part.after.index)
    facts = {"plan": plan, "locked": not is_off, "changed": len(touched)}
    print_facts({**facts, "sections": touched} if as_json else facts, as_json)
