"""Optical loss of a route: what the fibre, its splices and its connectors take.

L = attenuation x length + splices x loss + connectors x loss. The wavelength is part of every
answer. Figures are ranges with their source; loss measured on a span goes before loss computed.

.. [1] IEEE 802.3 100GNGOPTX study group, message 583, quoting ITU-T G.Sup39: 0.4 dB/km at
   1294.5 nm and 0.2375 dB/km at 1550 nm each cover about half of installed links.
.. [2] Fiber Optic Association: 0.40 dB/km at 1310 nm, splice 0.15 dB at most, connector 0.5 dB.
.. [3] TIA-568: 0.5 dB/km outside plant at 1310 nm, connector 0.75 dB at most.
.. [4] GNPy default 0.2 dB/km and Net2Plan default 0.25 dB/km at 1550 nm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Range:
    """A figure in dB, or in dB per km, as low, typical and high."""

    low: float
    typical: float
    high: float

    def times(self, quantity: float) -> Range:
        """Return ``quantity`` times the range."""
        return Range(self.low * quantity, self.typical * quantity, self.high * quantity)

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.typical + other.typical, self.high + other.high)

    def to_json(self) -> dict[str, float]:
        """Return plain numbers, to a hundredth of a dB."""
        return {
            "low": round(self.low, 2),
            "typical": round(self.typical, 2),
            "high": round(self.high, 2),
        }


ATTENUATION_DB_PER_KM: Mapping[int, Range] = {
    1310: Range(0.35, 0.40, 0.50),
    1550: Range(0.20, 0.2375, 0.25),
}
"""By wavelength in nm: typical vendor value, [1]_ and [2]_, [3]_; [4]_ for 1550 nm."""

SPLICE_DB = Range(0.10, 0.10, 0.15)
"""A fusion splice: usual, and the most that [2]_ allows."""

CONNECTOR_DB = Range(0.30, 0.50, 0.75)
"""A mated pair: typical, [2]_, [3]_."""

WAVELENGTHS_NM = tuple(ATTENUATION_DB_PER_KM)


@dataclass(frozen=True)
class Light:
    """What light passes on its way.

    ``length_m`` counts where no loss is measured; ``measured_db`` is the loss of the rest, as
    measured at whatever wavelength its owner used.
    """

    length_m: float
    splices: int
    connectors: int = 2
    measured_db: float = 0.0
    measured_m: float = 0.0


def loss(light: Light, wavelength_nm: int) -> Range:
    """Return the loss at 1310 or 1550 nm; raises `KeyError` for a wavelength without figures."""
    measured = Range(light.measured_db, light.measured_db, light.measured_db)
    return (
        ATTENUATION_DB_PER_KM[wavelength_nm].times(light.length_m / 1000)
        + SPLICE_DB.times(light.splices)
        + CONNECTOR_DB.times(light.connectors)
        + measured
    )


def losses(light: Light) -> list[dict[str, Any]]:
    """Return the loss at each wavelength as plain values for the CLI."""
    return [
        {
            "wavelength_nm": wavelength,
            "loss_db": loss(light, wavelength).to_json(),
            "splices": light.splices,
            "connectors": light.connectors,
            "measured_m": round(light.measured_m, 1),
        }
        for wavelength in WAVELENGTHS_NM
    ]
