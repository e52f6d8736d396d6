"""Every use case once, without Qt: the command line and the window call the same functions.

Heavy packages are imported inside the functions that need them, so that a command or a window
starts before the planning core is loaded.
"""

from app.workflows.closures import closure
from app.workflows.costs import compare, cost, phases
from app.workflows.demo import Demo, build_demo
from app.workflows.editing import (
    add_row,
    edit_rows,
    export_rows,
    find_rows,
    mend_rule,
    remove_rows,
    sorted_rows,
)
from app.workflows.failures import availability, failure_rates, failures, measures
from app.workflows.papers import dossier, export, is_out_of_date, placeholder_share
from app.workflows.places import find_places
from app.workflows.plans import (
    PlanRequest,
    accept_plan,
    connected_sites,
    find_site,
    lock_sections,
    make_plan,
    plan_project,
    redundancy,
    select_sites,
)
from app.workflows.projects import (
    check,
    create_project,
    import_into,
    import_network,
    read_source,
)
from app.workflows.reasons import explain, site_distances, street_reach
from app.workflows.survival import (
    DiverseRequest,
    check_report_path,
    diverse_routes,
    diversity_report,
    risk_groups,
    second_route,
)

__all__ = [
    "Demo",
    "DiverseRequest",
    "PlanRequest",
    "accept_plan",
    "add_row",
    "availability",
    "build_demo",
    "check",
    "check_report_path",
    "closure",
    "compare",
    "connected_sites",
    "cost",
    "create_project",
    "diverse_routes",
    "diversity_report",
    "dossier",
    "edit_rows",
    "explain",
    "export",
    "export_rows",
    "failure_rates",
    "failures",
    "find_places",
    "find_rows",
    "find_site",
    "import_into",
    "import_network",
    "is_out_of_date",
    "lock_sections",
    "make_plan",
    "measures",
    "mend_rule",
    "phases",
    "placeholder_share",
    "plan_project",
    "read_source",
    "redundancy",
    "remove_rows",
    "risk_groups",
    "second_route",
    "select_sites",
    "site_distances",
    "sorted_rows",
    "street_reach",
]
