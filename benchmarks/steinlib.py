"""Read SteinLib files: classic Steiner trees, and prize-collecting ones, rooted or not.

Costs become whole numbers of the smallest unit that all figures of a file are multiples of, at
most a millionth, so that sums are exact.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import numpy as np

from app.planning.arrays import Graph, IntArray, build_graph

_PLACES = 6
"""Decimal places that are kept."""

_OTHER_KINDS = {
    "directed": "directed arcs",
    "arborescence": "directed arcs",
    "weight": "node weights",
    "degree": "limits on the degree of nodes",
    "hop": "limits on the number of hops",
    "group": "groups of terminals",
    "rectilinear": "problems in the plane",
    "revenue": "revenues with a budget",
    "repeater": "repeaters",
}
"""Words that name problems that are not solved here, and what these have."""

_OTHER_LINES = {
    ("graph", "A"): "directed arcs",
    ("graph", "O"): "obstacles",
    ("terminals", "TG"): "groups of terminals",
    ("terminals", "TR"): "terminals of several kinds",
}
"""Lines of such problems, by section."""

_OTHER_SECTIONS = {
    "maximumdegrees": "limits on the degree of nodes",
    "nodeweights": "node weights",
    "obstacles": "obstacles",
}
"""Sections of such problems."""

_LARGEST = Decimal(2**57)
"""Sum of all costs and prizes at most, in units."""


class UnreadableError(Exception):
    """A file that is broken, or whose problem is of another kind; says which and why."""


@dataclass(frozen=True)
class Instance:
    """A problem on a graph.

    Parameters
    ----------
    name
        Name of the file without its endings.
    graph
        Costs are ``factor`` times those of the file.
    terminals
        Nodes that have to be joined, in the order of the file.
    prizes
        ``(n,)`` prices of leaving nodes out, times ``factor``; None for a classic problem.
    root
        Node that trees hold, None if any tree will do.
    factor
        Units per 1 in the file.
    """

    name: str
    graph: Graph
    terminals: list[int]
    prizes: IntArray | None
    root: int | None
    factor: int


class _Draft:
    """What has been read of a file so far."""

    def __init__(self) -> None:
        self.section = ""
        self.nodes = 0
        self.edges: list[tuple[int, int, Decimal]] = []
        self.terminals: list[int] = []
        self.prizes: dict[int, Decimal] = {}
        self.root: int | None = None
        self.root_prize: int | None = None

    def read(self, words: list[str]) -> None:
        """Take one line, that is not empty."""
        key = words[0].upper()
        if key == "SECTION":
            self.section = words[1].lower().rstrip("s") + "s"
            _refuse(_OTHER_SECTIONS.get(self.section))
        elif key == "PROBLEM" and self.section in ("", "comments"):
            kind = " ".join(words[1:]).lower()
            _refuse(next((has for word, has in _OTHER_KINDS.items() if word in kind), None))
        elif self.section == "graphs":
            self._read_graph(key, words)
        elif self.section == "terminals":
            self._read_terminal(key, words)

    def _read_graph(self, key: str, words: list[str]) -> None:
        _refuse(_OTHER_LINES.get(("graph", key)))
        if key == "NODES":
            self.nodes = int(words[1])
        elif key == "E":
            self.edges.append((int(words[1]) - 1, int(words[2]) - 1, Decimal(words[3])))

    def _read_terminal(self, key: str, words: list[str]) -> None:
        _refuse(_OTHER_LINES.get(("terminals", key)))
        if key == "T":
            _refuse("node weights" if len(words) > 2 else None)
            self.terminals.append(int(words[1]) - 1)
        elif key == "TP":
            self.prizes[int(words[1]) - 1] = Decimal(words[2])
        elif key == "ROOT":
            self.root = int(words[1]) - 1
        elif key == "ROOTP":
            self.root_prize = int(words[1]) - 1

    def made(self, name: str) -> Instance:
        """Return the instance; raises `UnreadableError` for what cannot be."""
        self._check()
        figures = [cost for _, _, cost in self.edges] + list(self.prizes.values())
        places = max((_places(figure) for figure in figures), default=0)
        total = max(Decimal(1), Decimal(sum(figures)))
        factor = 10 ** min(places, max(0, int((_LARGEST / total).log10())))
        start, end, cost = zip(*self.edges, strict=True) if self.edges else ((), (), ())
        graph = build_graph(self.nodes, start, end, [round(c * factor) for c in cost])
        if not self.prizes and self.root_prize is None:
            return Instance(name, graph, self.terminals, None, self.root, factor)
        prizes = np.zeros(self.nodes, dtype=np.int64)
        for node, prize in self.prizes.items():
            prizes[node] = round(prize * factor)
        root = self.root if self.root_prize is None else self.root_prize
        return Instance(name, graph, self.terminals, prizes, root, factor)

    def _check(self) -> None:
        if not self.nodes:
            raise UnreadableError("it has no graph")
        ends = [node for a, b, _ in self.edges for node in (a, b)]
        roots = [node for node in (self.root, self.root_prize) if node is not None]
        named = [*ends, *self.terminals, *self.prizes, *roots]
        if any(not 0 <= node < self.nodes for node in named):
            raise UnreadableError("it names nodes that it does not have")
        if any(cost < 0 for _, _, cost in self.edges):
            raise UnreadableError("edges with negative costs are not understood")
        if any(prize < 0 for prize in self.prizes.values()):
            raise UnreadableError("negative prizes (node weights) are not understood")
        if not (self.terminals or self.prizes or roots):
            raise UnreadableError("it has no terminals")


def read_stp(path: Path) -> Instance:
    """Read a ``.stp`` or ``.stp.gz`` file; raises `UnreadableError`, `OSError`.

    Lines ``T`` name terminals, ``TP`` nodes with a prize, ``Root`` and ``RootP`` the root. A
    terminal beside prizes may not be left out.
    """
    draft = _Draft()
    number = 0
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8", "replace")
        for line in text.splitlines():
            number += 1
            if words := line.partition("#")[0].split():
                draft.read(words)
        name = path.name.removesuffix(".gz").removesuffix(".stp")
        return draft.made(name)
    except UnreadableError as error:
        raise UnreadableError(f"{path.name}: {error}") from None
    except EOFError as error:
        raise UnreadableError(f"{path.name}: it cannot be read ({error})") from error
    except (ValueError, IndexError, InvalidOperation) as error:
        raise UnreadableError(f"{path.name}: line {number} cannot be read") from error


def _refuse(what: str | None) -> None:
    if what:
        raise UnreadableError(f"{what} are not understood")


def _places(figure: Decimal) -> int:
    """Return the decimal places that a figure needs, at most six."""
    exponent = figure.normalize().as_tuple().exponent
    if not isinstance(exponent, int):
        raise UnreadableError(f"{figure} is no number")
    return min(_PLACES, max(0, -exponent))
