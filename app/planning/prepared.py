"""What an extension is planned on: the network in service, the sites, the priced route graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.model.errors import Infeasible
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.planning.connectivity import Service, service
from app.planning.costs.costrules import CostRules, require_items, rules_for, rules_from_json
from app.planning.costs.prices import PriceBook, price_book
from app.planning.guiding.guide import Guide, make_guide
from app.planning.guiding.terms import Terms, read_terms
from app.planning.request import (
    ExtensionParameters,
    Task,
    plans_named,
    select_sites,
    with_sites,
)
from app.planning.streets.building import RouteOptions
from app.planning.streets.landing import route_graph
from app.planning.streets.routegraph import JOIN, RouteGraph


@dataclass(frozen=True)
class Prepared:
    """The same for whoever plans, and for whoever explains what was planned."""

    served: Service
    task: Task
    rules: CostRules
    book: PriceBook
    routes: RouteGraph
    guide: Guide


def prepare(network: Network, parameters: ExtensionParameters) -> Prepared:
    """Return what an extension is planned on.

    Raises `InputError` for unknown sites, hubs or conditions and an unknown price list,
    `Infeasible` when there is nothing to connect to or something required cannot be.
    """
    guidance = parameters.guidance
    book = price_book(network, parameters.price_list)
    rules = _rules(parameters, book).limited(guidance.techniques, guidance.excluded_techniques)
    served = _service(network, parameters)
    terms = read_terms(network, guidance, tuple(plans_named(network, parameters.name).index))
    task = select_sites(network, with_sites(network, parameters, terms.locked_sites), served)
    routes = _routes(network, parameters, served, task.sites, terms, rules, book)
    routes, guide = make_guide(
        network, guidance, terms, served, parameters.statuses, routes, task.sites, book
    )
    return Prepared(served, task, rules, book, routes, guide)


def _rules(parameters: ExtensionParameters, book: PriceBook) -> CostRules:
    """Return the rules of the request, or those that the price list was made for."""
    if not parameters.rules:
        return rules_for(book)
    rules = rules_from_json(parameters.rules)
    require_items(rules, book)
    return rules


def _service(network: Network, parameters: ExtensionParameters) -> Service:
    """Return the network in service that counts; raises `Infeasible` when there is none."""
    served = service(network, parameters.statuses, parameters.guidance.hubs)
    if served.is_empty:
        raise Infeasible(
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "There is no network to connect to: no span in service and no node of type "
                    "hub or pop.",
                )
            )
        )
    return served


def _routes(
    network: Network, parameters: ExtensionParameters, served: Service, sites: Sequence[str],
    terms: Terms, rules: CostRules, book: PriceBook,
) -> RouteGraph:  # fmt: skip
    options = RouteOptions(
        parameters.snap_tolerance_m,
        parameters.join_tolerance_m,
        parameters.max_lead_in_m,
        alternatives=parameters.protection != "none",
        closures=terms.closures,
        marks_xy=terms.marks_xy,
        passes_xy=terms.waypoint_xy,
        kept_leads=terms.kept_leads,
    )
    routes = route_graph(network, served, sites, options, rules, book)
    if not (routes.kind == JOIN).any():
        raise Infeasible(
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "The network in service does not come within {tolerance_m} m of any usable "
                    "street.",
                ),
                tolerance_m=f"{parameters.join_tolerance_m:g}",
            )
        )
    return routes
