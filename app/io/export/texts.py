"""Words of the reports: one object that knows language, labels and number formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from app.io.export.accounttexts import ACCOUNT_WORDS
from app.io.export.reporttexts import REPORT_WORDS
from app.io.formats import Formats, formats
from app.io.translations import base_language, translate_sentence, translator
from app.model.frames import plain
from app.model.labels import label_of
from app.model.messages import CORE_CONTEXT, QT_TRANSLATE_NOOP, Message

WORDS: Mapping[str, str] = {
    "subtitle": QT_TRANSLATE_NOOP("core", "Extension plan of the public fibre network"),
    "map": QT_TRANSLATE_NOOP("core", "Map"),
    "overview": QT_TRANSLATE_NOOP("core", "Overview"),
    "legend": QT_TRANSLATE_NOOP("core", "Legend"),
    "plan": QT_TRANSLATE_NOOP("core", "Plan"),
    "existing": QT_TRANSLATE_NOOP("core", "Existing network"),
    "backdrop": QT_TRANSLATE_NOOP("core", "Backdrop"),
    "scale": QT_TRANSLATE_NOOP("core", "Scale"),
    "grid_north": QT_TRANSLATE_NOOP("core", "Grid north"),
    "crs": QT_TRANSLATE_NOOP("core", "Coordinate system"),
    "date": QT_TRANSLATE_NOOP("core", "Date"),
    "author": QT_TRANSLATE_NOOP("core", "Author"),
    "project": QT_TRANSLATE_NOOP("core", "Project"),
    "state": QT_TRANSLATE_NOOP("core", "State"),
    "organisation": QT_TRANSLATE_NOOP("core", "Organisation"),
    "sources": QT_TRANSLATE_NOOP("core", "Sources"),
    "page": QT_TRANSLATE_NOOP("core", "Page"),
    "of": QT_TRANSLATE_NOOP("core", "of"),
    "summary": QT_TRANSLATE_NOOP("core", "Summary"),
    "sites": QT_TRANSLATE_NOOP("core", "Sites"),
    "site": QT_TRANSLATE_NOOP("core", "Site"),
    "connected": QT_TRANSLATE_NOOP("core", "Sites connected"),
    "unreachable": QT_TRANSLATE_NOOP("core", "Sites not reachable"),
    "already": QT_TRANSLATE_NOOP("core", "Already connected"),
    "not_reachable": QT_TRANSLATE_NOOP("core", "Not reachable"),
    "route_length": QT_TRANSLATE_NOOP("core", "Route length"),
    "route_total": QT_TRANSLATE_NOOP("core", "Route length of the plan"),
    "to_network": QT_TRANSLATE_NOOP("core", "Route to the network (m)"),
    "lead_in": QT_TRANSLATE_NOOP("core", "Lead-in (m)"),
    "cost": QT_TRANSLATE_NOOP("core", "Cost without VAT"),
    "cost_typical": QT_TRANSLATE_NOOP("core", "Typical cost, VAT excluded"),
    "low": QT_TRANSLATE_NOOP("core", "Low"),
    "typical": QT_TRANSLATE_NOOP("core", "Typical"),
    "high": QT_TRANSLATE_NOOP("core", "High"),
    "objective": QT_TRANSLATE_NOOP("core", "Objective (optimised lines at typical prices)"),
    "bound": QT_TRANSLATE_NOOP("core", "Proven lower bound"),
    "gap": QT_TRANSLATE_NOOP("core", "Gap"),
    "no_bound": QT_TRANSLATE_NOOP("core", "No proven bound"),
    "engine": QT_TRANSLATE_NOOP("core", "Engine"),
    "seed": QT_TRANSLATE_NOOP("core", "Seed"),
    "seconds": QT_TRANSLATE_NOOP("core", "Computing time"),
    "protection": QT_TRANSLATE_NOOP("core", "Protection"),
    "parameters": QT_TRANSLATE_NOOP("core", "Parameters"),
    "number": QT_TRANSLATE_NOOP("core", "No."),
    "name": QT_TRANSLATE_NOOP("core", "Name"),
    "category": QT_TRANSLATE_NOOP("core", "Category"),
    "municipality": QT_TRANSLATE_NOOP("core", "Municipality"),
    "reason": QT_TRANSLATE_NOOP("core", "Reason"),
    "routes": QT_TRANSLATE_NOOP("core", "Routes"),
    "routes_note": QT_TRANSLATE_NOOP(
        "core", "Spans by technique and surface; every span is in the spreadsheet and GeoPackage."
    ),
    "technique": QT_TRANSLATE_NOOP("core", "Technique"),
    "surface": QT_TRANSLATE_NOOP("core", "Surface"),
    "spans": QT_TRANSLATE_NOOP("core", "Spans"),
    "share": QT_TRANSLATE_NOOP("core", "Share"),
    "street": QT_TRANSLATE_NOOP("core", "Street"),
    "crossings": QT_TRANSLATE_NOOP("core", "Crossings"),
    "sites_served": QT_TRANSLATE_NOOP("core", "Sites served"),
    "length_m": QT_TRANSLATE_NOOP("core", "Length (m)"),
    "bill": QT_TRANSLATE_NOOP("core", "Bill of quantities"),
    "code": QT_TRANSLATE_NOOP("core", "Code"),
    "description": QT_TRANSLATE_NOOP("core", "Description"),
    "unit": QT_TRANSLATE_NOOP("core", "Unit"),
    "quantity": QT_TRANSLATE_NOOP("core", "Quantity"),
    "unit_price": QT_TRANSLATE_NOOP("core", "Unit price (€)"),
    "amount": QT_TRANSLATE_NOOP("core", "Amount (€)"),
    "kind": QT_TRANSLATE_NOOP("core", "Kind"),
    "chapter": QT_TRANSLATE_NOOP("core", "Chapter"),
    "source": QT_TRANSLATE_NOOP("core", "Source"),
    "price_year": QT_TRANSLATE_NOOP("core", "Price year"),
    "objects": QT_TRANSLATE_NOOP("core", "Objects"),
    "placeholder": QT_TRANSLATE_NOOP("core", "Placeholder"),
    "placeholder_share": QT_TRANSLATE_NOOP(
        "core", "Share of the typical total that rests on placeholder prices (*)"
    ),
    "yes": QT_TRANSLATE_NOOP("core", "yes"),
    "no": QT_TRANSLATE_NOOP("core", "no"),
    "total": QT_TRANSLATE_NOOP("core", "Total"),
    "total_optimised": QT_TRANSLATE_NOOP("core", "Total of the optimised lines"),
    "total_derived": QT_TRANSLATE_NOOP("core", "Total of the derived lines"),
    "findings": QT_TRANSLATE_NOOP("core", "Findings"),
    "severity": QT_TRANSLATE_NOOP("core", "Severity"),
    "finding": QT_TRANSLATE_NOOP("core", "Finding"),
    "advice": QT_TRANSLATE_NOOP("core", "What to do"),
    "rule": QT_TRANSLATE_NOOP("core", "Rule"),
    "no_findings": QT_TRANSLATE_NOOP("core", "No findings."),
    "assumptions": QT_TRANSLATE_NOOP("core", "Sources and assumptions"),
    "data": QT_TRANSLATE_NOOP("core", "Data"),
    "found": QT_TRANSLATE_NOOP("core", "How the plan was found"),
    "why_not": QT_TRANSLATE_NOOP("core", "Sites not reachable, and why"),
    "reached": QT_TRANSLATE_NOOP("core", "Sites connected, by this plan or before"),
    "by_street": QT_TRANSLATE_NOOP("core", "Routes by street"),
    "of_which": QT_TRANSLATE_NOOP("core", "of which at placeholder prices"),
    "more_sources": QT_TRANSLATE_NOOP("core", "further sources: see the table"),
    "price_sources": QT_TRANSLATE_NOOP("core", "Sources of the prices"),
    "layers": QT_TRANSLATE_NOOP("core", "Layers"),
    "fit": QT_TRANSLATE_NOOP("core", "Show the whole plan"),
    "typical_cost": QT_TRANSLATE_NOOP("core", "Typical cost"),
    **ACCOUNT_WORDS,
    **REPORT_WORDS,
}
"""English words by the key under which templates and sheets use them."""

OUT_OF_DATE = QT_TRANSLATE_NOOP(
    "core", "Out of date: the network, the sites or the prices have changed since the plan."
)
OUTSIDE = QT_TRANSLATE_NOOP("core", "Sites of the plan outside this sheet: {count}.")
PLACEHOLDERS = QT_TRANSLATE_NOOP(
    "core", "{share} of the typical total rests on placeholder prices, marked *."
)
PRICE_YEARS = QT_TRANSLATE_NOOP(
    "core", "The prices are of the years {years}; no index brings them to one year."
)
NO_PLACEHOLDERS = QT_TRANSLATE_NOOP("core", "No price in this bill is a placeholder.")
ASSUMPTIONS = (
    QT_TRANSLATE_NOOP(
        "core",
        "Amounts are in euro, as low, typical and high, without VAT; the cost summary states its "
        "VAT.",
    ),
    QT_TRANSLATE_NOOP(
        "core",
        "Optimised lines are those that the search knew; a proven gap holds for them alone. "
        "Derived lines follow from the result.",
    ),
    QT_TRANSLATE_NOOP(
        "core",
        "Lengths are route lengths on the ellipsoid. Cable and fibre are longer and are not "
        "added to them.",
    ),
    QT_TRANSLATE_NOOP(
        "core",
        "The plan is a proposal: utilities, permits and ground must be surveyed before works.",
    ),
)


@dataclass(frozen=True)
class Speech:
    """Words, labels and formats of one language."""

    language: str

    @cached_property
    def formats(self) -> Formats:
        """Formats of numbers and dates."""
        return formats(self.language)

    @property
    def base(self) -> str:
        """Code of the language without territory."""
        return base_language(self.language)

    def say(self, source: str) -> str:
        """Return a source text of the core in the language."""
        return translator(self.language)(CORE_CONTEXT, source)

    def word(self, key: str) -> str:
        """Return the word that reports use under ``key``."""
        return self.say(WORDS[key])

    def words(self) -> dict[str, str]:
        """Return all words."""
        return {key: self.say(source) for key, source in WORDS.items()}

    def code(self, code: object) -> str:
        """Return the label of a code of a closed list; empty for a missing one."""
        return "" if plain(code) is None else self.say(label_of(code))

    def sentence(self, text: object) -> str:
        """Return a stored English sentence of the program in the language; empty for none."""
        return "" if plain(text) is None else translate_sentence(self.language, str(text))

    def message(self, message: Message | None) -> str:
        """Return a message in the language; empty for none."""
        return (
            "" if message is None else message.render(translator(self.language), self.formats.fill)
        )

    def fill(self, template: str, **values: str) -> str:
        """Return a translated template filled with ``values``."""
        return self.say(template).format(**values)
