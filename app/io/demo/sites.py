"""Sites of the demo: the named ones are facts, all others are modelled and say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.io.demo import areas, facts
from app.io.demo.noding import FloatArray
from app.io.demo.streets import Streets

SCHOOLS_CONNECTED = 348
SCHOOLS_WAITING = 412
SEATS = 115
SEATS_CONNECTED = 28
AGREEMENTS = 90
IN_OPERATION = 55
UNDER_CONSTRUCTION = 7
OWNER = "Città metropolitana di Milano"
_SCHOOL_NOTE = "modelled position; meaning of '5 guaranteed' to be confirmed"


@dataclass(frozen=True)
class DemoSite:
    """A site: ``state`` is operational, underConstruction or proposed; rates in Mbit/s."""

    key: str
    name: str
    category: str
    state: str
    xy: tuple[float, float]
    town: facts.Town | None
    guaranteed_mbps: float
    peak_mbps: float
    protection: str = "none"
    priority: int = 3
    payer: str | None = None
    quality: str = "modelled"
    source: str = facts.MODELLED
    note: str | None = None

    @property
    def uid(self) -> str:
        """Identifier of the site."""
        return facts.uid_of("site", self.key)

    @property
    def has_node(self) -> bool:
        """Whether the network already leads to the site, or is being built to it."""
        return self.state != "proposed"


def signed_towns(ring: FloatArray) -> list[facts.Town]:
    """Return the municipalities under agreement: Milan, then those nearest to the ring.

    Which ones have signed is modelled; only their number is a fact.
    """
    away = {item.code: np.hypot(*(ring - item.xy).T).min() for item in facts.towns()}
    return sorted(
        facts.towns(), key=lambda item: (item.name != "Milano", away[item.code], item.code)
    )[:AGREEMENTS]


class SiteMaker:
    """Places sites beside streets of their town."""

    def __init__(self, streets: Streets) -> None:
        self.rng = np.random.default_rng(53)
        is_street = np.isin(streets.road_class, ("residential", "tertiary"))
        is_street &= (streets.owner[streets.ends] >= 0).all(axis=1)
        corners = np.unique(streets.ends[is_street])
        town_of = areas.town_of(streets.xy[corners])
        self._xy = streets.xy
        self._of_town = {
            item.name: corners[town_of == number] for number, item in enumerate(facts.towns())
        }

    def spot(self, town: facts.Town) -> tuple[float, float]:
        """Return a place some 15 to 45 m beside a street of the town."""
        corner = self._xy[self.rng.choice(self._of_town[town.name])]
        turn, away = self.rng.uniform(0, 2 * np.pi), self.rng.uniform(15.0, 45.0)
        x, y = np.round(corner + away * np.array([np.cos(turn), np.sin(turn)]), 2)
        return float(x), float(y)


def build(streets: Streets, ring: FloatArray) -> list[DemoSite]:
    """Return every site in a fixed order."""
    maker = SiteMaker(streets)
    signed = signed_towns(ring)
    found = _named()
    found += _town_halls(signed)
    found += _schools(maker, signed[:IN_OPERATION])
    found += _seats(maker, signed[:IN_OPERATION])
    found += _others(maker, signed[:IN_OPERATION])
    return found


def _named() -> list[DemoSite]:
    """Return the sites at named places; rates not known from a source are marked in the note."""
    rates = (
        ("int", "hospital", 10000.0, 10000.0, "node", 1, "modelled rate"),
        ("besta", "hospital", 20000.0, 20000.0, "node", 1, None),
        ("questura", "police", 1000.0, 2500.0, "edge", 1, "modelled split of 1 to 2.5 Gbit/s"),
        ("postal_police", "police", 1000.0, 2500.0, "edge", 1, "modelled split of 1 to 2.5 Gbit/s"),
        ("parco_nord", "other_body", 1000.0, 1000.0, "none", 3, "modelled rate"),
        ("monza", "other_body", 1000.0, 10000.0, "edge", 2, "modelled rate"),
        ("afol", "other_body", 1000.0, 1000.0, "none", 3, "modelled rate"),
    )
    return [
        DemoSite(key, facts.places()[key].name, category, "operational", facts.places()[key].xy,
                 None, low, high, protection, priority, None, facts.places()[key].quality,
                 facts.places()[key].source, note)
        for key, category, low, high, protection, priority, note in rates
    ]  # fmt: skip


def _town_halls(signed: Sequence[facts.Town]) -> list[DemoSite]:
    order = {item.code: number for number, item in enumerate(signed)}
    found = []
    for item in facts.towns():
        rank = order.get(item.code, AGREEMENTS)
        state = "operational" if rank < IN_OPERATION else "proposed"
        if IN_OPERATION <= rank < IN_OPERATION + UNDER_CONSTRUCTION:
            state = "underConstruction"
        found.append(
            DemoSite(
                f"municipality/{item.code}", f"Municipio di {item.name}", "municipality", state,
                item.xy, item, 1000.0, 10000.0, "none", 2, f"Comune di {item.name}", "locality",
                "centre of the main settlement, rounded to 0.001 degrees",
                "state and rates modelled",
            )
        )  # fmt: skip
    return found


def _schools(maker: SiteMaker, served: Sequence[facts.Town]) -> list[DemoSite]:
    found: list[DemoSite] = []
    counts: dict[str, int] = {}
    groups = (
        (SCHOOLS_CONNECTED, "operational", served),
        (SCHOOLS_WAITING, "proposed", facts.towns()),
    )
    for count, state, towns in groups:
        weights = np.array([item.residents**0.8 for item in towns])
        for pick in maker.rng.choice(len(towns), count, p=weights / weights.sum()):
            item = towns[pick]
            counts[item.code] = counts.get(item.code, 0) + 1
            is_primary = maker.rng.random() < 0.55
            kind = "primaria" if is_primary else "secondaria"
            found.append(
                DemoSite(
                    f"school/{item.code}/{counts[item.code]}",
                    f"Scuola {kind} n. {counts[item.code]}, {item.name} (modelled)",
                    "school_primary" if is_primary else "school_secondary",
                    state, maker.spot(item), item, 5000.0, 10000.0, note=_SCHOOL_NOTE,
                    payer=f"Comune di {item.name}" if is_primary else OWNER,
                )
            )  # fmt: skip
    return found


def _seats(maker: SiteMaker, served: Sequence[facts.Town]) -> list[DemoSite]:
    """Return the civil-protection seats: one in each of the largest towns, and the Idroscalo."""
    hub = facts.places()["idroscalo"]
    found = [
        DemoSite("civil_protection/hub", "Centro di protezione civile, Idroscalo",
                 "civil_protection", "operational", (hub.xy[0] + 40.0, hub.xy[1] - 25.0), None,
                 10000.0, 10000.0, "node", 1, OWNER,
                 note="modelled rate; position beside the hub")
    ]  # fmt: skip
    largest = sorted(facts.towns(), key=lambda item: (-item.residents, item.code))[: SEATS - 1]
    codes = {item.code for item in served}
    connected = [item.code for item in largest if item.code in codes][: SEATS_CONNECTED - 1]
    for rank, item in enumerate(largest):
        rate = 10000.0 if rank < 8 else 2500.0 if rank < 40 else 1000.0
        found.append(
            DemoSite(
                f"civil_protection/{item.code}", f"Protezione civile, {item.name} (modelled)",
                "civil_protection", "operational" if item.code in connected else "proposed",
                maker.spot(item), item, rate, rate, "edge" if rank < 40 else "none",
                1 if rank < 40 else 2, OWNER,
                note="modelled position and rate",
            )
        )  # fmt: skip
    return found


def _others(maker: SiteMaker, served: Sequence[facts.Town]) -> list[DemoSite]:
    """Return modelled hospitals, local police, research sites and libraries."""
    largest = sorted(facts.towns(), key=lambda item: (-item.residents, item.code))
    codes = {item.code for item in served}
    milan = facts.town("Milano")
    kinds = (
        ("hospital", "Ospedale", [milan] * 9 + largest[1:18], 2000.0, 10000.0, "edge", 1, 8),
        ("police", "Polizia locale", largest[1:25], 500.0, 1000.0, "none", 3, 5),
        ("research", "Sede di ricerca", [milan] * 7, 5000.0, 10000.0, "edge", 2, 4),
        ("library", "Biblioteca", largest[:40], 200.0, 1000.0, "none", 4, 10),
    )
    found = []
    for category, title, towns, low, high, protection, priority, limit in kinds:
        connected = 0
        for number, item in enumerate(towns, start=1):
            is_connected = item.code in codes and connected < limit
            connected += is_connected
            found.append(
                DemoSite(
                    f"{category}/{number}", f"{title} n. {number}, {item.name} (modelled)",
                    category, "operational" if is_connected else "proposed", maker.spot(item),
                    item, low, high, protection, priority, note="modelled position and rate",
                )
            )  # fmt: skip
    return found
