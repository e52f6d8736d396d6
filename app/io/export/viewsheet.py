"""A view of the map on paper: the part asked for, with title, legend, scale bar and sources."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import pandas as pd

from app.io.export import svg
from app.io.export.fonts import abbreviated, load_font, printable
from app.io.export.frame import Frame, fit
from app.io.export.kinds import Task
from app.io.export.legend import SWATCH_HEIGHT_MM, SWATCH_WIDTH_MM, LegendEntry, legend
from app.io.export.mapsheet import MapSheet, draw_frame
from app.io.export.pdf import compile_template, count_pages
from app.io.export.safe import VerificationError, write_safely
from app.io.export.texts import Speech
from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.symbols import load_symbols
from app.model.tables import TABLES
from app.model.views import LARGEST_SCALE, LEAST_SCALE, PAPERS, SUFFIXES, ViewRequest

PNG_DPI = 200

_MARGIN_MM = 8.0
_GAP_MM = 5.0
_SIDE_MM = 62.0
_INSIDE_MM = 4.0
_FOOT_MM = 58.0
"""Height of what stands below the legend."""
_PITCH_MM = (5.2, 3.0)
"""Distance of the lines of the legend: usual, and least."""
_CROWDED_MM = 3.8
"""Where lines would stand closer than this, the legend takes two columns."""
_BAR_MM = 45.0

_FORMAT = QT_TRANSLATE_NOOP("core", "{name} cannot be written: the name must end in {suffixes}.")
_SCALE = QT_TRANSLATE_NOOP("core", "The scale must lie between 1:{least} and 1:{largest}.")
_PAPER = QT_TRANSLATE_NOOP("core", "There is no paper {paper}; there are {papers}.")
_PICTURE = QT_TRANSLATE_NOOP("core", "Map {title} at scale 1:{scale}")


@dataclass(frozen=True)
class _View:
    """Stands where the map sheet expects a dossier."""

    network: Network
    plan: str

    @cached_property
    def spans(self) -> gpd.GeoDataFrame:
        return self._own("plan_spans")

    @cached_property
    def nodes(self) -> gpd.GeoDataFrame:
        return self._own("plan_nodes")

    @cached_property
    def sites(self) -> gpd.GeoDataFrame:
        frame = self.network.geo("sites").iloc[:0]
        return frame.assign(state=pd.Series(dtype=object), site=pd.Series(dtype=object))

    def _own(self, table: str) -> gpd.GeoDataFrame:
        frame = self.network.geo(table)
        return frame[frame["plan"] == self.plan]


@dataclass(frozen=True)
class ViewSheet:
    """A drawn page as SVG, its size in mm, and the scale of its map."""

    svg: str
    width_mm: float
    height_mm: float
    scale: int
    title: str


def write_view(network: Network, request: ViewRequest, path: Path, created: datetime) -> ViewSheet:
    """Write a view of the map as ``.pdf``, ``.png`` (200 dpi) or ``.svg``.

    Raises
    ------
    InputError
        For another suffix, an unknown paper or a scale out of range.
    ExchangeError
        When the file cannot be written; an older one is then left as it was.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(message(_FORMAT, name=path.name, suffixes=", ".join(SUFFIXES)))
    sheet = draw_view(network, request, created)
    content = _content(sheet, suffix, request, created)
    task = _task(content, suffix)
    write_safely(path, task.write, task.verify)
    return sheet


def draw_view(network: Network, request: ViewRequest, created: datetime) -> ViewSheet:
    """Return the page of a view; the same network and request give the same page."""
    width, height = _paper(request.paper)
    map_width = width - 2 * _MARGIN_MM - _SIDE_MM - _GAP_MM
    frame = _frame(request, map_width, height - 2 * _MARGIN_MM)
    tables = request.order or tuple(style.table for style in load_symbols().ordered())
    known = tuple(table for table in tables if table in load_symbols().layers)
    view = _View(network, request.plan)
    drawn = draw_frame(view, frame, order=known)  # type: ignore[arg-type]  # all that it reads
    speech = Speech(request.language)
    title = printable(request.title or network.name)
    side = _Side(speech, drawn, frame, network, request, created)
    content = [
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _nested(drawn.svg, _MARGIN_MM, _MARGIN_MM, frame.width_mm, frame.height_mm),
        *side.lines(title, _MARGIN_MM + map_width + _GAP_MM, height),
    ]
    page = svg.document(width, height, content, title)
    return ViewSheet(page, width, height, frame.scale, title)


def _paper(name: str) -> tuple[float, float]:
    size = PAPERS.get(name.lower())
    if size is None:
        raise InputError(message(_PAPER, paper=name, papers=", ".join(PAPERS)))
    return size


