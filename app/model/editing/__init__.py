"""Editing by hand: pure functions from a network to the change set of one drawing step."""
