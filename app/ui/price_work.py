"""What the window has done about prices, in a job or in the background. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.io.importing import ImportOptions, Preview
from app.model.network import Network
from app.model.progress import Progress

if TYPE_CHECKING:
    from app.model.changes import ChangeSet
    from app.workflows.prices import PriceOutcome

RULES_SETTING = "cost_rules"


def preview(path: str, project_path: str, layer: str | None, progress: Progress) -> Preview:
    """Look into a file of prices."""
    from app.io.importing import preview_file

    options = ImportOptions(layer=layer or None)
    return preview_file(
        Path(path), options, target="price_items", progress=progress,
        forbidden_path=Path(project_path),
    )  # fmt: skip


def read(
    path: str, project_path: str, network: Network, asked: Mapping[str, Any], progress: Progress
) -> PriceOutcome:
    """Read a file of prices as the dialog asked."""
    from app.workflows.prices import PriceImport, read_price_list

    wanted = PriceImport(asked["name"], asked["onto"], asked["source"], None, asked["is_current"])
    options = ImportOptions(layer=asked["layer"], mapping=asked["mapping"])
    return read_price_list(network, Path(project_path), path, wanted, options, progress)


def lists(network: Network) -> tuple[list[dict[str, Any]], bool]:
    """Return the lists, and whether the program has newer reference prices than the project."""
    from app.planning.costs.prices import reference_price_list
    from app.workflows.prices import price_lists

    newest = str(reference_price_list()["price_lists"].index[0])
    return price_lists(network), newest not in network.table("price_lists").index


def items(
    network: Network, uid: str, other: str
) -> tuple[list[dict[str, Any]], dict[str, float | None]]:
    """Return the items of a list, and the typical prices of another by code."""
    from app.workflows.prices import price_items

    beside = price_items(network, other) if other else []
    return price_items(network, uid), {str(row["code"]): row["typical_eur"] for row in beside}


def index(
    network: Network, uid: str, factor: Decimal, source: str, year: int, *, is_current: bool
) -> ChangeSet:
    """Return the change that adds an indexed version."""
    from app.workflows.prices import index_prices

    return index_prices(network, uid, factor, source, year, is_current=is_current)


def use(network: Network, uid: str) -> ChangeSet:
    """Return the change after which new plans take a list."""
    from app.workflows.prices import use_prices

    return use_prices(network, uid)


def edit(network: Network, uid: str, code: str, values: Mapping[str, Any]) -> ChangeSet:
    """Return the change of one price."""
    from app.workflows.prices import edit_prices

    return edit_prices(network, uid, {code: values})


def delete(network: Network, uid: str) -> ChangeSet:
    """Return the change that deletes a list."""
    from app.workflows.prices import delete_prices

    return delete_prices(network, uid)


def reference(network: Network) -> ChangeSet:
    """Return the change that adds the newest reference prices for new plans."""
    from app.workflows.prices import reference_prices

    return reference_prices(network, is_current=True)


def export(network: Network, uid: str, path: str, language: str, progress: Progress) -> str:
    """Write a list; return where it lies."""
    from app.workflows.prices import export_prices

    report = export_prices(network, uid, Path(path), language)
    progress(1.0)
    return str(report.path)


def load_rules(path: str) -> dict[str, Any]:
    """Return the document of a file of cost rules."""
    from app.workflows.prices import load_rules as load

    return dict(load(path).document)


def write_rules(path: str, document: Mapping[str, Any] | None) -> None:
    """Write cost rules to a file, by default those of the program."""
    import json

    from app.io.export.safe import write_whole
    from app.workflows.prices import shipped_rules

    chosen = shipped_rules() if document is None else document
    write_whole(Path(path), json.dumps(chosen, ensure_ascii=False, indent=2).encode())
