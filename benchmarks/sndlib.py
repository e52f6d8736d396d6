"""Read networks in SNDlib's native format: nodes, links, and what each link costs."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from app.planning.arrays import Graph, build_graph
from benchmarks.steinlib import UnreadableError

_PLACES = 6
"""Decimal places that are kept."""

_NUMBERS = 4
"""Figures of a link: pre-installed capacity and its cost, routing cost, set-up cost."""


@dataclass(frozen=True)
class Case:
    """A graph with names; ``factor`` made its costs whole."""

    name: str
    graph: Graph
    nodes: list[str]
    links: list[str]
    factor: int


def read_sndlib(path: Path) -> Case:
    """Read a network, plain or gzipped; raises `UnreadableError`, `OSError`.

    Links are undirected and simple: of parallel or opposite links the cheapest counts, loops do
    not. A link costs its set-up plus its first module, if it has one.
    """
    name = path.name.removesuffix(".gz").removesuffix(".txt").removesuffix(".native")
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8", "replace")
        text = re.sub(r"(?m)#.*$|^\s*\?.*$", "", text.removeprefix("\ufeff"))
        return _case(name, re.findall(r"[()]|[^\s()]+", text))
    except UnreadableError as error:
        raise UnreadableError(f"{path.name}: {error}") from None
    except EOFError as error:
        raise UnreadableError(f"{path.name}: it cannot be read ({error})") from error


def _case(name: str, words: list[str]) -> Case:
    nodes = list(dict.fromkeys(_nodes(_section(words, "NODES"))))
    cheapest: dict[tuple[str, str], tuple[Decimal, str]] = {}
    for link, a, b, cost in _links(_section(words, "LINKS")):
        if cost < 0:
            raise UnreadableError("links with negative costs are not understood")
        key = min(a, b), max(a, b)
        if a != b and (key not in cheapest or cost < cheapest[key][0]):
            cheapest[key] = cost, link
    nodes += sorted({end for pair in cheapest for end in pair} - set(nodes))
    if not nodes:
        raise UnreadableError("it has no nodes")
    exponents = [int(cost.normalize().as_tuple().exponent) for cost, _ in cheapest.values()]
    factor = 10 ** min(_PLACES, max(0, -min(exponents, default=0)))
    number = {node: i for i, node in enumerate(nodes)}
    graph = build_graph(
        len(nodes),
        [number[a] for a, _ in cheapest],
        [number[b] for _, b in cheapest],
        [round(cost * factor) for cost, _ in cheapest.values()],
    )
    return Case(name, graph, nodes, [link for _, link in cheapest.values()], factor)


def _section(words: list[str], name: str) -> list[str]:
    """Return what stands between the brackets of a section, nothing if there is none."""
    depth, begin = 0, 0
    for at, word in enumerate(words):
        if word == "(":
            if depth == 0 and at and words[at - 1].upper() == name:
                begin = at + 1
            depth += 1
        elif word == ")":
            depth -= 1
            if depth == 0 and begin:
                return words[begin:at]
    if begin:
        raise UnreadableError(f"its section {name} has no end")
    return []


def _nodes(words: list[str]) -> Iterator[str]:
    """Yield the names of nodes; the places in brackets behind them do not matter."""
    depth = 0
    for word in words:
        depth += {"(": 1, ")": -1}.get(word, 0)
        if depth == 0 and word != ")":
            yield word


def _links(words: list[str]) -> Iterator[tuple[str, str, str, Decimal]]:
    """Yield name, ends and cost of each link."""
    at = 0
    while at < len(words):
        if words[at + 1 : at + 5 : 3] != ["(", ")"]:
            raise UnreadableError(f"link {words[at]} does not name its two ends")
        link, a, b = words[at], words[at + 2], words[at + 3]
        at += 5
        numbers = words[at : at + _NUMBERS]
        at += len(numbers)
        modules: list[str] = []
        if at < len(words) and words[at] == "(":
            end = words.index(")", at)
            modules, at = words[at + 1 : end], end + 1
        if len(numbers) < _NUMBERS:
            raise UnreadableError(f"link {link} has fewer than {_NUMBERS} figures")
        yield link, a, b, _figure(link, numbers[3]) + _figure(link, (*modules, "0", "0")[1])


def _figure(link: str, word: str) -> Decimal:
    try:
        figure = Decimal(word)
    except InvalidOperation:
        figure = Decimal("NaN")
    if not figure.is_finite():
        raise UnreadableError(f"link {link} costs {word}, which is no number")
    return figure
