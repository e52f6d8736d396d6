"""The parameters of a plan as a person reads them: a line for each, objects by their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.model.messages import QT_TRANSLATE_NOOP
from app.model.network import Network
from app.model.tables import TABLES
from app.ui.labels import code_label, figures, object_title
from app.ui.translation import translate_text

_LABELS: Mapping[str, str] = {
    "sites": QT_TRANSLATE_NOOP("codes", "Sites"),
    "protection": QT_TRANSLATE_NOOP("codes", "Protection"),
    "time_limit_s": QT_TRANSLATE_NOOP("codes", "Time limit"),
    "gap": QT_TRANSLATE_NOOP("codes", "Stop at a gap of"),
    "seed": QT_TRANSLATE_NOOP("codes", "Seed"),
    "statuses": QT_TRANSLATE_NOOP("codes", "Starts from what is"),
    "snap_tolerance_m": QT_TRANSLATE_NOOP("codes", "Closes gaps of streets up to"),
    "join_tolerance_m": QT_TRANSLATE_NOOP("codes", "Joins the network up to"),
    "max_lead_in_m": QT_TRANSLATE_NOOP("codes", "Longest lead-in"),
    "price_list": QT_TRANSLATE_NOOP("codes", "Price list"),
    "replace": QT_TRANSLATE_NOOP("codes", "Replaces a draft of the same name"),
    "must_use": QT_TRANSLATE_NOOP("codes", "Must be used"),
    "avoid": QT_TRANSLATE_NOOP("codes", "To be avoided"),
    "locked": QT_TRANSLATE_NOOP("codes", "Kept as planned"),
    "waypoints": QT_TRANSLATE_NOOP("codes", "To be passed"),
    "techniques": QT_TRANSLATE_NOOP("codes", "Only by"),
    "excluded_techniques": QT_TRANSLATE_NOOP("codes", "Not by"),
    "hubs": QT_TRANSLATE_NOOP("codes", "Hubs that count"),
    "assigned": QT_TRANSLATE_NOOP("codes", "Fixed hub of sites"),
    "max_length_m": QT_TRANSLATE_NOOP("codes", "Longest route to the hub"),
    "length_rule": QT_TRANSLATE_NOOP("codes", "Routes that are longer"),
    "is_optional": QT_TRANSLATE_NOOP("codes", "Sites may be left out"),
    "prize_eur": QT_TRANSLATE_NOOP("codes", "Worth of a site"),
    "budget_eur": QT_TRANSLATE_NOOP("codes", "Budget"),
    "maximise": QT_TRANSLATE_NOOP("codes", "Within the budget"),
}
"""What each parameter is called; those without a name are not shown: the plan's own columns
say them (name, author, time), or a newer program wrote them."""

_WORDS: Mapping[str, str] = {
    "keep": QT_TRANSLATE_NOOP("codes", "ruled out"),
    "tell": QT_TRANSLATE_NOOP("codes", "told"),
    "number": QT_TRANSLATE_NOOP("codes", "most sites"),
    "worth": QT_TRANSLATE_NOOP("codes", "most worth"),
    "priority": QT_TRANSLATE_NOOP("codes", "most urgent sites"),
}

_YES, _NO = QT_TRANSLATE_NOOP("codes", "yes"), QT_TRANSLATE_NOOP("codes", "no")
_COUNTED = QT_TRANSLATE_NOOP("codes", "%1 sites")
_NAMES_SHOWN = 6


def parameter_lines(parameters: Mapping[str, Any], network: Network) -> list[tuple[str, str]]:
    """Return label and text of what a plan was asked, leaving out what says nothing."""
    whole = {**parameters, **_inner(parameters, "guidance"), **_inner(parameters, "selection")}
    return [
        (translate_text("codes", label), _text(name, whole[name], network))
        for name, label in _LABELS.items()
        if whole.get(name) not in (None, [], (), False, "")
    ]


def _inner(parameters: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = parameters.get(name)
    return found if isinstance(found, Mapping) else {}


def _text(name: str, value: Any, network: Network) -> str:
    if isinstance(value, bool):
        return translate_text("codes", _YES if value else _NO)
    if isinstance(value, int | float):
        return _number(name, value)
    if name == "sites":
        told = translate_text("codes", _COUNTED)
        return told.replace("%1", figures().number(len(value)))
    if isinstance(value, list | tuple):
        return _names(list(value), network)
    return _name(str(value), network)


def _number(name: str, value: float) -> str:
    if name == "gap":
        return f"{figures().number(100 * value, 1)} %"
    if name == "seed":
        return str(value)
    unit = {"_m": " m", "_s": " s", "eur": " €"}.get(name[-2:] if name[-3:] != "eur" else "eur", "")
    return f"{figures().quantity(value)}{unit}"


def _names(values: list[Any], network: Network) -> str:
    shown = [
        " → ".join(_name(str(part), network) for part in value)
        if isinstance(value, list | tuple)
        else _name(str(value), network)
        for value in values[:_NAMES_SHOWN]
    ]
    more = len(values) - len(shown)
    return ", ".join(shown) + (f" … +{figures().number(more)}" if more > 0 else "")


def _name(text: str, network: Network) -> str:
    """Return the title of an object, or the word for a code."""
    if text in _WORDS:
        return translate_text("codes", _WORDS[text])
    for table in TABLES:
        if text in network.tables[table].index:
            return object_title(network, table, text)
    return code_label(text)
