"""Which sites the network serves, as the window shows it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.model.network import Network


def connected_mask(network: Network) -> npt.NDArray[np.bool_]:
    """Return, for each site in the order of its table, whether a node serves it."""
    return network.table("sites")["node"].notna().to_numpy(dtype=bool)
