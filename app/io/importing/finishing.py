"""The last step: frames, identifiers and findings of a draft."""

from __future__ import annotations

import numpy as np

from app.io.importing.draft import Draft
from app.model.changes import TableChange, insert
from app.model.findings import Finding
from app.model.frames import make_frame
from app.model.schema import new_uid


def finish(draft: Draft) -> tuple[list[TableChange], list[Finding]]:
    """Return the inserts and findings of a draft."""
    uids = np.array([new_uid() for _ in range(len(draft.owner))], dtype=object)
    shapes = draft.geometry if draft.table.geometry else None
    frame = make_frame(
        draft.table, draft.values, draft.network.crs, geometry=shapes, uids=list(uids)
    )
    return [insert(draft.table.name, frame)], draft.findings(uids)
