"""Which body plays which part in a network."""

from __future__ import annotations

from app.model.network import Network

OWNER_ROLE = "owner"
MUNICIPALITY_ROLE = "municipality"


def owner_name(network: Network) -> str:
    """Return the name of the body that owns the network, '' when none is named."""
    bodies = network.table("organisations")
    owners = sorted(bodies.loc[bodies["role"] == OWNER_ROLE, "name"])
    return str(owners[0]) if owners else ""
