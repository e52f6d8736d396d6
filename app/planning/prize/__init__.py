"""Trees that may leave sites out: for a price, or to stay within a budget."""

from app.planning.prize.budget import BudgetSolution, FrontierPoint, best_within, frontier
from app.planning.prize.collecting import PrizeSolution, solve
from app.planning.prize.unrooted import solve_unrooted

__all__ = [
    "BudgetSolution",
    "FrontierPoint",
    "PrizeSolution",
    "best_within",
    "frontier",
    "solve",
    "solve_unrooted",
]
