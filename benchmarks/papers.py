"""The papers of a plan: time, size, and what independent programs say of each file.

    python benchmarks/papers.py [--project FILE --plan NAME] [--sites 115] [--lines 50000]
                                [--to FOLDER] [--language it|en] [--json]

Without a project the demo is built (which takes a minute) and a plan is made for as many of its
unconnected sites as asked, civil-protection seats first. Each paper is written in a process of
its own, as the program does, and checked by the programs that are installed: qpdf, pdffonts,
GDAL's validator of GeoPackages, ezdxf's audit. A workbook of `--lines` lines shows what a long
bill costs.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib.util
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import ezdxf

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app import workflows
from app.io.export import BillRow, EuroRange, PlanDossier
from app.io.export.xlsx import build_workbook
from app.io.project import Project
from app.model.errors import AnelloError
from app.model.network import Network

SUFFIXES = (".pdf", ".xlsx", ".gpkg", ".html", ".kmz", ".dxf", ".ofds.json")
PLAN = "Papers"
_MOST_S = {".pdf": 30.0, "lines": 20.0}
"""What was promised, in seconds."""


def main(arguments: list[str]) -> int:
    """Print a table or JSON; 1 when a paper is late or a check fails."""
    options = _parse(arguments)
    with tempfile.TemporaryDirectory(prefix="anello-papers-") as temporary:
        folder = options.to or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        network, plan = _plan(options, Path(temporary))
        rows = [measure(network, plan, folder, suffix, options.language) for suffix in SUFFIXES]
        rows.append(long_bill(network, plan, options.lines, folder))
    planned = network.table("plans")["name"] == plan
    summary = {
        "plan": plan,
        "sites": int(network.table("plans").loc[planned, "site_count"].iloc[0] or 0),
        "papers": rows,
    }
    if options.json:
        print(json.dumps(summary, indent=1))
    else:
        _print(summary)
    return int(any(row["is_late"] or row["failed"] for row in rows))


def measure(
    network: Network, plan: str, folder: Path, suffix: str, language: str = "it"
) -> dict[str, Any]:
    """Return seconds, size and checks of one paper."""
    path = folder / f"plan{suffix}"
    began, used = time.perf_counter(), time.process_time()
    report = workflows.export(network, plan, path, language)
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    return _row(suffix, report.count, seconds, cpu, path)


def long_bill(network: Network, plan: str, lines: int, folder: Path) -> dict[str, Any]:
    """Return the figures of a workbook whose bill has so many lines."""
    papers = workflows.dossier(network, plan)
    path = folder / "lines.xlsx"
    long = dataclasses.replace(papers, bill=_lines(papers, lines))
    began, used = time.perf_counter(), time.process_time()
    path.write_bytes(build_workbook(long, "it"))
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    return _row("lines", lines, seconds, cpu, path)


def _lines(papers: PlanDossier, count: int) -> tuple[BillRow, ...]:
    price = EuroRange(Decimal("1.10"), Decimal("2.20"), Decimal("3.30"))
    return tuple(
        BillRow(
            code=f"N.{number:06d}", text_en=f"Item number {number}", text_it=f"Voce {number}",
            unit="m", quantity=Decimal(number % 977 + 1), unit_price_eur=price,
            amount_eur=EuroRange(*(part * (number % 977 + 1) for part in price.parts())),
            kind="optimised", is_placeholder=number % 7 == 0, chapter=f"C{number // 1000:03d}",
            source="Made up", price_year=2026, object_count=1,
        )
        for number in range(count)
    )  # fmt: skip


def _row(suffix: str, count: int, seconds: float, cpu: float, path: Path) -> dict[str, Any]:
    checks = check(path)
    return {
        "paper": suffix,
        "count": count,
        "seconds": round(seconds, 2),
        "cpu_s": round(cpu, 2),
        "mb": round(path.stat().st_size / 1e6, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "is_late": seconds > _MOST_S.get(suffix, 60.0),
        "checks": checks,
        "failed": sorted(name for name, told in checks.items() if told != "ok"),
    }


def check(path: Path) -> dict[str, str]:
    """Return what each installed checker says of a file: ``ok``, or what is wrong."""
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        return {**_tool("qpdf", ["qpdf", "--check", str(path)]), **_fonts(path)}
    if suffix == ".gpkg":
        return _geopackage(path)
    if suffix == ".dxf":
        return _drawing(path)
    return {}


def _tool(name: str, words: list[str]) -> dict[str, str]:
    if shutil.which(words[0]) is None:
        return {}
    run = subprocess.run(words, capture_output=True, text=True, timeout=300, check=False)
    return {name: "ok" if run.returncode == 0 else (run.stdout + run.stderr).strip()[-300:]}


def _fonts(path: Path) -> dict[str, str]:
    """Return whether every font is embedded: the column ``emb`` of pdffonts."""
    if shutil.which("pdffonts") is None:
        return {}
    run = subprocess.run(
        ["pdffonts", str(path)], capture_output=True, text=True, timeout=300, check=False
    )
    head, _, *lines = run.stdout.splitlines()
    place = head.index("emb")
    loose = [line.split()[0] for line in lines if line[place : place + 3] != "yes"]
    return {"pdffonts": "ok" if lines and not loose else f"not embedded: {', '.join(loose)}"}


def _geopackage(path: Path) -> dict[str, str]:
    """Return what GDAL's validator says; it is a script of GDAL's Python samples."""
    finder = importlib.util.find_spec
    for words in (
        [sys.executable, "-m", "osgeo_utils.samples.validate_gpkg"],
        ["/usr/bin/python3", "-m", "osgeo_utils.samples.validate_gpkg"],
    ):
        if words[0] == sys.executable and finder("osgeo_utils") is None:
            continue
        if shutil.which(words[0]) is None:
            continue
        run = subprocess.run(
            [*words, "--extra", str(path)], capture_output=True, text=True, timeout=300, check=False
        )
        said = (run.stdout + run.stderr).strip()
        if "No module named" in said:
            continue
        return {"validate_gpkg": "ok" if run.returncode == 0 and not said else said[-300:]}
    return {}


def _drawing(path: Path) -> dict[str, str]:
    audit = ezdxf.readfile(path).audit()
    problems = [*audit.errors, *audit.fixes]
    return {"ezdxf": "ok" if not problems else str(problems[0])}


def _plan(options: argparse.Namespace, folder: Path) -> tuple[Network, str]:
    """Return a network and the name of the plan whose papers are written."""
    if options.project is not None:
        with Project.open(options.project, read_only=True) as project:
            network = project.read()
        return network, options.plan or str(network.table("plans")["name"].iloc[0])
    built = workflows.build_demo(folder / "demo", "it")
    path = next(file for file in (folder / "demo").rglob("*.gpkg") if _is_project(file))
    with Project.open(path) as project:
        network = project.read()
        sites = _unconnected(network, options.sites)
        request = workflows.PlanRequest(name=PLAN, sites=",".join(sites), time_limit_s=15.0)
        result = workflows.make_plan(network, request)
        assert result.changes is not None, built
        return network.apply(result.changes), PLAN


def _is_project(path: Path) -> bool:
    try:
        with Project.open(path, read_only=True):
            return True
    except AnelloError:
        return False


def _unconnected(network: Network, count: int) -> list[str]:
    """Return sites without a connection, civil-protection seats first."""
    sites = network.table("sites")
    waiting = sites[sites["status"] == "proposed"]
    is_first = waiting["category"] == "civil_protection"
    return [*sorted(waiting.index[is_first]), *sorted(waiting.index[~is_first])][:count]


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--project", type=Path)
    parser.add_argument("--plan")
    parser.add_argument("--sites", type=int, default=115)
    parser.add_argument("--lines", type=int, default=50_000)
    parser.add_argument("--to", type=Path)
    parser.add_argument("--language", choices=("it", "en"), default="it")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(arguments)


def _print(summary: dict[str, Any]) -> None:
    print(f"{summary['plan']}: {summary['sites']} sites")
    print(f"{'paper':<11}{'count':>8}{'s':>8}{'CPU s':>8}{'MB':>8}{'peak MB':>9}  checks")
    for row in summary["papers"]:
        told = ", ".join(f"{name} {text}" for name, text in row["checks"].items())
        print(
            f"{row['paper']:<11}{row['count']:>8}{row['seconds']:>8.1f}{row['cpu_s']:>8.1f}"
            f"{row['mb']:>8.2f}{row['peak_mb']:>9}  {told}{'  LATE' if row['is_late'] else ''}"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
