"""The engine for cheapest trees: reductions, bounds, searches."""
