"""Networks that survive any single failure, at least cost, with a proven lower bound."""
