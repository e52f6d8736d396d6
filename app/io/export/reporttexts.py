"""Words of the report's frame: cover, contents, phases, diversity and remarks."""

from __future__ import annotations

from collections.abc import Mapping

from app.model.messages import QT_TRANSLATE_NOOP

REPORT_WORDS: Mapping[str, str] = {
    "contents": QT_TRANSLATE_NOOP("core", "Contents"),
    "client": QT_TRANSLATE_NOOP("core", "Client"),
    "document_language": QT_TRANSLATE_NOOP("core", "Language of the document"),
    "plan_state": QT_TRANSLATE_NOOP("core", "State of the review"),
    "revision": QT_TRANSLATE_NOOP("core", "Revision"),
    "fingerprint": QT_TRANSLATE_NOOP("core", "Fingerprint of the revision"),
    "decision": QT_TRANSLATE_NOOP("core", "Decision"),
    "price_list": QT_TRANSLATE_NOOP("core", "Price list"),
    "prepared": QT_TRANSLATE_NOOP("core", "Prepared by"),
    "checked": QT_TRANSLATE_NOOP("core", "Checked by"),
    "approved": QT_TRANSLATE_NOOP("core", "Approved by"),
    "signature": QT_TRANSLATE_NOOP("core", "Name, date, signature"),
    "by_chapter": QT_TRANSLATE_NOOP("core", "Bill by chapter"),
    "chapter": QT_TRANSLATE_NOOP("core", "Chapter"),
    "phase_map": QT_TRANSLATE_NOOP("core", "Map by phase"),
    "time_plan": QT_TRANSLATE_NOOP("core", "Time plan"),
    "phase": QT_TRANSLATE_NOOP("core", "Phase"),
    "sites_by_phase": QT_TRANSLATE_NOOP("core", "Sites by phase"),
    "diversity": QT_TRANSLATE_NOOP("core", "Diversity of the routes"),
    "outcome": QT_TRANSLATE_NOOP("core", "Outcome"),
    "separation": QT_TRANSLATE_NOOP("core", "Smallest separation (m)"),
    "shared_objects": QT_TRANSLATE_NOOP("core", "Shared"),
    "availability": QT_TRANSLATE_NOOP("core", "Availability"),
    "comments": QT_TRANSLATE_NOOP("core", "Remarks of the review"),
    "object": QT_TRANSLATE_NOOP("core", "Object"),
    "remark": QT_TRANSLATE_NOOP("core", "Remark"),
    "economics": QT_TRANSLATE_NOOP("core", "Costs over the life of the plan"),
    "investment": QT_TRANSLATE_NOOP("core", "Works (bill)"),
    "running_value": QT_TRANSLATE_NOOP("core", "Running costs, present value"),
    "renewal_value": QT_TRANSLATE_NOOP("core", "Renewals, present value"),
    "residual_value": QT_TRANSLATE_NOOP("core", "Residual value, present value"),
    "present_value": QT_TRANSLATE_NOOP("core", "Present value of all costs"),
    "per_year": QT_TRANSLATE_NOOP("core", "Running costs of a year"),
    "annuity": QT_TRANSLATE_NOOP("core", "Equal yearly payment"),
    "annuity_site": QT_TRANSLATE_NOOP("core", "Yearly payment for each site"),
    "annuity_mbps": QT_TRANSLATE_NOOP("core", "Yearly payment for each guaranteed Mbit/s"),
    "annuity_resident": QT_TRANSLATE_NOOP("core", "Yearly payment for each resident"),
    "running": QT_TRANSLATE_NOOP("core", "Running costs"),
    "renewals": QT_TRANSLATE_NOOP("core", "Renewals"),
    "life_years": QT_TRANSLATE_NOOP("core", "Life (years)"),
    "renewed_in": QT_TRANSLATE_NOOP("core", "Renewed after years"),
    "residual": QT_TRANSLATE_NOOP("core", "Rest at the end"),
    "contributions": QT_TRANSLATE_NOOP("core", "Yearly contributions"),
    "contribution_key": QT_TRANSLATE_NOOP("core", "Key"),
    "signed": QT_TRANSLATE_NOOP("core", "Signed on"),
    "in_operation": QT_TRANSLATE_NOOP("core", "In operation"),
    "per_year_eur": QT_TRANSLATE_NOOP("core", "A year (€)"),
    "unshared": QT_TRANSLATE_NOOP("core", "Not shared out: no key is known"),
    "surplus": QT_TRANSLATE_NOOP("core", "Fixed amounts beyond the sum"),
    "fundings": QT_TRANSLATE_NOOP("core", "Funding by phase"),
    "funding": QT_TRANSLATE_NOOP("core", "Funding"),
    "available": QT_TRANSLATE_NOOP("core", "Available (€)"),
    "left": QT_TRANSLATE_NOOP("core", "Left (€)"),
    "uncovered": QT_TRANSLATE_NOOP("core", "Not covered"),
    "criterion": QT_TRANSLATE_NOOP("core", "Criterion"),
    "shared_m": QT_TRANSLATE_NOOP("core", "Built once for both routes of a site (m)"),
    "single_m": QT_TRANSLATE_NOOP("core", "Without another way in service (m)"),
    "outage": QT_TRANSLATE_NOOP("core", "Without service, minutes a year for each site"),
    "months": QT_TRANSLATE_NOOP("core", "Months until service"),
    "range": QT_TRANSLATE_NOOP("core", "Low to high cost, VAT excluded"),
    "p90": QT_TRANSLATE_NOOP("core", "Cost not exceeded in nine of ten cases (P90)"),
    "search": QT_TRANSLATE_NOOP("core", "Search by name"),
    "nothing_found": QT_TRANSLATE_NOOP("core", "Nothing has this name."),
    "value": QT_TRANSLATE_NOOP("core", "Value"),
    "price_year": QT_TRANSLATE_NOOP("core", "Price year"),
}
"""English words by the key under which the report uses them."""

