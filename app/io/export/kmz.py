"""The plan as KMZ for globes: folders by type, styles of the symbols file, icons inside."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import numpy as np
import pandas as pd
import shapely
import typst

from app.io.export import svg
from app.io.export.dossier import PlanDossier
from app.io.export.safe import VerificationError
from app.io.export.tables import warnings
from app.io.export.texts import Speech
from app.model.frames import plain
from app.model.geodesy import to_lonlat
from app.model.symbols import LayerStyle, Symbol, load_symbols

NAMESPACE = "http://www.opengis.net/kml/2.2"
_DOCUMENT = "doc.kml"
_ICON_PX_PER_MM = 12.0
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""Time of the archive's members: the same dossier gives the same bytes."""

Rows = Sequence[tuple[str, str]]


@dataclass
class _Book:
    """What is gathered while the document is written."""

    dossier: PlanDossier
    speech: Speech
    document: Xml.Element
    styles: dict[str, Symbol] = field(default_factory=dict)
    icons: dict[str, Symbol] = field(default_factory=dict)


def build_kmz(dossier: PlanDossier, language: str) -> bytes:
    """Return the archive; the same dossier gives the same bytes."""
    root = Xml.Element("kml", {"xmlns": NAMESPACE})
    document = Xml.SubElement(root, "Document")
    book = _Book(dossier, Speech(language), document)
    _text(document, "name", dossier.title)
    _text(document, "description", _described(_facts(book)))
    head = len(document)
    for table, frame, label in _tables(book):
        _folder(book, load_symbols().layers[table], frame, label)
    for place, (name, symbol) in enumerate(sorted(book.styles.items())):
        document.insert(head + place, _style(name, symbol, has_icon=name in book.icons))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, _DOCUMENT, Xml.tostring(root, encoding="utf-8", xml_declaration=True))
        for name, picture in _pictures(book.icons).items():
            _add(archive, f"icons/{name}.png", picture)
    return buffer.getvalue()


