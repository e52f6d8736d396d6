"""Projects: create, fill from files, check."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.io.importing import ImportOptions, ImportOutcome, read_file
from app.io.project import Project
from app.model.changes import combine
from app.model.findings import Finding
from app.model.network import DEFAULT_CRS, Network
from app.model.progress import Progress, no_progress
from app.model.rules import check as check_rules
from app.planning.costs.funding import default_funding
from app.planning.costs.prices import default_price_changes


def create_project(path: Path | str, name: str, crs: str = DEFAULT_CRS) -> Project:
    """Create a project file with the default prices and funding; the caller closes it."""
    content = default_price_changes()
    content = combine(content.label, [content, default_funding()])
    return Project.create(Path(path), name, crs, content)


def import_into(
    project: Project,
    path: Path | str,
    target: str,
    options: ImportOptions | None = None,
    progress: Progress = no_progress,
) -> ImportOutcome:
    """Read a file into the project as one undoable change and return what became of it."""
    return import_network(project, project.read(), path, target, options, progress)[0]


def import_network(
    project: Project,
    network: Network,
    path: Path | str,
    target: str,
    options: ImportOptions | None = None,
    progress: Progress = no_progress,
) -> tuple[ImportOutcome, Network]:
    """Do as `import_into` with the ``network`` already read; also return the one after."""
    chosen = options or ImportOptions()
    outcome = read_source(network, project.path, path, target, chosen, progress)
    if not outcome.changes.is_empty:
        network = network.apply(project.apply(outcome.changes))
    if chosen.mapping:
        project.set_setting(f"mapping.{outcome.target}", dict(chosen.mapping))
    return outcome, network


def read_source(
    network: Network,
    project_path: Path,
    path: Path | str,
    target: str,
    options: ImportOptions,
    progress: Progress = no_progress,
) -> ImportOutcome:
    """Read a file without applying it: rejected rows go beside the project, never read itself."""
    return read_file(
        Path(path),
        target,
        network=network,
        options=replace(options, rejected_folder=options.rejected_folder or project_path.parent),
        progress=progress,
        forbidden_path=project_path,
    )


def check(network: Network, progress: Progress = no_progress) -> list[Finding]:
    """Return what the rules find in the network."""
    return check_rules(network, progress)
