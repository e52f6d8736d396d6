"""Findings that go with a plan: what the planner should know about its inputs."""

from __future__ import annotations

from collections.abc import Sequence

from app.model.findings import Finding, Severity
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.network import Network
from app.planning.connectivity import Service
from app.planning.costs.bill import Bill
from app.planning.streets.routegraph import RouteGraph


def remarks(
    network: Network, served: Service, routes: RouteGraph, sites: Sequence[str], paper: Bill,
    too_long: Sequence[tuple[str, Message]] = (),
) -> tuple[Finding, ...]:  # fmt: skip
    """Return the findings of a plan for ``sites``."""
    found: list[Finding] = [_long_route(uid, reason) for uid, reason in too_long]
    if served.is_without_hub:
        found.append(
            Finding(
                "plan.no_hub",
                Severity.WARNING,
                message(
                    QT_TRANSLATE_NOOP(
                        "core",
                        "No hub or pop is in service: every existing span counts as the network.",
                    )
                ),
                "nodes",
                advice=message(QT_TRANSLATE_NOOP("core", "Set the type of the hub's node.")),
            )
        )
    if served.stranded_spans:
        found.append(
            Finding(
                "plan.stranded_spans",
                Severity.WARNING,
                message(
                    QT_TRANSLATE_NOOP(
                        "core", "{count} spans in service reach no hub and were not joined to."
                    ),
                    count=len(served.stranded_spans),
                ),
                "spans",
                served.stranded_spans,
            )
        )
    if routes.closed_edges:
        found.append(
            Finding(
                "plan.closed_streets",
                Severity.INFO,
                message(
                    QT_TRANSLATE_NOOP(
                        "core",
                        "Barriers that must not be crossed closed {count} stretches of street.",
                    ),
                    count=routes.closed_edges,
                ),
                "barriers",
            )
        )
    if routes.moved:
        found.append(_moved(routes, sites))
    if paper.placeholder_share > 0:
        found.append(
            Finding(
                "plan.placeholder_prices",
                Severity.INFO,
                message(
                    QT_TRANSLATE_NOOP(
                        "core",
                        "{percent} % of the typical cost rests on prices without a verified "
                        "source.",
                    ),
                    percent=f"{100 * paper.placeholder_share:.0f}",
                ),
                "price_items",
                advice=message(QT_TRANSLATE_NOOP("core", "Replace the marked prices by your own.")),
            )
        )
    return tuple(found)


def _long_route(uid: str, reason: Message) -> Finding:
    """Return the finding about a site beyond the reach of its optics."""
    return Finding(
        "plan.long_route",
        Severity.WARNING,
        reason,
        "sites",
        (uid,),
        advice=message(
            QT_TRANSLATE_NOOP(
                "core", "Plan with the limit as a condition, or equip it with longer reach."
            )
        ),
    )


def _moved(routes: RouteGraph, sites: Sequence[str]) -> Finding:
    """Return the finding about sites that do not hang on their nearest street."""
    return Finding(
        "plan.other_street",
        Severity.WARNING,
        message(
            QT_TRANSLATE_NOOP(
                "core",
                "{count} sites were attached to a street farther away, because the nearest one "
                "has no way to the network; their longest lead-in measures {longest_m} m.",
            ),
            count=len(routes.moved),
            longest_m=f"{max(routes.moved.values()):.0f}",
        ),
        "sites",
        tuple(sites[row] for row in routes.moved),
        advice=message(
            QT_TRANSLATE_NOOP(
                "core", "Close the gap in the streets if the nearest one is connected in truth."
            )
        ),
    )
