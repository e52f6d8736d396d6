"""The features of the window, in the order in which their panels stand."""

from __future__ import annotations

from app.ui.desk import Feature
from app.ui.features.alternatives import AlternativesFeature
from app.ui.features.background import BackgroundFeature
from app.ui.features.drawing import DrawingFeature
from app.ui.features.helping import HelpFeature
from app.ui.features.history import HistoryFeature
from app.ui.features.jobs import JobsFeature
from app.ui.features.prices import PricesFeature
from app.ui.features.printing import PrintingFeature
from app.ui.features.review import ReviewFeature
from app.ui.features.routing import RoutingFeature
from app.ui.features.tables import TablesFeature
from app.ui.features.views import ViewsFeature

FEATURES: tuple[type[Feature], ...] = (
    RoutingFeature,
    AlternativesFeature,
    JobsFeature,
    ReviewFeature,
    PricesFeature,
    TablesFeature,
    HistoryFeature,
    HelpFeature,
    ViewsFeature,
    BackgroundFeature,
    PrintingFeature,
    DrawingFeature,
)
