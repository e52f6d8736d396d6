"""What the process behind the live route does; importable by name, without Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from app.model.changes import ChangeSet
from app.model.network import Network
from app.model.progress import Progress
from app.model.study import Result
from app.planning.routing.queries import Readout, RouteQuery


@dataclass(frozen=True)
class PlannedRoute:
    """Asks for the route that the plan has for a site."""

    site: str
    number: int


@dataclass(frozen=True)
class PlannedAnswer:
    """That route, without a line when the plan has none."""

    number: int
    readout: Readout


@dataclass(frozen=True)
class HoldingPlaces:
    """Asks for the places that hold the route of a query; ``purpose`` comes back with them."""

    query: RouteQuery
    purpose: str


@dataclass(frozen=True)
class Places:
    """Easting and northing in m of way-points."""

    purpose: str
    xy: tuple[tuple[float, float], ...]


def route_answerer(path: str, plan_uid: str, statuses: Sequence[str]) -> Callable[[Any], Any]:
    """Make routes of a project, or of a plan of it, ready and return what answers about them.

    Takes seconds, most of it for the graph of streets. The project is read here, so that nothing
    big is sent from the window.
    """
    from app.io.project import Project
    from app.workflows.routes import route_desk

    with Project.open(Path(path), read_only=True) as project:
        network = project.read()
    desk = route_desk(network, plan_uid or None, tuple(statuses))

    def answer(question: Any) -> Any:
        if isinstance(question, PlannedRoute):
            return PlannedAnswer(question.number, desk.planned(question.site, question.number))
        if isinstance(question, HoldingPlaces):
            return Places(question.purpose, desk.waypoints(question.query))
        return desk.answer(question)

    return answer


def edit_route(
    network: Network, plan_uid: str, site: str, via: Sequence[str], avoid: Sequence[str],
    must_use: Sequence[str], progress: Progress,
) -> Result:  # fmt: skip
    """Replace the route of a site in a plan."""
    from app.workflows.routes import edit_route as edit

    return edit(network, plan_uid, site, via, avoid, must_use, progress)


def copy_plan(network: Network, plan: str) -> ChangeSet:
    """Copy a plan under the next free name."""
    from app.workflows.alternatives import duplicate_plan

    return duplicate_plan(network, plan)


def laid_over(network: Network, first: str, second: str) -> dict[str, shapely.Geometry]:
    """Return what each of two plans builds alone, and what both do; quick enough for a thread."""
    from app.workflows.alternatives import overlay

    return overlay(network, first, second)
