"""The web map works without network, shows every object, and runs nothing from a name."""

from __future__ import annotations

import base64
import hashlib
import html.parser
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import shapely

from app.io.export import PlanDossier, export_plan
from app.io.export.texts import Speech
from app.io.export.weblayers import encode, map_data, min_zoom
from app.io.export.webmap import build_page
from app.model.geodesy import to_lonlat
from app.model.symbols import load_symbols


class _Page(html.parser.HTMLParser):
    """Tags, attributes and inline contents of a page, as a browser sees them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[tuple[str, dict[str, str | None], str]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            self.inline.append((self.cdata_elem, self.tags[-1][1], data))
        else:
            self.words.append(data)


def _data(page: str) -> dict[str, Any]:
    found = re.search(r'id="anello-data">([^<]*)</script>', page)
    assert found is not None
    return json.loads(found.group(1))


@pytest.fixture(scope="module")
def page(dossier: PlanDossier) -> str:
    return build_page(dossier, "en")


def test_page_asks_nothing_of_any_server(page: str) -> None:
    for tag, attributes in _Page(page).tags:
        assert tag not in {"link", "img", "iframe", "object", "embed", "base"}
        for name, value in attributes.items():
            assert name not in {"src", "srcset", "href", "action", "style"}, (tag, name, value)
    assert not re.search(r"url\((?!data:|#)", page)


def test_policy_names_the_hash_of_every_script_and_style(page: str) -> None:
    parsed = _Page(page)
    policy = next(
        attributes["content"]
        for tag, attributes in parsed.tags
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    blocks = re.findall(r"<(script|style)([^>]*)>(.*?)</\1>", page, re.DOTALL)
    assert len(blocks) > 4
    for tag, attributes, content in blocks:
        if "application/json" not in attributes:
            digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
            rule = policy.partition(f"{tag}-src")[2].partition(";")[0]
            assert f"'sha256-{digest}'" in rule


def test_every_object_of_the_plan_is_there(dossier: PlanDossier, page: str) -> None:
    layers = {layer["label"]: layer["features"] for layer in _data(page)["layers"]}
    assert len(layers["Plan"]) == len(dossier.spans)
    assert len(layers["Sites"]) == len(dossier.sites)
    sites = {site["title"][:2]: site for site in layers["Sites"]}
    assert set(sites) == {"1.", "2.", "3.", "4."}
    assert [key for key, site in sites.items() if site.get("ring")] == ["4."]
    assert [key for key, site in sites.items() if site.get("faint")] == ["3."]
    assert layers["Streets"]


def test_page_has_title_language_legend_sources_and_warning(page: str) -> None:
    parsed = _Page(page)
    assert parsed.tags[0] == ("html", {"lang": "en"})
    words = " ".join(parsed.words)
    for text in ("Scuole 2027", "Legend", "Not reachable", "placeholder prices", "€73,715",
                 "© OpenStreetMap contributors", "RDN2008"):  # fmt: skip
        assert text in words, text


def test_coordinates_decode_to_where_they_were() -> None:

    shape = shapely.LineString(
        [(514_000, 5_034_000), (514_100.25, 5_034_050.5), (513_000, 5_033_000)]
    )
    ((numbers,),) = encode([shape], "EPSG:7791")
    lat = [sum(numbers[0 : 2 * count + 1 : 2]) / 1e6 for count in range(3)]
    lon = [sum(numbers[1 : 2 * count + 2 : 2]) / 1e6 for count in range(3)]
    xy = shapely.get_coordinates(shape)
    true_lon, true_lat = to_lonlat(xy[:, 0], xy[:, 1], "EPSG:7791")
    assert lon == pytest.approx(true_lon, abs=1e-6)
    assert lat == pytest.approx(true_lat, abs=1e-6)


def test_small_streets_wait_for_a_closer_view() -> None:
    streets = load_symbols().layers["streets"]
    assert min_zoom(streets.symbol("motorway")) < min_zoom(streets.symbol("tertiary"))
    assert min_zoom(streets.symbol("tertiary")) < min_zoom(streets.symbol("residential"))
    assert min_zoom(load_symbols().layers["plan_spans"].default) == 0


def test_same_dossier_gives_the_same_page(dossier: PlanDossier, page: str) -> None:
    assert build_page(dossier, "en") == page


def test_hostile_names_add_no_element(
    dossier: PlanDossier, make, payloads: tuple[str, ...]
) -> None:
    harmless = _Page(build_page(make("harmless"), "en")).tags
    for payload in payloads:
        assert _Page(build_page(make(payload), "en")).tags == harmless, payload


def test_hostile_names_are_kept_as_they_are(hostile: PlanDossier) -> None:
    titles = [
        feature["title"]
        for layer in map_data(hostile, Speech("en")).data["layers"]
        if layer["label"] == "Sites"
        for feature in layer["features"]
    ]
    assert f"1. {hostile.sites['name'].iloc[0]}" in titles
    page = _data(build_page(hostile, "en"))
    assert titles == [
        f["title"] for f in next(x for x in page["layers"] if x["label"] == "Sites")["features"]
    ]


def _dump(path: Path, tmp_path: Path) -> tuple[str, str]:
    """Open a page in Chromium without any network and return its document and console."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None or shutil.which("unshare") is None or os.name == "nt":
        pytest.skip("Chromium or unshare is not installed")
    probe = subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False)
    if probe.returncode:
        pytest.skip("this user may not take the network away")
    run = subprocess.run(
        ["unshare", "-n", browser, "--headless", "--no-sandbox", "--disable-gpu",
         f"--user-data-dir={tmp_path / 'profile'}", "--window-size=1200,800",
         "--enable-logging=stderr", "--virtual-time-budget=4000", "--dump-dom", path.as_uri()],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    console = "\n".join(
        row for row in run.stderr.splitlines() if "CONSOLE" in row and "chrome://" not in row
    )
    return run.stdout, console


def test_browser_without_network_draws_all_and_runs_nothing(
    hostile: PlanDossier, tmp_path: Path
) -> None:
    path = tmp_path / "plan.html"
    report = export_plan(hostile, path, "en")
    # A probe of the test: opens every pop-up and tooltip, and tells whether a payload ran.
    probe = """
      window.anelloMap.eachLayer(function (layer) {
        if (layer.getPopup && layer.getPopup()) { layer.openPopup(); layer.openTooltip(); }
      });
      document.body.setAttribute("data-popups", document.querySelectorAll(".leaflet-popup").length);
      document.body.setAttribute("data-pwned", String(window.PWNED));
    """
    text = path.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(probe.encode()).digest()).decode()
    text = text.replace("script-src ", f"script-src 'sha256-{digest}' ", 1)
    text = text.replace("</html>", f"<script>{probe}</script></html>")
    path.write_text(text, encoding="utf-8")
    document, console = _dump(path, tmp_path)
    assert console == ""
    assert 'data-pwned="undefined"' in document
    drawn = re.search(r'data-drawn="(\d+)"', document)
    assert drawn is not None
    assert int(drawn.group(1)) >= report.count
    popups = re.search(r'data-popups="(\d+)"', document)
    assert popups is not None
    assert int(popups.group(1)) >= 1
    assert "<img" not in document.partition("anello-data")[0]


