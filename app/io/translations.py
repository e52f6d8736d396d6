"""Texts in the user's language without Qt, from the same files that the window's come from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from xml.etree import ElementTree

from app.model.messages import Translator

SOURCE_LANGUAGE = "en"

_UNUSABLE = frozenset({"unfinished", "vanished", "obsolete"})


def available_languages() -> tuple[str, ...]:
    """Return the codes of all languages that there are texts for, English first."""
    folder = files("resources").joinpath("i18n")
    found = [item.name.removesuffix(".ts") for item in folder.iterdir() if _is_catalogue(item.name)]
    return (SOURCE_LANGUAGE, *sorted(set(found) - {SOURCE_LANGUAGE}))


@cache
def translator(language: str) -> Translator:
    """Return a function from context and English source to text in ``language``.

    A text that is not translated yet, and every text of an unknown language, comes back in
    English. A variant such as ``it_IT`` or ``it-CH`` uses its base language.
    """
    base = base_language(language)
    texts = {} if base == SOURCE_LANGUAGE else _catalogue(base)

    def translate(context: str, source: str) -> str:
        return texts.get((context, source), source)

    return translate


def base_language(language: str) -> str:
    """Return the language of a code with or without territory: ``it`` of ``it_IT.UTF-8``."""
    return language.replace("-", "_").split(".")[0].split("_")[0].lower()


def _is_catalogue(name: str) -> bool:
    return name.endswith(".ts")


def _catalogue(language: str) -> Mapping[tuple[str, str], str]:
    """Read ``resources/i18n/<language>.ts``: a file of the program, so its XML is trusted."""
    if not language.isalpha():
        return {}
    path = files("resources").joinpath("i18n", f"{language}.ts")
    if not path.is_file():
        return {}
    root = ElementTree.fromstring(path.read_bytes())
    texts: dict[tuple[str, str], str] = {}
    for context in root.iter("context"):
        name = context.findtext("name", "")
        for entry in context.iter("message"):
            target = entry.find("translation")
            if target is None or target.get("type") in _UNUSABLE or not target.text:
                continue
            texts[(name, entry.findtext("source", ""))] = target.text
    return texts
