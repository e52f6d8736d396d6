"""Prices in the window: lists, import, index, change of a price, rules, pricing a plan anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from desk_support import make_plan
from pytestqt.qtbot import QtBot

from app.planning.costs.prices import price_book
from app.ui.application import Desk
from app.ui.dialogs.price_forms import IndexDialog, PriceDialog
from app.ui.features.prices import PricesFeature

REFERENCE = "Anello reference prices"
LISTINO = "Codice;Descrizione;UM;Prezzo;Fonte\nminitrench.asphalt;Minitrincea;ml;47,50;Gara\n"
JOB_MS = 30_000


@pytest.fixture(autouse=True)
def _near(near_jobs: None) -> None:
    """Jobs run in this process."""


@pytest.fixture
def prices(town: Desk, qtbot: QtBot) -> PricesFeature:
    """The feature with its panel shown and filled."""
    feature = next(item for item in town.window.features if isinstance(item, PricesFeature))
    feature.show_prices()
    qtbot.waitUntil(lambda: feature.panel.items.rowCount() > 0, timeout=JOB_MS)
    return feature


def find(feature: PricesFeature, name: str, version: str) -> str:
    lists = feature.session.network.table("price_lists")
    found = lists.index[(lists["name"] == name) & (lists["version"] == version)]
    return str(found[0]) if len(found) else ""


def choose(feature: PricesFeature, uid: str) -> None:
    panel = feature.panel
    panel.lists_table.selectRow(panel.lists.rows_of([uid])[0])


def item_row(feature: PricesFeature, code: str) -> int:
    model = feature.panel.items
    rows = range(model.rowCount())
    return next(row for row in rows if feature.panel.code_shown(row) == code)


def test_the_list_in_use_is_shown_with_its_items(prices: PricesFeature) -> None:
    panel = prices.panel
    assert panel.lists.rowCount() == 2
    assert panel.chosen == find(prices, REFERENCE, "2")
    assert not panel.use.isEnabled() and not panel.reference.isVisible()
    panel.search.setText("minitrench")
    assert panel.items.rowCount() == 1
    assert panel.items.text_at(0, 2) == "€45.00"


def test_an_indexed_version_is_made_and_compared(prices: PricesFeature, qtbot: QtBot) -> None:
    panel = prices.panel
    old = panel.chosen
    panel.index.trigger()
    dialog = prices.bench.window.findChild(IndexDialog)
    assert dialog is not None
    dialog.accept()
    assert dialog.error.isVisibleTo(dialog)
    dialog.factor.setText("1.1")
    dialog.source.setText("ISTAT")
    dialog.year.setValue(2026)
    dialog.accept()
    qtbot.waitUntil(lambda: panel.lists.rowCount() == 3, timeout=JOB_MS)
    choose(prices, find(prices, REFERENCE, "3"))
    panel.beside.setCurrentIndex(panel.beside.findData(old))
    panel.beside.activated.emit(panel.beside.currentIndex())
    panel.search.setText("minitrench")
    qtbot.waitUntil(
        lambda: panel.items.rowCount() == 1 and panel.items.text_at(0, 4) == "€45.00",
        timeout=JOB_MS,
    )
    assert panel.items.text_at(0, 2) == "€49.50" and panel.items.text_at(0, 5) == "0.91"
    assert "1.1" in panel.state.text() and "ISTAT" in panel.state.text()


def test_a_changed_price_of_a_list_in_use_makes_a_version(
    town: Desk, prices: PricesFeature, qtbot: QtBot
) -> None:
    make_plan(town, qtbot, {"Bravo & Co"})
    panel, session = prices.panel, town.session
    qtbot.waitUntil(lambda: "new version" in panel.state.text(), timeout=JOB_MS)
    panel.items_table.selectRow(item_row(prices, "minitrench.asphalt"))
    panel.edit.click()
    dialog = prices.bench.window.findChild(PriceDialog)
    assert dialog is not None
    dialog.fields["typical_eur"].setText("1000")
    dialog.accept()
    assert dialog.error.isVisibleTo(dialog)
    dialog.fields["typical_eur"].setText("50")
    dialog.source.setText("Tender 2026")
    dialog.accept()
    qtbot.waitUntil(lambda: find(prices, REFERENCE, "3") != "", timeout=JOB_MS)
    price = price_book(session.network).price("minitrench.asphalt")
    assert (str(price.typical_eur), price.source, price.is_placeholder) == (
        "50.00", "Tender 2026", False,
    )  # fmt: skip
    qtbot.waitUntil(lambda: panel.lists.rowCount() == 3, timeout=JOB_MS)
    choose(prices, find(prices, REFERENCE, "3"))
    panel.reprice.trigger()
    qtbot.waitUntil(lambda: f"{REFERENCE}@3" in panel.state.text(), timeout=JOB_MS)
    session.undo()
    qtbot.waitUntil(lambda: panel.lists.rowCount() == 2, timeout=JOB_MS)


def test_a_file_becomes_a_new_version(prices: PricesFeature, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "gara.csv"
    path.write_text(LISTINO, encoding="utf-8")
    dialog = prices.import_prices(path)
    qtbot.waitUntil(dialog.primary.isEnabled, timeout=JOB_MS)
    assert dialog.mapping.boxes["typical_eur"].currentData() == "Prezzo"
    dialog.onto.setCurrentIndex(dialog.onto.findData(find(prices, REFERENCE, "2")))
    dialog.use.setChecked(True)
    dialog.accept()
    qtbot.waitUntil(lambda: prices.panel.lists.rowCount() == 3, timeout=JOB_MS)
    book = price_book(prices.session.network)
    assert book.uid == find(prices, REFERENCE, "3")
    assert str(book.price("minitrench.asphalt").typical_eur) == "47.50"


def test_a_file_that_is_no_price_list_is_refused_in_the_dialog(
    prices: PricesFeature, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    dialog = prices.import_prices(path)
    qtbot.waitUntil(dialog.primary.isEnabled, timeout=JOB_MS)
    dialog.accept()
    qtbot.waitUntil(lambda: dialog.error.text() != "", timeout=JOB_MS)
    assert "code" in dialog.error.text()
    dialog.reject()


def test_rules_of_the_project_are_followed_by_the_next_plan(
    town: Desk, prices: PricesFeature, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "rules.json"
    prices.write_rules(path)
    qtbot.waitUntil(path.exists, timeout=JOB_MS)
    document = json.loads(path.read_text(encoding="utf-8"))
    document["quantities"]["chambers"]["every_m"] = 20
    path.write_text(json.dumps(document))
    prices.load_rules(path)
    qtbot.waitUntil(lambda: prices.bench.cases.rules is not None, timeout=JOB_MS)
    plan = make_plan(town, qtbot, {"Bravo & Co", "Delta"})
    spans = town.session.network.table("plan_spans")
    derived = spans.loc[spans["plan"] == plan, "derived"]
    assert sum(row.get("chamber.route", 0) for row in derived) >= 5


def test_a_list_is_exported(prices: PricesFeature, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    prices.export_prices(prices.panel.chosen, path)
    qtbot.waitUntil(path.exists, timeout=JOB_MS)