def test_lines_and_areas_of_one_layer_stay_what_they_are(page: str) -> None:
    """A railway drawn as an area would get a false line from its end back to its start."""
    barriers = next(layer for layer in _data(page)["layers"] if layer["label"] == "Barriers")
    assert sorted(feature["kind"] for feature in barriers["features"]) == ["area", "line"]


def test_unfilled_areas_are_drawn_as_their_borders(page: str) -> None:
    """The edge at which a municipality is clipped is no border of it."""
    areas = next(layer for layer in _data(page)["layers"] if layer["label"] == "Areas")
    assert sorted(feature["kind"] for feature in areas["features"]) == ["area"]


def test_search_finds_names_and_phases_leave_the_map(make, tmp_path: Path) -> None:
    dossier = make()
    for own, year in zip(("ps1", "ps2"), (2027, None), strict=True):
        dossier.spans.loc[own, "phase_year"] = year
    path = tmp_path / "plan.html"
    export_plan(dossier, path, "en")
    probe = """
      var box = document.getElementById("anello-search"), body = document.body;
      function type(text) { box.value = text; box.dispatchEvent(new Event("input")); }
      function lines() {
        var count = 0;
        window.anelloMap.eachLayer(function (layer) {
          if (layer instanceof L.Polyline) { count += 1; }
        });
        return count;
      }
      var list = document.getElementById("anello-hits");
      type("xyzzy");
      body.setAttribute("data-none", list.textContent);
      type("SCUOLE 2027 0");
      var hits = document.querySelectorAll("#anello-hits button");
      body.setAttribute("data-hit", hits.length + ":" + hits[0].textContent);
      hits[0].click();
      body.setAttribute("data-popup", document.querySelector(".leaflet-popup h2").textContent);
      var all = lines(), phases = document.querySelectorAll("#anello-phases input");
      phases[0].click();
      body.setAttribute("data-phases", phases.length + ":" + (all - lines()));
      phases[0].click();
      body.setAttribute("data-back", String(all - lines()));
    """
    text = path.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(probe.encode()).digest()).decode()
    text = text.replace("script-src ", f"script-src 'sha256-{digest}' ", 1)
    path.write_text(text.replace("</html>", f"<script>{probe}</script></html>"), encoding="utf-8")
    document, console = _dump(path, tmp_path)
    assert console == ""
    for told in (
        'data-none="Nothing has this name."', 'data-hit="1:1. Scuole 2027 0"',
        'data-popup="1. Scuole 2027 0"', 'data-phases="2:2"', 'data-back="0"',
    ):  # fmt: skip
        assert told in document, told
