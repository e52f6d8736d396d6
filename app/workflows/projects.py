"""Projects: create, fill from files, check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from app.io.importing import ImportOptions, ImportOutcome, preview_file, read_file
from app.io.project import Project
from app.model.changes import combine
from app.model.findings import Finding, Severity
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import DEFAULT_CRS, Network
from app.model.progress import Progress, no_progress
from app.model.rules import check as check_rules
from app.model.tables import TABLES
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
    *,
    uses_remembered: bool = True,
) -> ImportOutcome:
    """Read a file into the project as one undoable change and return what became of it."""
    network = project.read()
    return import_network(
        project, network, path, target, options, progress, uses_remembered=uses_remembered
    )[0]


def import_network(
    project: Project,
    network: Network,
    path: Path | str,
    target: str,
    options: ImportOptions | None = None,
    progress: Progress = no_progress,
    *,
    uses_remembered: bool = True,
) -> tuple[ImportOutcome, Network]:
    """Do as `import_into` with the ``network`` already read; also return the one after.

    Without a mapping of its own an import uses the one that was last chosen for the same kind of
    data, as far as the file has its columns; a finding tells so.
    """
    chosen = options or ImportOptions()
    is_asked = uses_remembered and not chosen.mapping
    remembered = _remembered_mapping(project, Path(path), target, chosen) if is_asked else {}
    used = replace(chosen, mapping=remembered) if remembered else chosen
    outcome = read_source(network, project.path, path, target, used, progress)
    if remembered:
        outcome = replace(outcome, findings=(*outcome.findings, _told(remembered, outcome.target)))
    if not outcome.changes.is_empty:
        network = network.apply(project.apply(outcome.changes))
    if chosen.mapping:
        project.set_setting(f"mapping.{outcome.target}", dict(chosen.mapping))
    return outcome, network


def _remembered_mapping(
    project: Project, path: Path, target: str, options: ImportOptions
) -> dict[str, str]:
    """Return the mapping chosen earlier for what ``path`` holds, where its columns are there."""
    names = tuple(TABLES) if target == "auto" else (target,)
    kept = {name: project.setting(f"mapping.{name}") for name in names}
    if not any(isinstance(mapping, dict) and mapping for mapping in kept.values()):
        return {}
    seen = preview_file(path, options, target=target, forbidden_path=project.path)
    mapping = kept.get(seen.target)
    if not isinstance(mapping, dict):
        return {}
    guess = seen.targets.get(seen.target, {})
    return {
        field: column
        for field, column in mapping.items()
        if (not column or column in seen.columns) and guess.get(field, "") != column
    }


def _told(mapping: Mapping[str, str], target: str) -> Finding:
    pairs = ", ".join(f"{field} = {column or '-'}" for field, column in sorted(mapping.items()))
    return Finding(
        "import.remembered_mapping",
        Severity.INFO,
        message(
            QT_TRANSLATE_NOOP("core", "Columns were read as in the last import: {pairs}"),
            pairs=pairs,
        ),
        target if target in TABLES else "",
        advice=message(QT_TRANSLATE_NOOP("core", "Name the columns anew to read them otherwise.")),
    )


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
