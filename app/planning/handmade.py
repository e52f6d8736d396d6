"""A plan with the route of one site drawn by hand: its rows, bill and bound made anew.

The rest of the plan stays. The lower bound of the plan was proven for the best plan of the same
sites on the same data; it holds for any other plan of them as well, so that the gap of the plan
edited by hand is as true as before. When the data have changed, bound and gap are unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import shapely

from app.model.changes import ChangeSet, TableChange, combine
from app.model.codes import FROZEN_PLAN_STATES
from app.model.errors import Infeasible, InputError
from app.model.frames import GEOMETRY, REV, frame_from_rows, plain
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.network import Network
from app.model.progress import Progress, no_progress
from app.model.study import Result
from app.model.tables import TABLES
from app.planning.answer import Answer
from app.planning.drafting import PLAN_TABLES, Draft, draw_up
from app.planning.explain.subject import parameters_of
from app.planning.extension import is_outdated
from app.planning.guiding.forced import Forced
from app.planning.planrows import SitePath
from app.planning.request import ExtensionParameters
from app.planning.routing.liveground import LiveGround, live_ground, locked_edges
from app.planning.routing.liveroute import LiveRouter
from app.planning.routing.queries import POINT, RouteQuery, Stop
from app.planning.routing.readout import RouteDesk

BY_HAND = "by hand"
"""What the engine of a plan says when its routes were changed by hand."""


def edit_route(
    network: Network, plan_uid: str, site: str, query: RouteQuery, waypoints: Sequence[str],
    progress: Progress = no_progress,
) -> Result:  # fmt: skip
    """Replace the route of one site in a plan by one drawn by hand, and keep it locked.

    Parameters
    ----------
    query
        First and last stop, what to avoid and what to use; its other stops do not count.
    waypoints
        ``"LON,LAT"`` of each place between, at which the streets are cut.

    Raises `InputError` for a plan that is frozen, `Infeasible` when the route cannot be drawn or
    the plan's sections are not in the data any more.
    """
    stored = _stored(network, plan_uid)
    _refuse_frozen(plan_uid, stored)
    progress(0.05, message(QT_TRANSLATE_NOOP("core", "Joining streets, sites and network")))
    ground = live_ground(network, plan_uid, waypoints=waypoints, sites=(site,))
    progress(0.7, message(QT_TRANSLATE_NOOP("core", "Drawing up the plan")))
    if site not in ground.row_of_site:
        raise Infeasible(
            message(
                QT_TRANSLATE_NOOP("core", "The site “{uid}” is connected or has no position."),
                uid=site,
            )
        )
    middle = tuple(Stop(POINT, text) for text in waypoints)
    query = replace(query, stops=(query.stops[0], *middle, query.stops[-1]), site=site)
    path = _path(ground, query)
    # new rows get uids of their own: those of the plan were made from the same key otherwise
    key = f"{stored['created']}/{network.content_hash(('plan_spans', 'plan_nodes'))}"
    asked = replace(parameters_of(stored), created=key)
    draft = _draft(network, plan_uid, ground, asked, site, path)
    draft = _with_bound(network, plan_uid, stored, draft)
    rows = _rows(network, plan_uid, stored, ground, draft, site, query)
    changes = _changes(network, plan_uid, rows, str(stored["name"]), site)
    before = {
        "cost_eur": float(stored["typical_eur"]), "route_length_m": float(stored["route_length_m"]),
    }  # fmt: skip
    summary = {
        "plan": stored["name"],
        "plan_uid": plan_uid,
        "site": site,
        "route_length_m": draft.route_length_m,
        "cost_eur": draft.bill.total().to_json(),
        "objective": float(draft.objective),
        "lower_bound": None if draft.lower_bound is None else float(draft.lower_bound),
        "gap": draft.gap,
        "before": before,
        "route": _told(RouteDesk(ground).answer(query)),
    }
    progress(1.0)
    return Result(summary, changes)


def _told(readout: Any) -> dict[str, Any]:
    return {
        "length_m": readout.length_m, "new_m": readout.new_m, "cost_eur": dict(readout.cost_eur),
        "loss": [dict(row) for row in readout.loss],
    }  # fmt: skip


def _stored(network: Network, plan_uid: str) -> dict[str, Any]:
    return {str(name): value for name, value in network.table("plans").loc[plan_uid].items()}


def _refuse_frozen(plan_uid: str, stored: Mapping[str, Any]) -> None:
    if stored["state"] in FROZEN_PLAN_STATES or stored["accepted"] is not None:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core", "Plan “{name}” is accepted or under review and cannot be edited."
                ),
                name=stored["name"],
            ),
            (plan_uid,),
        )


def _path(ground: LiveGround, query: RouteQuery) -> tuple[int, ...]:
    """Return the edges of the route from the site to the network.

    A way-point off the road makes the cable go there and back: such an edge is dug once, but
    light passes it twice, so it stands here twice.
    """
    way = LiveRouter(ground).way(query)
    if way.problem is not None:
        raise Infeasible(way.problem)
    return tuple(piece.edge for piece in way.pieces)


def _draft(
    network: Network, plan_uid: str, ground: LiveGround, asked: ExtensionParameters, site: str,
    path: tuple[int, ...],
) -> Draft:  # fmt: skip
    """Draw the plan up with one path replaced; what only the old one used is left out."""
    ready, trace = ground.ready, ground.trace
    paths = {ground.row_of_site[uid]: SitePath(edges) for uid, edges in trace.paths.items()}
    for uid in _same_place(ground, site):
        if uid == site or uid in trace.paths:
            paths[ground.row_of_site[uid]] = SitePath(path)
    edges = set(trace.spare).union(*(item.working for item in paths.values()))
    locked = (locked_edges(network, plan_uid, trace) | set(path)) & edges
    forced = Forced(tuple(sorted(trace.spare)), frozenset(locked))
    answer = Answer(tuple(sorted(edges)), paths, None, BY_HAND, ())
    guide = replace(ready.guide, forced=forced)
    task = replace(ready.task, connected=(), unplaced=())
    return draw_up(
        network, asked, ready.routes, task, guide, answer, ready.rules, ready.book
    )  # fmt: skip


def _same_place(ground: LiveGround, site: str) -> list[str]:
    entries = ground.routes.entries
    here = int(entries[ground.row_of_site[site]])
    return [uid for uid, row in ground.row_of_site.items() if int(entries[row]) == here]


def _with_bound(network: Network, plan_uid: str, stored: Mapping[str, Any], draft: Draft) -> Draft:
    """Return the draft with the plan's bound, when it still holds."""
    bound = stored["lower_bound_eur"]
    asked = stored["parameters"] or {}
    if pd.isna(bound) or asked.get("selection") or is_outdated(network, plan_uid):
        return replace(draft, lower_bound=None)
    return replace(draft, lower_bound=min(draft.objective, type(draft.objective)(str(bound))))


