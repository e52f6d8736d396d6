"""Frame times of the map while panning and zooming, against plain pyqtgraph and QGIS.

    python benchmarks/map.py [--segments 500000] [--frames 100] [--everything] [--json]

A synthetic street grid is drawn at 2 px, antialiased, every segment visible at every scale: the
worst case, since real symbols leave small streets out of small scales. ``pan`` is the time of
one frame with the tiles at hand; ``zoom`` the time from one turn of the wheel to the sharp
picture, its waiting time included, nothing being drawn ahead. pyqtgraph draws in the mode that
is its fastest. QGIS, where it is installed, draws the same segments anew (its time for a zoom;
while panning it moves a picture, as this map does).

With ``--everything`` the map also holds 20 000 spans, 5 000 sites, hazards and barriers, and the
streets have the classes of a real town.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import geopandas as gpd
import numpy as np
import pyqtgraph as pg
import shapely
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from app.model.frames import make_frame
from app.model.network import DEFAULT_CRS, Network, empty_network
from app.model.tables import TABLES
from app.ui.map.view import MapView

SPACING_M = 60.0
WIDTH_PX, HEIGHT_PX = 1600, 1000
SCALES = (None, 25_000.0, 5_000.0, 1_000.0)
"""Scale denominators; ``None`` shows the whole grid."""


def street_grid(segments: int, seed: int = 1) -> np.ndarray:
    """Return ``(segments, 2, 2)`` end points of a bent grid of streets, in m."""
    rng = np.random.default_rng(seed)
    side = int(np.sqrt(segments / 2)) + 1
    columns, rows = np.meshgrid(np.arange(side + 1), np.arange(side + 1))
    places = np.stack([columns, rows], axis=-1) * SPACING_M
    places = places + rng.normal(0, 9, places.shape) + (500_000, 5_020_000)
    across = np.stack([places[:, :-1], places[:, 1:]], axis=2).reshape(-1, 2, 2)
    along = np.stack([places[:-1], places[1:]], axis=2).reshape(-1, 2, 2)
    return np.concatenate([across, along])[:segments]


def network_of(ends: np.ndarray) -> Network:
    """Return a network with one street of class motorway for each segment."""
    network = empty_network("benchmark", DEFAULT_CRS, "benchmark")
    frame = make_frame(
        TABLES["streets"], {"road_class": ["motorway"] * len(ends)}, DEFAULT_CRS,
        geometry=shapely.linestrings(ends), uids=[str(number) for number in range(len(ends))],
    )  # fmt: skip
    return dataclasses.replace(network, tables={**network.tables, "streets": frame})


def network_of_everything(ends: np.ndarray, seed: int = 2) -> Network:
    """Return a network with streets of all classes, spans, sites, nodes, hazards, barriers."""
    rng = np.random.default_rng(seed)
    network = network_of(ends)
    classes = ["residential"] * 78 + ["tertiary"] * 10 + ["secondary"] * 6 + ["primary"] * 4
    classes += ["motorway"] * 2
    streets = network.tables["streets"].copy()
    streets["road_class"] = rng.choice(np.array(classes, dtype=object), len(ends))
    middle = ends.mean(axis=1)
    some = rng.integers(0, len(ends), 20_000)
    tables = {
        "spans": ({"role": list(rng.choice(["ring", "backbone", "spur", "access"], 20_000)),
                   "status": list(rng.choice(["operational", "planned"], 20_000))},
                  shapely.linestrings(ends[some])),
        "sites": ({"name": [f"Site {n}" for n in range(5_000)],
                   "category": list(rng.choice(["hospital", "school_primary", "police"], 5_000)),
                   "status": ["proposed"] * 5_000},
                  shapely.points(middle[some[:5_000]])),
        "nodes": ({"name": [f"Node {n}" for n in range(2_000)], "type": ["chamber"] * 2_000,
                   "status": ["operational"] * 2_000}, shapely.points(middle[some[-2_000:]])),
        "hazards": ({"scenario": list(rng.choice(["L", "M", "H"], 300))},
                    [shapely.MultiPolygon([shapely.Point(xy).buffer(900)])
                     for xy in middle[some[:300]]]),
        "barriers": ({"kind": list(rng.choice(["river", "railway", "canal"], 400))},
                     shapely.linestrings(np.cumsum(rng.normal(0, 400, (400, 40, 2)), axis=1)
                                         + middle[some[:400], None])),
    }  # fmt: skip
    made = {
        name: make_frame(TABLES[name], values, DEFAULT_CRS, geometry=list(shapes),
                         uids=[f"{name}{n}" for n in range(len(shapes))])
        for name, (values, shapes) in tables.items()
    }  # fmt: skip
    return dataclasses.replace(network, tables={**network.tables, "streets": streets, **made})


def measure_view(view: MapView, scale: float | None, frames: int) -> dict[str, Any]:
    """Return frame times at one scale, in ms."""
    view.zoom_to_all()
    if scale is not None:
        view.set_scale(scale)
    view.wait_idle()
    pans, waits = [], []
    for number in range(frames):
        camera = view.camera.panned(*((7, 3) if (number // 20) % 2 else (-7, -3)))
        start = time.perf_counter()
        view.set_camera(camera)
        view.canvas.viewport().repaint()
        pans.append((time.perf_counter() - start) * 1000)
    for number in range(max(frames // 4, 6)):
        view.wait_idle()
        view.tiles.cache.clear()
        start = time.perf_counter()
        view.pointing.turn(QPointF(WIDTH_PX / 2, HEIGHT_PX / 2), -1.0 if number % 2 else 1.0)
        while not view.is_sharp:
            QApplication.processEvents()
            time.sleep(0.004)  # leaves the interpreter to the workers
        view.canvas.viewport().repaint()
        waits.append((time.perf_counter() - start) * 1000)
    streets = view.layer_data("streets")
    return {
        "scale": round(view.scale),
        "segments_in_view": 0 if streets is None else len(streets.rows_in(view.camera.extent)),
        **_summary("pan", pans),
        **_summary("zoom", waits),
    }


def measure_qgis(
    ends: np.ndarray, extents: list[tuple[float, ...]], times: int
) -> list[list[float]]:
    """Return redraw times of QGIS for each extent, in ms; nothing where it is not installed."""
    python = shutil.which("python3", path="/usr/bin")
    if shutil.which("qgis") is None or python is None:
        return []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "streets.gpkg"
        lines = gpd.GeoDataFrame(geometry=shapely.linestrings(ends), crs=DEFAULT_CRS)
        lines.to_file(path, layer="streets", driver="GPKG")
        script = Path(__file__).with_name("qgis_redraw.py")
        words = [str(path), json.dumps(extents), str(WIDTH_PX), str(HEIGHT_PX), str(times)]
        clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        done = subprocess.run(
            [python, str(script), *words], capture_output=True, text=True, timeout=600,
            check=False, env=clean,
        )  # fmt: skip
    lines_out = [line for line in done.stdout.splitlines() if line.startswith("[[")]
    return json.loads(lines_out[-1]) if lines_out else []


def measure_plain(view: MapView, plot: pg.PlotWidget, frames: int) -> list[float]:
    """Return frame times of a plain pyqtgraph plot of the same extent, in ms."""
    xmin, ymin, xmax, ymax = view.camera.extent
    times = []
    plot.show()
    QApplication.processEvents()
    for number in range(frames):
        shift = (number % 2) * 7 * view.camera.resolution
        start = time.perf_counter()
        plot.setRange(xRange=(xmin + shift, xmax + shift), yRange=(ymin, ymax), padding=0)
        plot.viewport().repaint()
        times.append((time.perf_counter() - start) * 1000)
    plot.hide()  # lest its repainting be counted with the next scale
    QApplication.processEvents()
    return times


def plain_plot(ends: np.ndarray) -> pg.PlotWidget:
    """Return a pyqtgraph plot of the same segments as one antialiased curve, 2 px wide."""
    plot = pg.PlotWidget()
    plot.hideAxis("left")
    plot.hideAxis("bottom")
    plot.resize(WIDTH_PX, HEIGHT_PX)
    flat = ends.reshape(-1, 2)
    curve = pg.PlotCurveItem(
        flat[:, 0], flat[:, 1], connect="pairs", antialias=True,
        pen=pg.mkPen("#888888", width=2),
    )  # fmt: skip
    curve.setSegmentedLineMode("on")  # its fastest way: as one path a frame takes up to 20 s
    plot.addItem(curve)
    return plot


def run(
    segments: int, frames: int, plain_frames: int, everything: bool = False, qgis_times: int = 5
) -> list[dict[str, Any]]:
    """Measure all scales and return one row for each."""
    application = QApplication.instance() or QApplication([])
    ends = street_grid(segments)
    view = MapView()
    view.resize(WIDTH_PX, HEIGHT_PX)
    view.show()
    QApplication.processEvents()
    view.set_network(network_of_everything(ends) if everything else network_of(ends))
    view.wait_idle()
    plot = plain_plot(ends) if plain_frames else None
    rows: list[dict[str, Any]] = []
    extents: list[tuple[float, ...]] = []
    for scale in SCALES:
        row = measure_view(view, scale, frames)
        if plot is not None:
            row |= _summary("pyqtgraph_pan", measure_plain(view, plot, plain_frames))
        rows.append(row)
        extents.append(view.camera.extent)
    view.close()
    if plot is not None:
        plot.close()
    times = measure_qgis(ends, extents, qgis_times) if qgis_times else []
    assert application is not None
    if not times:
        return rows
    return [row | _summary("qgis_redraw", own) for row, own in zip(rows, times, strict=True)]


def _summary(name: str, times_ms: list[float]) -> dict[str, float]:
    ordered = sorted(times_ms)

    def share(part: float) -> float:
        return round(ordered[min(int(len(ordered) * part), len(ordered) - 1)], 2)

    return {
        f"{name}_ms_median": round(statistics.median(ordered), 2),
        f"{name}_ms_p95": share(0.95),
        f"{name}_ms_p99": share(0.99),
    }


def main() -> None:
    """Read the options, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--segments", type=int, default=500_000)
    parser.add_argument("--frames", type=int, default=100)
    parser.add_argument("--plain-frames", type=int, default=6, help="0 leaves pyqtgraph out")
    parser.add_argument("--qgis-times", type=int, default=5, help="0 leaves QGIS out")
    parser.add_argument("--everything", action="store_true", help="spans, sites, hazards too")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = run(
        options.segments, options.frames, options.plain_frames, options.everything,
        options.qgis_times,
    )  # fmt: skip
    if options.json:
        print(json.dumps(rows, indent=2))
        return
    for name in rows[0]:
        print(f"{name:<24}" + "".join(f"{row.get(name, ''):>14}" for row in rows))


if __name__ == "__main__":
    main()