def _frame(request: ViewRequest, width_mm: float, height_mm: float) -> Frame:
    if request.scale is None:
        return fit(request.bounds, width_mm, height_mm, margin_mm=0.0, least=LEAST_SCALE)
    if not LEAST_SCALE <= request.scale <= LARGEST_SCALE:
        raise InputError(message(_SCALE, least=LEAST_SCALE, largest=LARGEST_SCALE))
    west, south, east, north = request.bounds
    m_per_mm = request.scale / 1000
    return Frame(
        (west + east) / 2 - width_mm / 2 * m_per_mm,
        (south + north) / 2 + height_mm / 2 * m_per_mm,
        width_mm,
        height_mm,
        request.scale,
    )


@dataclass(frozen=True)
class _Side:
    """The column beside the map: title, legend, scale, north, facts and sources."""

    speech: Speech
    drawn: MapSheet
    frame: Frame
    network: Network
    request: ViewRequest
    created: datetime

    def lines(self, title: str, left: float, height: float) -> list[str]:
        """Return the column's SVG."""
        colors = load_symbols().colors
        ink, muted = colors["ink"], colors["muted"]
        content = [
            f'<rect x="{left}" y="{_MARGIN_MM}" width="{_SIDE_MM}" height="22" fill="{ink}"/>'
        ]
        y = _MARGIN_MM + 7.5
        for line in _wrapped(title, 4.6, _SIDE_MM - 2 * _INSIDE_MM)[:2]:
            content.append(
                svg.text(line, left + _INSIDE_MM, y, 4.6, color="#ffffff", weight="700")
            )  # fmt: skip
            y += 5.6
        project = abbreviated(self.network.name, 40)
        content.append(svg.text(project, left + _INSIDE_MM, _MARGIN_MM + 19, 2.6, color="#ffffff"))
        foot = height - _MARGIN_MM - _FOOT_MM
        content.extend(self._legend(left, _MARGIN_MM + 28, foot - 4))
        content.extend(self._foot(left, foot + 4, (ink, muted)))
        return content

    def _legend(self, left: float, top: float, bottom: float) -> list[str]:
        ink = load_symbols().colors["ink"]
        groups = legend(self.drawn.drawn, self.speech)
        usual, least = _PITCH_MM
        columns = 1
        rows = sum(len(entries) + 1.3 for entries in groups.values())
        if rows * _CROWDED_MM > bottom - top:
            columns = 2
            rows = sum(-(-len(entries) // 2) + 1.3 for entries in groups.values())
        pitch = max(min(usual, (bottom - top) / max(rows, 1)), least)
        size = min(2.7, pitch * 0.62)
        wide = _SIDE_MM / columns
        content, y = [], top
        for name, entries in groups.items():
            if y + pitch > bottom:
                break
            word = self.speech.word(name)
            content.append(svg.text(word, left, y, size, color=ink, weight="700"))
            for number, entry in enumerate(entries):
                y += pitch if number % columns == 0 else 0.0
                if y > bottom:
                    break
                x = left + number % columns * wide
                content.extend(_entry(entry, (x, y), min(1.0, pitch / SWATCH_HEIGHT_MM), wide))
            y += 1.3 * pitch
        return content

    def _foot(self, left: float, top: float, colors: tuple[str, str]) -> list[str]:
        ink, muted = colors
        say = self.speech.word
        number = self.speech.formats.number
        content = [
            f'<line x1="{left}" y1="{top - 4}" x2="{left + _SIDE_MM}" y2="{top - 4}"'
            f' stroke="{muted}" stroke-width="0.2"/>',
            svg.text(f"{say('scale')} 1:{number(self.frame.scale, 0)}", left, top + 1.5, 3.4,
                     color=ink, weight="700"),
            *self._bar(left, top + 5, ink),
            *_north(left + _SIDE_MM - 8, top, ink),
            svg.text(say("grid_north"), left + _SIDE_MM, top + 16.5, 2.1, color=muted,
                     anchor="end"),
        ]  # fmt: skip
        facts = [
            (say("crs"), self.network.crs),
            (say("date"), self.speech.formats.day(self.created)),
        ]
        y = top + 21
        for label, value in facts:
            content.append(svg.text(f"{label}: {value}", left, y, 2.4, color=ink))
            y += 3.6
        sources = "; ".join(self.request.sources or self._sources())
        if sources:
            text = f"{say('sources')}: {sources}"
            for line in _wrapped(printable(text), 2.1, _SIDE_MM)[:9]:
                content.append(svg.text(line, left, y + 1, 2.1, color=muted))
                y += 2.9
        return content

    def _sources(self) -> list[str]:
        """Return whom to name for what is drawn, each once."""
        found: dict[str, None] = {}
        tables = dict.fromkeys(table for table, _ in self.drawn.drawn if table in TABLES)
        for table in tables:
            frame = self.network.table(table)
            if "source" in frame.columns:
                for text in sorted({str(item) for item in frame["source"].dropna().unique()}):
                    found.setdefault(self.speech.sentence(text))
        return [text for text in found if text]

    def _bar(self, left: float, top: float, ink: str) -> list[str]:
        length_m = _round_length_m(_BAR_MM * self.frame.m_per_mm)
        width = length_m / self.frame.m_per_mm
        number = self.speech.formats.number
        is_km = length_m >= 1000
        ends = (0.0, length_m / 2, length_m)
        digits = 1 if is_km and length_m == 1000 else 0
        texts = [number(end / 1000 if is_km else end, digits if end else 0) for end in ends]
        texts[2] += " km" if is_km else " m"
        half = width / 2
        parts = [
            f'<rect x="{svg.short(left + half * n)}" y="{svg.short(top)}" width="{svg.short(half)}"'
            f' height="1.4" fill="{fill}" stroke="{ink}" stroke-width="0.15"/>'
            for n, fill in enumerate((ink, "#ffffff"))
        ]
        anchors = ("start", "middle", "middle")
        labels = [
            svg.text(text, left + half * n, top + 4.4, 2.3, color=ink, anchor=anchor)
            for n, (text, anchor) in enumerate(zip(texts, anchors, strict=True))
        ]
        return [*parts, *labels]


def _entry(
    entry: LegendEntry, at: tuple[float, float], factor: float, wide: float
) -> Iterator[str]:
    """Draw a symbol and its label, the label's base line at a place."""
    (x, y), size = at, 2.7 * min(factor + 0.15, 1.0)
    width, height = SWATCH_WIDTH_MM * factor, SWATCH_HEIGHT_MM * factor
    inner = (SWATCH_WIDTH_MM, SWATCH_HEIGHT_MM)
    yield _nested(entry.image, x, y - 0.36 * size - height / 2, width, height, inner)
    label = _cut(entry.label, size, wide - width - 2.5)
    yield svg.text(label, x + width + 1.5, y, size, color=load_symbols().colors["ink"])


def _north(x: float, y: float, ink: str) -> list[str]:
    left = f"{x},{y} {x - 3.2},{y + 11} {x},{y + 8.4}"
    right = f"{x},{y} {x + 3.2},{y + 11} {x},{y + 8.4}"
    return [
        f'<polygon points="{right}" fill="{ink}" stroke="{ink}" stroke-width="0.2"/>',
        f'<polygon points="{left}" fill="#ffffff" stroke="{ink}" stroke-width="0.2"/>',
    ]


def _round_length_m(wanted_m: float) -> float:
    power = 10.0 ** math.floor(math.log10(wanted_m))
    return max(step * power for step in (1, 2, 5) if step * power <= wanted_m)


_OPENING = re.compile(r"^<svg[^>]*>")
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)


def _nested(
    picture: str, x: float, y: float, width: float, height: float,
    inner: tuple[float, float] | None = None,
) -> str:  # fmt: skip
    """Return an SVG document as a part of another one, clipped to its rectangle."""
    body = _TITLE.sub("", _OPENING.sub("", picture, count=1), count=1)
    inside = " ".join(svg.short(side) for side in inner or (width, height))
    return (
        f'<svg x="{svg.short(x)}" y="{svg.short(y)}" width="{svg.short(width)}"'
        f' height="{svg.short(height)}" viewBox="0 0 {inside}">{body}'
    )


def _wrapped(text: str, size_mm: float, width_mm: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        tried = f"{lines[-1]} {word}" if lines else word
        if lines and load_font().width(tried) * size_mm <= width_mm:
            lines[-1] = tried
        else:
            lines.append(_cut(word, size_mm, width_mm))
    return lines


def _cut(text: str, size_mm: float, width_mm: float) -> str:
    font = load_font()
    if font.width(text) * size_mm <= width_mm:
        return text
    while text and font.width(text + "…") * size_mm > width_mm:
        text = text[:-1]
    return text.rstrip() + "…"


def _content(sheet: ViewSheet, suffix: str, request: ViewRequest, created: datetime) -> bytes:
    if suffix == ".svg":
        return sheet.svg.encode("utf-8")
    alt = Speech(request.language).fill(_PICTURE, title=sheet.title, scale=str(sheet.scale))
    data = {
        "svg": sheet.svg, "width_mm": sheet.width_mm, "height_mm": sheet.height_mm, "alt": alt,
        "title": sheet.title, "author": "Anello", "language": request.language,
    }  # fmt: skip
    return compile_template("view.typ", data, created, PNG_DPI if suffix == ".png" else 0)


def _task(content: bytes, suffix: str) -> Task:
    def write(path: Path) -> None:
        path.write_bytes(content)

    def verify(path: Path) -> int:
        found = path.read_bytes()
        if found != content:
            raise VerificationError(f"{len(found)} of {len(content)} bytes")
        if suffix == ".pdf":
            return count_pages(found)
        ends = {".svg": b"</svg>", ".png": b"IEND\xaeB`\x82"}
        if not found.rstrip().endswith(ends[suffix]):
            raise VerificationError("no end")
        return 1

    return Task(write, verify)
