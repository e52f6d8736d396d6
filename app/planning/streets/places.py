"""Where sites stand: those at one place share the entry of a building and its lead-in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from app.model.network import Network
from app.planning.arrays import FloatArray, IntArray, components
from app.planning.streets.attachment import sites_xy

ONE_PLACE_M = 1.0
"""Sites nearer to each other than this, in m, stand at one place: a building is entered once."""


@dataclass(frozen=True)
class Places:
    """Buildings to enter.

    Parameters
    ----------
    xy
        ``(p, 2)`` in m, of the first site of each place.
    of_site
        ``(s,)`` the place of each site.
    lead_in_eur
        ``(p,)`` stated cost of the lead-in, the highest of the sites' there; NaN: by prices.
    """

    xy: FloatArray
    of_site: IntArray
    lead_in_eur: FloatArray

    @property
    def count(self) -> int:
        """Number of places."""
        return len(self.xy)


def places_of(network: Network, sites: Sequence[str]) -> Places:
    """Return the places of ``sites``, all of which must have a position."""
    xy = sites_xy(network, sites)
    if not len(xy):
        return Places(xy, np.zeros(0, np.int64), np.zeros(0))
    pairs = cKDTree(xy).query_pairs(ONE_PLACE_M, output_type="ndarray")
    label = components(len(xy), pairs[:, 0].astype(np.int32), pairs[:, 1].astype(np.int32))
    _, first, of_site = np.unique(label, return_index=True, return_inverse=True)
    stated = network.table("sites")["lead_in_eur"].reindex(list(sites)).to_numpy(dtype=float)
    most = np.full(len(first), -np.inf)
    np.fmax.at(most, of_site, stated)
    return Places(xy[first], of_site.astype(np.int64), np.where(np.isinf(most), np.nan, most))
