"""What a plan costs beside its bill: cost summary, payers, likely range, phases, its life.

Plain rows that the workflows fill, so that every paper tells the same figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class EuroRange:
    """An amount or unit price in euro without VAT, as low, typical and high."""

    low: Decimal
    typical: Decimal
    high: Decimal

    def __add__(self, other: EuroRange) -> EuroRange:
        """Return the sum, limit by limit."""
        return EuroRange(self.low + other.low, self.typical + other.typical, self.high + other.high)

    def parts(self) -> tuple[Decimal, Decimal, Decimal]:
        """Return low, typical and high."""
        return (self.low, self.typical, self.high)


ZERO = EuroRange(Decimal(0), Decimal(0), Decimal(0))


def sum_of(amounts: Iterable[EuroRange]) -> EuroRange:
    """Return the sum of amounts, limit by limit."""
    return sum(amounts, ZERO)


@dataclass(frozen=True, kw_only=True)
class SummaryRow:
    """A line of the cost summary (quadro economico): ``rate`` (0 to 1) of a base.

    Works have no rate. ``base`` is ``works``, ``works_and_safety`` or ``sums`` (the block's lines
    that are no VAT, which stand first); ``amount_eur`` is rounded once to the cent.
    """

    code: str
    text_en: str
    text_it: str
    base: str
    rate: Decimal | None
    amount_eur: EuroRange
    is_placeholder: bool
    source: str = ""
    is_vat: bool = False

    def text(self, language: str) -> str:
        """Return the line's description in ``language``; English where there is none."""
        return self.text_it if language.startswith("it") and self.text_it else self.text_en


@dataclass(frozen=True)
class PayerRow:
    """What one body pays; no name stands for nobody known."""

    name: str
    amount_eur: EuroRange


@dataclass(frozen=True, kw_only=True)
class SwingRow:
    """The total, in euro, with all prices typical and one item's low or high."""

    code: str
    text_en: str
    text_it: str
    low_eur: Decimal
    high_eur: Decimal
    is_placeholder: bool

    def text(self, language: str) -> str:
        """Return the item's description in ``language``; English where there is none."""
        return self.text_it if language.startswith("it") and self.text_it else self.text_en


@dataclass(frozen=True, kw_only=True)
class LikelyRange:
    """Quantiles of the total in euro without VAT, and what drives it, the widest swing first.

    From ``draws`` draws in which every price item moves on its own (see `LIKELY_NOTE` of the
    texts, which says so on paper).
    """

    p10_eur: Decimal
    p50_eur: Decimal
    p90_eur: Decimal
    draws: int
    seed: int
    swings: tuple[SwingRow, ...] = ()


@dataclass(frozen=True)
class PhaseRow:
    """What is built in a year, or (``None``) in none yet; the amounts add up to the bill."""

    year: int | None
    site_count: int
    length_m: float
    amount_eur: EuroRange


@dataclass(frozen=True, kw_only=True)
class AlternativeRow:
    """A plan of the project, or (no ``name``) not building, for the comparison.

    ``months`` are low, typical and high time to service; ``minutes_per_year`` what a site is
    without service on average; ``shared_length_m`` is new construction that both routes of a
    site use, ``single_length_m`` sections without which sites have no service.
    """

    name: str
    is_this: bool
    site_count: int
    unreachable_count: int
    protected_count: int
    length_m: float
    built_length_m: float
    hazard_length_m: float
    cost_eur: EuroRange
    p90_eur: Decimal
    placeholder_share: Decimal
    gap: float | None = None
    months: tuple[float, float, float] | None = None
    minutes_per_year: float | None = None
    shared_length_m: float = 0.0
    single_length_m: float = 0.0
    present_value_eur: EuroRange = ZERO


@dataclass(frozen=True, kw_only=True)
class RunningRow:
    """A yearly cost in euro: a quantity of ``unit``, such as metres or sites."""

    code: str
    text_en: str
    text_it: str
    quantity: Decimal
    unit: str
    amount_eur: EuroRange
    is_placeholder: bool
    source: str = ""

    def text(self, language: str) -> str:
        """Return the description in ``language``; English where there is none."""
        return self.text_it if language.startswith("it") and self.text_it else self.text_en


