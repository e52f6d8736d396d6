"""The one way in which programs of HiGHS are made, so that all run alike."""

from __future__ import annotations

import highspy


def model(time_limit_s: float | None = None, seed: int = 0) -> highspy.Highs:
    """Return an empty program: one thread, silent, so that equal input gives equal answers."""
    program = highspy.Highs()
    program.setOptionValue("output_flag", False)
    program.setOptionValue("threads", 1)
    program.setOptionValue("random_seed", seed)
    if time_limit_s is not None:
        program.setOptionValue("time_limit", max(0.01, time_limit_s))
    return program