def _rows(
    network: Network, plan_uid: str, stored: Mapping[str, Any], ground: LiveGround, draft: Draft,
    site: str, query: RouteQuery,
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """Return the plan's rows; what is as before keeps its uid."""
    known = _known_uids(network, plan_uid)
    spans, nodes = draft.rows.spans, draft.rows.nodes
    renamed = _renamed(spans, known["plan_spans"], _span_key)
    renamed |= _renamed(nodes, known["plan_nodes"], _node_key)
    renamed[draft.plan_uid] = plan_uid
    site_uid = _site_row_uids(network, plan_uid)
    lengths = _other_lengths(network, plan_uid, {*_same_place(ground, site)})
    states = [
        {**row, "uid": site_uid.get(row["site"], row["uid"]), **lengths.get(row["site"], {})}
        for row in draft.sites
    ]
    states += _other_states(network, plan_uid, {row["site"] for row in draft.sites})
    plan = _plan_row(stored, draft, states, site, query)
    new = {"plans": [plan], "plan_spans": spans, "plan_nodes": nodes, "plan_sites": states}
    kept = _kept_values(network, plan_uid)
    frames = {}
    for name, rows in new.items():
        full = [_with_names(row, renamed) for row in rows]
        full = [{**kept.get(row["uid"], {}), **row} for row in full]
        frames[name] = frame_from_rows(TABLES[name], full, network.crs)
    return frames


def _plan_row(
    stored: Mapping[str, Any], draft: Draft, states: Sequence[Mapping[str, Any]], site: str,
    query: RouteQuery,
) -> dict[str, Any]:  # fmt: skip
    total = draft.bill.total()
    engine = str(stored["engine"] or "").removesuffix(f", {BY_HAND}")
    parameters = dict(stored["parameters"] or {})
    edited = dict(parameters.get("by_hand") or {})
    edited[site] = {
        "waypoints": [stop.uid for stop in query.stops[1:-1]],
        "avoid": list(query.avoid),
        "must_use": list(query.must_use),
    }
    parameters["by_hand"] = {key: edited[key] for key in sorted(edited)}
    missed = sum(row["state"] == "unreachable" for row in states)
    return {
        **{name: stored[name] for name in TABLES["plans"].column_names},
        "uid": draft.plan_uid,
        "engine": f"{engine}, {BY_HAND}" if engine else BY_HAND,
        "parameters": parameters,
        "price_list": draft.bill.price_list,
        "site_count": sum(row["state"] == "connected" for row in states),
        "unreachable_count": missed,
        "route_length_m": draft.route_length_m,
        "objective_eur": float(draft.objective),
        "lower_bound_eur": None if draft.lower_bound is None else float(draft.lower_bound),
        "gap": draft.gap,
        "low_eur": float(total.low),
        "typical_eur": float(total.typical),
        "high_eur": float(total.high),
    }


def _own(network: Network, name: str, plan_uid: str) -> pd.DataFrame:
    table = network.tables[name]
    return table.loc[[plan_uid]] if name == "plans" else table[table["plan"] == plan_uid]


def _known_uids(network: Network, plan_uid: str) -> dict[str, dict[tuple[object, ...], str]]:
    found: dict[str, dict[tuple[object, ...], str]] = {}
    for name, key in (("plan_spans", _span_key), ("plan_nodes", _node_key)):
        frame = _own(network, name, plan_uid)
        found[name] = {
            key({str(column): value for column, value in row.items()}): str(uid)
            for uid, row in frame.iterrows()
        }
    return found


def _span_key(row: Mapping[str, Any]) -> tuple[object, ...]:
    xy = shapely.get_coordinates(row["geometry"]).round(3)
    flat = min(xy.tobytes(), xy[::-1].tobytes())
    return flat, row["technique"], row["conduit"]


def _node_key(row: Mapping[str, Any]) -> tuple[object, ...]:
    xy = shapely.get_coordinates(row["geometry"]).round(3)
    return xy.tobytes(), row["type"], row.get("joined_node"), row.get("joined_span")


def _renamed(
    rows: Sequence[Mapping[str, Any]], known: Mapping[tuple[object, ...], str], key: Any
) -> dict[str, str]:
    left = dict(known)
    found = {}
    for row in rows:
        old = left.pop(key(row), None)
        if old is not None:
            found[str(row["uid"])] = old
    return found


def _with_names(row: Mapping[str, Any], renamed: Mapping[str, str]) -> dict[str, Any]:
    """Return a row with new uids replaced by the ones they had, in lists too."""

    def name(value: Any) -> Any:
        if isinstance(value, str):
            return renamed.get(value, value)
        if isinstance(value, tuple):
            return tuple(name(item) for item in value)
        return value

    return {key: name(value) for key, value in row.items()}


def _site_row_uids(network: Network, plan_uid: str) -> dict[str, str]:
    own = _own(network, "plan_sites", plan_uid)
    return {str(site): str(uid) for uid, site in own["site"].items()}


def _other_lengths(network: Network, plan_uid: str, edited: set[str]) -> dict[str, dict[str, Any]]:
    """Return the lengths of the routes that stay, which may pass a section twice."""
    own = _own(network, "plan_sites", plan_uid)
    rows = own[(own["state"] == "connected") & ~own["site"].isin(list(edited))]
    names = ("route_length_m", "lead_in_m", "hub", "hub_length_m")
    return {str(rows.at[uid, "site"]): {name: plain(rows.at[uid, name]) for name in names}
            for uid in rows.index}  # fmt: skip


def _other_states(network: Network, plan_uid: str, done: set[str]) -> list[dict[str, Any]]:
    own = _own(network, "plan_sites", plan_uid)
    rest = own[~own["site"].isin(list(done))]
    columns = [name for name in TABLES["plan_sites"].column_names if name in rest]
    return [{"uid": str(uid), **{name: rest.at[uid, name] for name in columns}}
            for uid in rest.index]  # fmt: skip


def _kept_values(network: Network, plan_uid: str) -> dict[str, dict[str, Any]]:
    """Return what planners set on rows, which drawing up does not know."""
    kept: dict[str, dict[str, Any]] = {}
    for name in ("plan_spans", "plan_sites"):
        own = _own(network, name, plan_uid)
        for uid, year in own["phase_year"].items():
            kept[str(uid)] = {"phase_year": None if pd.isna(year) else int(year)}
    return kept


def _changes(
    network: Network, plan_uid: str, rows: Mapping[str, pd.DataFrame], name: str, site: str
) -> ChangeSet:
    """Return what differs from the stored plan, as one step."""
    parts = []
    for table in PLAN_TABLES:
        before, after = _own(network, table, plan_uid), rows[table].copy()
        both = after.index.intersection(before.index)
        after[REV] = before[REV].reindex(after.index).fillna(1).astype(after[REV].dtype)
        columns = [c for c in TABLES[table].column_names if c in after]
        same = [uid for uid in both if _is_same(before.loc[uid], after.loc[uid], columns)]
        parts.append(TableChange(table, before.drop(index=same), after.drop(index=same)))
    sites = network.table("sites")["name"]
    label: Message = message(
        QT_TRANSLATE_NOOP("core", "Route of “{site}” in plan “{name}” by hand"),
        site=sites.get(site) or site, name=name,
    )  # fmt: skip
    return combine(label, parts)


def _is_same(before: pd.Series, after: pd.Series, columns: Sequence[str]) -> bool:
    for name in columns:
        old, new = before[name], after[name]
        if old is new or (pd.api.types.is_scalar(old) and pd.isna(old) and
                          pd.api.types.is_scalar(new) and pd.isna(new)):  # fmt: skip
            continue
        if old != new:
            return False
    if GEOMETRY in before and before[GEOMETRY] is not None:
        return bool(shapely.equals_exact(before[GEOMETRY], after[GEOMETRY], 0.0005))
    return True
