"""The command ``find``: places by name or coordinates."""

from __future__ import annotations

from typing import Annotated

import typer

from app import workflows
from app.cli.console import print_json, print_table
from app.cli.options import AsJson, ProjectPath
from app.io.project import Project
from app.model.geodesy import to_lonlat
from app.model.places import PlaceIndex

app = typer.Typer()


@app.command()
def find(
    project: ProjectPath,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A name or two coordinates.")],
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many places.")] = 12,
    as_json: AsJson = False,
) -> None:
    """Find sites, nodes, towers, streets and municipalities; typing errors are forgiven."""
    with Project.open(project, read_only=True) as opened:
        network = opened.read()
    places = workflows.find_places(PlaceIndex(network), network, text, limit)
    x = [(place.bounds[0] + place.bounds[2]) / 2 for place in places]
    y = [(place.bounds[1] + place.bounds[3]) / 2 for place in places]
    lon, lat = to_lonlat(x, y, network.crs)
    rows = [
        {
            "name": place.title,
            "municipality": place.detail or None,
            "table": place.table or None,
            "uids": list(place.uids),
            "lon": round(float(lon[number]), 6),
            "lat": round(float(lat[number]), 6),
            "score": round(place.score, 1),
        }
        for number, place in enumerate(places)
    ]
    if as_json:
        print_json(rows)
    else:
        print_table(rows, ("name", "municipality", "table", "lon", "lat"))
    raise typer.Exit(int(not rows))
