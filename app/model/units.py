"""Units that people write behind a number, and what each makes of it."""

from __future__ import annotations

from collections.abc import Mapping

UNIT_WORDS: Mapping[str, Mapping[str, float]] = {
    "m": {"m": 1.0, "mt": 1.0, "metri": 1.0, "km": 1000.0},
    "Mbit/s": {"mbit/s": 1.0, "mbps": 1.0, "mbits": 1.0, "mb/s": 1.0, "mbit": 1.0, "m": 1.0,
               "gbit/s": 1000.0, "gbps": 1000.0, "gbit": 1000.0, "gb/s": 1000.0, "g": 1000.0},
    "Gbit/s": {"gbit/s": 1.0, "gbps": 1.0, "gbit": 1.0, "gb/s": 1.0, "g": 1.0,
               "mbit/s": 0.001, "mbps": 0.001, "mbit": 0.001},
    "dB": {"db": 1.0},
    "years": {"anni": 1.0, "years": 1.0, "y": 1.0},
    "EUR": {"€": 1.0, "eur": 1.0, "euro": 1.0},
    "fibres": {"fo": 1.0, "fibre": 1.0, "f": 1.0, "ff": 1.0},
}  # fmt: skip
"""Stored unit to the lower-case words that may follow a number, each with its factor."""
