"""The tables of a project, declared once; see `app.model.schema` for what is derived."""

from __future__ import annotations

from collections.abc import Mapping

from app.model.rows.demand import Agreement, Funding, Organisation, Site
from app.model.rows.money import Assumption
from app.model.rows.planning import (
    Comment,
    Plan,
    PlanNode,
    PlanSite,
    PlanSpan,
    PriceItem,
    PriceList,
    Revision,
)
from app.model.rows.plant import Cable, Conduit, Node, RiskGroup, Sensor, Span, Tower
from app.model.rows.reliability import FailureRate
from app.model.rows.territory import Area, Barrier, Hazard, Street
from app.model.schema import QT_TRANSLATE_NOOP, Table, build_table, index_tables

TABLES: Mapping[str, Table] = index_tables(
    (
        build_table("organisations", QT_TRANSLATE_NOOP("core", "Organisations"), Organisation),
        build_table("areas", QT_TRANSLATE_NOOP("core", "Areas"), Area, "MULTIPOLYGON"),
        build_table("streets", QT_TRANSLATE_NOOP("core", "Streets"), Street, "LINESTRING"),
        build_table("barriers", QT_TRANSLATE_NOOP("core", "Barriers"), Barrier, "GEOMETRY"),
        build_table("hazards", QT_TRANSLATE_NOOP("core", "Hazards"), Hazard, "MULTIPOLYGON"),
        build_table("conduits", QT_TRANSLATE_NOOP("core", "Conduits"), Conduit, "LINESTRING"),
        build_table("nodes", QT_TRANSLATE_NOOP("core", "Nodes"), Node, "POINT"),
        build_table("spans", QT_TRANSLATE_NOOP("core", "Spans"), Span, "LINESTRING"),
        build_table("cables", QT_TRANSLATE_NOOP("core", "Cables"), Cable),
        build_table("sites", QT_TRANSLATE_NOOP("core", "Sites"), Site, "POINT"),
        build_table("towers", QT_TRANSLATE_NOOP("core", "Towers"), Tower),
        build_table("agreements", QT_TRANSLATE_NOOP("core", "Agreements"), Agreement),
        build_table("fundings", QT_TRANSLATE_NOOP("core", "Funding"), Funding),
        build_table("assumptions", QT_TRANSLATE_NOOP("core", "Assumptions"), Assumption),
        build_table("risk_groups", QT_TRANSLATE_NOOP("core", "Risk groups"), RiskGroup),
        build_table("price_lists", QT_TRANSLATE_NOOP("core", "Price lists"), PriceList),
        build_table("price_items", QT_TRANSLATE_NOOP("core", "Price items"), PriceItem),
        build_table("plans", QT_TRANSLATE_NOOP("core", "Plans"), Plan),
        build_table("plan_spans", QT_TRANSLATE_NOOP("core", "Plan spans"), PlanSpan, "LINESTRING"),
        build_table("plan_nodes", QT_TRANSLATE_NOOP("core", "Plan nodes"), PlanNode, "POINT"),
        build_table("plan_sites", QT_TRANSLATE_NOOP("core", "Plan sites"), PlanSite),
        build_table("revisions", QT_TRANSLATE_NOOP("core", "Revisions"), Revision),
        build_table("comments", QT_TRANSLATE_NOOP("core", "Comments"), Comment, "POINT"),
        build_table("failure_rates", QT_TRANSLATE_NOOP("core", "Failure rates"), FailureRate),
        build_table("sensors", QT_TRANSLATE_NOOP("core", "Sensors"), Sensor),
    )
)
"""Every table by name, in an order in which references point backwards wherever they can."""
