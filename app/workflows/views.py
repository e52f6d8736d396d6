"""A view of the map on paper or as a picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import shapely

from app.model.conditions import parse_condition
from app.model.edits import find_plan
from app.model.frames import GEOMETRY
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.progress import Progress, no_progress
from app.model.tables import TABLES
from app.workflows.clock import now

if TYPE_CHECKING:
    from app.io.export.viewsheet import ViewSheet
    from app.model.views import ViewRequest

_EXTENT = ("spans", "nodes", "streets", "sites", "areas")


def print_view(
    network: Network, request: ViewRequest, path: Path | str, progress: Progress = no_progress
) -> ViewSheet:
    """Write a view of the map to ``path``; the suffix says in which format."""
    from app.io.export.viewsheet import write_view

    target = Path(path)
    progress(0.1, message(QT_TRANSLATE_NOOP("core", "Writing {name}"), name=target.name))
    if request.plan:
        request = replace(request, plan=find_plan(network, request.plan))
    sheet = write_view(network, request, target, now())
    progress(1.0)
    return sheet


def whole_extent(network: Network) -> tuple[float, float, float, float]:
    """Return the rectangle around the network, or around what else there is; else 1 km."""
    for table in _EXTENT:
        shapes = network.geo(table)[GEOMETRY].dropna().to_numpy()
        if len(shapes):
            west, south, east, north = (float(edge) for edge in shapely.total_bounds(shapes))
            return (west - 1, south - 1, east + 1, north + 1)
    return (0.0, 0.0, 1000.0, 1000.0)


def filtered(network: Network, conditions: Mapping[str, str]) -> Network:
    """Return the network with only those rows of each table that meet its condition."""
    kept = {
        table: frame[parse_condition(text, TABLES[table]).matches(frame)]
        for table, text in conditions.items()
        for frame in (network.tables[table],)
    }
    return replace(network, tables={**network.tables, **kept})