@dataclass(frozen=True, kw_only=True)
class RenewalRow:
    """Works of a chapter that are built anew in the years given, and their rest at the end."""

    chapter: str
    life_years: int
    years: tuple[int, ...]
    works_eur: EuroRange
    residual_eur: EuroRange
    is_placeholder: bool


@dataclass(frozen=True, kw_only=True)
class LifeCost:
    """Costs over the horizon as present values, in euro without VAT.

    ``value_eur`` is investment, running and renewal less the residual value; ``per_year_eur``
    are the running costs of a year, ``annuity_eur`` the equal yearly payment. ``unit_eur`` holds
    the yearly payment for each site, Mbit/s and resident, where they are known.
    """

    horizon_years: int
    discount_rate: Decimal
    inflation_rate: Decimal
    running: tuple[RunningRow, ...]
    renewals: tuple[RenewalRow, ...]
    investment_eur: EuroRange
    running_value_eur: EuroRange
    renewal_value_eur: EuroRange
    residual_value_eur: EuroRange
    value_eur: EuroRange
    annuity_eur: EuroRange
    placeholder_share: Decimal
    unit_eur: tuple[tuple[str, EuroRange], ...] = ()

    @property
    def per_year_eur(self) -> EuroRange:
        """Running costs of a year."""
        return sum_of(row.amount_eur for row in self.running)

    @property
    def running_placeholder_share(self) -> Decimal:
        """Share of the typical running costs, 0 to 1, that rests on assumptions."""
        whole = self.per_year_eur.typical
        assumed = sum_of(row.amount_eur for row in self.running if row.is_placeholder).typical
        return assumed / whole if whole else Decimal(0)


@dataclass(frozen=True, kw_only=True)
class ContributionRow:
    """What a body pays in a year under its agreement; ``None`` where its key is unknown."""

    name: str
    key: str
    signed: str
    is_in_operation: bool
    amount_eur: Decimal | None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Contributions:
    """A yearly sum divided: rows and ``unshared_eur`` less ``surplus_eur`` add up to it."""

    amount_eur: Decimal
    rows: tuple[ContributionRow, ...]
    unshared_eur: Decimal
    surplus_eur: Decimal


@dataclass(frozen=True, kw_only=True)
class FundingRow:
    """A programme's money: what each phase takes of it (in the order of phases), what is left."""

    name: str
    amount_eur: Decimal
    used_eur: tuple[Decimal, ...]
    left_eur: Decimal
    is_placeholder: bool = False


@dataclass(frozen=True, kw_only=True)
class Fundings:
    """Drawdown by phase: the uses and ``uncovered_eur`` add up to the phase's typical cost."""

    years: tuple[int, ...]
    rows: tuple[FundingRow, ...]
    uncovered_eur: tuple[Decimal, ...]


@dataclass(frozen=True, kw_only=True)
class Accounts:
    """All of it. Payers and phases add up to the bill, limit by limit; phases may be missing."""

    works: tuple[SummaryRow, ...] = ()
    sums: tuple[SummaryRow, ...] = ()
    payers: tuple[PayerRow, ...] = ()
    payment_key: str = "equal"
    likely: LikelyRange | None = None
    phases: tuple[PhaseRow, ...] = ()
    alternatives: tuple[AlternativeRow, ...] = ()
    life: LifeCost | None = None
    contributions: Contributions | None = None
    fundings: Fundings | None = None

    @property
    def works_total(self) -> EuroRange:
        """Block A: works and safety, without VAT."""
        return sum_of(row.amount_eur for row in self.works)

    @property
    def sums_total(self) -> EuroRange:
        """Block B: sums at the body's disposal, VAT included."""
        return sum_of(row.amount_eur for row in self.sums)

    @property
    def total_with_vat(self) -> EuroRange:
        """A and B: what the body must find."""
        return self.works_total + self.sums_total
