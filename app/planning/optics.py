"""What optics bear: the loss that common transceivers for single-mode fibre allow.

A link fits when its typical loss and the design margin stay below the limit, and the fibre is no
longer than the optics reach.

.. [1] IEEE 802.3 clause 52 for 10GBASE-LR: transmitter at least -8.2 dBm, receiver -14.4 dBm.
.. [2] IEEE 802.3 100GNGOPTX study group, messages 583 and 584: channel insertion loss of
   10GBASE-ER and 100GBASE-ER4, 2 dB for connections included.
.. [3] Fiber Optic Association: design margin of 3 dB.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

DESIGN_MARGIN_DB = 3.0
"""Kept free for ageing and repairs, [3]_."""


@dataclass(frozen=True)
class Optics:
    """A kind of transceiver: wavelength in nm, most loss in dB, most length of fibre in m."""

    name: str
    wavelength_nm: int
    limit_db: float
    reach_m: float


OPTICS = (
    Optics("10GBASE-LR", 1310, 6.2, 10_000.0),
    Optics("10GBASE-ER", 1550, 11.0, 40_000.0),
    Optics("100GBASE-ER4", 1310, 18.0, 40_000.0),
)
"""By loss allowed: [1]_, [2]_, [2]_; nominal reach as the names stand for."""


def fitting(losses: Sequence[Mapping[str, Any]], length_m: float) -> list[dict[str, Any]]:
    """Return for each kind of optics what is left of its limit, and whether a link fits.

    Parameters
    ----------
    losses
        As `app.planning.loss.losses` returns them.
    length_m
        Of the fibre.
    """
    typical = {row["wavelength_nm"]: row["loss_db"]["typical"] for row in losses}
    found = []
    for optics in OPTICS:
        left = optics.limit_db - typical[optics.wavelength_nm]
        found.append(
            {
                "optics": optics.name,
                "wavelength_nm": optics.wavelength_nm,
                "limit_db": optics.limit_db,
                "left_db": round(left, 2),
                "fits": bool(left >= DESIGN_MARGIN_DB and length_m <= optics.reach_m),
            }
        )
    return found
