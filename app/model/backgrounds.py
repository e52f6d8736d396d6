"""Backgrounds of the map: which tiles lie below the project's own layers, told without opening."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

SETTING = "background"
"""Key under which a project keeps its background."""

NONE, FILE, TILES, WMS = "none", "file", "tiles", "wms"
KINDS = (NONE, FILE, TILES, WMS)
MAX_ZOOM = 22


@dataclass(frozen=True)
class Background:
    """A background: ``location`` is a file, a template of addresses, or a WMS address.

    ``layers`` is for WMS; ``attribution`` is shown on the map; nothing is drawn from levels
    beyond ``max_zoom`` (the picture of that level is enlarged instead).
    """

    kind: str = NONE
    location: str = ""
    layers: str = ""
    attribution: str = ""
    max_zoom: int = 19
    opacity: float = 1.0

    @property
    def needs_network(self) -> bool:
        """Whether it asks a server."""
        return self.kind in (TILES, WMS)

    @property
    def is_none(self) -> bool:
        """Whether there is nothing to draw."""
        return self.kind == NONE or not self.location

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return asdict(self)


def background_from_json(stored: object) -> Background:
    """Return the background that was stored; what makes no sense counts as none."""
    if not isinstance(stored, dict) or stored.get("kind") not in KINDS:
        return Background()
    texts = {name: str(stored.get(name, "")) for name in ("kind", "location", "layers")}
    zoom, opacity = stored.get("max_zoom", 19), stored.get("opacity", 1.0)
    return Background(
        **texts,
        attribution=str(stored.get("attribution", ""))[:300],
        max_zoom=min(max(int(zoom), 0), MAX_ZOOM) if isinstance(zoom, int) else 19,
        opacity=min(max(float(opacity), 0.1), 1.0) if isinstance(opacity, int | float) else 1.0,
    )
