"""The features of the window, in the order in which their panels stand."""

from __future__ import annotations

from app.ui.desk import Feature

FEATURES: tuple[type[Feature], ...] = ()
