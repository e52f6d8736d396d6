"""Texts in the user's language without Qt, from the same files that the window's come from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from xml.etree import ElementTree

from app.model.messages import CORE_CONTEXT, Translator

SOURCE_LANGUAGE = "en"

_VALUE = re.compile(r"\{([A-Za-z_]+)\}")
_LEAST_LITERAL = 15
"""Letters that a template must have besides its values to be recognised by its text."""
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


@lru_cache(maxsize=4096)
def translate_sentence(language: str, text: str) -> str:
    """Return a sentence that the core has stored in English, in ``language``.

    A template with values cannot be looked up by its text, so the text is matched against the
    templates that there are translations of. What matches none, such as a person's own words,
    comes back as it is.
    """
    base = base_language(language)
    if base == SOURCE_LANGUAGE:
        return text
    found = translator(base)(CORE_CONTEXT, text)
    if found != text:
        return found
    for pattern, target in _patterns(base):
        match = pattern.fullmatch(text)
        if match:
            return target.format(**match.groupdict())
    return text


def base_language(language: str) -> str:
    """Return the language of a code with or without territory: ``it`` of ``it_IT.UTF-8``."""
    return language.replace("-", "_").split(".")[0].split("_")[0].lower()


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return each template of the core with values as a pattern, the most specific first."""
    found: list[tuple[int, re.Pattern[str], str]] = []
    for (context, source), target in _catalogue(language).items():
        names = _VALUE.findall(source)
        literal = _VALUE.sub("", source)
        if context != CORE_CONTEXT or not names or len(literal) < _LEAST_LITERAL:
            continue
        if not set(_VALUE.findall(target)) <= set(names) or len(set(names)) < len(names):
            continue
        parts = _VALUE.split(source)
        # Odd parts are the names of the values, even ones the words between them.
        pattern = "".join(
            f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts)
        )
        found.append((len(literal), re.compile(pattern, re.DOTALL), target))
    found.sort(key=lambda item: (-item[0], item[2]))
    return tuple((pattern, target) for _, pattern, target in found)


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
