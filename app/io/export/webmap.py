"""The plan as one HTML file with an interactive map that needs no network."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from html import escape
from importlib.resources import files
from typing import Any

import folium
from branca.element import Figure, MacroElement
from jinja2 import Template

from app.io.export.cover import crs_text
from app.io.export.dossier import PlanDossier
from app.io.export.legend import legend
from app.io.export.safe import VerificationError
from app.io.export.tables import report_facts, warnings
from app.io.export.texts import Speech
from app.io.export.weblayers import WebMap, map_data

_REMOTE = re.compile(
    r"""<script\b[^>]*\bsrc=[^>]*>\s*</script>|<link\b[^>]*\brel=["']stylesheet["'][^>]*/?>""",
    re.IGNORECASE,
)
_INLINE = re.compile(r"<(script|style)(\b[^>]*)>(.*?)</\1>", re.IGNORECASE | re.DOTALL)
_DATA = re.compile(r'id="anello-data">([^<]*)</script>')
_IMAGE = re.compile(r"url\(images/([a-z0-9.-]+)\)")


class _PlanLayers(MacroElement):
    """Hand the map to the page's own script."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "window.anelloMap = {{ this._parent.get_name() }};"
        "{% endmacro %}"
    )


def build_page(dossier: PlanDossier, language: str) -> str:
    """Return the whole page; the same dossier gives the same text.

    Folium builds the map; its ten links to other servers are replaced by the vendored Leaflet,
    and a content security policy allows nothing but the scripts and styles in the page.
    """
    speech = Speech(language)
    page = _REMOTE.sub("", _rendered(dossier))
    web = map_data(dossier, speech)
    data = json.dumps(web.data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    head = (
        f"<title>{escape(dossier.title)}</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_leaflet_css()}</style><style>{_own('webmap.css')}</style>"
        f"<script>{_vendored('leaflet.js')}</script>"
    )
    # In a data block only "</" and "<!--" could end it early; with no "<" left neither occurs.
    block = data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    tail = (
        f'<script type="application/json" id="anello-data">{block}</script>'
        f"<script>{_own('webmap.js')}</script>"
    )
    page = _insert(page, "<body>", after=_panel(dossier, speech, web))
    page = _insert(page, "</head>", before=head)
    page = _insert(page, "</html>", before=tail)
    page = page.replace("<html>", f'<html lang="{speech.base}">', 1)
    return page.replace("<head>", f"<head>{_policy(page)}", 1)


def _insert(page: str, mark: str, *, before: str = "", after: str = "") -> str:
    head, found, tail = page.partition(mark)
    assert found, mark
    return f"{head}{before}{mark}{after}{tail}"


def _rendered(dossier: PlanDossier) -> str:
    figure = Figure()
    view = folium.Map(tiles=None, prefer_canvas=True, zoom_snap=0.25, zoom_delta=0.5)
    view._id = "plan"
    figure._id = "figure"
    view.add_to(figure)
    layers = _PlanLayers()
    layers._id = "layers"
    layers.add_to(view)
    return str(figure.render())


def _policy(page: str) -> str:
    """Return the policy that names the hash of every script and style of the page."""
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for tag, attributes, content in _INLINE.findall(page):
        if "application/json" in attributes:
            continue
        digest = base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode()
        hashes[tag.lower()].append(f"'sha256-{digest}'")
    rules = (
        "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"script-src {' '.join(hashes['script'])}; style-src {' '.join(hashes['style'])}"
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{rules}">'


def _vendored(name: str) -> str:
    path = files("resources").joinpath("vendor", "leaflet", name)
    text = path.read_text(encoding="utf-8")
    # The map of the minified source is not shipped; a browser's tools would ask for it.
    return text.replace("//# sourceMappingURL=leaflet.js.map", "")


def _leaflet_css() -> str:
    def inlined(found: re.Match[str]) -> str:
        image = files("resources").joinpath("vendor", "leaflet", found.group(1))
        if not image.is_file():
            return "none"
        return f"url(data:image/png;base64,{base64.b64encode(image.read_bytes()).decode()})"

    return _IMAGE.sub(inlined, _vendored("leaflet.css"))


def _own(name: str) -> str:
    return files("resources").joinpath("report", name).read_text(encoding="utf-8")


def _panel(dossier: PlanDossier, speech: Speech, web: WebMap) -> str:
    owner = f"<p>{escape(dossier.organisation)}</p>" if dossier.organisation else ""
    return (
        '<main id="anello-panel">'
        f"<header>{owner}<h1>{escape(dossier.title)}</h1>"
        f"<p>{escape(speech.word('subtitle'))}</p></header>"
        f"{''.join(_sections(dossier, speech, web))}"
        f"<footer>{_footer(dossier, speech)}</footer></main>"
    )


def _sections(dossier: PlanDossier, speech: Speech, web: WebMap) -> Iterator[str]:
    figures = "".join(
        f"<div><dt>{escape(fact['label'])}</dt><dd>{escape(fact['value'])}</dd></div>"
        for fact in report_facts(dossier, speech, decimals=2)
    )
    yield f'<section><dl class="figures">{figures}</dl></section>'
    notes = warnings(dossier, speech)
    if notes:
        texts = "".join(f'<p class="warning">{escape(note)}</p>' for note in notes)
        yield f"<section>{texts}</section>"
    yield (
        f'<section><h2><label for="anello-search">{escape(speech.word("search"))}</label></h2>'
        '<input id="anello-search" type="search" autocomplete="off">'
        '<ul id="anello-hits" aria-live="polite"></ul></section>'
    )
    hidden = "" if web.data["phases"] else " hidden"
    yield (
        f"<section{hidden}><h2>{escape(speech.word('phases'))}</h2>"
        '<div id="anello-phases"></div></section>'
    )
    yield (
        f'<section><h2>{escape(speech.word("layers"))}</h2><div id="anello-layers"></div>'
        f'<button id="anello-fit" type="button">{escape(speech.word("fit"))}</button></section>'
    )
    yield f"<section><h2>{escape(speech.word('legend'))}</h2>{_legend(web, speech)}</section>"


def _legend(web: WebMap, speech: Speech) -> str:
    parts: list[str] = []
    for group, entries in legend(web.drawn, speech).items():
        items = "".join(
            f"<li>{item.image}<span>{escape(item.label)}</span></li>" for item in entries
        )
        parts.append(f'<h3>{escape(speech.word(group))}</h3><ul class="legend">{items}</ul>')
    return "".join(parts)


def _footer(dossier: PlanDossier, speech: Speech) -> str:
    lines: list[Any] = [
        f"{speech.word('project')}: {dossier.network.name}",
        f"{speech.word('date')}: {speech.formats.day(dossier.created)}",
        f"{speech.word('crs')}: {crs_text(dossier)}",
        f"{speech.word('sources')}: {'; '.join(map(speech.sentence, dossier.data_sources))}",
        dossier.program,
    ]
    return "<br>".join(escape(line) for line in lines)


def count_features(content: bytes) -> int:
    """Return the number of objects on the map of a finished page.

    Raises `VerificationError` when the data are not whole.
    """
    found = _DATA.search(content.decode("utf-8"))
    if found is None:
        raise VerificationError("no data")
    return sum(len(layer["features"]) for layer in json.loads(found.group(1))["layers"])
