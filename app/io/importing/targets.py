"""What a file is likely to be, and what each target assumes when the file is silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from app.io.importing.draft import Draft, as_text, examples
from app.io.importing.headings import Guess, guess_mapping, normalised
from app.io.importing.source import ObjectArray, SourceTable, is_missing
from app.io.importing.words import barrier_kind, site_category, translator_of
from app.model.findings import Severity
from app.model.labels import label_of
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.tables import TABLES

_NAME_HINTS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("towers", ("torri", "torre", "tower", "tralicci", "mast", "antenne", "ripetitori")),
    ("conduits", ("cavidott", "condott", "conduit", "duct", "fognatur", "sewer", "tubazion",
                  "polifor", "infrastruttur")),
    ("spans", ("tratt", "span", "fibra", "rete", "anello", "ring", "backbone", "dorsal", "link")),
    ("nodes", ("nodi", "nodo", "node", "pop", "pozzett", "hub", "camerett")),
    ("hazards", ("alluvion", "flood", "pgra", "pericol", "hazard", "frane", "rischio")),
    ("risk_groups", ("risk_group", "srlg")),
    ("barriers", ("ferrov", "rail", "fium", "river", "barrier", "ztl", "pedon", "restrict",
                  "navigl", "idrograf", "lagh", "lake", "metro_", "subway", "autostrad", "water")),
    ("streets", ("strad", "street", "vie", "road", "grafo", "highway", "viar", "edges")),
    ("failure_rates", ("failure_rate", "tassi_di_guasto", "tassi_guasto", "guasti", "affidabil")),
    ("agreements", ("convenzion", "accord", "agreement", "concession")),
    ("fundings", ("finanziament", "funding", "contribut")),
    ("organisations", ("organi", "enti", "ente", "organisation", "organization")),
    ("areas", ("comuni", "municip", "area", "zone", "confini", "parch", "boundar", "sezion")),
    ("cables", ("cavi", "cable")),
    ("sites", ("scuol", "school", "osped", "hospital", "farmac", "pharmac", "site", "sedi", "sede",
               "bibliotec", "office", "uffic", "poli", "municipi", "protezione", "centres")),
)  # fmt: skip
_FAMILIES = {
    "point": ("sites", "nodes", "towers"),
    "line": ("streets", "spans", "conduits", "barriers"),
    "polygon": ("areas", "hazards", "barriers", "sites"),
    "none": (
        "organisations", "cables", "risk_groups", "failure_rates", "agreements", "fundings",
    ),
}  # fmt: skip
_TOLD_DEFAULTS = {
    "streets": "road_class", "nodes": "type", "conduits": "kind", "hazards": "kind",
    "risk_groups": "kind",
}  # fmt: skip
"""Columns on which a plan depends and whose default must not pass for a fact."""

_TELLING = {
    "streets": ("road_class", "surface", "is_bridge", "has_sidewalk"),
    "sites": ("category", "code", "municipality", "municipality_code", "guaranteed_mbps",
              "peak_mbps", "address"),
    "nodes": ("type", "capacity_gbps"),
    "spans": ("start_node", "end_node", "loss_db", "technique", "deployment"),
    "conduits": ("kind", "capacity", "used"),
    "towers": ("height_m", "ground_m"),
    "barriers": ("kind", "crossing", "is_below_ground"),
    "hazards": ("scenario", "return_period_years"),
    "areas": ("code", "residents"),
    "cables": ("fibre_count", "spans", "used_fibres"),
    "risk_groups": ("spans", "nodes", "reason"),
    "organisations": ("identifier", "role", "email"),
    "agreements": ("body", "signed", "ends", "contribution_key", "is_in_operation"),
    "fundings": ("amount_eur", "first_year", "last_year", "category"),
    "failure_rates": ("cuts_per_km_year", "failures_per_year", "mttr_h", "applies_to"),
}  # fmt: skip


@dataclass(frozen=True)
class TargetGuess:
    """The likeliest target, and every possible one with its guessed mapping."""

    target: str
    candidates: dict[str, Guess]


def family_of(geometry: ObjectArray | None) -> str:
    """Return ``point``, ``line``, ``polygon`` or ``none``: what most geometries are."""
    if geometry is None:
        return "none"
    ids = shapely.get_type_id(geometry)
    known = ids[ids >= 0]
    if not len(known):
        return "none"
    names = np.array(["point", "line", "line", "polygon", "point", "line", "polygon", "line"])
    kinds, counts = np.unique(names[known], return_counts=True)
    return str(kinds[np.argmax(counts)])


def guess_target(source: SourceTable, family: str, stem: str) -> TargetGuess:
    """Guess what the rows are, from geometry, the file's or layer's name, and the headings."""
    if source.target:
        return TargetGuess(
            source.target,
            {source.target: guess_mapping(TABLES[source.target], list(source.columns))},
        )
    candidates = {
        name: guess_mapping(TABLES[name], list(source.columns)) for name in _FAMILIES[family]
    }
    text = f"{normalised(stem)}_{normalised(source.name)}"
    scores = {
        name: 3.0 * _is_hinted(name, text) + _telling(name, guess) - 0.01 * order
        for order, (name, guess) in enumerate(candidates.items())
    }
    return TargetGuess(max(scores, key=lambda name: scores[name]), candidates)


def _is_hinted(target: str, text: str) -> bool:
    for name, hints in _NAME_HINTS:
        if name == target:
            return any(f"_{hint}" in f"_{text}" for hint in hints)
    return False


def _telling(target: str, guess: Guess) -> float:
    return sum(
        1.0 if guess.certainty[name] == 3 else 0.5
        for name in _TELLING[target]
        if name in guess.columns
    )


def settle_closed_lists(draft: Draft) -> None:
    """Drop guessed columns whose words mean nothing, then assume what the file's name says.

    A guess that hardly translates is a wrong guess: it must not cost the rows. What the user
    mapped stays.
    """
    for column in draft.table.columns:
        heading = draft.mapping.get(column.name)
        if not column.choices or heading is None or column.name in draft.options.mapping:
            continue
        words = [str(item) for item in as_text(draft.source.columns[heading]) if item is not None]
        translate = translator_of(column.choices)
        known = {word: translate(word) is not None for word in set(words)}
        if words and sum(known[word] for word in words) < 0.5 * len(words):
            del draft.mapping[column.name]
            draft.used_columns.discard(heading)
            draft.remark(
                "import.column_not_understood",
                Severity.WARNING,
                message(
                    QT_TRANSLATE_NOOP(
                        "core",
                        "The column {heading} was not used as {column}: "
                        "its values mean nothing here",
                    ),
                    heading=heading,
                    column=message(column.label),
                ),
                advice=message(
                    QT_TRANSLATE_NOOP("core", "Set one value for all rows, or map another column")
                ),
            )


def assume_missing(draft: Draft, stem: str) -> None:
    """Fill category, kind and status where the file is silent, and say so."""
    text = f"{normalised(stem)}_{normalised(draft.source.name)}"
    if draft.table.name == "sites" and not _is_given(draft, "category"):
        _assume(draft, "category", site_category(text) or "other_body")
    if draft.table.name == "barriers" and not _is_given(draft, "kind"):
        _assume(draft, "kind", barrier_kind(text) or "other")
    if draft.table.name == "areas" and not _is_given(draft, "kind"):
        is_municipal = "comun" in text or "municip" in text
        _assume(draft, "kind", "municipality" if is_municipal else "other")
    telling = _TOLD_DEFAULTS.get(draft.table.name)
    if telling is not None and not _is_given(draft, telling):
        _assume(draft, telling, str(draft.table.column(telling).default))
    if "name" in draft.table.column_names:
        _make_names(draft)
    if "status" in draft.table.column_names and not _is_given(draft, "status"):
        _assume(draft, "status", "proposed" if draft.table.name == "sites" else "operational")


def _make_names(draft: Draft) -> None:
    """Name rows by code, address or number when the file has no names but they are needed."""
    column = draft.table.column("name")
    if not column.required or _is_given(draft, "name"):
        return
    if draft.table.name == "organisations":
        nameless = message(
            QT_TRANSLATE_NOOP("core", "{column} is missing"), column=message(column.label)
        )
        draft.reject(np.ones(len(draft.source), dtype=bool), nameless)
        return
    names = np.array([f"{draft.source.name} {row}" for row in draft.source.rows], dtype=object)
    for other in ("address", "code"):
        given = draft.values.get(other)
        if given is not None:
            names = np.where(is_missing(given), names, given)
    draft.values["name"] = names
    draft.remark(
        "import.name_made",
        Severity.WARNING,
        message(
            QT_TRANSLATE_NOOP("core", "The file has no names; rows are called such as {examples}"),
            examples=examples(names, 3),
        ),
        advice=message(QT_TRANSLATE_NOOP("core", "Map the column that holds the names to name")),
    )


def _is_given(draft: Draft, name: str) -> bool:
    return name in draft.options.set_values or name in draft.mapping


def _assume(draft: Draft, name: str, value: str) -> None:
    draft.values[name] = np.full(len(draft.source), value, dtype=object)
    draft.remark(
        f"import.{name}_assumed",
        Severity.INFO,
        message(
            QT_TRANSLATE_NOOP("core", "The file does not say {column}; {value} was assumed"),
            column=message(draft.table.column(name).label),
            value=message(label_of(value)),
        ),
        advice=message(
            QT_TRANSLATE_NOOP("core", "Give another value with --set {column}=..."), column=name
        ),
    )
