"""A small plan made by hand, and names that try to become more than names."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
import shapely

from app.io.export import BillRow, EuroRange, PlanDossier
from app.io.export.accounts import (
    Accounts,
    AlternativeRow,
    ContributionRow,
    Contributions,
    FundingRow,
    Fundings,
    LifeCost,
    LikelyRange,
    PayerRow,
    PhaseRow,
    RenewalRow,
    RunningRow,
    SummaryRow,
    SwingRow,
    sum_of,
)
from app.model.findings import Finding, Severity
from app.model.frames import frame_from_rows
from app.model.messages import message
from app.model.network import Network, empty_network
from app.model.tables import TABLES

EAST, NORTH = 514_000.0, 5_034_000.0
"""The middle of Milan in EPSG:7791."""

PAYLOADS = (
    "<img src=x onerror=window.PWNED=1>",
    "<script>window.PWNED=2</script>",
    "</script><script>window.PWNED=3</script>",
    "`+(window.PWNED=4)+`",
    "${window.PWNED=5}",
    "{{7*7}}{% raw %}",
    "<!-- <script>window.PWNED=6",
    '"><svg onload=window.PWNED=7>',
    "';window.PWNED=8;//",
    "javascript:window.PWNED=9",
    '=HYPERLINK("http://evil.invalid","x")',
    "+cmd|' /C calc'!A0",
    '#read("/etc/passwd") $x$ *b* _i_ @ref <label>',
    "\u202eeman\u202c\x07\x00\u2028 \U0001f600 漢字",
    "]]></svg><image href='http://evil.invalid/x.png'/>",
)

Row = dict[str, Any]
Maker = Callable[..., PlanDossier]


def line(*steps: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString([(EAST + x, NORTH + y) for x, y in steps])


def point(x: float, y: float) -> shapely.Point:
    return shapely.Point(EAST + x, NORTH + y)


def square(x: float, y: float, half: float) -> shapely.MultiPolygon:
    box = shapely.box(EAST + x - half, NORTH + y - half, EAST + x + half, NORTH + y + half)
    return shapely.MultiPolygon([box])


def bill_row(
    code: str, quantity: str, prices: Sequence[str], *, text: str = "", **known: Any
) -> BillRow:
    amount = [
        (Decimal(quantity) * Decimal(price)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        for price in prices
    ]
    values: Row = {
        "text_en": text or f"Item {code}",
        "text_it": text or f"Voce {code}",
        "unit": "m",
        "kind": "optimised",
        "is_placeholder": False,
        "chapter": "Scavi",
        "source": "Price book 2024",
        "price_year": 2024,
        "object_count": 2,
    }
    return BillRow(
        code=code,
        quantity=Decimal(quantity),
        unit_price_eur=EuroRange(*(Decimal(price) for price in prices)),
        amount_eur=EuroRange(*amount),
        **(values | known),
    )


def sample_bill(text: str = "") -> tuple[BillRow, ...]:
    return (
        bill_row("S.01", "700.05", ("60.00", "100.00", "150.00"), text=text),
        bill_row("S.02", "33.335", ("25.10", "30.30", "45.90"), text=text, is_placeholder=True),
        bill_row(
            "C.01", "3", ("600", "900", "1200"), text=text, unit="each", kind="derived",
            chapter="Pozzetti", is_placeholder=True, source="", price_year=None,
        ),
    )  # fmt: skip


def sample_rows(name: str) -> dict[str, list[Row]]:
    """Rows of a plan with two connected sites, one connected before and one out of reach."""
    plan = {"plan": "plan-1"}
    return {
        "areas": [
            {"uid": "a1", "name": name, "kind": "municipality", "geometry": square(0, 0, 5000)},
            {"uid": "a2", "name": "Parco", "kind": "park", "geometry": square(400, 400, 100)},
        ],
        "hazards": [{"uid": "h1", "scenario": "H", "geometry": square(600, 0, 80)}],
        "streets": [
            {
                "uid": f"st{number}",
                "name": name if number == 0 else None,
                "road_class": kind,
                "surface": "asphalt",
                "geometry": line((-900, 100 * number), (900, 100 * number)),
                "source": "© OpenStreetMap contributors, ODbL",
            }
            for number, kind in enumerate(("primary", "residential", "tertiary"))
        ],
        "barriers": [
            {"uid": "b1", "kind": "railway", "geometry": line((200, -900), (200, 900))},
            {"uid": "b2", "kind": "lake", "geometry": square(-200, -60, 40).geoms[0]},
        ],
        "nodes": [
            {"uid": "n1", "name": name, "type": "hub", "geometry": point(0, 0)},
            {"uid": "n2", "name": "PoP", "type": "pop", "geometry": point(0, 800)},
        ],
        "spans": [
            {
                "uid": "s1", "name": name, "start_node": "n1", "end_node": "n2", "role": "ring",
                "geometry": line((0, 0), (0, 800)), "route_length_m": 800.0,
            }
        ],
        "sites": [
            {
                "uid": f"site{number}", "name": f"{name} {number}", "code": f"C{number}",
                "category": category, "municipality": name, "geometry": point(x, y),
                "guaranteed_mbps": 100.0, "source": name,
            }
            for number, (category, x, y) in enumerate(
                (("school_primary", 500, 20), ("hospital", -350, 120), ("police", 10, 400),
                 ("library", 900, 900))
            )
        ],
        "plans": [
            {
                "uid": "plan-1", "name": name, "author": name, "engine": "search 1", "seed": 7,
                "protection": "none", "parameters": {"note": name}, "seconds": 1.5,
                "objective_eur": 71015.05, "route_length_m": 733.385, "state": "submitted",
                "state_by": name, "state_since": "2026-11-20T08:00:00.000Z", "price_list": "pl1",
            }
        ],
        "price_lists": [{"uid": "pl1", "name": name, "year": 2025, "version": "3"}],
        "revisions": [
            {
                "uid": f"rv{number}", **plan, "number": number, "plan_name": name,
                "submitted": "2026-11-20T08:00:00.000Z", "submitted_by": name,
                "content_hash": f"{number}f" * 32, "content": "frozen",
            }
            for number in (1, 2)
        ],
        "comments": [
            {
                "uid": "c1", **plan, "object_table": "plan_spans", "object_uid": "ps1",
                "body": f"Use the other side. {name}", "author": name,
                "created": "2026-11-21T08:00:00.000Z",
            },
            {
                "uid": "c2", **plan, "reply_to": "c1", "body": name, "author": name,
                "created": "2026-11-21T09:00:00.000Z",
            },
            {"uid": "c0", **plan, "body": name, "created": "2026-11-21T08:30:00.000Z"},
            {"uid": "c9", "plan": "plan-9", "body": "of another plan"},
        ],
        "plan_spans": [
            {
                **plan, "uid": "ps1", "technique": "trench", "surface": "asphalt", "street": "st0",
                "geometry": line((0, 0), (500, 0)), "route_length_m": 700.05, "site_count": 1,
                "typical_eur": 70005.0, "crossings": ("b1",),
            },
            {
                **plan, "uid": "ps2", "technique": "sewer", "surface": None, "site_count": 1,
                "geometry": line((0, 100), (-350, 100)), "route_length_m": 33.335,
                "typical_eur": 1010.05, "name": name,
            },
        ],
        "plan_nodes": [
            {**plan, "uid": "pn1", "type": "chamber", "geometry": point(100, 0)},
            {**plan, "uid": "pn2", "type": "buildingEntry", "site": "site0",
             "geometry": point(500, 20)},
        ],
        "plan_sites": [
            {**plan, "uid": "pt0", "site": "site0", "state": "connected", "route_length_m": 700.0,
             "lead_in_m": 20.0, "spans": ("ps1",)},
            {**plan, "uid": "pt1", "site": "site1", "state": "connected", "route_length_m": 33.0},
            {**plan, "uid": "pt2", "site": "site2", "state": "alreadyConnected"},
            {**plan, "uid": "pt3", "site": "site3", "state": "unreachable",
             "reason": f"No street within 150 m. {name}"},
        ],
    }  # fmt: skip


def sample_network(name: str) -> Network:
    network = empty_network(name, uid="project-1")
    tables = dict(network.tables)
    for table, rows in sample_rows(name).items():
        tables[table] = frame_from_rows(TABLES[table], rows, network.crs)
    return dataclasses.replace(network, tables=tables)


def sample_life(name: str, works: EuroRange) -> LifeCost:
    """Costs over 30 years; the present value adds up, as the cost study has it."""
    tenth = EuroRange(Decimal("10.00"), Decimal("20.02"), Decimal("30.00"))
    rest = EuroRange(Decimal("1.00"), Decimal("2.00"), Decimal("3.00"))
    value = works + tenth + tenth + EuroRange(-rest.low, -rest.typical, -rest.high)
    return LifeCost(
        horizon_years=30,
        discount_rate=Decimal("0.03"),
        inflation_rate=Decimal(0),
        running=(
            RunningRow(code="maintenance", text_en=name, text_it=name, quantity=Decimal("700.05"),
                       unit="m", amount_eur=tenth, is_placeholder=True, source=name),
        ),
        renewals=(
            RenewalRow(chapter="cables", life_years=12, years=(12, 24), works_eur=tenth,
                       residual_eur=rest, is_placeholder=True),
        ),
        investment_eur=works,
        running_value_eur=tenth,
        renewal_value_eur=tenth,
        residual_value_eur=rest,
        value_eur=value,
        annuity_eur=rest,
        placeholder_share=Decimal("0.5"),
        unit_eur=(("site", rest), ("mbps", rest)),
    )  # fmt: skip


def sample_accounts(name: str, bill: Sequence[BillRow]) -> Accounts:
    """Accounts of the sample bill whose every text is ``name``."""
    works = sum_of(row.amount_eur for row in bill)
    rate = Decimal("0.1")
    tenth = EuroRange(*((p * rate).quantize(Decimal("0.01"), ROUND_HALF_UP) for p in works.parts()))
    texts = {"text_en": name, "text_it": name}
    a1 = SummaryRow(code="A1", base="", rate=None, amount_eur=works, is_placeholder=True, **texts)
    b1 = SummaryRow(
        code="B1", base="works", rate=rate, amount_eur=tenth, is_placeholder=True, source=name,
        **texts,
    )  # fmt: skip
    swing = SwingRow(
        code="S.01", low_eur=works.low, high_eur=works.high, is_placeholder=True, **texts
    )
    low, typical, high = works.parts()
    return Accounts(
        life=sample_life(name, works),
        contributions=Contributions(
            amount_eur=Decimal("100.00"),
            rows=(
                ContributionRow(name=name, key="residents", signed="2015-06-01T00:00:00.000Z",
                                is_in_operation=True, amount_eur=Decimal("99.99")),
                ContributionRow(name="B", key="rate", signed="", is_in_operation=False,
                                amount_eur=None, reason=name),
            ),
            unshared_eur=Decimal("0.01"),
            surplus_eur=Decimal("0.00"),
        ),
        fundings=Fundings(
            years=(2027, 2028),
            rows=(
                FundingRow(name=name, amount_eur=Decimal("2000000.00"),
                           used_eur=(Decimal("1000.01"), Decimal("0.00")),
                           left_eur=Decimal("1998999.99"), is_placeholder=True),
            ),
            uncovered_eur=(Decimal("5.05"), Decimal("7.07")),
        ),
        works=(a1,),
        sums=(b1,),
        payers=(PayerRow(name, works), PayerRow("", EuroRange(*[Decimal(0)] * 3))),
        likely=LikelyRange(
            p10_eur=low, p50_eur=typical, p90_eur=high, draws=9, seed=3, swings=(swing,)
        ),
        phases=(PhaseRow(2027, 1, 700.0, works), PhaseRow(None, 1, 33.0, works)),
        alternatives=tuple(
            AlternativeRow(
                name=plan, is_this=plan == name, site_count=2, unreachable_count=1,
                protected_count=0, length_m=733.385, built_length_m=700.0, hazard_length_m=12.5,
                cost_eur=works, p90_eur=high, placeholder_share=Decimal("0.05"), gap=0.01,
            )
            for plan in ("", name)
        ),
    )  # fmt: skip


def make_dossier(name: str = "Scuole 2027", **changes: Any) -> PlanDossier:
    finding = Finding(
        "site.duplicate", Severity.WARNING, message("Two sites: {name}", name=name), "sites"
    )
    bill = sample_bill("" if name == "Scuole 2027" else name)
    dossier = PlanDossier(
        network=sample_network(name),
        plan_uid="plan-1",
        bill=bill,
        accounts=sample_accounts(name, bill),
        created=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
        author=name,
        organisation=name,
        findings=(finding,),
        notes=(name,),
    )
    return dataclasses.replace(dossier, **changes)


@pytest.fixture(scope="session")
def dossier() -> PlanDossier:
    return make_dossier()


@pytest.fixture(scope="session")
def hostile() -> PlanDossier:
    """A plan whose every name holds every payload."""
    return make_dossier(" | ".join(PAYLOADS))


@pytest.fixture(scope="session")
def payloads() -> tuple[str, ...]:
    return PAYLOADS


@pytest.fixture(scope="session")
def make() -> Maker:
    return make_dossier
