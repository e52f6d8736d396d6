"""The diversity report: one page for each site, with both routes on a map and what they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from app.io.export import ExportReport
from app.io.export.diversitypages import WORDS, page_words, site_page, source_line
from app.io.export.dossier import RouteAnswers
from app.io.export.fonts import abbreviated, printable
from app.io.export.pdf import compile_template, count_pages
from app.io.export.safe import VerificationError, write_safely
from app.io.export.tables import Data
from app.io.export.texts import Speech
from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.symbols import load_symbols


@dataclass(frozen=True, kw_only=True)
class DiversityDossier:
    """What the report says: answers of the study on diverse routes, and their tables.

    ``answers`` are summaries by site; ``tables`` holds ``routes``, ``shared`` and
    ``separation`` with a column ``site``.
    """

    network: Network
    answers: Sequence[Mapping[str, Any]]
    tables: Mapping[str, pd.DataFrame]
    created: datetime
    organisation: str = ""
    program: str = "Anello"


def check_report_path(path: Path, *, has_answers: bool = True) -> None:
    """Raise `InputError` unless a report can be written to ``path``; before long work, too."""
    if path.suffix.lower() != ".pdf" or not has_answers:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core", "{name}: a diversity report is a .pdf with one site at least."
                ),
                name=path.name,
            )
        )


def export_diversity(
    dossier: DiversityDossier, path: Path | str, language: str = "it"
) -> ExportReport:
    """Write the report to ``path``, a PDF of one page for each site.

    Raises `InputError` for another suffix or without an answer, `ExchangeError` when the file
    cannot be written.
    """
    target = Path(path)
    check_report_path(target, has_answers=bool(dossier.answers))
    content = compile_template("diversity.typ", diversity_data(dossier, language), dossier.created)

    def verify(written: Path) -> int:
        found = written.read_bytes()
        if found != content:
            raise VerificationError(f"{len(found)} of {len(content)} bytes")
        return count_pages(found)

    count = write_safely(target, lambda place: place.write_bytes(content), verify)
    return ExportReport(target, "pdf", count, target.stat().st_size)


def diversity_data(dossier: DiversityDossier, language: str) -> Data:
    """Return what the template of the report reads, as plain JSON values."""
    speech = Speech(language)
    answers = RouteAnswers(network=dossier.network, answers=dossier.answers, tables=dossier.tables)
    return {
        "language": speech.base,
        "title": speech.say(WORDS["subtitle"]),
        "author": printable(dossier.organisation),
        "organisation": abbreviated(dossier.organisation, 90),
        "project": abbreviated(dossier.network.name, 70),
        "program": dossier.program,
        "date": speech.formats.day(dossier.created),
        "words": page_words(speech),
        "colors": dict(load_symbols().colors),
        "pages": [site_page(answers, answer, speech) for answer in dossier.answers],
        "sources": source_line(dossier.network, speech),
    }
