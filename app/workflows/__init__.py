"""Every use case once, without Qt: the command line and the window call the same functions.

Heavy packages are imported inside the functions that need them, so that a command or a window
starts before the planning core is loaded.
"""

from app.workflows.closures import closure
from app.workflows.costs import compare, cost, phases
from app.workflows.demo import Demo, build_demo
from app.workflows.drawing import conduit_tracer, place_of, rough_prices, street_tracer, trace
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
from app.workflows.money import (
    assumptions,
    contributions,
    delete_funding,
    funding,
    reset_assumptions,
    set_agreement,
    set_assumptions,
    set_funding,
)
from app.workflows.papers import (
    PaperRequest,
    dossier,
    export,
    is_out_of_date,
    placeholder_share,
)
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
from app.workflows.remarks import (
    answer_remark,
    close_remark,
    find_remark,
    import_remarks,
    make_remark,
    remark_list,
)
from app.workflows.reshaping import (
    deletion,
    join_two_spans,
    merge_two_nodes,
    move_to,
    split_span,
    tie_loose_ends,
    traced_span,
    turn_spans,
)
from app.workflows.review import (
    plan_status,
    reopen_plan,
    revision_difference,
    revision_list,
    submit_plan,
    take_review_step,
    verify_revisions,
)
from app.workflows.survival import (
    DiverseRequest,
    check_report_path,
    diverse_routes,
    diversity_report,
    risk_groups,
    second_route,
)
from app.workflows.views import filtered, print_view, whole_extent

__all__ = [
    "Demo",
    "DiverseRequest",
    "PaperRequest",
    "PlanRequest",
    "accept_plan",
    "add_row",
    "answer_remark",
    "assumptions",
    "availability",
    "build_demo",
    "check",
    "check_report_path",
    "close_remark",
    "closure",
    "compare",
    "conduit_tracer",
    "connected_sites",
    "contributions",
    "cost",
    "create_project",
    "delete_funding",
    "deletion",
    "diverse_routes",
    "diversity_report",
    "dossier",
    "edit_rows",
    "explain",
    "export",
    "export_rows",
    "failure_rates",
    "failures",
    "filtered",
    "find_places",
    "find_remark",
    "find_rows",
    "find_site",
    "funding",
    "import_into",
    "import_network",
    "import_remarks",
    "is_out_of_date",
    "join_two_spans",
    "lock_sections",
    "make_plan",
    "make_remark",
    "measures",
    "mend_rule",
    "merge_two_nodes",
    "move_to",
    "phases",
    "place_of",
    "placeholder_share",
    "plan_project",
    "plan_status",
    "print_view",
    "read_source",
    "redundancy",
    "remark_list",
    "remove_rows",
    "reopen_plan",
    "reset_assumptions",
    "revision_difference",
    "revision_list",
    "risk_groups",
    "rough_prices",
    "second_route",
    "select_sites",
    "set_agreement",
    "set_assumptions",
    "set_funding",
    "site_distances",
    "sorted_rows",
    "split_span",
    "street_reach",
    "street_tracer",
    "submit_plan",
    "take_review_step",
    "tie_loose_ends",
    "trace",
    "traced_span",
    "turn_spans",
    "verify_revisions",
    "whole_extent",
]
