"""What proves a bound that was found by cases: a dual solution for each case that matters.

A case is told by its decisions, nodes that trees pass or do not pass, in the order in which they
were taken. A bound holds for a case when its dual solution proves it, or when it holds for both
cases that the next decision makes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from app.planning.tree.kernel import Kernel
from app.planning.tree.lifting import Lifting, Proof, Solution, solution_bytes, written

_MOST_BYTES = 48_000_000
"""Memory for dual solutions at most; with more, the proof is given up."""

Decisions = tuple[tuple[int, bool], ...]
"""Original nodes, and whether trees pass them."""


@dataclass(frozen=True)
class CaseProof:
    """A dual solution for all trees of one case; see `app.planning.tree.lifting.Proof`."""

    decisions: Decisions
    proof: Proof


@dataclass
class Casebook:
    """Dual solutions of the cases of one search, as long as they fit into a little memory.

    Parameters
    ----------
    claim
        The bound that they prove together.
    is_dropped
        Whether they took too much memory.
    """

    claim: int = 0
    is_dropped: bool = False
    _entries: dict[Decisions, Solution] = field(default_factory=dict)
    _bytes: int = 0

    def note(self, decisions: Decisions, lifting: Lifting, *, last: bool) -> None:
        """Keep the dual solution that a case ended with: the best, or the ``last`` one."""
        solution = lifting.solution(last=last)
        if solution is not None:
            self._put(decisions, solution)

    def note_apart(self, decisions: Decisions, kernel: Kernel) -> None:
        """Keep that nothing joins the terminals of a case any more."""
        self._put(decisions, Lifting.nothing(kernel))

    def _put(self, decisions: Decisions, solution: Solution) -> None:
        if self.is_dropped:
            return
        self._bytes += solution_bytes(solution)
        self._entries[decisions] = solution
        if self._bytes > _MOST_BYTES:
            self.is_dropped = True
            self._entries.clear()

    def proofs(self) -> tuple[CaseProof, ...]:
        """Return the proofs in the order of their making; none if there were too many."""
        return tuple(CaseProof(key, written(*known)) for key, known in self._entries.items())