REVISION = QT_TRANSLATE_NOOP("core", "No. {number}, submitted on {day} by {who}")
STATE_BY = QT_TRANSLATE_NOOP("core", "{state}, since {day}, by {who}")
DECIDED = QT_TRANSLATE_NOOP("core", "{state} on {day} by {who}")
LIST_OF_YEAR = QT_TRANSLATE_NOOP("core", "{name}, prices of {year}")
LIST_VERSION = QT_TRANSLATE_NOOP("core", "{name}, version {version}, prices of {year}")
PHASE_MAP_ALT = QT_TRANSLATE_NOOP(
    "core",
    "Map of the plan {name} at scale 1:{scale}, its routes coloured by the year of their phase. "
    "The table of phases holds the same content.",
)
DIVERSITY_NOTE = QT_TRANSLATE_NOOP(
    "core",
    "The plan is taken as built: both routes of each site run over the plan and the network in "
    "service to a hub, without further construction. What they still share is listed.",
)
UNREACHED_NOTE = QT_TRANSLATE_NOOP("core", "Without a route to a hub: {names}.")
LIFE_NOTE = QT_TRANSLATE_NOOP(
    "core",
    "Present value: works at once, running costs and renewals in their years, less what is left "
    "at the end. Without VAT, prices of today. Figures marked * rest on an assumption.",
)
HORIZON_NOTE = QT_TRANSLATE_NOOP(
    "core",
    "Horizon {years} years, discount rate {rate}, inflation {inflation}. {share} of the present "
    "value rests on assumptions.",
)
CONTRIBUTIONS_NOTE = QT_TRANSLATE_NOOP(
    "core",
    "Bodies with an agreement in force share the running costs of a year by the key of their "
    "agreement; fixed amounts come first. Amounts add up to the sum to the cent.",
)
SHARED_SUM = QT_TRANSLATE_NOOP("core", "Sum to be shared: {amount} a year.")
FUNDING_NOTE = QT_TRANSLATE_NOOP(
    "core",
    "What each phase takes of each programme at typical prices, VAT excluded; the uses and what "
    "is not covered add up to the phase. Amounts marked * rest on an assumption.",
)
