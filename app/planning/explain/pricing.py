"""What each site really costs, and which sections no good plan can do without."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from app.model.progress import Progress, no_progress
from app.planning.arrays import IntArray
from app.planning.explain.variants import (
    TreeProblem,
    Variant,
    detour,
    without_edges,
    without_terminal,
)

_Item = TypeVar("_Item")
_Found = TypeVar("_Found")

_THREADS = 2
"""Variants that are looked at together; the kernels work without the interpreter's lock."""

ALWAYS, LIKELY, REPLACEABLE = "always", "likely", "replaceable"
"""Proven to be in every near-optimal plan; in all that were found; not in one that is known."""

ONLY_WAY, KEPT = "onlyWay", "kept"
"""Without it sites are lost; the planner asked for it."""


@dataclass(frozen=True)
class SitePrice:
    """What leaving a terminal out saves, in the unit of the graph.

    Parameters
    ----------
    saving
        The plan's cost less that of the best plan found without it.
    most
        No plan without it saves more.
    alone
        Cost of the edges that only this terminal uses in the plan.
    """

    terminal: int
    saving: int
    most: int
    alone: int


@dataclass(frozen=True)
class SectionPrice:
    """What a plan costs more that does without a section, in the unit of the graph.

    Parameters
    ----------
    extra
        Of the cheapest plan found, ``None`` when sites would be lost.
    least
        No plan without the section costs less than this on top; ``None`` when sites are lost.
    state
        `ALWAYS`, `LIKELY` or `REPLACEABLE`, for plans within the tolerance asked for; `ONLY_WAY`
        or `KEPT`.
    variant
        The plan without it.
    """

    extra: int | None
    least: int | None
    state: str
    variant: Variant


class Deadline:
    """A point in time; calling it tells whether it is past."""

    def __init__(self, seconds: float) -> None:
        self._end_s = time.monotonic() + seconds

    def __call__(self) -> bool:
        """Return whether the time is up."""
        return time.monotonic() > self._end_s


def site_prices(
    problem: TreeProblem,
    is_over: Callable[[], bool],
    progress: Progress = no_progress,
    terminals: Sequence[int] | None = None,
) -> list[SitePrice]:
    """Return what each terminal (or some ``terminals``) really costs, the dearest first.

    The plan is made again without each of them: what only it used goes, the rest is improved by
    local search until that finds nothing or time is up. O(k) times a local search and an ascent.
    """
    alone = _alone(problem)
    wanted = problem.terminals.tolist() if terminals is None else terminals
    _prepare(problem)

    def price(terminal: int) -> SitePrice:
        found = without_terminal(problem, terminal, is_over)
        saving = problem.cost - found.cost
        return SitePrice(terminal, saving, problem.cost - found.bound, alone[terminal])

    found = list(_together(price, wanted, progress))
    return sorted(found, key=lambda item: (-item.saving, item.terminal))


def _prepare(problem: TreeProblem) -> None:
    """Have what variants share computed once, before threads ask for it."""
    assert problem.lean and problem.full and problem.is_chosen.size >= 0
    assert problem.bound >= 0 and problem.link_cost is not None and problem.owner.size >= 0


def _alone(problem: TreeProblem) -> dict[int, int]:
    """Return the cost of the edges that lead to one terminal only, by terminal."""
    g = problem.graph
    at: dict[int, list[int]] = {}
    for edge in problem.tree.tolist():
        at.setdefault(int(g.start[edge]), []).append(edge)
        at.setdefault(int(g.end[edge]), []).append(edge)
    keep = set(problem.joined.tolist())
    alone = {}
    for terminal in problem.terminals.tolist():
        cost, node, came = 0, terminal, -1
        while True:
            ahead = [edge for edge in at.get(node, ()) if edge != came]
            if len(ahead) != 1 or (node in keep and node != terminal):
                break
            came = ahead[0]
            cost += int(g.cost[came])
            node = int(g.start[came]) + int(g.end[came]) - node
        alone[terminal] = cost
    return alone


def section_prices(
    problem: TreeProblem,
    sections: Sequence[IntArray],
    tolerance: float,
    is_over: Callable[[], bool],
    progress: Progress = no_progress,
) -> list[SectionPrice]:
    """Return for each section whether plans near the optimum can do without it.

    A section is `ALWAYS` needed when a lower bound on all plans without it exceeds the plan's
    cost by more than the fraction ``tolerance``; it is `REPLACEABLE` when a plan without it is
    known that does not. The two parts of the tree are joined again first; only where that is too
    dear, local search and ascents follow.
    """
    _prepare(problem)
    limit = int(problem.cost * (1 + tolerance))

    def price(section: IntArray) -> SectionPrice:
        quick = detour(problem, section)
        if quick is not None and (quick.cost <= limit or is_over()):
            return judged(problem, quick, limit)
        found = without_edges(problem, section, is_over)
        if found.lost:
            return SectionPrice(None, None, ONLY_WAY, found)
        if quick is not None and quick.cost < found.cost:
            found = replace(quick, bound=found.bound)
        return judged(problem, found, limit)

    return list(_together(price, sections, progress))


def section_price(
    problem: TreeProblem, section: IntArray, tolerance: float, search_s: float
) -> SectionPrice:
    """Return the price of one section after a search of up to ``search_s``, in s."""
    found = without_edges(problem, section, search_s=search_s)
    if found.lost:
        return SectionPrice(None, None, ONLY_WAY, found)
    return judged(problem, found, int(problem.cost * (1 + tolerance)))


def judged(problem: TreeProblem, found: Variant, limit: int) -> SectionPrice:
    """Return what a variant without a section says about it."""
    dear = ALWAYS if found.bound > limit else LIKELY
    state = REPLACEABLE if found.cost <= limit else dear
    least = found.bound - problem.cost
    return SectionPrice(found.cost - problem.cost, least, state, found)


def _together(
    work: Callable[[_Item], _Found], items: Sequence[_Item], progress: Progress
) -> Iterator[_Found]:
    """Yield what ``work`` finds, in the order of the items, two of them at a time."""
    if not len(items):
        return
    with ThreadPoolExecutor(min(_THREADS, os.cpu_count() or 1)) as pool:
        jobs = [pool.submit(work, item) for item in items]
        try:
            for number, job in enumerate(jobs):
                yield job.result()
                progress((number + 1) / len(jobs))
        finally:
            for job in jobs:
                job.cancel()


def tree_sections(problem: TreeProblem) -> list[IntArray]:
    """Return the tree's edges cut into ways between branches, terminals and the root."""
    g = problem.graph
    degree = np.bincount(
        np.concatenate((g.start[problem.tree], g.end[problem.tree])), minlength=g.node_count
    )
    is_key = degree != 2
    is_key[problem.joined] = True
    at: dict[int, list[int]] = {}
    for edge in problem.tree.tolist():
        at.setdefault(int(g.start[edge]), []).append(edge)
        at.setdefault(int(g.end[edge]), []).append(edge)
    done: set[int] = set()
    sections = []
    for begin in sorted(node for node in at if is_key[node]):
        for first in at[begin]:
            if first in done:
                continue
            way, node = [first], int(g.start[first] + g.end[first]) - begin
            while not is_key[node]:
                way.append(next(edge for edge in at[node] if edge != way[-1]))
                node = int(g.start[way[-1]] + g.end[way[-1]]) - node
            done.update(way)
            sections.append(np.array(sorted(way), dtype=np.int64))
    return sections
