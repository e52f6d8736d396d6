"""The demo: a project built from files by the code that users use, a plan, and its papers."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app import __version__
from app.io.importing import ImportOptions
from app.io.project import Project
from app.model.changes import combine, insert
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.progress import Progress, no_progress, part
from app.workflows.papers import export
from app.workflows.plans import PlanRequest, make_plan
from app.workflows.projects import create_project, import_network

PROJECT = "demo.gpkg"
SOURCES = "sources"
NAME = "Campus (demo)"
PLAN = "Protezione civile"
SELECTOR = "where:category = 'civil_protection' and status = 'proposed'"
SUFFIXES = (".pdf", ".gpkg", ".xlsx", ".html")
TIME_LIMIT_S = 10.0
GAP = 0.005
"""The demo's plan is good enough when it is proven to be within half a per cent."""

_SETTING = "demo"


@dataclass(frozen=True)
class Demo:
    """What the demo left behind: project, papers, and the plan's summary."""

    project: Path
    papers: tuple[Path, ...]
    plan: Mapping[str, Any]
    is_reused: bool
    seconds: float
    sources: Path | None = None
    counts: Mapping[str, int] = field(default_factory=dict)

    def summary(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {
            "project": str(self.project),
            "is_reused": self.is_reused,
            "seconds": round(self.seconds, 1),
            "counts": dict(self.counts),
            "plan": dict(self.plan),
            "files": self.files(),
        }

    def files(self) -> list[dict[str, Any]]:
        """Return path, kind and size in MB of each file."""
        return [
            {"file": str(path), "what": what, "size_mb": path.stat().st_size / 1e6}
            for path, what in (
                (self.project, "project"),
                *((paper, f"plan as {paper.suffix[1:]}") for paper in self.papers),
            )
        ]


def build_demo(folder: Path | str, language: str = "it", progress: Progress = no_progress) -> Demo:
    """Build the demo in ``folder``, or reuse the project there, and write every paper.

    A project there that is not the demo of this version is kept under another name.
    """
    started_s = time.monotonic()
    home = Path(folder)
    home.mkdir(parents=True, exist_ok=True)
    path = home / PROJECT
    is_reused = path.exists() and _is_demo(path)
    if not is_reused:
        _keep_other(path)
        _build_project(path, home / SOURCES, part(progress, 0.0, 0.6))
    with Project.open(path) as project:
        network = project.read()
        network, summary = _planned(project, network, part(progress, 0.6, 0.75))
    papers = tuple(home / f"plan{suffix}" for suffix in SUFFIXES)
    for number, paper in enumerate(papers):
        start = 0.75 + 0.25 * number / len(papers)
        export(network, PLAN, paper, language, part(progress, start, start + 0.06))
    progress(1.0)
    return Demo(
        project=path,
        papers=papers,
        plan=summary,
        is_reused=is_reused,
        seconds=time.monotonic() - started_s,
        sources=home / SOURCES,
        counts={name: len(frame) for name, frame in network.tables.items()},
    )


def _build_project(path: Path, sources: Path, progress: Progress) -> None:
    """Build under another name first, so that an interrupted build is never taken for a demo."""
    from app.io.demo import extra_rows, write_sources

    half_built = path.with_name(f"half-built-{path.name}")
    half_built.unlink(missing_ok=True)
    sources.mkdir(parents=True, exist_ok=True)
    files = write_sources(sources, part(progress, 0.0, 0.3))
    with create_project(half_built, NAME) as project:
        network = project.read()
        for number, source in enumerate(files):
            start = 0.3 + 0.65 * number / len(files)
            stop = 0.3 + 0.65 * (number + 1) / len(files)
            options = ImportOptions(layer=source.layer)
            _, network = import_network(
                project, network, source.path, source.target, options, part(progress, start, stop)
            )
        extra = [insert(table, rows) for table, rows in extra_rows(network).items()]
        label = message(QT_TRANSLATE_NOOP("core", "Agreements and risk groups of the demo"))
        project.apply(combine(label, extra))
        project.set_setting(_SETTING, __version__)
    half_built.replace(path)


def _is_demo(path: Path) -> bool:
    with Project.open(path, read_only=True) as project:
        return bool(project.setting(_SETTING) == __version__)


def _keep_other(path: Path) -> None:
    """Move a project that stands where the demo shall be to the first free name beside it."""
    if not path.exists():
        return
    names = (path.with_stem(f"{path.stem}-kept-{number}") for number in itertools.count(1))
    path.rename(next(name for name in names if not name.exists()))


def _planned(
    project: Project, network: Network, progress: Progress
) -> tuple[Network, Mapping[str, Any]]:
    """Return the network with the demo's plan, computed now unless it is there already."""
    known = project.setting(f"{_SETTING}.summary")
    if isinstance(known, dict) and PLAN in set(network.table("plans")["name"]):
        return network, known
    request = PlanRequest(
        name=PLAN, sites=SELECTOR, is_replacing=True, time_limit_s=TIME_LIMIT_S, gap=GAP
    )
    result = make_plan(network, request, progress)
    summary = json.loads(json.dumps(dict(result.summary)))
    if result.changes is not None:
        network = network.apply(project.apply(result.changes))
    project.set_setting(f"{_SETTING}.summary", summary)
    return network, summary
