"""A view of the map on paper, as it is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from app.model.bookmarks import Bounds

PAPERS = {"a4": (297.0, 210.0), "a3": (420.0, 297.0), "a2": (594.0, 420.0), "a1": (841.0, 594.0)}
"""Sizes of paper in mm, the long side across."""
SUFFIXES = (".pdf", ".png", ".svg")
LEAST_SCALE, LARGEST_SCALE = 100, 50_000_000


@dataclass(frozen=True)
class ViewRequest:
    """What to print: ``bounds`` are west, south, east, north in m of the project's CRS.

    Without ``scale`` it is the largest round one that shows all of them. ``plan`` is the uid of
    a plan to draw, ``order`` names the tables, lowest first; all when empty.
    """

    bounds: Bounds
    title: str = ""
    scale: int | None = None
    paper: str = "a4"
    language: str = "it"
    plan: str = ""
    order: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
