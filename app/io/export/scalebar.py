"""The scale bar of a map: a round length in equal parts."""

from __future__ import annotations

from app.io.export.frame import Frame
from app.io.export.tables import Data
from app.io.export.texts import Speech


def scale_bar(frame: Frame, speech: Speech, widest_mm: float = 56.0) -> Data:
    """Return a scale bar of a round length, 1, 2 or 5 times a power of ten, in four parts."""
    lengths = [base * 10**power for power in range(7) for base in (1, 2, 4, 5)]
    length_m = max(item for item in lengths if item / frame.m_per_mm <= widest_mm)
    parts = 5 if str(length_m)[0] == "5" else 4
    in_km = length_m >= 2000
    labels = [
        speech.formats.quantity(length_m / parts * part / (1000 if in_km else 1))
        for part in range(parts + 1)
    ]
    labels[-1] += " km" if in_km else " m"
    return {"length_mm": length_m / frame.m_per_mm, "parts": parts, "labels": labels}
