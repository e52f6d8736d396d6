"""Where a plan enters the buildings of its sites."""

from __future__ import annotations

from app.model.network import Network


def site_entries(network: Network, plan_uid: str) -> dict[str, str]:
    """Return the plan's node of each site that the plan connects, by the site's uid.

    Sites at one place share a node. Plans of older files name the site at the node alone.
    """
    nodes, sites = network.table("plan_nodes"), network.table("plan_sites")
    nodes = nodes[(nodes["plan"] == plan_uid) & nodes["site"].notna()]
    sites = sites[(sites["plan"] == plan_uid) & sites["node"].notna()]
    found = {str(site): str(uid) for uid, site in nodes["site"].items()}
    found.update({str(row.site): str(row.node) for row in sites.itertuples()})
    return found
