"""Papers of a plan: PDF, spreadsheet, maps and exchange files, all from one dossier."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.io.export.accounts import Accounts, EuroRange
from app.io.export.dossier import BillRow, PlanDossier
from app.io.export.kinds import FORMATS, Format
from app.io.export.options import ALL_PARTS, PARTS, PaperOptions
from app.io.export.safe import write_safely
from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message

__all__ = [
    "PARTS",
    "Accounts",
    "BillRow",
    "EuroRange",
    "ExportReport",
    "PaperOptions",
    "PlanDossier",
    "export_plan",
]


@dataclass(frozen=True)
class ExportReport:
    """What was written: ``count`` pages of a PDF, rows of a table or objects of a map."""

    path: Path
    kind: str
    count: int
    bytes: int


def export_plan(
    dossier: PlanDossier, path: Path | str, language: str = "it", options: PaperOptions = ALL_PARTS
) -> ExportReport:
    """Write the papers of a plan to ``path``; the end of its name chooses the format.

    Parameters
    ----------
    dossier
        The plan with its network, bill and findings.
    path
        ``.pdf`` map sheet and tables, ``.gpkg`` layers for QGIS, ``.xlsx`` bill with formulas,
        ``.html`` map that works without network, ``.kmz`` for globes, ``.dxf`` for CAD,
        ``.ofds.json`` Open Fibre Data Standard package.
    language
        Of texts and number formats: ``it`` or ``en``.
    options
        Parts of report and workbook, and the scale of the map sheets.

    Raises
    ------
    InputError
        For a suffix that is no format, and for a target that is a project.
    ExchangeError
        When the file cannot be written; an older one is then left as it was.
    """
    target = Path(path)
    task = _format_of(target).prepare(dossier, language, options)
    count = write_safely(target, task.write, task.verify)
    kind = _format_of(target).kind
    return ExportReport(path=target, kind=kind, count=count, bytes=target.stat().st_size)


def _format_of(path: Path) -> Format:
    name = path.name.lower()
    found = next((kind for end, kind in FORMATS.items() if name.endswith(end)), None)
    if found is None:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core", "{name} cannot be exported: the name must end in one of {suffixes}."
                ),
                name=path.name,
                suffixes=", ".join(sorted(FORMATS)),
            )
        )
    return found
