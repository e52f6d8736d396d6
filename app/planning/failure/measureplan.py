"""A measure as a stored plan: the same rows, prices and bill as any other plan."""

from __future__ import annotations

from app.model.changes import ChangeSet, combine, insert
from app.model.errors import InputError
from app.model.frames import frame_from_rows
from app.model.guidance import NOTHING_ASKED
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.tables import TABLES
from app.planning.drafting import input_hash
from app.planning.failure.effects import Priced
from app.planning.failure.pricing import Pricer
from app.planning.planrows import uid_maker
from app.planning.request import plans_named

ENGINE = "anello-measures-1"


def stored_plan(
    network: Network,
    measure: Priced,
    pricer: Pricer,
    name: str,
    created: str | None,
    author: str | None,
) -> ChangeSet:
    """Return the change that stores a measure as a plan; raises `InputError` for a taken name."""
    old = plans_named(network, name)
    if not name.strip() or len(old):
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "A plan named {name} exists already."), name=name)
            if name.strip()
            else message(QT_TRANSLATE_NOOP("core", "A plan needs a name.")),
            tuple(old.index),
        )
    hashed = input_hash(network, NOTHING_ASKED, pricer.book.uid)
    make_uid = uid_maker(f"{network.uid}/{name}/{created}/{hashed}")
    plan_uid = make_uid("plan")
    spans, nodes = pricer.rows(measure.candidate, plan_uid, make_uid)
    bill = pricer.bill(spans, nodes)
    total = bill.total()
    plan = {
        "uid": plan_uid, "name": name, "state": "draft", "created": created, "author": author,
        "protection": "none", "engine": ENGINE, "seed": 0,
        "parameters": {"measure": measure.candidate.uid, "kind": measure.candidate.kind},
        "input_hash": hashed, "price_list": bill.price_list, "site_count": 0,
        "unreachable_count": 0,
        "route_length_m": sum(round(row["route_length_m"] * 1000) for row in spans) / 1000,
        "objective_eur": float(bill.objective_eur), "low_eur": float(total.low),
        "typical_eur": float(total.typical), "high_eur": float(total.high),
    }  # fmt: skip
    rows = {"plans": [plan], "plan_spans": spans, "plan_nodes": nodes}
    parts = [
        insert(table, frame_from_rows(TABLES[table], some, network.crs))
        for table, some in rows.items()
    ]
    return combine(message(QT_TRANSLATE_NOOP("core", "Plan {name}"), name=name), parts)
