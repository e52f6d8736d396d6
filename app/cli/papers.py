"""The papers of a plan: export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app import jobs, workflows
from app.cli.console import ProgressBar
from app.cli.costs import DiscountOption, HorizonOption, InflationOption, given_rates
from app.cli.options import AsJson, Language, PlanOption, ProjectPath
from app.cli.shown import print_facts
from app.io.export.options import PARTS
from app.io.project import Project

app = typer.Typer()


@app.command()
def export(
    project: ProjectPath,
    name: PlanOption,
    target: Annotated[
        Path,
        typer.Option(
            "--to",
            help="File: .pdf, .gpkg, .xlsx, .html, .kmz, .dxf or .ofds.json (OFDS 0.4).",
        ),
    ],
    language: Annotated[Language, typer.Option("--language", help="it or en.")] = Language.IT,
    parts: Annotated[
        list[str] | None,
        typer.Option("--parts", help=f"Of report and workbook, default all: {', '.join(PARTS)}."),
    ] = None,
    scale: Annotated[
        int | None, typer.Option("--scale", help="Denominator of the map sheets' scale.")
    ] = None,
    key: Annotated[
        str, typer.Option("--pay-by", help="How sites share a section: equal or rate.")
    ] = "equal",
    rates: Annotated[
        list[str] | None,
        typer.Option("--rate", help="CODE=VALUE of the cost summary or an assumption; repeatable."),
    ] = None,
    horizon: HorizonOption = None,
    discount: DiscountOption = None,
    inflation: InflationOption = None,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the spread.")] = 0,
    correlation: Annotated[
        float, typer.Option("--correlation", help="Of the prices of a chapter, 0 to 1.")
    ] = 0.0,
    as_json: AsJson = False,
) -> None:
    """Hand a plan over as a file, with the figures that cost tells for the same options."""
    request = workflows.PaperRequest(
        language=language.value,
        parts=tuple(part.strip() for text in parts or () for part in text.split(",")),
        scale=scale,
        key=key,
        rates=given_rates(rates, horizon, discount, inflation),
        seed=seed,
        correlation=correlation,
    )
    with Project.open(project, read_only=True) as opened:
        network = opened.read()
    with ProgressBar(f"Export {target.name}") as bar:
        report = jobs.run(workflows.export, network, name, target, request, report=bar)
    print_facts({"path": str(report.path), "kind": report.kind, "bytes": report.bytes}, as_json)
