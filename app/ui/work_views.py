"""What runs in a job's own process to print the map. No Qt here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.model.network import Network
from app.model.progress import Progress
from app.model.symbols import load_symbols
from app.ui.map.showing import Showing, symbol_key

if TYPE_CHECKING:
    from app.io.export.viewsheet import ViewSheet
    from app.model.views import ViewRequest


def print_view(
    network: Network, request: ViewRequest, showing: Showing, path: str, progress: Progress
) -> ViewSheet:
    """Write the map as the window shows it: order, filters and symbols."""
    from app import workflows

    return workflows.print_view(
        shown_network(network, showing), shown_request(request, showing), Path(path), progress
    )


def shown_request(request: ViewRequest, showing: Showing) -> ViewRequest:
    """Return the request with the layers that are switched on, in their order."""
    known = [style.table for style in load_symbols().ordered()]
    order = tuple(table for table in showing.ordered(known) if table not in showing.hidden)
    return replace(request, order=order)


def shown_network(network: Network, showing: Showing) -> Network:
    """Return the network with only the rows that pass the filters and whose symbols are on."""
    from app import workflows

    kept = workflows.filtered(network, showing.filters)
    tables = dict(kept.tables)
    for table, hidden in showing.symbols.items():
        style = load_symbols().layers.get(table)
        if style is not None and style.column is not None:
            frame = tables[table]
            values = frame[style.column].astype(object).to_numpy()
            shown = [symbol_key(style, str(value)) not in hidden for value in values]
            tables[table] = frame[np.array(shown, dtype=bool)]
    return replace(kept, tables=tables)
