"""Which municipality a site or a body belongs to, and how many people live there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from app.model.frames import rows_of
from app.model.network import Network

_PREFIXES = ("comune di ", "città di ", "municipality of ")


@dataclass(frozen=True)
class Municipalities:
    """The municipalities of a project, known by code and by name.

    ``residents`` holds the residents by key, ``None`` where nobody counted them; ``names`` the
    name by key. The key is the code, or the name where an area has no code.
    """

    residents: Mapping[str, int | None]
    names: Mapping[str, str]

    @cached_property
    def _by_name(self) -> Mapping[str, str]:
        return {_short(name): key for key, name in sorted(self.names.items(), reverse=True)}

    def key(self, code: object, name: object) -> str | None:
        """Return the key of a municipality by its code or, without one, by its name."""
        if code is not None and str(code) in self.names:
            return str(code)
        return None if name is None else self._by_name.get(_short(str(name)))

    def of_sites(self, sites: pd.DataFrame) -> dict[str, str | None]:
        """Return the key of the municipality of each site, ``None`` where it is unknown."""
        rows = rows_of(sites, ["municipality_code", "municipality"])
        return {
            str(row["uid"]): self.key(row["municipality_code"], row["municipality"]) for row in rows
        }


def municipalities(network: Network) -> Municipalities:
    """Return the municipalities among the areas; of several parts the residents count once."""
    areas = network.table("areas")
    areas = areas[areas["kind"] == "municipality"].sort_index()
    residents: dict[str, int | None] = {}
    names: dict[str, str] = {}
    for row in rows_of(areas, ["code", "name", "residents"]):
        key = str(row["code"] or row["name"] or "")
        if not key:
            continue
        names.setdefault(key, str(row["name"] or key))
        known = residents.get(key)
        count = None if row["residents"] is None else int(row["residents"])
        residents[key] = max((n for n in (known, count) if n is not None), default=None)
    return Municipalities(residents, names)


def residents_served(network: Network, sites: pd.DataFrame) -> dict[str, Any]:
    """Return how many people live in the municipalities of ``sites``, and what is unknown.

    ``residents`` is ``None`` when no municipality with a number of residents is known;
    ``residents_unknown`` names the municipalities without one and the sites in none.
    """
    known = municipalities(network)
    of_site = known.of_sites(sites)
    keys = sorted({key for key in of_site.values() if key is not None})
    counts = [known.residents[key] for key in keys]
    counted = [count for count in counts if count is not None]
    missing = [key for key, count in zip(keys, counts, strict=True) if count is None]
    return {
        "municipalities": len(keys),
        "residents": sum(counted) if counted else None,
        "residents_unknown": [
            *({"uid": key, "reason": f"no residents of {known.names[key]}"} for key in missing),
            *({"uid": uid, "reason": "no municipality of the site"} for uid in _nowhere(of_site)),
        ],
    }


def _nowhere(of_site: Mapping[str, str | None]) -> Iterable[str]:
    return sorted(uid for uid, key in of_site.items() if key is None)


def _short(name: str) -> str:
    """Return a name for comparison: no case, no “Comune di”."""
    folded = " ".join(name.casefold().split())
    for prefix in _PREFIXES:
        folded = folded.removeprefix(prefix)
    return folded
