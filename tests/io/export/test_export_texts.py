"""Words, numbers and fonts of the reports."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.io import translations
from app.io.export import PlanDossier, export_plan
from app.io.export.fonts import load_font, printable
from app.io.export.texts import Speech
from app.io.formats import formats
from app.io.translations import available_languages, translate_sentence, translator
from app.model import codes
from app.model.errors import InputError
from app.model.labels import CODE_LABELS, label_of

CATALOGUE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS><TS version="2.1" language="xx"><context><name>core</name>
<message><source>Plan</source><translation>Piano</translation></message>
<message><source>Draft</source><translation type="unfinished"></translation></message>
<message><source>Old</source><translation type="vanished">Vecchio</translation></message>
<message><source>The nearest street is {near_m} m away; at most {limit_m} m.</source>
<translation>Al massimo {limit_m} m; la via dista {near_m} m.</translation></message>
<message><source>{a} {b}</source><translation>{b} {a}</translation></message>
</context><context><name>Window</name>
<message><source>Plan</source><translation>Pianifica</translation></message>
</context></TS>
"""


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "i18n").mkdir()
    (tmp_path / "i18n" / "xx.ts").write_text(CATALOGUE, encoding="utf-8")
    monkeypatch.setattr(translations, "files", lambda package: tmp_path)
    for cached in (translator, translations._patterns):
        cached.cache_clear()
    yield
    for cached in (translator, translations._patterns):
        cached.cache_clear()


def test_texts_are_translated_by_context_and_fall_back(catalogue: None) -> None:
    translate = translator("xx")
    assert translate("core", "Plan") == "Piano"
    assert translate("Window", "Plan") == "Pianifica"
    assert translate("core", "Draft") == "Draft"
    assert translate("core", "Old") == "Old"
    assert translator("xx_YY.UTF-8")("core", "Plan") == "Piano"
    assert translator("en")("core", "Plan") == "Plan"
    assert translator("../xx")("core", "Plan") == "Plan"
    assert available_languages() == ("en", "xx")


def test_stored_sentence_is_recognised_with_its_values(catalogue: None) -> None:
    stored = "The nearest street is 312 m away; at most 250 m."
    assert translate_sentence("xx", stored) == "Al massimo 250 m; la via dista 312 m."
    assert translate_sentence("en", stored) == stored
    assert translate_sentence("xx", "Il comune non risponde.") == "Il comune non risponde."
    assert translate_sentence("xx", "Plan") == "Piano"


def test_italian_is_available_and_loads() -> None:
    assert "it" in available_languages()
    assert translator("it")("core", "Plan") == "Piano"


def test_numbers_money_and_dates_by_language() -> None:
    moment = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    italian, english = formats("it"), formats("en")
    space = "\N{NO-BREAK SPACE}"
    assert italian.euro(Decimal("1234567.895")) == f"1.234.567,90{space}€"
    assert english.euro(Decimal("1234567.895")) == "€1,234,567.90"
    assert italian.euro(1234.5, 0) == f"1.235{space}€"
    assert italian.number(1234.56, 1) == "1.234,6"
    assert italian.quantity(Decimal("12.340")) == "12,34"
    assert italian.percent(Decimal("0.0153"), 2) == f"1,53{space}%"
    assert italian.length(999.6) == f"1.000{space}m"
    assert english.length(16_131.0) == f"16.1{space}km"
    assert italian.day(moment) == "22 novembre 2026"
    assert english.number(None) == english.euro(float("nan")) == "–"
    assert formats("xx-unknown").number(1.5, 1) == "1.5"


@settings(deadline=None, max_examples=50)
@given(st.decimals(0, 10**9, places=2))
def test_euro_is_read_back_to_the_cent(amount: Decimal) -> None:
    shown = formats("it").euro(amount).removesuffix("€").strip()
    assert Decimal(shown.replace(".", "").replace(",", ".")) == amount


def test_every_code_of_a_closed_list_has_a_label() -> None:
    lists = [value for name, value in vars(codes).items() if name.isupper()]
    known = {code for items in lists for code in items} - set(codes.FIBRE_KINDS)
    assert known <= set(CODE_LABELS)
    assert label_of("G.652.D") == "G.652.D"
    assert Speech("en").code(None) == ""


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=80))
def test_printable_text_has_only_glyphs_of_the_font(text: str) -> None:
    font = load_font()
    shown = printable(text)
    assert all(font.shows(char) or char in " \N{ZERO WIDTH SPACE}" for char in shown)
    assert all(len(run) <= 18 for word in shown.split() for run in word.split("\u200b"))


def test_font_knows_italian_and_its_widths() -> None:
    font = load_font()
    assert all(font.shows(char) for char in "àèéìòù€–’ÀÈŠčßøŁ")
    assert not font.shows("漢")
    assert font.width("W") > font.width("i") > 0
    assert font.width("ab") == pytest.approx(font.width("a") + font.width("b"))


def test_vendored_files_are_unchanged_and_licensed() -> None:
    folder = files("resources").joinpath("vendor")
    manifest = json.loads(folder.joinpath("vendor.json").read_text(encoding="utf-8"))
    for asset in manifest["assets"]:
        assert any(name.startswith("LICENSE") for name in asset["files"])
        own = folder.joinpath(asset["folder"])
        assert {item.name for item in own.iterdir()} == set(asset["files"])
        for name, digest in asset["files"].items():
            assert hashlib.sha256(own.joinpath(name).read_bytes()).hexdigest() == digest, name


def test_unknown_suffix_names_those_that_there_are(dossier: PlanDossier, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.dxf, \.gpkg, .*\.ofds\.json, \.pdf, \.xlsx"):
        export_plan(dossier, tmp_path / "plan.docx")
    assert list(tmp_path.iterdir()) == []


def test_dossier_adds_up_and_orders_sites(dossier: PlanDossier) -> None:
    whole = dossier.total_of("optimised") + dossier.total_of("derived")
    assert whole == dossier.total_eur
    assert list(dossier.sites["state"]) == [
        "connected", "connected", "alreadyConnected", "unreachable",
    ]  # fmt: skip
    assert 0 < dossier.placeholder_share < 1
    assert dossier.route_length_m == pytest.approx(733.385)


def test_dossier_of_an_unknown_plan_is_refused(make) -> None:
    with pytest.raises(InputError):
        make(plan_uid="none")
