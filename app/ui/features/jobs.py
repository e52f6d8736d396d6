"""The list of jobs."""

from __future__ import annotations

from collections.abc import Sequence

from app.ui.desk import BOTTOM, Feature, PanelSpec, Workbench
from app.ui.panels.jobs import JobsPanel


class JobsFeature(Feature):
    """Brings the panel *Jobs*; a click on the status bar's job shows it."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.panel = JobsPanel(bench.session)

    def panels(self) -> Sequence[PanelSpec]:
        """Return the panel."""
        return (PanelSpec("jobs", self.tr("Jobs"), self.panel, BOTTOM),)

    def ready(self) -> None:
        """Connect the status bar, which is built after the features."""
        status = getattr(self.bench.window, "status", None)
        if status is not None:
            status.jobs.clicked.connect(self.show_jobs)

    def show_jobs(self) -> None:
        """Show the panel."""
        self.bench.show_panel("jobs")
