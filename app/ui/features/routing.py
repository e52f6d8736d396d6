"""The live route: drawn with a tool of the map, told in a panel, put into plans."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from app.model.codes import FROZEN_PLAN_STATES
from app.model.errors import AnelloError
from app.model.frames import GEOMETRY
from app.model.geodesy import to_lonlat
from app.model.guidance import NOTHING_ASKED
from app.model.study import Result
from app.planning.routing.queries import NETWORK, PLACE, SITE, Readout, Stop
from app.ui.desk import RIGHT, Feature, PanelSpec, Workbench
from app.ui.icons import icon
from app.ui.labels import figures, object_title
from app.ui.live_routes import LiveRoutes
from app.ui.map.route_tool import ELSEWHERE, ON_LINE, ON_STOP, RouteTool
from app.ui.panels.route import RoutePanel, change_text, loss_text
from app.ui.route_draft import RouteDraft
from app.ui.route_work import HoldingPlaces, Places, PlannedAnswer, PlannedRoute, edit_route
from app.ui.session import refusal_text
from app.ui.translation import render

_STORE, _CONDITIONS = "store", "conditions"
_PICK_PX = 9.0


class RoutingFeature(Feature):
    """Brings the tool *Route* and its panel."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.draft = RouteDraft()
        self.live = LiveRoutes(bench.session, self)
        self.panel = RoutePanel(bench.session)
        self.tool = RouteTool(self)
        bench.map.add_tool(self.tool)
        bench.map.tool_changed.connect(self._tool_changed)
        self.live.answered.connect(self._answered)
        self.live.placed.connect(self._placed)
        self.live.planned.connect(self._planned)
        self.live.refused.connect(self._refused)
        self.live.failed.connect(self._failed)
        self.live.state_changed.connect(self._show)
        self.panel.clear_wanted.connect(self.clear)
        self.panel.store_wanted.connect(partial(self._ask_places, _STORE))
        self.panel.conditions_wanted.connect(partial(self._ask_places, _CONDITIONS))
        self.panel.free_wanted.connect(partial(self._wish, wish=""))
        bench.session.project_changed.connect(self._forget)
        bench.session.preview_changed.connect(lambda _uid: self._forget())
        bench.session.changed.connect(lambda _tables: self._changed())

    def panels(self) -> Sequence[PanelSpec]:
        """Return the panel."""
        return (PanelSpec("route", self.tr("Route"), self.panel, RIGHT),)

    def end(self) -> None:
        """End the process behind the route."""
        self.live.close()

    def tool_route(self) -> None:
        """Take the tool."""
        self.bench.map.set_tool("route")

    def replan(self) -> None:
        """Fill the form with the previewed plan, to make it again around what is locked."""
        plans = getattr(self.bench.window, "plans", None)
        if plans is not None and self.session.preview:
            self.bench.show_panel("plans")
            plans.form.load(self.session.preview)
            plans.form.run.setFocus()

    # -- what the tool asks ------------------------------------------------------------------

    def stops_xy(self) -> list[tuple[float, float] | None]:
        """Return the places of the stops; that of the network is where the line ends."""
        found: list[tuple[float, float] | None] = []
        lines = self.lines_xy()
        for number, stop in enumerate(self.draft.stops):
            if stop.kind == PLACE:
                found.append((stop.x, stop.y))
            elif stop.kind == SITE:
                found.append(self._site_xy(stop.uid))
            elif lines and len(lines[-1]) and number == len(self.draft.stops) - 1:
                x, y = lines[-1][-1]
                found.append((float(x), float(y)))
            else:
                found.append(None)
        return found

    def lines_xy(self) -> Sequence[np.ndarray]:
        """Return the legs."""
        return self.draft.readout.lines if self.draft.is_shown else ()

    def kept_legs(self) -> frozenset[int]:
        """Return the legs that are kept."""
        return frozenset(self.draft.kept)

    def shared_lines(self) -> list[np.ndarray]:
        """Return the streets that are avoided."""
        found = []
        for uid in self.draft.avoid:
            for table in ("streets", "conduits"):
                frame = self.session.network.tables[table]
                if uid in frame.index and frame.at[uid, GEOMETRY] is not None:
                    found.append(shapely.get_coordinates(frame.at[uid, GEOMETRY]))
        return found

    def caption(self) -> list[str]:
        """Return the figures beside the pointer."""
        draft, show = self.draft, figures()
        if not draft.is_begun:
            return []
        if not draft.is_whole:
            return [self.tr("Click the other end")]
        if draft.readout.problem is not None:
            return [render(draft.readout.problem)]
        if not draft.is_shown:
            return [self.tr("Making streets and prices ready…")]
        readout = draft.readout
        cost = readout.cost_eur
        lines = [
            f"{show.length(readout.length_m)}  ·  {show.euro(cost['typical'], 0)}",
            f"{show.euro(cost['low'], 0)} – {show.euro(cost['high'], 0)}",
        ]
        lines += [f"{row['wavelength_nm']} nm: {loss_text(row)}" for row in readout.loss]
        if draft.first.lines and draft.readout is not draft.first:
            lines.append(change_text(readout, draft.first))
        return lines

    def grab(self, what: str, number: int, x: float, y: float) -> int:
        """Begin to drag."""
        if what == ON_STOP:
            return number
        if number in self.draft.kept and self.draft.readout is not self.draft.first:
            self.draft.keep(number, is_kept=False)
        return self.draft.insert(number, x, y)

    def drag(self, number: int, at: QPointF, x: float, y: float) -> None:
        """Move a stop; an end that is dragged onto a site hangs on it."""
        is_end = number in (0, len(self.draft.stops) - 1)
        site = self._site_at(at) if is_end else None
        self.draft.move(number, Stop(SITE, site) if site else Stop(PLACE, "", x, y))
        if number == 0:
            self.draft.site = site if site and self.session.preview else ""
        self._ask()

    def drop(self, number: int) -> None:
        """End a drag."""
        del number
        self._show()

    def click(self, what: str, number: int, at: QPointF, x: float, y: float) -> None:
        """Begin a route, or offer what can be done with what was clicked."""
        if what == ELSEWHERE and not self.draft.is_whole:
            self._begin(at, x, y)
        elif what == ELSEWHERE and (site := self._site_at(at)) is not None:
            self.begin_at(site)
        else:
            self._offer(what, number, at)

    def remove(self, number: int) -> None:
        """Take a way-point out."""
        self.draft.remove(number)
        self._ask()

    def clear(self) -> bool:
        """Drop the route."""
        was_begun = self.draft.is_begun or bool(self.draft.avoid or self.draft.must_use)
        self.draft.clear()
        self._show()
        return was_begun

    # -- beginning ---------------------------------------------------------------------------

    def begin_at(self, site: str) -> None:
        """Draw the route of a site: the one that the plan has, else the cheapest."""
        self.draft.begin(Stop(SITE, site), in_plan=bool(self.session.preview))
        self.live.want()
        if self._is_planned(site):
            self.live.ask(PlannedRoute(site, self.draft.number))
        else:
            self._ask()
        self._show()

    def _begin(self, at: QPointF, x: float, y: float) -> None:
        site = self._site_at(at) or (None if self.draft.is_begun else self._site_of_section(at))
        stop = Stop(SITE, site) if site else Stop(PLACE, "", x, y)
        if self.draft.is_begun:
            self.draft.add_end(stop)
            self._ask()
        elif site:
            self.begin_at(site)
            return
        else:
            self.draft.begin(stop, in_plan=False)
        self._show()

    def _site_at(self, at: QPointF) -> str | None:
        picks = self.bench.map.picks_at(at)
        return next((pick.uid for pick in picks if pick.table == "sites"), None)

    def _site_of_section(self, at: QPointF) -> str | None:
        """Return the site whose planned route through what was clicked is the longest."""
        picks = self.bench.map.picks_at(at)
        section = next((pick.uid for pick in picks if pick.table == "plan_spans"), None)
        if section is None:
            return None
        rows = self.session.network.table("plan_sites")
        rows = rows[(rows["plan"] == self.session.preview) & (rows["state"] == "connected")]
        mine = rows[[section in (spans or ()) for spans in rows["spans"]]]
        if mine.empty:
            return None
        return str(mine.sort_values("route_length_m", kind="stable")["site"].iloc[-1])

    def _is_planned(self, site: str) -> bool:
        rows = self.session.network.table("plan_sites")
        mine = (rows["plan"] == self.session.preview) & (rows["site"] == site)
        return bool((mine & (rows["state"] == "connected")).any())

    def _site_xy(self, uid: str) -> tuple[float, float] | None:
        sites = self.session.network.tables["sites"]
        shape: Any = sites.at[uid, GEOMETRY] if uid in sites.index else None
        return None if shape is None else (float(shape.x), float(shape.y))

    # -- questions and answers ---------------------------------------------------------------

    def _ask(self) -> None:
        if self.draft.is_whole:
            self.live.ask(self.draft.query())
        self.bench.map.refresh()

    def _answered(self, readout: Readout) -> None:
        if self.draft.take(readout):
            self._show()

    def _planned(self, answer: PlannedAnswer) -> None:
        """Take the route that the plan has, unless the user has gone on."""
        if answer.number != self.draft.number:
            return
        if not self.draft.take_planned(answer.readout):
            self.draft.site = ""
            self._ask()
        self._show()

    def _placed(self, places: Places) -> None:
        texts = []
        if places.xy:
            xy = np.array(places.xy)
            lon, lat = to_lonlat(xy[:, 0], xy[:, 1], self.session.network.crs)
            texts = [f"{float(a):.7f},{float(b):.7f}" for a, b in zip(lon, lat, strict=True)]
        if places.purpose == _STORE:
            self._store(texts)
        else:
            self._make_conditions(texts)

    def _ask_places(self, purpose: str) -> None:
        if self.draft.is_shown:
            self.live.ask(HoldingPlaces(self.draft.query(), purpose))

    def _refused(self, error: AnelloError) -> None:
        self._show()
        self.session.told.emit("warning", refusal_text(error))
        self.panel.show_problem(refusal_text(error))

    def _failed(self, text: str, _trace: str) -> None:
        self._show()
        self.panel.show_problem(
            self.tr("The route could not be worked out: %1").replace("%1", text)
        )

    def _show(self) -> None:
        draft = self.draft
        readout = draft.readout if draft.is_whole else None
        can_store = bool(draft.site) and draft.site == self._first_site()
        can_store &= draft.is_whole and draft.stops[-1].kind == NETWORK
        can_store &= self.live.plan == self.session.preview and self._is_open_plan()
        self.panel.show_route(
            readout, draft.first, draft.avoid, draft.must_use,
            can_store=can_store, is_ready=self.live.is_ready,
        )  # fmt: skip
        if readout is not None and readout.problem is not None:
            self.panel.show_problem(render(readout.problem))
        self.bench.map.refresh()

    def _is_open_plan(self) -> bool:
        plans = self.session.network.table("plans")
        if self.session.preview not in plans.index:
            return False
        row = plans.loc[self.session.preview]
        return row["accepted"] is None and row["state"] not in FROZEN_PLAN_STATES

    def _first_site(self) -> str:
        return self.draft.stops[0].uid if self.draft.stops else ""

    def _tool_changed(self, name: str) -> None:
        if name == "route":
            self.live.want()
            self.bench.show_panel("route")
        else:
            self.live.leave()

    def _forget(self) -> None:
        self.draft.clear()
        self._show()

    def _changed(self) -> None:
        """Ask again on the new ground: sections kept are those of the old one."""
        self.draft.kept.clear()
        uids = {stop.uid for stop in self.draft.stops if stop.kind == SITE}
        if any(uid not in self.session.network.tables["sites"].index for uid in uids):
            self._forget()
        elif self.draft.is_whole:
            QTimer.singleShot(0, self, self._ask)

    # -- what can be done --------------------------------------------------------------------

    def _offer(self, what: str, number: int, at: QPointF) -> None:
        menu = QMenu(self.bench.window)
        if what == ON_STOP and 0 < number < len(self.draft.stops) - 1:
            menu.addAction(icon("delete"), self.tr("Remove this way-point"),
                           partial(self.remove, number))  # fmt: skip
        if what == ON_LINE:
            is_kept = number in self.draft.kept
            text = self.tr("Let this part go") if is_kept else self.tr("Keep this part as it is")
            menu.addAction(icon("check"), text, partial(self._keep, number, not is_kept))
        self._fill(menu, self._street_at(at))
        if not menu.isEmpty():
            menu.popup(QCursor.pos())

    def _fill(self, menu: QMenu, street: str | None) -> None:
        if street is None:
            return
        table = "streets" if street in self.session.network.tables["streets"].index else "conduits"
        name = object_title(self.session.network, table, street).replace("&", "&&")
        for wish, asked, text in (
            ("avoid", self.draft.avoid, self.tr("Forbid “%1”")),
            ("must_use", self.draft.must_use, self.tr("Require “%1”")),
        ):
            action = menu.addAction(text.replace("%1", name))
            action.setCheckable(True)
            action.setChecked(street in asked)
            chosen = "" if street in asked else wish
            action.triggered.connect(partial(self._wish_from_menu, street, chosen))

    def _street_at(self, at: QPointF) -> str | None:
        picks = self.bench.map.picks_at(at)
        return next((pick.uid for pick in picks if pick.table in ("streets", "conduits")), None)

    def _wish_from_menu(self, uid: str, wish: str, _checked: bool = False) -> None:
        self._wish(uid, wish)

    def _wish(self, uid: str, wish: str) -> None:
        self.draft.ask_for(uid, wish)
        self._ask()
        self._show()

    def _keep(self, leg: int, is_kept: bool) -> None:
        self.draft.keep(leg, is_kept=is_kept)
        self._ask()

    def fill_menu(self, menu: QMenu, picks: Sequence[object]) -> None:
        """Offer to forbid or require a street while a route is drawn."""
        if self.bench.map.tool != "route" or not self.draft.is_whole:
            return
        streets = (p for p in picks if getattr(p, "table", "") in ("streets", "conduits"))
        first = next(streets, None)
        if first is not None:
            menu.addSeparator()
            self._fill(menu, str(getattr(first, "uid", "")))

    # -- into the plan -----------------------------------------------------------------------

    def _store(self, waypoints: list[str]) -> None:
        plan, site, network = self.session.preview, self.draft.site, self.session.network

        def deliver(result: Result) -> None:
            if network is not self.session.network:
                told = self.tr("The data have changed meanwhile: the route was not put in.")
                self.session.told.emit("warning", told)
                return
            assert result.changes is not None
            self.session.do(None, result.changes, lambda _changes: self._stored(result))

        def refuse(error: AnelloError) -> None:
            self._show()
            self.panel.show_problem(refusal_text(error))

        self.panel.store.setEnabled(False)
        title = self.tr("Putting the route into the plan")
        run: Callable[..., object] = self.session.jobs.start
        run(
            title, edit_route, network, plan, site, tuple(waypoints), self.draft.avoid,
            self.draft.must_use, deliver=deliver, refuse=refuse,
        )  # fmt: skip

    def _stored(self, result: Result) -> None:
        self.draft.clear()
        self._show()
        show = figures()
        more = result.summary["cost_eur"]["typical"] - result.summary["before"]["cost_eur"]
        sign = "+" if more >= 0 else "−"
        told = self.tr("The route is in the plan and locked: %1 against before.")
        self.session.told.emit("info", told.replace("%1", f"{sign}{show.euro(abs(more), 0)}"))

    def _make_conditions(self, waypoints: list[str]) -> None:
        """Hand way-points and streets to the form of the next plan, and show it."""
        asked = dataclasses.replace(
            NOTHING_ASKED, waypoints=tuple(waypoints), avoid=self.draft.avoid,
            must_use=self.draft.must_use,
        )  # fmt: skip
        window = self.bench.window
        plans = getattr(window, "plans", None)
        if plans is not None:
            plans.form.take_conditions(asked, self._first_site(), self.session.preview)
        self.bench.show_panel("plans")
