"""Colours of plans on the map: distinct for eyes that tell few colours apart.

.. [1] M. Okabe and K. Ito, "Color Universal Design", 2008: a set of colours that people with any
   common colour blindness can tell apart.
"""

from __future__ import annotations

import re

from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network

PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6bb1")
"""The set of [1]_ without black and yellow, which a map needs for other things, and a violet."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def plan_colors(network: Network) -> dict[str, str]:
    """Return the colour of each plan: its own, else the next of `PALETTE` by age."""
    plans = network.table("plans")
    made = plans["created"].astype(object).fillna("").astype(str)
    order = made.sort_values(kind="stable").index
    return {
        str(uid): str(plans.at[uid, "color"] or PALETTE[number % len(PALETTE)])
        for number, uid in enumerate(order)
    }


def checked_color(text: str) -> str:
    """Return a colour as ``#rrggbb``; raises `InputError` for anything else."""
    if _HEX.fullmatch(text.strip()) is None:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "“{text}” is no colour; write it as #0072b2."), text=text
            )
        )
    return text.strip().lower()
