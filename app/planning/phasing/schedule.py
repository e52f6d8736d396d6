"""When each site is connected: most weighted service within the budgets, solved exactly.

Maximises the sum over years of the weights of the sites in service, earlier years counting with
later ones, so that what matters most comes first; among schedules of equal service the one that
spends least and latest wins. Blocks that sites share are built once. A mixed-integer program
with one cumulative variable for each block, site and year, solved by HiGHS [1]_ through scipy;
nested blocks depend on their parents, so a tree with n sites needs O(n) rows a year.

.. [1] Huangfu, Q., Hall, J. A. J. (2018). Parallelizing the dual revised simplex method.
   Mathematical Programming Computation 10, 119-142.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import coo_array

from app.planning.phasing.blocks import Cut

_THRIFT = 1e-3
"""What spending all money in the first year takes off; the least site counts 1 or more."""

_SCALE = 1e-8
"""Money in this unit keeps the coefficients near 1 ..."""

_MARGIN = 1e-6
"""... and by so much a solver may overstep a row: where it does, the limits are set lower."""

Row = tuple[list[tuple[int, float]], float]
"""Coefficients of one row and its upper limit."""


@dataclass(frozen=True)
class Schedule:
    """The year (0, 1, ...) in which each site and block is built, -1 for never.

    ``value`` is the weighted service in site-years, ``bound`` what no schedule can exceed,
    ``gap`` their difference as a fraction of the bound.
    """

    site_year: tuple[int, ...]
    block_year: tuple[int, ...]
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """Return ``(bound - value) / bound``, 0 when nothing can be gained."""
        return max(0.0, (self.bound - self.value) / self.bound) if self.bound > 0 else 0.0


def schedule(
    cut: Cut,
    budgets: Sequence[int],
    weights: Sequence[float],
    *,
    after: Sequence[tuple[int, int]] = (),
    carries_over: bool = True,
    time_limit_s: float = 60.0,
) -> Schedule:
    """Return the best schedule.

    Parameters
    ----------
    budgets
        Money of each year, in the unit of the blocks' cost.
    weights
        Weight of each site, 1 or more.
    after
        Pairs ``(a, b)``: site ``a`` not before site ``b``.
    carries_over
        Whether money that a year leaves may be spent later.
    time_limit_s
        The solver stops then with what it has; the bound stays valid.
    """
    if not budgets or not cut.sites:
        return Schedule((-1,) * len(cut.sites), (-1,) * len(cut.blocks), 0.0, 0.0)
    model = _Model(cut, len(budgets))
    bound = 0.0
    for margin in (0.0, _MARGIN):
        rows = model.rows(budgets, after, margin, carries_over=carries_over)
        solved = milp(
            c=model.thrift() - model.gain(weights),
            constraints=rows,
            bounds=Bounds(0, 1),
            integrality=np.ones(model.width),
            options={"time_limit": time_limit_s, "mip_rel_gap": 0.0},
        )
        found = model.read(solved, weights, carries_over=carries_over)
        # lower limits would lower the bound as well: the first one holds
        bound = found.bound if not margin else bound
        if _is_affordable(cut, budgets, found, carries_over=carries_over):
            break
    return replace(found, bound=bound)


def _is_affordable(
    cut: Cut, budgets: Sequence[int], found: Schedule, *, carries_over: bool
) -> bool:
    """Return whether the schedule keeps within the money, in whole units."""
    saved = 0
    for year, budget in enumerate(budgets):
        pairs = zip(cut.blocks, found.block_year, strict=True)
        saved += budget - sum(block.cost for block, built in pairs if built == year)
        if saved < 0:
            return False
        saved = saved if carries_over else 0
    return True


def _rounded(bound: float, weights: Sequence[float]) -> float:
    """Return the largest value not above ``bound`` when all weights are whole numbers."""
    whole = all(float(weight).is_integer() for weight in weights)
    return float(np.floor(bound + 1e-6)) if whole else bound


class _Model:
    """Numbers the variables: blocks then sites, each cumulative ("built by year t")."""

    def __init__(self, cut: Cut, years: int) -> None:
        self._cut = cut
        self._years = years
        self._blocks = len(cut.blocks)
        self.width = (self._blocks + len(cut.sites)) * years

    def block(self, number: int, year: int) -> int:
        """Return the variable of a block."""
        return number * self._years + year

    def site(self, row: int, year: int) -> int:
        """Return the variable of a site."""
        return (self._blocks + row) * self._years + year

    def gain(self, weights: Sequence[float]) -> npt.NDArray[np.float64]:
        """Return what each variable adds to the service."""
        found = np.zeros(self.width)
        found[self._blocks * self._years :] = np.repeat(np.asarray(weights, float), self._years)
        return found

    def thrift(self) -> npt.NDArray[np.float64]:
        """Return what spending takes off: less than the smallest service is worth."""
        cost = np.array([block.cost for block in self._cut.blocks], dtype=float)
        found = np.zeros(self.width)
        if cost.sum():
            share = _THRIFT * cost / (cost.sum() * self._years)
            found[: self._blocks * self._years] = np.repeat(share, self._years)
        return found

    def rows(
        self, budgets: Sequence[int], after: Sequence[tuple[int, int]], margin: float, *,
        carries_over: bool,
    ) -> LinearConstraint:  # fmt: skip
        """Return all rows: needs, order in time, wishes, money."""
        rows: list[Row] = []
        for year in range(self._years):
            rows.extend(self._needs(year))
            rows.extend(
                ([(self.site(a, year), 1.0), (self.site(b, year), -1.0)], 0.0) for a, b in after
            )
            if year:
                rows.extend(
                    ([(number + year - 1, 1.0), (number + year, -1.0)], 0.0)
                    for number in range(0, self.width, self._years)
                )
            money, limit = self._money(budgets, year, carries_over=carries_over)
            rows.append((money, limit - margin))
        return _constraint(rows, self.width)

    def _needs(self, year: int) -> list[Row]:
        """Return rows that let nothing be built before what it hangs on."""
        rows: list[Row] = []
        for row, numbers in enumerate(self._cut.needs()):
            for number in self._nearest(numbers):
                rows.append(([(self.site(row, year), 1.0), (self.block(number, year), -1.0)], 0.0))
        for number, block in enumerate(self._cut.blocks):
            above = [
                other for other, upper in enumerate(self._cut.blocks) if block.sites < upper.sites
            ]
            for other in self._nearest(above):
                pair = [(self.block(number, year), 1.0), (self.block(other, year), -1.0)]
                rows.append((pair, 0.0))
        return rows

    def _nearest(self, numbers: Sequence[int]) -> list[int]:
        """Return the blocks of ``numbers`` that no other of them already stands for."""
        own = [(number, self._cut.blocks[number].sites) for number in numbers]
        return [
            number for number, sites in own if not any(other < sites for _, other in own)
        ]  # fmt: skip

    def _money(self, budgets: Sequence[int], year: int, *, carries_over: bool) -> Row:
        limit = sum(budgets[: year + 1]) if carries_over else budgets[year]
        row = [
            (self.block(number, year), block.cost * _SCALE)
            for number, block in enumerate(self._cut.blocks)
        ]
        if not carries_over and year:
            row += [
                (self.block(number, year - 1), -block.cost * _SCALE)
                for number, block in enumerate(self._cut.blocks)
            ]
        return row, limit * _SCALE

    def read(
        self, solved: OptimizeResult, weights: Sequence[float], *, carries_over: bool
    ) -> Schedule:
        """Return the schedule that a solution means; blocks that no site uses stay unbuilt.

        Where money may be kept, a block waits for its first site.
        """
        gain = self.gain(weights)
        taken = np.zeros(self.width) if solved.x is None else np.round(solved.x)
        bound = float(gain.sum())
        if solved.mip_dual_bound is not None:
            # the solver's bound is on service less thrift, so thrift at its most is added back
            bound = min(bound, _rounded(_THRIFT - float(solved.mip_dual_bound), weights))
        by = taken.reshape(-1, self._years) > 0.5
        first = np.where(by.any(axis=1), by.argmax(axis=1), -1)
        blocks, sites = first[: self._blocks], first[self._blocks :]
        for number, block in enumerate(self._cut.blocks):
            years = [int(sites[row]) for row in block.sites if sites[row] >= 0]
            if not years:
                blocks[number] = -1
            elif carries_over:
                blocks[number] = min(years)
        value = float(gain @ taken)
        return Schedule(tuple(map(int, sites)), tuple(map(int, blocks)), value, max(bound, value))


def _constraint(rows: Sequence[Row], width: int) -> LinearConstraint:
    line = [number for number, (pairs, _) in enumerate(rows) for _ in pairs]
    column = [place for pairs, _ in rows for place, _ in pairs]
    values = [value for pairs, _ in rows for _, value in pairs]
    matrix = coo_array((values, (line, column)), shape=(len(rows), width)).tocsr()
    return LinearConstraint(matrix, -np.inf, [limit for _, limit in rows])
