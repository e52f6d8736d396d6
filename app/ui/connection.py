"""Which sites the network serves, as the window shows it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.ui.session import Session


def connected_mask(session: Session) -> npt.NDArray[np.bool_]:
    """Return, for each site in the order of its table, whether the network serves it."""
    return session.network.table("sites").index.isin(list(session.connected))


def unconnected_sites(session: Session) -> list[str]:
    """Return the sites that a plan could connect: not served and not given up."""
    sites = session.network.table("sites")
    living = (sites["status"] != "decommissioned").to_numpy(dtype=bool)
    return [str(uid) for uid in sites.index[living & ~connected_mask(session)]]
