"""The redundancy workspace: select, compute, see, compare, accept."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QScrollArea,
    QStackedWidget,
    QTabWidget,
    QWidget,
)

from app.ui.panels.availability import AvailabilityPage
from app.ui.panels.failures import FailuresPage
from app.ui.panels.measures import MeasuresPage
from app.ui.panels.parts import column_layout, line
from app.ui.panels.rates import RatesPage
from app.ui.panels.risks import RisksPage
from app.ui.panels.study_page import StudyPage
from app.ui.panels.two_routes import TwoRoutes
from app.ui.session import Session
from app.ui.theme import GAP_PX, align_labels
from app.ui.use_cases import UseCases

FAILURES, AVAILABILITY, MEASURES, RISKS, RATES, ROUTES = (
    "failures", "availability", "measures", "risks", "rates", "routes",
)  # fmt: skip


class RedundancyPanel(QWidget):
    """Choose a study and what it looks at; its page is here, its table in `tables`.

    ``table_wanted`` asks to bring the tables to the front, ``shown_wanted`` this panel.
    """

    table_wanted = Signal()
    shown_wanted = Signal()

    def __init__(self, session: Session, cases: UseCases, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.study_box = self._box(self.tr("Study"))
        self.scope_box = self._box(self.tr("What is analysed"))
        self.failures = FailuresPage(session, cases, self.scope)
        self.availability = AvailabilityPage(session, cases, self.scope)
        self.measures = MeasuresPage(session, cases, self.scope)
        self.risks = RisksPage(session, cases, self.scope)
        self.rates = RatesPage(session, cases, self.scope)
        self.two_routes = TwoRoutes(session, cases)
        self.pages = QStackedWidget()
        self.tables = QTabWidget()
        self.tables.setDocumentMode(True)
        for name, text, page in (
            (FAILURES, self.tr("Failures"), self.failures),
            (AVAILABILITY, self.tr("Availability"), self.availability),
            (MEASURES, self.tr("Measures"), self.measures),
            (RISKS, self.tr("Risk groups"), self.risks),
            (RATES, self.tr("Failure rates"), self.rates),
            (ROUTES, self.tr("Two routes of a site"), self.two_routes),
        ):
            self.study_box.addItem(text, name)
            self.pages.addWidget(_scrolling(page))
            if isinstance(page, StudyPage):
                self.tables.addTab(page.table, page.table_title)
                page.answered.connect(self.table_wanted)
        self._arrange()
        self._connect()
        self._study_changed(0)
        self.refresh()

    def scope(self) -> str:
        """Return the name of the plan that is looked at too, or ''."""
        return str(self.scope_box.currentData() or "")

    @property
    def page(self) -> StudyPage | TwoRoutes:
        """The page in front."""
        pages = (
            self.failures,
            self.availability,
            self.measures,
            self.risks,
            self.rates,
            self.two_routes,
        )
        return pages[self.study_box.currentIndex()]

    def show_study(self, name: str) -> None:
        """Bring a study to the front."""
        self.study_box.setCurrentIndex(self.study_box.findData(name))

    def start(self) -> None:
        """Run the study in front."""
        self.page.start()

    def refresh(self) -> None:
        """Offer the present plans."""
        chosen = self.scope()
        self.scope_box.blockSignals(True)
        self.scope_box.clear()
        self.scope_box.addItem(self.tr("Network as built"), "")
        for name in sorted(self._session.network.table("plans")["name"].astype(object)):
            self.scope_box.addItem(self.tr("With %1").replace("%1", str(name)), name)
        found = self.scope_box.findData(chosen)
        self.scope_box.setCurrentIndex(max(0, found))
        self.scope_box.blockSignals(False)
        if found < 0:
            self._scope_changed()

    def _connect(self) -> None:
        session = self._session
        self.study_box.currentIndexChanged.connect(self._study_changed)
        self.scope_box.currentIndexChanged.connect(lambda _n: self._scope_changed())
        self.tables.currentChanged.connect(self.study_box.setCurrentIndex)
        self.failures.wanted.connect(self._show_failures)
        self.risks.fail_wanted.connect(self._fail_group)
        session.project_changed.connect(self.refresh)
        session.changed.connect(self._changed)

    def _changed(self, tables: frozenset[str]) -> None:
        if "plans" in tables:
            self.refresh()

    def _study_changed(self, number: int) -> None:
        self.pages.setCurrentIndex(number)
        page = self.page
        for other in (self.failures, self.availability, self.measures, self.risks, self.rates):
            other.is_front = other is page
        self.scope_box.setEnabled(page not in (self.measures, self.rates, self.two_routes))
        self.two_routes.set_front(page is self.two_routes)
        if isinstance(page, StudyPage):
            self.tables.setCurrentIndex(number)
            page.point_out()
        else:
            self._session.set_marks({})

    def _scope_changed(self) -> None:
        for page in (self.failures, self.availability, self.risks):
            page.clear()

    def _show_failures(self) -> None:
        self.show_study(FAILURES)
        self.shown_wanted.emit()

    def _fail_group(self, uid: str) -> None:
        self._show_failures()
        self.failures.fail_group(uid)

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(10)
        return box

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setSpacing(GAP_PX)
        form.addRow(self.tr("Study"), self.study_box)
        form.addRow(self.tr("Network"), self.scope_box)
        align_labels(form)
        layout = column_layout(self)
        layout.addLayout(form)
        layout.addWidget(line())
        layout.addWidget(self.pages, 1)


def _scrolling(page: QWidget) -> QScrollArea:
    """Return a page that scrolls where the window is low."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidget(page)
    return area
