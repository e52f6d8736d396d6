"""The features of the window, in the order in which their panels stand."""

from __future__ import annotations

from app.ui.desk import Feature
from app.ui.features.helping import HelpFeature
from app.ui.features.history import HistoryFeature

FEATURES: tuple[type[Feature], ...] = (HistoryFeature, HelpFeature)
