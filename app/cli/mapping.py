"""The command ``map``: a view of the map as PDF or picture."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app import jobs, workflows
from app.cli.areas import parse_box
from app.cli.console import ProgressBar
from app.cli.options import AsJson, Language, ProjectPath
from app.cli.shown import print_facts
from app.io.project import Project
from app.model.bookmarks import SETTING, find_bookmark, read_bookmarks
from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.views import ViewRequest

app = typer.Typer()


class Paper(StrEnum):
    """Sizes of paper, the long side across."""

    A4 = "a4"
    A3 = "a3"
    A2 = "a2"
    A1 = "a1"


@app.command("map")
def map_(
    project: ProjectPath,
    target: Annotated[Path, typer.Option("--to", help="File: .pdf, .png or .svg.")],
    bbox: Annotated[
        str, typer.Option("--bbox", help="West,south,east,north in metres or degrees.")
    ] = "",
    bookmark: Annotated[str, typer.Option("--bookmark", help="A named view.")] = "",
    scale: Annotated[
        int | None, typer.Option("--scale", help="Denominator; else the largest that fits.")
    ] = None,
    plan: Annotated[str, typer.Option("--plan", help="Draw this plan too.")] = "",
    paper: Annotated[Paper, typer.Option("--paper", help="Size, long side across.")] = Paper.A4,
    title: Annotated[str, typer.Option("--title", help="Default: the project's name.")] = "",
    language: Annotated[Language, typer.Option("--language", help="it or en.")] = Language.IT,
    as_json: AsJson = False,
) -> None:
    """Print a part of the map with title, legend, scale bar and sources."""
    if bbox and bookmark:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "Give either --bbox or --bookmark, not both."))
        )
    with Project.open(project, read_only=True) as opened, ProgressBar("Map") as bar:
        network = opened.read()
        if bookmark:
            bounds = find_bookmark(read_bookmarks(opened.setting(SETTING)), bookmark).bounds
        elif bbox:
            bounds = parse_box(bbox, network.crs)
        else:
            bounds = workflows.whole_extent(network)
        request = ViewRequest(bounds, title, scale, paper.value, language.value, plan)
        sheet = jobs.run(workflows.print_view, network, request, str(target), report=bar)
    facts = {
        "file": str(target),
        "scale": sheet.scale,
        "width_mm": sheet.width_mm,
        "height_mm": sheet.height_mm,
        "bytes": target.stat().st_size,
    }
    print_facts(facts, as_json)
