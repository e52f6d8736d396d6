"""Prices, quantity rules and the bill of quantities."""
