"""The Italian catalogue is complete and keeps what the program fills in.

That every text of the source stands in it is checked by ``tasks.py test`` with Qt's own tool.
"""

from __future__ import annotations

import csv
import re
import string
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.io.stored_texts import PRICE_SOURCES
from app.io.translations import translate_sentence, translator
from app.ui.actions import ACTIONS, MENUS

CATALOGUE = Path(__file__).resolve().parents[1] / "resources" / "i18n" / "it.ts"
QT_PLACEHOLDER = re.compile(r"%n|%L?\d+")


def entries() -> Iterator[tuple[str, ElementTree.Element]]:
    """Yield the context's name and each message of the catalogue."""
    for context in ElementTree.parse(CATALOGUE).getroot().iter("context"):
        for entry in context.iter("message"):
            yield context.findtext("name", ""), entry


def translated_forms(entry: ElementTree.Element) -> list[str]:
    """Return the translation, or its singular and plural."""
    translation = entry.find("translation")
    if translation is None:
        return []
    if entry.get("numerus") == "yes":
        return [form.text or "" for form in translation.iter("numerusform")]
    return [translation.text or ""]


def fields(text: str) -> list[str]:
    """Return the names in braces of a template, with their format, in alphabetical order."""
    parts = string.Formatter().parse(text)
    return sorted(f"{name}:{form}" for _, name, form, _ in parts if name is not None)


def names_in_braces(text: str) -> list[str]:
    """Return the plain placeholders of a text in which other braces may stand."""
    return sorted(re.findall(r"{\w*}", text))


def test_there_is_a_catalogue_with_texts_of_core_and_window() -> None:
    """Both the core's own context and the window's classes are in it."""
    contexts = {name for name, _ in entries()}
    assert "core" in contexts
    assert len(contexts) > 5


def test_every_text_is_translated() -> None:
    """No message is unfinished, empty or left over."""
    unfinished = []
    for context, entry in entries():
        translation = entry.find("translation")
        forms = translated_forms(entry)
        is_done = translation is not None and "type" not in translation.attrib
        if not (is_done and forms and all(form.strip() for form in forms)):
            unfinished.append(f"{context}: {entry.findtext('source', '')}")
    assert unfinished == []


def test_placeholders_are_kept() -> None:
    """A translation fills in the same names and numbers as its source."""
    wrong = []
    for context, entry in entries():
        source = entry.findtext("source", "")
        for form in translated_forms(entry):
            if context in ("core", "codes"):
                is_kept = fields(source) == fields(form)
            else:
                is_kept = names_in_braces(source) == names_in_braces(form)
            is_kept &= set(QT_PLACEHOLDER.findall(form)) <= set(QT_PLACEHOLDER.findall(source))
            if not is_kept:
                wrong.append(f"{context}: {source} -> {form}")
        plural = translated_forms(entry)[-1:]
        if "%n" in source and not any("%n" in form for form in plural):
            wrong.append(f"{context}: {source}: the plural does not say how many")
    assert wrong == []


def sample(text: str) -> dict[str, object]:
    """Return a value for every field of a template: a number where it says how to write one."""
    parts = string.Formatter().parse(text)
    return {name: 1.5 if form else f"<{name}>" for _, name, form, _ in parts if name}


def test_templates_of_the_core_can_be_filled() -> None:
    """Every translated template takes the values of its source, and says them all."""
    for context, entry in entries():
        if context != "core":
            continue
        source = entry.findtext("source", "")
        values = sample(source)
        filled = translated_forms(entry)[0].format(**values)
        assert all(str(value) in filled for value in values.values() if isinstance(value, str))


def test_stored_reasons_are_found_again_by_their_text() -> None:
    """A sentence that a plan keeps in English comes back in Italian with its values."""
    source = "The nearest usable street is {distance_m} m away; a lead-in may be {limit_m} m long."
    values = {"distance_m": "612", "limit_m": "500"}
    target = translator("it")("core", source)
    assert target != source
    assert translate_sentence("it", source.format(**values)) == target.format(**values)


def test_italian_is_set_with_its_own_marks() -> None:
    """Apostrophes are typographic, quotation marks are the Italian ones, no space is doubled."""
    wrong = [
        form
        for _, entry in entries()
        for form in translated_forms(entry)
        if re.search(r"\w'|[“”\"]|  ", form)
    ]
    assert wrong == []


@pytest.mark.parametrize("menu", sorted(MENUS))
def test_keys_of_a_menu_are_unique(menu: str) -> None:
    """No two entries of one menu answer to the same letter, nor two menus of the bar."""
    say = translator("it")
    more = {"file": ["Open &recent"], "view": ["&Panels"]}.get(menu, [])
    texts = [say("actions", action.text) for action in ACTIONS if action.menu == menu]
    texts += [say("MainWindow", text) for text in more]
    for group in (texts, [say("actions", title) for title in MENUS.values()]):
        keys = [text.casefold()[text.index("&") + 1] for text in group if "&" in text]
        assert keys
        assert len(keys) == len(set(keys)), group


def test_edges_of_texts_are_kept() -> None:
    """White space at the ends, a closing colon and an ellipsis are part of the layout."""
    wrong = []
    for context, entry in entries():
        source = entry.findtext("source", "")
        for form in translated_forms(entry):
            is_same = all(
                source.endswith(mark) == form.endswith(mark) for mark in (":", "...", "…", " ")
            )
            if not is_same or source.startswith(" ") != form.startswith(" "):
                wrong.append(f"{context}: {source!r} -> {form!r}")
    assert wrong == []


def test_no_text_stands_twice_in_a_context() -> None:
    """A text with the same comment appears once."""
    keys = [
        (context, entry.findtext("source", ""), entry.findtext("comment", ""))
        for context, entry in entries()
    ]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("text", "names"),
    [("{b} of {a:.1f}", ["a:.1f", "b:"]), ("{{literal}}", []), ("no name", [])],
)
def test_fields_reads_templates_as_python_does(text: str, names: list[str]) -> None:
    """The check itself sees names and formats, and not doubled braces."""
    assert fields(text) == names


def test_what_the_price_lists_say_of_themselves_is_translated() -> None:
    """Every shipped source is marked for translation, or it only names a publication."""
    folder = CATALOGUE.parents[1] / "prices"
    found = {
        row["source"]
        for path in folder.glob("*.csv")
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    }
    citations = {
        "Junta de Andalucía, Base de Costes de la Construcción de Andalucía (BCCA) 2024-01"
    }
    assert len(found) > 5
    assert found - citations <= set(PRICE_SOURCES)
    assert all(translate_sentence("it", source) != source for source in found - citations)
