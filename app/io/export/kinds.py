"""The formats that a plan is exported to: how each is written and read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.io.export.dossier import PlanDossier
from app.io.export.dxf import build_drawing, count_entities
from app.io.export.gpkg import check_gpkg, write_gpkg
from app.io.export.kmz import build_kmz, count_placemarks
from app.io.export.ofds import count_objects, network_package
from app.io.export.options import PaperOptions
from app.io.export.pdf import compile_report, count_pages
from app.io.export.safe import VerificationError
from app.io.export.webmap import build_page, count_features
from app.io.export.xlsx import build_workbook, count_cells


@dataclass(frozen=True)
class Task:
    """One export: ``write`` creates a file, ``verify`` reads it back and counts."""

    write: Callable[[Path], object]
    verify: Callable[[Path], int]


@dataclass(frozen=True)
class Format:
    """A format: its name and how an export of a dossier to it is prepared."""

    kind: str
    prepare: Callable[[PlanDossier, str, PaperOptions], Task]


def _whole(content: bytes, count: Callable[[bytes], int]) -> Task:
    """Return the task of a file made in memory: what is read back must be the same bytes."""

    def write(path: Path) -> None:
        path.write_bytes(content)

    def verify(path: Path) -> int:
        found = path.read_bytes()
        if found != content:
            raise VerificationError(f"{len(found)} of {len(content)} bytes")
        return count(found)

    return Task(write, verify)


def _pdf(dossier: PlanDossier, language: str, options: PaperOptions) -> Task:
    return _whole(compile_report(dossier, language, options), count_pages)


def _xlsx(dossier: PlanDossier, language: str, options: PaperOptions) -> Task:
    return _whole(build_workbook(dossier, language, options), count_cells)


def _html(dossier: PlanDossier, language: str, options: PaperOptions) -> Task:
    return _whole(build_page(dossier, language).encode("utf-8"), count_features)


def _gpkg(dossier: PlanDossier, language: str, options: PaperOptions) -> Task:
    counts: dict[str, int] = {}

    def write(path: Path) -> None:
        counts.update(write_gpkg(dossier, path, language))

    return Task(write, lambda path: check_gpkg(path, counts))


def _kmz(dossier: PlanDossier, language: str, options: PaperOptions) -> Task:
    return _whole(build_kmz(dossier, language), count_placemarks)


def _dxf(dossier: PlanDossier, language: str, options: PaperOptions) -> Task:
    return _whole(build_drawing(dossier, language), count_entities)


def _ofds(dossier: PlanDossier, language: str, options: PaperOptions) -> Task:
    return _whole(network_package(dossier, language), count_objects)


FORMATS: Mapping[str, Format] = {
    ".pdf": Format("pdf", _pdf),
    ".gpkg": Format("gpkg", _gpkg),
    ".xlsx": Format("xlsx", _xlsx),
    ".html": Format("html", _html),
    ".kmz": Format("kmz", _kmz),
    ".dxf": Format("dxf", _dxf),
    ".ofds.json": Format("ofds", _ofds),
}
"""Formats by the end of the file's name."""
