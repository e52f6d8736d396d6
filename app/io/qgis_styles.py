"""The symbols of the map as QGIS styles, so that QGIS shows the same picture."""

from __future__ import annotations

import sqlalchemy as sa

from app.model.symbols import LayerStyle, load_symbols
from app.model.tables import TABLES


def store(connection: sa.Connection) -> None:
    """Fill ``layer_styles``, which QGIS reads when it adds a layer."""
    for style in load_symbols().ordered():
        _ = TABLES[style.table], style


def qml(style: LayerStyle) -> str:
    """Return the QGIS style of a layer."""
    return style.label
