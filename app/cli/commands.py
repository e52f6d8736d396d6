"""The program on the command line: all commands put together."""

from __future__ import annotations

from typing import Annotated

import typer
from typer.main import get_command

from app import __version__
from app.cli import (
    alternatives,
    analyses,
    bookmarks,
    closures,
    costs,
    data,
    editing,
    explain,
    failures,
    locks,
    mapping,
    money,
    networking,
    papers,
    phases,
    places,
    plans,
    prices,
    reach,
    review,
    survival,
)

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Plan the extension of a public fibre network.",
)
for _part in (
    data.app,
    editing.app,
    places.app,
    bookmarks.app,
    mapping.app,
    plans.app,
    alternatives.app,
    locks.app,
    costs.app,
    money.app,
    prices.app,
    networking.app,
    phases.app,
    papers.app,
    review.app,
    analyses.app,
):
    app.add_typer(_part)
_STUDIES = (closures, explain, failures, reach, survival)
"""Modules whose commands stand under ``analyse``: importing them adds them."""


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        typer.echo(f"anello {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


cli = get_command(app)