def count_placemarks(content: bytes) -> int:
    """Return the number of placemarks; raises `VerificationError` for a damaged archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if archive.testzip() is not None:
                raise VerificationError("a part is damaged")
            names = set(archive.namelist())
            root = Xml.fromstring(archive.read(_DOCUMENT))
    except (zipfile.BadZipFile, KeyError, Xml.ParseError) as error:
        raise VerificationError(str(error)) from error
    icons = {href.text for href in root.iter(f"{{{NAMESPACE}}}href")}
    if not icons <= names:
        raise VerificationError("an icon is missing")
    return sum(1 for _ in root.iter(f"{{{NAMESPACE}}}Placemark"))


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    member = zipfile.ZipInfo(name, _EARLIEST)
    member.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(member, content)


def _text(parent: Xml.Element, tag: str, text: object) -> Xml.Element:
    """Add an element; what XML cannot hold becomes a space."""
    child = Xml.SubElement(parent, tag)
    child.text = "".join(char if char.isprintable() or char == "\n" else " " for char in str(text))
    return child


def _described(rows: Rows) -> str:
    """Return a description as HTML, in which names are text and nothing else."""
    return "<br/>".join(f"<b>{escape(name)}</b>: {escape(value)}" for name, value in rows if value)


def _facts(book: _Book) -> Rows:
    dossier, speech = book.dossier, book.speech
    low, typical, high = (speech.formats.euro(part) for part in dossier.total_eur.parts())
    return (
        (speech.word("cost_typical"), f"{typical} ({low} – {high})"),
        (speech.word("connected"), speech.formats.number(len(dossier.connected))),
        (speech.word("route_total"), speech.formats.length(dossier.route_length_m)),
        *(("!", text) for text in warnings(dossier, speech)),
        (speech.word("date"), speech.formats.day(dossier.created)),
    )


def _tables(book: _Book) -> Iterator[tuple[str, pd.DataFrame, str]]:
    dossier, word = book.dossier, book.speech.word
    network = dossier.network
    sites = dossier.sites.assign(number=range(1, len(dossier.sites) + 1))
    yield "plan_spans", dossier.spans, word("plan")
    yield "plan_nodes", dossier.nodes, book.speech.say(load_symbols().layers["plan_nodes"].label)
    yield "sites", sites, word("sites")
    yield "spans", network.geo("spans"), word("existing")
    yield "nodes", network.geo("nodes"), book.speech.say(load_symbols().layers["nodes"].label)


def _folder(book: _Book, style: LayerStyle, frame: pd.DataFrame, label: str) -> None:
    """Add a folder with one folder for each type that occurs, in the order of the symbols."""
    assert style.column is not None
    there = frame[frame["geometry"].notna()]
    if there.empty:
        return
    folder = Xml.SubElement(book.document, "Folder")
    _text(folder, "name", label)
    values = there[style.column].astype(object).astype(str)
    rank = {value: place for place, value in enumerate(style.symbols)}
    for value in sorted(values.unique(), key=lambda item: (rank.get(item, len(rank)), item)):
        symbol, rows = style.symbol(value), there[values == value]
        inner = Xml.SubElement(folder, "Folder")
        is_known = value in style.symbols
        _text(inner, "name", book.speech.say(symbol.label) if is_known else book.speech.code(value))
        name = f"{style.table}-{value}"
        book.styles[name] = symbol
        if shapely.get_dimensions(rows["geometry"].iloc[0]) == 0:
            book.icons[name] = symbol
        _placemarks(book, inner, style.table, name, rows)


def _placemarks(
    book: _Book, folder: Xml.Element, table: str, style: str, rows: pd.DataFrame
) -> None:
    xy, owner = shapely.get_coordinates(rows["geometry"].to_numpy(), return_index=True)
    lon, lat = to_lonlat(xy[:, 0], xy[:, 1], book.dossier.network.crs)
    ends = np.searchsorted(owner, np.arange(len(rows) + 1))
    for place, (uid, row) in enumerate(rows.iterrows()):
        own = slice(int(ends[place]), int(ends[place + 1]))
        path = " ".join(f"{x:.7f},{y:.7f}" for x, y in zip(lon[own], lat[own], strict=True))
        mark = Xml.SubElement(folder, "Placemark")
        _text(mark, "name", _name(table, row))
        _text(mark, "description", _described(_rows(book, table, str(uid), row)))
        _text(mark, "styleUrl", f"#{_id(style)}")
        is_point = own.stop - own.start == 1
        shape = Xml.SubElement(mark, "Point" if is_point else "LineString")
        if not is_point:
            _text(shape, "tessellate", "1")
        _text(shape, "coordinates", path)


def _name(table: str, row: Any) -> str:
    name = plain(row["name"]) if "name" in row.index else None
    if table == "sites":
        return f"{row['number']}. {name or ''}"
    return str(name or "")


def _rows(book: _Book, table: str, uid: str, row: Any) -> Rows:
    word, code, form = book.speech.word, book.speech.code, book.speech.formats
    known = {name: plain(row[name]) for name in row.index if name != "geometry"}
    if table == "plan_spans":
        year = known["phase_year"]
        return (
            (word("technique"), code(known["technique"])),
            (word("surface"), code(known["surface"])),
            (word("route_length"), form.length(known["route_length_m"])),
            (word("sites_served"), "" if known["site_count"] is None else str(known["site_count"])),
            (word("typical_cost"), form.euro(known["typical_eur"])),
            (word("year"), "" if year is None else str(year)),
            ("uid", uid),
        )
    if table == "sites":
        return (
            (word("category"), code(known["category"])),
            (word("municipality"), str(known["municipality"] or "")),
            (word("state"), code(known["state"])),
            (word("reason"), book.speech.sentence(known["reason"])),
            (word("to_network"), form.number(known["route_length_m"])),
            ("uid", str(known["site"])),
        )
    state = code(known["status"]) if "status" in known else ""
    return ((word("state"), state), ("uid", uid))


def _id(name: str) -> str:
    return "".join(char if char.isalnum() else "-" for char in name)


def _style(name: str, symbol: Symbol, *, has_icon: bool) -> Xml.Element:
    style = Xml.Element("Style", {"id": _id(name)})
    if has_icon:
        icon = Xml.SubElement(style, "IconStyle")
        _text(icon, "scale", f"{max(symbol.size_px / 16, 0.4):.2f}")
        _text(Xml.SubElement(icon, "Icon"), "href", f"icons/{_id(name)}.png")
        _text(Xml.SubElement(style, "LabelStyle"), "scale", "0.7")
    else:
        line = Xml.SubElement(style, "LineStyle")
        _text(line, "color", _color(symbol.color, symbol.opacity))
        _text(line, "width", f"{symbol.width_px:g}")
    return style


def _color(color: str, opacity: float) -> str:
    """Return ``#rrggbb`` as KML writes colours: opacity, blue, green, red."""
    red, green, blue = color[1:3], color[3:5], color[5:7]
    return f"{round(opacity * 255):02x}{blue}{green}{red}".lower()


def _pictures(icons: dict[str, Symbol]) -> dict[str, bytes]:
    """Return the symbols as PNG with a clear ground, drawn like those of the report."""
    if not icons:
        return {}
    names = sorted(icons)
    with tempfile.TemporaryDirectory(prefix="anello-icons-") as folder:
        root = Path(folder)
        pages = []
        for number, name in enumerate(names):
            symbol = icons[name]
            side = svg.px_to_mm(symbol.size_px) * 1.4 + 0.4
            drawn = svg.document(side, side, [svg.marker(symbol, side / 2, side / 2)])
            (root / f"{number}.svg").write_text(drawn, encoding="utf-8")
            pages.append(f'#image("{number}.svg", width: 6mm)')
        source = "#set page(width: auto, height: auto, margin: 0mm, fill: none)\n"
        (root / "icons.typ").write_text(source + "\n#pagebreak()\n".join(pages), encoding="utf-8")
        # One page comes as bytes, more come as a list; the stub knows the first only.
        found: Any = typst.compile(
            str(root / "icons.typ"), root=str(root), ignore_system_fonts=True, format="png",
            ppi=_ICON_PX_PER_MM * 25.4,
        )  # fmt: skip
    pictures = found if isinstance(found, list) else [found]
    return {_id(name): bytes(page) for name, page in zip(names, pictures, strict=True)}
