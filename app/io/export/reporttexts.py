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
    "continues": QT_TRANSLATE_NOOP("core", "The route goes on: sheets"),
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
    "no_comments": QT_TRANSLATE_NOOP("core", "There are no remarks on this plan."),
    "your_comment": QT_TRANSLATE_NOOP("core", "Remark of the reviewer"),
    "value": QT_TRANSLATE_NOOP("core", "Value"),
    "price_year": QT_TRANSLATE_NOOP("core", "Price year"),
}
"""English words by the key under which the report uses them."""

REVISION = QT_TRANSLATE_NOOP("core", "No. {number}, submitted on {day} by {who}")
STATE_BY = QT_TRANSLATE_NOOP("core", "{state}, since {day}, by {who}")
DECIDED = QT_TRANSLATE_NOOP("core", "{state} on {day} by {who}")
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
NO_DIVERSITY = QT_TRANSLATE_NOOP(
    "core", "This plan asks for no second routes: each site hangs on one route."
)
UNREACHED_NOTE = QT_TRANSLATE_NOOP("core", "Without a route to a hub: {names}.")
