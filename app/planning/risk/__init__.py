"""Shared risk: which objects one event takes down together, and why."""
