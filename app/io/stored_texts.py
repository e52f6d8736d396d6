"""Sentences that the program itself stores in data: sources and notes of prices and demo.

They are stored in English and shown in the user's language by
`app.io.translations.translate_sentence`; here they are marked for translation. A person's own
sources and notes are shown as they were written.
"""

from __future__ import annotations

from app.model.messages import QT_TRANSLATE_NOOP

PRICE_SOURCES = (
    QT_TRANSLATE_NOOP("core", "Assumption without a verified source: replace before use"),
    QT_TRANSLATE_NOOP(
        "core",
        "Published evidence: Sirti/Anfov 2009 (60); averages France and Germany (100); "
        "Germany 2022 (150)",
    ),
    QT_TRANSLATE_NOOP(
        "core",
        "Assumption between published figures: 30 (Sirti/Anfov 2009, mini-trench) and 60 "
        "(the same, trench)",
    ),
    QT_TRANSLATE_NOOP("core", "Range 40-60 from German practitioners; the middle is assumed"),
    QT_TRANSLATE_NOOP(
        "core",
        "Derived from published totals for Milan: 7.5 million EUR for 250 km, 1.6 million EUR "
        "for 80 km",
    ),
    QT_TRANSLATE_NOOP(
        "core",
        "Junta de Andalucía, BCCA 2024-01: 15TCC00003 (one duct 40 mm), 15TCC00014 (two 63 mm), "
        "15TCC00016 (two 110 mm)",
    ),
    QT_TRANSLATE_NOOP(
        "core",
        "Junta de Andalucía, BCCA 2024-01: 15TRR00001 type H (low), 15TRR00005 type D (typical); "
        "high end assumed",
    ),
    QT_TRANSLATE_NOOP(
        "core",
        "Junta de Andalucía, BCCA 2024-01: 15TRR00010 type M (low), chamber 40 x 40 (typical); "
        "high end assumed",
    ),
    QT_TRANSLATE_NOOP(
        "core",
        "Junta de Andalucía, BCCA 2024-01: 15APA00002 passage 63 x 63 cm (low), 15TRR00001 type H "
        "(typical), 15TRR00005 type D (high)",
    ),
    QT_TRANSLATE_NOOP(
        "core", "Junta de Andalucía, BCCA 2024-01: 15PCC00004 (low, typical), 15PCC00001 (high)"
    ),
    QT_TRANSLATE_NOOP(
        "core",
        "Junta de Andalucía, BCCA 2024-01: 15PCC90005 asphalt S-12 (low), with 01UPP00030 "
        "demolition (typical), 15PCC00001 carriageway with demolition (high)",
    ),
    QT_TRANSLATE_NOOP(
        "core",
        "Assumption: termination 600 / 1000 / 1800 all-in less 4 splices and 4 measurements",
    ),
    QT_TRANSLATE_NOOP("core", "Several, named at each item; placeholders are marked"),
)
"""Sources in ``resources/prices`` that are more than the name of a publication."""

