"""The plan as PDF: a map sheet and tables, tagged and archival, made by typst."""

from __future__ import annotations

import json
import re
import tempfile
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from app.io.export.dossier import PlanDossier
from app.io.export.fonts import FONT_FILES, font_bytes
from app.io.export.options import ALL_PARTS, PaperOptions
from app.io.export.report import report_data
from app.io.export.safe import VerificationError
from app.io.export.tables import Data

_PAGE = re.compile(rb"/Type\s*/Page\b")


def compile_report(dossier: PlanDossier, language: str, options: PaperOptions = ALL_PARTS) -> bytes:
    """Return the report as PDF; the same dossier and options give the same bytes."""
    data = report_data(dossier, language, options)
    return compile_template("report.typ", data, dossier.created)


def compile_template(name: str, data: Data, created: datetime, png_dpi: int = 0) -> bytes:
    """Return a template of ``resources/report`` filled with ``data`` as tagged, archival PDF.

    With ``png_dpi`` as a PNG of that resolution instead; the template must fill one page.

    typst sees one temporary folder with the template, the data as JSON and the fonts: nothing
    outside it can be read, and names from files are never markup.
    """
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    with tempfile.TemporaryDirectory(prefix="anello-report-") as folder:
        root = Path(folder)
        for part in files("resources").joinpath("report").iterdir():
            if part.name.endswith(".typ"):
                (root / part.name).write_bytes(part.read_bytes())
        (root / "data.json").write_text(text, encoding="utf-8")
        for font in FONT_FILES:
            (root / font).write_bytes(font_bytes(font))
        form: dict[str, Any] = {"format": "pdf", "pdf_standards": ["a-2a", "ua-1"]}
        if png_dpi:
            form = {"format": "png", "ppi": float(png_dpi)}
        return bytes(
            typst.compile(
                str(root / name),
                root=str(root),
                font_paths=[str(root)],
                ignore_system_fonts=True,
                timestamp=int(created.timestamp()),
                **form,
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
