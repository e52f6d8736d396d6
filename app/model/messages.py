"""Texts that a person reads, kept as template and values until the edge translates them.

The marker carries the name that Qt's ``lupdate`` looks for, so that texts of the core are
extracted together with those of the window although nothing here knows Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

CORE_CONTEXT = "core"

Translator = Callable[[str, str], str]
"""Takes context and source text, returns the text in the wanted language."""

Filler = Callable[[str, Mapping[str, Any]], str]
"""Takes a template and its values, returns the text with numbers as the language writes them."""


def QT_TRANSLATE_NOOP(context: str, source: str) -> str:  # noqa: N802 - lupdate's name
    """Mark ``source`` for extraction and return it unchanged."""
    return source


@dataclass(frozen=True)
class Message:
    """A template in ``str.format`` syntax and the values that fill it.

    A value that is itself a message is translated with it. Templates are constants of the
    program, never text from a file: values from files are data and are not interpreted.
    """

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    context: str = CORE_CONTEXT

    def render(self, translate: Translator | None = None, fill: Filler | None = None) -> str:
        """Return the text, translated when a translator is given.

        ``fill`` puts the values in; without it Python's own notation of numbers is used.
        """
        template = self.template if translate is None else translate(self.context, self.template)
        values = {
            name: value.render(translate, fill) if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        return template.format(**values) if fill is None else fill(template, values)

    def __str__(self) -> str:
        return self.render()

    def __hash__(self) -> int:
        return hash((self.context, self.template, repr(sorted(self.values.items()))))


def message(template: str, /, **values: Any) -> Message:
    """Build a message of the core; ``template`` is marked with `QT_TRANSLATE_NOOP`."""
    return Message(template, values)
