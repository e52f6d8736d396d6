"""What the report says, part by part, as plain values for its template."""

from __future__ import annotations

from collections.abc import Mapping

from app.io.export.accounttables import account_data, account_facts
from app.io.export.commenttables import comment_rows
from app.io.export.cover import cover_data, crs_text
from app.io.export.diversitypages import nines, page_words, site_page, source_line, verdict
from app.io.export.dossier import PlanDossier, RouteAnswers
from app.io.export.fonts import abbreviated, printable
from app.io.export.options import ALL_PARTS, PaperOptions
from app.io.export.reportmaps import map_data
from app.io.export.reporttexts import DIVERSITY_NOTE, UNREACHED_NOTE
from app.io.export.tables import (
    Data,
    bill_rows,
    chapter_rows,
    engine_rows,
    finding_rows,
    parameter_rows,
    placeholder_note,
    report_facts,
    route_rows,
    site_rows,
    source_rows,
    street_rows,
    total_rows,
    unreachable_rows,
    warnings,
    year_notes,
)
from app.io.export.texts import ASSUMPTIONS, Speech
from app.model.symbols import load_symbols


def report_data(dossier: PlanDossier, language: str, options: PaperOptions = ALL_PARTS) -> Data:
    """Return what the template of the report reads, as plain JSON values."""
    speech = Speech(language)
    maps, sheet_of = map_data(dossier, speech, options)
    data = {
        **_frame(dossier, speech),
        **maps,
        "cover": cover_data(dossier, speech),
        **_summary_data(dossier, speech),
        **account_data(dossier, speech),
        **_bill_data(dossier, speech),
        "diversity": _diversity_data(dossier.diversity, speech)
        if dossier.diversity is not None and "diversity" in options
        else None,
        "sites": site_rows(dossier, speech, is_reached=True, sheets=sheet_of),
        "unreachable": unreachable_rows(dossier, speech),
        "streets": street_rows(dossier, speech),
        "findings": finding_rows(dossier, speech),
        "assumptions": [*map(speech.say, ASSUMPTIONS), *map(printable, dossier.notes)],
        "sources": [list(pair) for pair in source_rows(dossier, speech)],
        "parameters": parameter_rows(dossier),
        "comments": comment_rows(dossier, speech),
    }
    return {**data, "parts": _present(data, options)}


_FILLED_BY: Mapping[str, str] = {
    "maps": "map", "phase-maps": "phase_map", "diversity": "diversity",
    "cost-summary": "cost_summary", "payers": "payers", "uncertainty": "likely",
    "phases": "phases", "alternatives": "alternatives", "streets": "streets",
    "comments": "comments", "economics": "economics", "contributions": "contributions",
}  # fmt: skip
"""Parts that a plan may have nothing for, and what fills them."""


def _present(data: Data, options: PaperOptions) -> list[str]:
    """Return the parts that are wanted and have something to say."""
    return [
        part
        for part in options.only(options.parts)
        if part not in _FILLED_BY or data[_FILLED_BY[part]]
    ]


def _frame(dossier: PlanDossier, speech: Speech) -> Data:
    """Return what every page shares."""
    plan = dossier.plan
    facts = (
        ("project", abbreviated(dossier.network.name, 70)),
        ("state", speech.code(plan["state"])),
        ("author", abbreviated(dossier.author or plan["author"] or "", 70)),
        ("date", speech.formats.day(dossier.created)),
        ("crs", crs_text(dossier)),
    )
    return {
        "language": speech.base,
        "title": printable(dossier.title) or speech.word("subtitle"),  # an archive wants one
        "author": printable(dossier.author),
        "heading": abbreviated(dossier.title, 110),
        "running": abbreviated(dossier.title, 80),
        "organisation": abbreviated(dossier.organisation, 90),
        "keywords": [speech.word("bill"), speech.word("map")],
        "program": dossier.program,
        "date": speech.formats.day(dossier.created),
        "words": speech.words(),
        "colors": dict(load_symbols().colors),
        "warnings": warnings(dossier, speech),
        "facts": [{"label": speech.word(key), "value": value} for key, value in facts if value],
    }


def _summary_data(dossier: PlanDossier, speech: Speech) -> Data:
    shown = report_facts(dossier, speech)
    return {
        "headline": shown,
        "cards": [*shown, *account_facts(dossier, speech)],
        "totals": total_rows(dossier, speech),
        "engine": engine_rows(dossier, speech),
        "routes": route_rows(dossier, speech),
    }


def _bill_data(dossier: PlanDossier, speech: Speech) -> Data:
    return {
        "bill": bill_rows(dossier, speech),
        "chapters": chapter_rows(dossier, speech),
        "bill_notes": [placeholder_note(dossier, speech), *year_notes(dossier, speech)],
        "share_note": placeholder_note(dossier, speech),
        "price_sources": [
            f"[{number}] {printable(speech.sentence(source))}"
            for number, source in enumerate(dossier.price_sources, start=1)
        ],
    }


def _diversity_data(answers: RouteAnswers, speech: Speech) -> Data:
    """Return a line for each protected site, and its page."""
    names = answers.network.table("sites")["name"]
    form = speech.formats
    rows = []
    for answer in answers.answers:
        held = [item for item in answer["shared"] if not item["exempt"]]
        apart = answer["min_separation_m"]
        rows.append(
            [
                abbreviated(names.get(answer["site"]) or answer["site"], 70),
                verdict(answer, speech),
                "–" if apart is None else form.quantity(apart),
                form.number(len(held)),
                form.number(answer["shared_m"]),
                nines(answer["availability"]["availability"], speech),
            ]
        )
    lost = ", ".join(abbreviated(names.get(uid) or uid, 70) for uid in answers.without)
    return {
        "note": speech.say(DIVERSITY_NOTE),
        "unreached": speech.fill(UNREACHED_NOTE, names=lost) if lost else "",
        "rows": rows,
        "words": page_words(speech),
        "pages": [site_page(answers, answer, speech, is_built=True) for answer in answers.answers],
        "sources": source_line(answers.network, speech),
    }
