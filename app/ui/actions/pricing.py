"""The action of prices, in the menu Plan."""

from __future__ import annotations

from app.model.messages import QT_TRANSLATE_NOOP
from app.ui.actions.spec import ActionSpec

ACTIONS = (
    ActionSpec(
        "show_prices",
        QT_TRANSLATE_NOOP("actions", "&Prices"),
        QT_TRANSLATE_NOOP("actions", "Price lists, their versions and items, and the cost rules"),
        "plan",
        "table",
        "",
        "project",
    ),
)