DEMO_TEXTS = (
    QT_TRANSLATE_NOOP("core", "modelled"),
    QT_TRANSLATE_NOOP("core", "modelled: drawn by hand through named places"),
    QT_TRANSLATE_NOOP("core", "modelled: extent guessed from the residents"),
    QT_TRANSLATE_NOOP("core", "modelled: a strip along the river, not the official PGRA zone"),
    QT_TRANSLATE_NOOP(
        "core", "modelled: only the numbers, 90 signed and 55 in operation, are facts"
    ),
    QT_TRANSLATE_NOOP("core", "modelled: slack 3 % and 30 m; fibre length = fibres x cable length"),
    QT_TRANSLATE_NOOP(
        "core",
        "ISTAT codes; centres from Dicelessman/QuoVadiScouts rounded to 0.001 degrees; residents "
        "from ISPRA IdroGEO 2020; border modelled, approximate",
    ),
    QT_TRANSLATE_NOOP("core", "centre of the main settlement, rounded to 0.001 degrees"),
    QT_TRANSLATE_NOOP("core", "public address"),
    QT_TRANSLATE_NOOP("core", "position assumed"),
    QT_TRANSLATE_NOOP("core", "position of the exit assumed"),
    QT_TRANSLATE_NOOP("core", "approximate course"),
    QT_TRANSLATE_NOOP("core", "approximate outline"),
    QT_TRANSLATE_NOOP("core", "for the demo only"),
    QT_TRANSLATE_NOOP("core", "tower not connected yet"),
    QT_TRANSLATE_NOOP("core", "place of the node within the building modelled"),
    QT_TRANSLATE_NOOP("core", "position, height and ground elevation modelled"),
    QT_TRANSLATE_NOOP("core", "which municipalities have signed is modelled"),
    QT_TRANSLATE_NOOP("core", "modelled position; meaning of '5 guaranteed' to be confirmed"),
    QT_TRANSLATE_NOOP("core", "modelled position and rate"),
    QT_TRANSLATE_NOOP("core", "state and rates modelled"),
    QT_TRANSLATE_NOOP("core", "modelled rate"),
    QT_TRANSLATE_NOOP("core", "modelled split of 1 to 2.5 Gbit/s"),
    QT_TRANSLATE_NOOP("core", "modelled rate; position beside the hub"),
    QT_TRANSLATE_NOOP("core", "modelled flood zone: the spans in it may fail together"),
)
"""Sources and notes that the demo writes."""

SUMMARY_SOURCES = (
    QT_TRANSLATE_NOOP("core", "Assumption"),
    QT_TRANSLATE_NOOP("core", "Assumption: the safety plan (PSC) decides"),
    QT_TRANSLATE_NOOP(
        "core",
        "Ordinary rate, D.P.R. 633/1972, art. 16; whether a reduced rate applies is for the tax "
        "adviser",
    ),
    QT_TRANSLATE_NOOP("core", "Ordinary rate, D.P.R. 633/1972, art. 16"),
)
"""Sources in ``resources/cost_summary.json``."""

ECONOMICS_SOURCES = (
    QT_TRANSLATE_NOOP(
        "core",
        "Assumption: 40 years and more for ducts and fibre, 10 for electronics in cabinets, 5"
        " at customers according to upfibre.uk (excerpt); 30 years of accepted depreciation "
        "life of fibre, Technology Futures Inc. (excerpt)",
    ),
    QT_TRANSLATE_NOOP(
        "core",
        "Assumption: accepted depreciation life of fibre plant, Technology Futures Inc. as "
        "quoted on the Link mailing list 2010 (excerpt); choose the body's own",
    ),
    QT_TRANSLATE_NOOP(
        "core",
        "Assumption: no price; enter the fee of the licence where radio links are planned",
    ),
    QT_TRANSLATE_NOOP("core", "Assumption: no wayleave on joints and lead-ins"),
    QT_TRANSLATE_NOOP(
        "core",
        "Assumption: the body's treasurer or the programme decides (Evans in Florio, ed., "
        "2007 quotes a benchmark of 5 % of the European Commission and a German rate of 3 %; "
        "excerpt)",
    ),
    QT_TRANSLATE_NOOP("core", "Assumption: the discount rate is real, prices are constant"),
    QT_TRANSLATE_NOOP(
        "core",
        "Client's figure: about 2 million euro of project financing belong to the programme; "
        "default budget, to be edited",
    ),
    QT_TRANSLATE_NOOP("core", "Nothing is assumed: enter the body's own figure to have it counted"),
    QT_TRANSLATE_NOOP(
        "core",
        "Radio links are no part of plans: enter their number where a plan needs some",
    ),
    QT_TRANSLATE_NOOP("core", "Spent once: neither renewed nor worth anything at the end"),
    QT_TRANSLATE_NOOP("core", "given in this project"),
)
"""Sources in ``resources/economics.json``, and of what is given without one."""
