"""Prices in the window: lists, their versions and items, import, index, rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from app.model.changes import ChangeSet
from app.model.errors import AnelloError
from app.model.network import Network
from app.ui import price_work
from app.ui.desk import BOTTOM, Feature, PanelSpec, Workbench
from app.ui.dialogs.price_forms import IndexDialog, PriceDialog, RulesDialog
from app.ui.dialogs.price_import import PriceImportDialog
from app.ui.labels import figures, language
from app.ui.panels.prices import PricesPanel
from app.ui.session import refusal_text

_TABLES = frozenset({"price_lists", "price_items", "plans"})


class PricesFeature(Feature):
    """Brings the panel *Prices* with its forms."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.panel = PricesPanel()
        self._shown_of: Network | None = None
        panel, session = self.panel, bench.session
        panel.list_wanted.connect(self._show_items)
        panel.import_wanted.connect(self._choose_file)
        panel.index_wanted.connect(self._ask_index)
        panel.use_wanted.connect(
            lambda uid: session.edit(lambda network: price_work.use(network, uid))
        )
        panel.delete_wanted.connect(
            lambda uid: session.edit(lambda network: price_work.delete(network, uid))
        )
        panel.reference_wanted.connect(lambda: session.edit(price_work.reference))
        panel.export_wanted.connect(self._choose_target)
        panel.reprice_wanted.connect(self.reprice)
        panel.edit_wanted.connect(self._ask_price)
        panel.rules_wanted.connect(self._ask_rules)
        panel.seen.connect(self._seen)
        session.project_changed.connect(self._adopt)
        session.changed.connect(self._changed)

    def panels(self) -> Sequence[PanelSpec]:
        """Return the panel."""
        return (PanelSpec("prices", self.tr("Prices"), self.panel, BOTTOM, starts_hidden=True),)

    def show_prices(self) -> None:
        """Show the panel with the lists as they are."""
        self.bench.show_panel("prices")
        self.refresh()

    def refresh(self) -> None:
        """Read the lists anew."""
        network = self.session.network
        self._shown_of = network

        def show(found: tuple[list[dict[str, Any]], bool]) -> None:
            if network is self.session.network:
                self.panel.show_lists(found[0], is_reference_newer=found[1])

        if self.session.is_open:
            self.session.ask(lambda _project: price_work.lists(network), show)

    # -- lists -------------------------------------------------------------------------------

    def import_prices(self, path: Path) -> PriceImportDialog:
        """Ask what a file of prices is, and read it."""
        network, project = self.session.network, str(self.session.path)
        lists = network.table("price_lists")
        titles = [
            (str(uid), f"{row['name']} ({row['version'] or '1'})") for uid, row in lists.iterrows()
        ]
        dialog = PriceImportDialog(path, sorted(titles, key=lambda pair: pair[1]))
        looking = self.tr("Looking into %1").replace("%1", path.name)

        def look(layer: str) -> None:
            self.session.jobs.start(
                looking, price_work.preview, str(path), project, layer,
                deliver=dialog.show_preview, refuse=dialog.refuse,
            )  # fmt: skip

        def read(asked: Mapping[str, Any]) -> None:
            self.session.jobs.start(
                self.tr("Importing %1").replace("%1", path.name), price_work.read, str(path),
                project, network, dict(asked), deliver=take, refuse=dialog.refuse,
            )  # fmt: skip

        def take(outcome: Any) -> None:
            self.session.set_findings("import", outcome.reading.findings)
            if outcome.changes is not None:
                self.session.do(None, outcome.changes)
            dialog.reject()
            self._tell_import(outcome)

        dialog.look_wanted.connect(look)
        dialog.wanted.connect(read)
        self.bench.show_dialog(dialog)
        look("")
        return dialog

    def _tell_import(self, outcome: Any) -> None:
        reading = outcome.reading
        told = self.tr("%1 of %2 prices were imported").replace("%1", str(len(reading.items)))
        told = told.replace("%2", str(reading.read))
        if not reading.rejected:
            self.session.told.emit("info", told)
            return
        reasons = [f"{row.row}: {row.reason}" for row in reading.rejected[:8]]
        kept = self.tr("The rows that were left out lie in %1.")
        reasons.append(kept.replace("%1", str(reading.rejected_file)))
        self.bench.show_refusal(told, "\n".join(reasons))

    def reprice(self, price_list: str) -> None:
        """Tell what the previewed plan would cost with a list; the plan stays as it is."""
        plan = self.session.preview
        if not plan:
            self.panel.state.setText(self.tr("Choose a plan first."))
            return

        def tell(found: Any) -> None:
            show, summary = figures(), found.summary
            now: Any = self.session.network.table("plans").at[plan, "typical_eur"]
            text = self.tr("“%1” with %2: %3, with its own list %4. The plan stays as it is.")
            for place, value in enumerate(
                (
                    summary["plan"], summary["priced_with"],
                    show.euro(summary["total_eur"]["typical"], 0), show.euro(now, 0),
                ),
                1,
            ):  # fmt: skip
                text = text.replace(f"%{place}", str(value))
            self.panel.state.setText(text)

        def refuse(error: AnelloError) -> None:
            self.bench.show_refusal(self.tr("The plan cannot be priced"), refusal_text(error))

        arguments = {"plan": plan, "price_list": price_list}
        self.bench.cases.study(self.tr("Pricing the plan"), "cost", arguments, tell, refuse)

    # -- inside ------------------------------------------------------------------------------

    def _adopt(self) -> None:
        """Take up another project: its lists, and the cost rules that it carries."""
        self.panel.show_lists([], is_reference_newer=False)
        self._shown_of = None
        self.bench.cases.rules = None
        self.session.ask(lambda project: project.setting(price_work.RULES_SETTING), self._carry)
        if self.panel.isVisible():
            self.refresh()

    def _seen(self) -> None:
        if self._shown_of is not self.session.network:
            self.refresh()

    def _carry(self, rules: Any) -> None:
        self.bench.cases.rules = rules if isinstance(rules, dict) else None

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & _TABLES and self._shown_of is not None:
            self.refresh()

    def _show_items(self, uid: str, other: str) -> None:
        network = self.session.network

        def show(found: tuple[list[dict[str, Any]], dict[str, float | None]]) -> None:
            if uid == self.panel.chosen:
                self.panel.show_items(*found)

        self.session.ask(lambda _project: price_work.items(network, uid, other), show)

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self.bench.window, self.tr("Import prices"), str(self.session.settings.folder),
            self.tr("Price lists (*.csv *.xlsx *.txt)"),
        )  # fmt: skip
        if chosen:
            self.import_prices(Path(chosen))

    def _choose_target(self, uid: str) -> None:
        name = str(self.session.network.table("price_lists").at[uid, "name"])
        folder = self.session.settings.folder
        chosen, _ = QFileDialog.getSaveFileName(
            self.bench.window, self.tr("Export prices"), str(folder / f"{name}.xlsx"),
            self.tr("Workbook (*.xlsx);;Text with separators (*.csv)"),
        )  # fmt: skip
        if chosen:
            self.export_prices(uid, Path(chosen))

    def export_prices(self, uid: str, path: Path) -> None:
        """Write a list."""
        told = self.tr("Exported: %1").replace("%1", str(path))

        def refuse(error: AnelloError) -> None:
            self.bench.show_refusal(self.tr("The list was not written"), refusal_text(error))

        self.session.jobs.start(
            self.tr("Exporting prices"), price_work.export, self.session.network, uid, str(path),
            language(), deliver=lambda _path: self.session.told.emit("info", told), refuse=refuse,
        )  # fmt: skip

    def _ask_index(self, uid: str) -> None:
        row = self.session.network.table("price_lists").loc[uid]
        dialog = IndexDialog(str(row["name"]), datetime.now(UTC).year, self.bench.window)

        def make(factor: Any, source: str, year: int, is_current: bool) -> None:
            def changes(network: Network) -> ChangeSet:
                return price_work.index(network, uid, factor, source, year, is_current=is_current)

            self.session.edit(changes)

        dialog.wanted.connect(make)
        self.bench.show_dialog(dialog)

    def _ask_price(self, uid: str, item: Mapping[str, Any]) -> None:
        used = bool((self.session.network.table("plans")["price_list"] == uid).any())
        dialog = PriceDialog(item, is_list_used=used, parent=self.bench.window)
        code = str(item["code"])

        def change(values: Mapping[str, Any]) -> None:
            self.session.edit(lambda network: price_work.edit(network, uid, code, values))

        dialog.wanted.connect(change)
        self.bench.show_dialog(dialog)

    # -- cost rules --------------------------------------------------------------------------

    def _ask_rules(self) -> None:
        is_own = self.bench.cases.rules is not None
        dialog = RulesDialog(is_own=is_own, parent=self.bench.window)
        dialog.load_wanted.connect(self._choose_rules)
        dialog.write_wanted.connect(self._choose_rules_target)
        dialog.reset_wanted.connect(lambda: self._keep_rules(None))
        self.bench.show_dialog(dialog)

    def _choose_rules(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self.bench.window, self.tr("Take in cost rules"), str(self.session.settings.folder),
            self.tr("Cost rules (*.json)"),
        )  # fmt: skip
        if chosen:
            self.load_rules(Path(chosen))

    def load_rules(self, path: Path) -> None:
        """Let the project carry the cost rules of a file."""

        def read(_project: Any) -> Any:
            try:
                return price_work.load_rules(str(path))
            except AnelloError as error:
                return error

        def take(found: Any) -> None:
            if isinstance(found, AnelloError):
                self.bench.show_refusal(self.tr("The rules were not taken in"), refusal_text(found))
            else:
                self._keep_rules(found)

        self.session.ask(read, take)

    def _keep_rules(self, rules: dict[str, Any] | None) -> None:
        told = (
            self.tr("New plans follow the cost rules that come with the program.")
            if rules is None
            else self.tr("New plans follow the project's own cost rules.")
        )

        def tell(_done: Any) -> None:
            self._carry(rules)
            self.session.told.emit("info", told)

        self.session.ask(lambda project: project.set_setting(price_work.RULES_SETTING, rules), tell)

    def _choose_rules_target(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self.bench.window, self.tr("Write cost rules"),
            str(self.session.settings.folder / "cost_rules.json"), self.tr("Cost rules (*.json)"),
        )  # fmt: skip
        if chosen:
            self.write_rules(Path(chosen))

    def write_rules(self, path: Path) -> None:
        """Write the cost rules that new plans follow."""
        rules = self.bench.cases.rules
        told = self.tr("Written: %1").replace("%1", str(path))
        self.session.ask(
            lambda _project: price_work.write_rules(str(path), rules),
            lambda _done: self.session.told.emit("info", told),
        )
