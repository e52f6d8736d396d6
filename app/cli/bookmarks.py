"""The command ``bookmarks``: named views of the map, kept with the project."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from app.cli.areas import parse_box
from app.cli.console import print_json, print_table
from app.cli.options import AsJson, ProjectPath
from app.io.project import Project
from app.model.bookmarks import (
    SETTING,
    Bookmark,
    add_bookmark,
    delete_bookmark,
    read_bookmarks,
    stored_bookmarks,
)
from app.model.errors import InputError
from app.model.geodesy import to_lonlat
from app.model.messages import QT_TRANSLATE_NOOP, message

app = typer.Typer()


class Action(StrEnum):
    """What can be done with bookmarks."""

    LIST = "list"
    ADD = "add"
    DELETE = "delete"


_INCOMPLETE = QT_TRANSLATE_NOOP("core", "“add” needs a name and --bbox, “delete” needs a name.")


@app.command()
def bookmarks(
    project: ProjectPath,
    action: Annotated[Action, typer.Argument(help="What to do.")] = Action.LIST,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The bookmark.")] = "",
    bbox: Annotated[
        str, typer.Option("--bbox", help="West,south,east,north in metres or degrees.")
    ] = "",
    is_replacing: Annotated[bool, typer.Option("--replace", help="Replace one.")] = False,
    as_json: AsJson = False,
) -> None:
    """List, add or delete named views of the map."""
    if (action != Action.LIST and not name) or (action == Action.ADD and not bbox):
        raise InputError(message(_INCOMPLETE))
    with Project.open(project, read_only=action == Action.LIST) as opened:
        known = read_bookmarks(opened.setting(SETTING))
        if action == Action.ADD:
            box = parse_box(bbox, opened.crs)
            known = add_bookmark(known, name, box, is_replacing=is_replacing)
        elif action == Action.DELETE:
            known = delete_bookmark(known, name)
        if action != Action.LIST:
            opened.set_setting(SETTING, stored_bookmarks(known))
        rows = _rows(known, opened.crs)
    if as_json:
        print_json(rows)
    else:
        print_table(rows, ("name", "lon", "lat", "width_m", "height_m"))


def _rows(known: Sequence[Bookmark], crs: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for item in known:
        west, south, east, north = item.bounds
        lon, lat = to_lonlat([(west + east) / 2], [(south + north) / 2], crs)
        rows.append(
            {
                "name": item.name,
                "bounds": list(item.bounds),
                "lon": round(float(lon[0]), 6),
                "lat": round(float(lat[0]), 6),
                "width_m": round(east - west, 1),
                "height_m": round(north - south, 1),
            }
        )
    return rows
