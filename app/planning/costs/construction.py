"""How long the works of a plan take: crew days by technique, crossings and sites."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from app.model.frames import rows_of
from app.model.network import Network
from app.planning.costs.assumptions import AssumptionBook

_MONTHS = 12
_ENDS = ("low", "typical", "high")


def construction_time(network: Network, plan: str, book: AssumptionBook) -> dict[str, Any]:
    """Return crew days of a plan's works and the months until it is done, as ranges.

    Metres of each technique by the metres that a crew lays in a day, plus days for each crossing
    and site; crews work side by side, and design, permits and award come before. The low end
    takes the fastest of each. Techniques without a figure are named in ``not_counted``.
    """
    spans = network.table("plan_spans")
    metres: dict[str, float] = defaultdict(float)
    crossings = 0
    rows = rows_of(spans[spans["plan"] == plan], ["technique", "route_length_m", "crossings"])
    for row in rows:
        metres[str(row["technique"])] += row["route_length_m"] or 0.0
        crossings += len(row["crossings"] or ())
    planned = network.table("plan_sites")
    sites = int(((planned["plan"] == plan) & (planned["state"] == "connected")).sum())
    known = {name: length for name, length in metres.items() if f"progress.{name}" in book.figures}
    days, months = {}, {}
    for number, end in enumerate(_ENDS):
        other = len(_ENDS) - 1 - number  # fast progress and many crews make short works
        crew_days = sum(
            length / float(book.get(f"progress.{name}").ends[other])
            for name, length in sorted(known.items())
        )
        crew_days += crossings * float(book.get("days.crossing").ends[number])
        crew_days += sites * float(book.get("days.site").ends[number])
        crews = float(book.get("crews").ends[other])
        per_month = float(book.get("working_days").ends[other]) / _MONTHS
        days[end] = round(crew_days, 1)
        before = float(book.get("months.before").ends[number]) if rows else 0.0
        months[end] = round(before + crew_days / crews / per_month, 1)
    return {
        "crew_days": days,
        "months": months,
        "not_counted": sorted(metres.keys() - known.keys()),
    }
