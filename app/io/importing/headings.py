"""Which column of a file is which field: guessed from Italian and English headings."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.model.schema import Column, Table

IGNORED_PREFIX = "anello_"
"""Columns that our own files of rejected rows add; they mean nothing on the way back."""

COORDINATE_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "lon": (
        "lon", "long", "lng", "longitude", "longitudine", "long_decimal", "lon_decimal",
        "lon_wgs84", "long_wgs84", "longitudine_wgs84", "long_x", "long_x_4326", "longitud",
        "lon_dms",
    ),
    "lat": (
        "lat", "latitude", "latitudine", "lat_decimal", "lat_wgs84", "latitudine_wgs84", "lat_y",
        "lat_y_4326", "latitud", "lat_dms",
    ),
    "x": (
        "x", "est", "easting", "east", "coord_x", "x_coord", "coordinata_x", "utm_x", "utm_est",
        "x_utm", "e", "coordx", "xcoord", "coordinata_est", "gb_x", "x_gb", "coord_est",
    ),
    "y": (
        "y", "nord", "northing", "north", "coord_y", "y_coord", "coordinata_y", "utm_y",
        "utm_nord", "y_utm", "n", "coordy", "ycoord", "coordinata_nord", "gb_y", "y_gb",
        "coord_nord",
    ),
    "wkt": ("wkt", "geometry", "geom", "the_geom", "geometria", "wkt_geom", "shape", "geo_shape"),
    "coordinates": (
        "coordinates", "coordinate", "coordinata", "location", "posizione", "lat_lon", "latlon",
        "lat_long", "latlong", "lat_lng", "latlng", "coords", "geo_point", "geo_point_2d",
        "geopoint",
        "posizione_gps", "gps", "coordinate_gps",
    ),
}  # fmt: skip
"""Fields that hold a place in a table; a mapping may name them too."""

_EXTRA_ALIASES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("sites", "municipality_code"): ("com_istat_code", "codice_istat_comune", "istat_comune"),
    ("sites", "code"): ("codice_meccanografico", "codice_farmacia", "code", "cod_struttura"),
    ("sites", "name"): ("descrizione_farmacia", "denominazione_scuola", "ubicazione"),
    ("towers", "name"): ("ubicazione", "sito", "postazione", "operatore"),
    ("towers", "ground_m"): ("altitude", "ground_m", "quota_s_l_m"),
    ("streets", "source_id"): ("osm_way_id", "edge_id", "osmid", "source_id"),
    ("areas", "code"): ("com_istat_code", "sez21", "codice_istat"),
    ("areas", "residents"): ("pop21", "pop", "abitanti"),
    ("barriers", "kind"): ("railway", "waterway", "featurecla", "barrier"),
    ("nodes", "name"): ("node_id", "codice", "id_nodo"),
    ("spans", "name"): ("codice", "id_tratta", "tratta"),
    ("conduits", "name"): ("codice", "id_condotto"),
    ("conduits", "length_m"): ("lunghezza", "length", "lunghezza_m", "length_m"),
}
_SHORT = 4
_FUZZY_CUTOFF = 0.88
_FUZZY_LENGTH = 6


@dataclass(frozen=True)
class Guess:
    """Field to column, and how sure each is: 3 exact, 2 by beginning, 1 similar."""

    columns: Mapping[str, str]
    certainty: Mapping[str, int]


def normalised(heading: str) -> str:
    """Return a heading without accents, case, punctuation: ``Città (IT)`` gives ``citta_it``."""
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", heading)
    folded = unicodedata.normalize("NFKD", split)
    bare = "".join(mark for mark in folded if not unicodedata.combining(mark)).casefold()
    return re.sub(r"[^a-z0-9]+", "_", bare).strip("_")


def guess_mapping(table: Table, headings: Sequence[str], taken: Iterable[str] = ()) -> Guess:
    """Return the likeliest column of each field of ``table``; no column serves two fields.

    Exact matches of name, label or alias win over headings that begin with one, and these over
    similar spellings; earlier aliases win over later ones.
    """
    used = set(taken)
    free = {heading: normalised(heading) for heading in headings if heading not in used}
    free = {heading: text for heading, text in free.items() if not text.startswith(IGNORED_PREFIX)}
    columns: dict[str, str] = {}
    certainty: dict[str, int] = {}
    for level, rate in ((3, _exact), (2, _beginning), (1, _similar)):
        ranked: list[tuple[int, int, int, str, str]] = []
        for order, column in enumerate(table.columns):
            if column.name in columns or _is_internal(column):
                continue
            for rank, alias in enumerate(_aliases(table, column)):
                ranked.extend(
                    (rank if level == 3 else rate(alias, text), order, place, column.name, heading)
                    for place, (heading, text) in enumerate(free.items())
                    if rate(alias, text) >= 0
                )
        for _, _, _, name, heading in sorted(ranked):
            if name not in columns and heading in free:
                columns[name], certainty[name] = heading, level
                del free[heading]
    return Guess(columns, certainty)


def coordinate_columns(headings: Sequence[str]) -> dict[str, str]:
    """Return which columns hold coordinates, by their headings: field to column."""
    found: dict[str, str] = {}
    texts = {normalised(heading): heading for heading in reversed(headings)}
    for field, aliases in COORDINATE_HEADINGS.items():
        for alias in aliases:
            if alias in texts:
                found[field] = texts[alias]
                break
    return found


def _is_internal(column: Column) -> bool:
    return column.name in ("plan",)


def _aliases(table: Table, column: Column) -> list[str]:
    own = [column.name, *column.aliases, *_EXTRA_ALIASES.get((table.name, column.name), ())]
    return list(dict.fromkeys(normalised(alias) for alias in [*own, column.label]))


def _exact(alias: str, text: str) -> int:
    return 0 if _squeezed(alias) == _squeezed(text) else -1


def _squeezed(text: str) -> str:
    return text.replace("_", "")


def _beginning(alias: str, text: str) -> int:
    """Rate a heading that starts with a whole alias: the fewer letters follow, the better."""
    if len(alias) < _SHORT or not text.startswith(alias + "_"):
        return -1
    return len(text) - len(alias)


def _similar(alias: str, text: str) -> int:
    if min(len(alias), len(text)) < _FUZZY_LENGTH or alias[0] != text[0]:
        return -1
    ratio = difflib.SequenceMatcher(None, alias, text).ratio()
    return round((1 - ratio) * 1000) if ratio >= _FUZZY_CUTOFF else -1
