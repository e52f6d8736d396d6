"""Find places by name, forgiving typing errors: sites, nodes, towers, streets, municipalities."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from rapidfuzz import fuzz, process

from app.model.frames import GEOMETRY
from app.model.network import Network

SEARCHED = ("areas", "sites", "nodes", "towers", "streets", "spans", "conduits", "barriers")
"""Tables with names that people look for; of equal hits the earlier table comes first."""

_LEAST_SCORE = 68.0
_LEAST_LIKENESS = 0.6
_SAME_WORD = 0.75
_EXTRA_WORDS = 10.0
"""What a name loses when nearly all of its words were not asked for."""

_APART_M = 3_000.0
"""Pieces of one name that lie farther apart are two: Via Roma of two towns."""

_SHORT_FORMS = {
    "v": "via", "vle": "viale", "vl": "viale", "pza": "piazza", "pzza": "piazza", "p": "piazza",
    "pzle": "piazzale", "ple": "piazzale", "cso": "corso", "cs": "corso", "lgo": "largo",
    "str": "strada", "s": "san", "ss": "santi", "g": "giuseppe", "sc": "scuola", "fr": "frazione",
}  # fmt: skip
"""How Italian addresses are shortened, without their points and strokes."""

_KIND_BONUS = {"areas": 3.0, "sites": 2.0, "nodes": 1.0, "towers": 1.0}
_MOST_BONUS = 3.0


@dataclass(frozen=True)
class Place:
    """A hit: what it is called, where it lies, and how well it fits (0 to 100).

    ``bounds`` are west, south, east, north in m, in the project's CRS; ``detail`` is the
    municipality where it is known; ``uids`` are the rows meant (a street has many).
    """

    title: str
    detail: str
    table: str
    uids: tuple[str, ...]
    bounds: tuple[float, float, float, float]
    score: float


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return ``text`` as it is compared: lower case, no accents, short forms written out."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    words = re.sub(r"[^0-9a-z ]+", " ", re.sub(r"(?<=[a-z])\.(?=[a-z])", "", bare)).split()
    return " ".join(_SHORT_FORMS.get(word, word) for word in words)


class PlaceIndex:
    """The names of a network, ready to be searched.

    A name fits as well as its words fit the words asked for, each by its likest word: typing
    errors count little, the beginning of a word counts as the word, and words that many names
    share (via, scuola) count less than rare ones. Building looks at each distinct name once; a
    search compares each word asked for with each distinct word, some 10 ms for 20 000 names.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self._owners: list[tuple[str, str]] = []
        number: dict[str, int] = {}
        first = [0]
        words: list[int] = []
        self._rows: dict[str, dict[str, npt.NDArray[np.int64]]] = {}
        for table in SEARCHED:
            self._rows[table] = _rows_by_name(network.table(table)["name"])
            for name in sorted(self._rows[table]):
                own = sorted(set(fold(name).split()))
                if own:
                    self._owners.append((table, name))
                    words.extend(number.setdefault(word, len(number)) for word in own)
                    first.append(len(words))
        self._vocabulary = list(number)
        self._first = np.array(first[:-1], dtype=np.int64)
        self._words = np.array(words, dtype=np.int64)
        self._use = np.bincount(self._words, minlength=len(number)).astype(float)
        self._size = np.diff(np.array(first, dtype=np.int64))
        self._towns = _towns(network)

    def search(self, text: str, limit: int = 12) -> list[Place]:
        """Return the places that fit ``text`` best, the best first."""
        wanted = self._without_house_number(fold(text).split())
        if not wanted or not self._owners:
            return []
        score = self._scores(wanted)
        likely = np.argsort(-score, kind="stable")[: 3 * limit]
        found: list[Place] = []
        for row in likely:
            is_worse = len(found) >= limit and score[row] + _MOST_BONUS < found[limit - 1].score
            if score[row] < _LEAST_SCORE or is_worse:
                break
            found.extend(self._places(int(row), float(score[row])))
            found.sort(key=lambda p: (-p.score, SEARCHED.index(p.table), p.title, p.detail, p.uids))
        return found[:limit]

    def _without_house_number(self, wanted: list[str]) -> list[str]:
        """Return the words asked for without numbers that no name holds: they number houses."""
        known = set(self._vocabulary) if any(_NUMBER.fullmatch(word) for word in wanted) else set()
        kept = [
            word
            for place, word in enumerate(wanted)
            if not (_NUMBER.fullmatch(word) and word not in known)
            and not (word in _NUMBER_SIGNS and _is_number(wanted, place + 1))
        ]
        return kept or wanted

    def _scores(self, wanted: list[str]) -> npt.NDArray[np.float64]:
        """Return how well each name fits, 0 to 100."""
        likeness = process.cdist(wanted, self._vocabulary, scorer=fuzz.ratio) / 100.0
        for row, word in enumerate(wanted):
            for column, known in enumerate(self._vocabulary):
                if known.startswith(word) and known != word:
                    least = 0.8 + 0.19 * len(word) / len(known)
                    likeness[row, column] = max(likeness[row, column], least)
        likeness[likeness < _LEAST_LIKENESS] = 0.0
        count = len(self._owners)
        found, weight_sum = np.zeros(count), 0.0
        for row in range(len(wanted)):
            uses = self._use[likeness[row] >= _SAME_WORD].sum()
            weight = np.log1p(count / max(1.0, uses))
            best = np.maximum.reduceat(likeness[row][self._words], self._first)
            found += weight * best
            weight_sum += weight
        extra = np.maximum(0, self._size - len(wanted)) / self._size
        score: npt.NDArray[np.float64] = 100.0 * found / weight_sum - _EXTRA_WORDS * extra
        return score

    def _places(self, row: int, score: float) -> list[Place]:
        table, name = self._owners[row]
        frame = self._network.table(table)
        wanted = [key for key in (GEOMETRY, "municipality", "node") if key in frame.columns]
        rows = pd.DataFrame(frame)[wanted].iloc[self._rows[table][name]]
        if table == "towers":
            return self._towers(rows, name, score)
        shapes = rows[GEOMETRY]
        placed = rows[[shape is not None and not shape.is_empty for shape in shapes]]
        if placed.empty:
            return []
        boxes = shapely.bounds(placed[GEOMETRY].to_numpy())
        is_single = table in ("sites", "nodes")
        groups = np.arange(len(boxes)) if is_single else _near_each_other(boxes)
        return [
            self._place(table, name, placed[groups == group], boxes[groups == group], score)
            for group in np.unique(groups)
        ]

    def _place(
        self, table: str, name: str, rows: pd.DataFrame, boxes: npt.NDArray[np.float64],
        score: float,
    ) -> Place:  # fmt: skip
        low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
        bounds = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
        town = ""
        if "municipality" in rows.columns:
            town = str(rows["municipality"].iloc[0] or "")
        if not town and table != "areas":
            town = self._town((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2)
        uids = tuple(sorted(str(uid) for uid in rows.index))
        return Place(name, town, table, uids, bounds, score + _KIND_BONUS.get(table, 0.0))

    def _towers(self, rows: pd.DataFrame, name: str, score: float) -> list[Place]:
        nodes = self._network.table("nodes")
        found = []
        for uid, node in rows["node"].items():
            if node in nodes.index and nodes.at[node, GEOMETRY] is not None:
                boxes = shapely.bounds(np.array([nodes.at[node, GEOMETRY]]))
                found.append(self._place("towers", name, rows.loc[[uid]], boxes, score))
        return found

    def _town(self, x: float, y: float) -> str:
        if not len(self._towns[0]):
            return ""
        xy, names = self._towns
        return names[int(np.argmin(((xy - (x, y)) ** 2).sum(axis=1)))]


_NUMBER = re.compile(r"[0-9]{1,5}[a-z]?|bis|ter")
_NUMBER_SIGNS = frozenset({"n", "nr", "num", "no", "numero", "civico", "snc"})
"""Words before the number of a house."""


def _is_number(words: list[str], place: int) -> bool:
    return place >= len(words) or _NUMBER.fullmatch(words[place]) is not None


def _rows_by_name(names: pd.Series) -> dict[str, npt.NDArray[np.int64]]:
    """Return the positions of the rows of each name."""
    codes, known = pd.factorize(names)
    order = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], np.arange(len(known) + 1))
    return {
        str(name): order[ends[number] : ends[number + 1]] for number, name in enumerate(known)
    }  # fmt: skip


def _towns(network: Network) -> tuple[npt.NDArray[np.float64], list[str]]:
    """Return centres and names of the municipalities."""
    areas = network.table("areas")
    areas = areas[(areas["kind"] == "municipality") & areas["name"].notna()]
    shapes = [(shape, name) for shape, name in zip(areas[GEOMETRY], areas["name"], strict=True)]
    placed = [(shape.centroid, name) for shape, name in shapes if shape is not None]
    xy = np.array([(point.x, point.y) for point, _ in placed], dtype=float).reshape(-1, 2)
    return xy, [str(name) for _, name in placed]


def _near_each_other(boxes: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Return a group number for each of ``(n, 4)`` boxes; near ones share it."""
    centre = shapely.points((boxes[:, :2] + boxes[:, 2:]) / 2)
    zones = shapely.get_parts(shapely.union_all(shapely.buffer(centre, _APART_M / 2)))
    tree = shapely.STRtree(zones)
    point, zone = tree.query(centre, predicate="intersects")
    group = np.zeros(len(boxes), dtype=np.int64)
    group[point] = zone
    return group
