"""The plan as PDF: a map sheet and tables, tagged and archival, made by typst."""

from __future__ import annotations

import json
import re
import tempfile
from importlib.resources import files
from pathlib import Path

import typst

from app.io.export.dossier import PlanDossier
from app.io.export.fonts import FONT_FILES, font_bytes
from app.io.export.report import report_data
from app.io.export.safe import VerificationError

_PAGE = re.compile(rb"/Type\s*/Page\b")


def compile_report(dossier: PlanDossier, language: str) -> bytes:
    """Return the report as PDF; the same dossier gives the same bytes.

    typst sees one temporary folder with the template, the data as JSON and the fonts: nothing
    outside it can be read, and names from files are never markup.
    """
    data = json.dumps(report_data(dossier, language), ensure_ascii=False, sort_keys=True)
    with tempfile.TemporaryDirectory(prefix="anello-report-") as folder:
        root = Path(folder)
        template = files("resources").joinpath("report", "report.typ").read_bytes()
        (root / "report.typ").write_bytes(template)
        (root / "data.json").write_text(data, encoding="utf-8")
        for name in FONT_FILES:
            (root / name).write_bytes(font_bytes(name))
        return bytes(
            typst.compile(
                str(root / "report.typ"),
                root=str(root),
                font_paths=[str(root)],
                ignore_system_fonts=True,
                format="pdf",
                pdf_standards=["a-2a", "ua-1"],
                timestamp=int(dossier.created.timestamp()),
            )
        )


def count_pages(content: bytes) -> int:
    """Return the number of pages of a finished PDF.

    Raises `VerificationError` when there is none, or the end of the file is missing.
    """
    pages = len(_PAGE.findall(content))
    if not pages or b"%%EOF" not in content[-64:]:
        raise VerificationError("no page")
    return pages
