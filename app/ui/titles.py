"""What objects are called, looked up once for each table of a network."""

from __future__ import annotations

from collections.abc import Mapping

from app.model.naming import names_of
from app.model.network import Network
from app.ui.labels import language, object_title

_SEPARATOR = " · "


class Titles:
    """Names of the objects of one network, and objects by what a person types."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._names: dict[str, Mapping[str, str]] = {}
        self._choices: dict[str, Mapping[str, str]] = {}

    def title(self, table: str, uid: str) -> str:
        """Return how an object is called."""
        return self._table(table).get(uid) or object_title(self.network, table, uid)

    def choices(self, table: str) -> Mapping[str, str]:
        """Return every object of a table by a text that no other one has, in order of texts."""
        if table not in self._choices:
            pairs = [(self.title(table, uid), uid) for uid in map(str, self._index(table))]
            seen: dict[str, int] = {}
            for title, _uid in pairs:
                seen[title] = seen.get(title, 0) + 1
            named = {
                title if seen[title] == 1 else f"{title}{_SEPARATOR}{uid[:8]}": uid
                for title, uid in pairs
            }
            self._choices[table] = dict(sorted(named.items(), key=lambda pair: pair[0].casefold()))
        return self._choices[table]

    def _index(self, table: str) -> list[str]:
        return list(self.network.table(table).index)

    def _table(self, table: str) -> Mapping[str, str]:
        if table not in self._names:
            frame = self.network.table(table)
            own = f"text_{language()}"
            names = frame[own] if own in frame.columns else names_of(frame)
            filled = zip(frame.index, names, strict=True)
            self._names[table] = {str(uid): str(name) for uid, name in filled if name}
        return self._names[table]
