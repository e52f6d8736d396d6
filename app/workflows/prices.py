"""Price lists and cost rules of a project: import, version, index, compare, hand over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.io.export import ExportReport
from app.io.importing import ImportOptions
from app.io.importing.pricelists import PriceReading, read_prices
from app.io.project import Project
from app.model.changes import ChangeSet
from app.model.errors import ExchangeError
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.progress import Progress, no_progress
from app.model.study import Result
from app.planning.costs import pricelists
from app.planning.costs.costrules import CostRules, default_rules, read_rules
from app.planning.costs.pricelists import NewList

RULES_SETTING = "cost_rules"
"""Setting of a project that holds cost rules of its own, as a document."""

EXPORTED = (
    "code", "chapter", "text_it", "text_en", "unit", "low_eur", "typical_eur", "high_eur",
    "source", "price_year", "is_placeholder",
)  # fmt: skip
"""Columns of an exported list; an import takes them back."""

_LARGEST_RULES_BYTES = 10_000_000


@dataclass(frozen=True)
class PriceImport:
    """What an imported list is called, and the list (uid, name) whose new version it becomes."""

    name: str | None = None
    onto: str | None = None
    source: str | None = None
    year: int | None = None
    is_current: bool = False


@dataclass(frozen=True)
class PriceOutcome:
    """What a file was read as, and the change that adds the list; ``None`` without any item."""

    reading: PriceReading
    changes: ChangeSet | None
    name: str


def price_lists(network: Network) -> list[dict[str, Any]]:
    """Return what there is to know of each price list."""
    return pricelists.list_facts(network)


def list_head(network: Network, price_list: str) -> dict[str, Any]:
    """Return uid, name, version and origin of a list, by uid or name."""
    uid = pricelists.find_list(network, price_list)
    row = next(row for row in pricelists.list_facts(network) if row["uid"] == uid)
    return {
        "list": uid, "name": row["name"], "version": row["version"],
        "based_on": row["based_on"], "in_use": row["is_current"],
    }  # fmt: skip


def price_items(network: Network, price_list: str) -> list[dict[str, Any]]:
    """Return the items of a list, by uid or name."""
    return pricelists.items_of_list(network, pricelists.find_list(network, price_list))


def read_price_list(
    network: Network,
    project_path: Path,
    path: Path | str,
    wanted: PriceImport,
    options: ImportOptions | None = None,
    progress: Progress = no_progress,
) -> PriceOutcome:
    """Read a file as a new list or a new version of one, without applying it.

    Rejected rows go beside the project. Raises `ExchangeError` for a file that cannot be read
    and `InputError` for a name that is taken.
    """
    options = options or ImportOptions()
    values = dict(options.set_values)
    if wanted.source is not None:
        values.setdefault("source", wanted.source)
    if wanted.year is not None:
        values.setdefault("price_year", str(wanted.year))
    folder = options.rejected_folder or project_path.parent
    asked = replace(options, set_values=values, rejected_folder=folder)
    based_on = None if wanted.onto is None else pricelists.find_list(network, wanted.onto)
    lists = network.table("price_lists")
    name = wanted.name or (Path(path).stem if based_on is None else str(lists.at[based_on, "name"]))
    reading = read_prices(path, network, asked, progress, project_path)
    if not reading.items:
        return PriceOutcome(reading, None, name)
    year = wanted.year
    if year is None and based_on is None:
        years = [item["price_year"] for item in reading.items if item.get("price_year")]
        year = max(years, default=None)
    new = NewList(name, wanted.source or Path(path).name, year, based_on, wanted.is_current)
    return PriceOutcome(reading, pricelists.new_list(network, new, reading.items), name)


def index_prices(
    network: Network, price_list: str, factor: Decimal, source: str, year: int,
    *, is_current: bool = False,
) -> ChangeSet:  # fmt: skip
    """Return the change that adds a version of a list indexed to another year."""
    uid = pricelists.find_list(network, price_list)
    return pricelists.index_list(network, uid, factor, source, year, is_current=is_current)


def use_prices(network: Network, price_list: str) -> ChangeSet:
    """Return the change after which new plans take a list."""
    return pricelists.use_list(network, pricelists.find_list(network, price_list))


def edit_prices(
    network: Network, price_list: str, edits: Mapping[str, Mapping[str, Any]]
) -> ChangeSet:
    """Return the change of items by code; a list in use gets a new version."""
    return pricelists.edit_items(network, pricelists.find_list(network, price_list), edits)


def delete_prices(network: Network, price_list: str) -> ChangeSet:
    """Return the change that deletes a list which no plan was priced with."""
    return pricelists.delete_list(network, pricelists.find_list(network, price_list))


def reference_prices(network: Network, *, is_current: bool = False) -> ChangeSet:
    """Return the change that adds the newest reference prices of the program."""
    return pricelists.add_reference(network, is_current=is_current)


def compare_prices(network: Network, first: str, second: str) -> Result:
    """Return two lists item by item."""
    uids = [pricelists.find_list(network, text) for text in (first, second)]
    return pricelists.compare_lists(network, *uids)


def export_prices(
    network: Network, price_list: str, target: Path, language: str = "it"
) -> ExportReport:
    """Write a list as ``.csv`` or ``.xlsx``, so that an import takes it back."""
    from app.io.export.datatable import data_table, export_table

    uids = [str(row["uid"]) for row in price_items(network, price_list)]
    return export_table(data_table(network, "price_items", uids, EXPORTED), target, language)


def load_rules(path: Path | str) -> CostRules:
    """Return the cost rules of a JSON file; raises `ExchangeError` naming file and reason."""
    file = Path(path)
    try:
        if file.stat().st_size > _LARGEST_RULES_BYTES:
            raise OSError(f"{file.stat().st_size} bytes")
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ExchangeError(
            message(
                QT_TRANSLATE_NOOP("core", "{file} cannot be read: {reason}"),
                file=file.name,
                reason=str(error),
            ),
            file,
        ) from error
    return read_rules(text)


def project_rules(project: Project) -> Mapping[str, Any] | None:
    """Return the cost rules that a project carries, as a document; ``None``: the shipped ones."""
    found = project.setting(RULES_SETTING)
    return found if isinstance(found, dict) else None


def keep_rules(project: Project, rules: CostRules | None) -> None:
    """Let a project carry rules of its own, or go back to the shipped ones."""
    project.set_setting(RULES_SETTING, None if rules is None else dict(rules.document))


def shipped_rules() -> Mapping[str, Any]:
    """Return the newest rules of the program, as a document to edit."""
    return default_rules().document
