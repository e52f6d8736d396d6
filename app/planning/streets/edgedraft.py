"""Edges of a route graph while they are gathered, block by block."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from app.planning.arrays import FloatArray, IntArray, ObjectArray
from app.planning.costs.costrules import Recipe
from app.planning.streets.lines import Lines


@dataclass
class EdgeDraft:
    """Edges while they are gathered; each list item is a block of edges."""

    start: list[IntArray] = field(default_factory=list)
    end: list[IntArray] = field(default_factory=list)
    kind: list[IntArray] = field(default_factory=list)
    choice: list[IntArray] = field(default_factory=list)
    source: list[ObjectArray] = field(default_factory=list)
    surface: list[ObjectArray] = field(default_factory=list)
    node_uid: list[ObjectArray] = field(default_factory=list)
    span_uid: list[ObjectArray] = field(default_factory=list)
    passage: list[ObjectArray] = field(default_factory=list)
    shapes: list[Lines] = field(default_factory=list)
    choices: list[tuple[Recipe, ...]] = field(default_factory=list)

    def add(
        self,
        kind: int,
        start: IntArray,
        end: IntArray,
        shape: Lines,
        choice: IntArray,
        *,
        source: ObjectArray | None = None,
        surface: ObjectArray | None = None,
        node_uid: ObjectArray | None = None,
        span_uid: ObjectArray | None = None,
        passage: ObjectArray | None = None,
    ) -> None:
        """Append a block of edges of one kind; ``choice`` is what `choice_number` returned."""
        count = len(start)
        nothing = np.full(count, None, dtype=object)
        self.start.append(np.asarray(start, dtype=np.int64))
        self.end.append(np.asarray(end, dtype=np.int64))
        self.kind.append(np.full(count, kind))
        self.choice.append(np.asarray(choice, dtype=np.int64))
        self.source.append(nothing if source is None else source)
        self.surface.append(nothing if surface is None else surface)
        self.node_uid.append(nothing if node_uid is None else node_uid)
        self.span_uid.append(nothing if span_uid is None else span_uid)
        ground = np.full(count, "ground", dtype=object)
        self.passage.append(ground if passage is None else passage)
        self.shapes.append(shape)

    def choice_number(self, *recipes: Recipe) -> int:
        """Return the number of a choice of techniques, added when new."""
        if recipes not in self.choices:
            self.choices.append(recipes)
        return self.choices.index(recipes)

    def shape(self) -> Lines:
        """Return the geometry of all edges."""
        counts = np.concatenate([np.diff(block.offset) for block in self.shapes])
        offset = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        return Lines(np.concatenate([block.xy for block in self.shapes]), offset)


def straight_lines(begin: FloatArray, stop: FloatArray) -> Lines:
    """Return straight lines between ``(k, 2)`` places."""
    xy = np.stack((begin, stop), axis=1).reshape(-1, 2)
    return Lines(xy, np.arange(0, 2 * len(begin) + 1, 2, dtype=np.int64))
