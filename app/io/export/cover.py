"""The cover: what the paper is, of which plan and revision, in which state, and who signs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pyproj import CRS

from app.io.export.dossier import PlanDossier
from app.io.export.fonts import abbreviated, printable
from app.io.export.reporttexts import DECIDED, LIST_OF_YEAR, LIST_VERSION, REVISION, STATE_BY
from app.io.export.tables import Data
from app.io.export.texts import Speech

_LANGUAGES = {"it": "Italiano", "en": "English"}
_LONGEST = 60


def crs_text(dossier: PlanDossier) -> str:
    """Return the project's coordinate system by code and name."""
    crs = CRS.from_user_input(dossier.network.crs)
    return f"{dossier.network.crs} · {crs.name}"


def cover_data(dossier: PlanDossier, speech: Speech) -> Data:
    """Return the facts of the cover, and the roles that sign."""
    revision = dossier.revision
    pairs = (
        ("client", abbreviated(dossier.organisation, _LONGEST)),
        ("project", abbreviated(dossier.network.name, _LONGEST)),
        ("plan_state", _state(dossier, speech)),
        ("revision", "" if revision is None else _revision(revision, speech)),
        ("decision", "" if revision is None else _decision(revision, speech)),
        ("fingerprint", "" if revision is None else printable(revision["content_hash"])),
        ("author", abbreviated(dossier.author or dossier.plan["author"] or "", _LONGEST)),
        ("date", speech.formats.day(dossier.created)),
        ("price_list", _price_list(dossier, speech)),
        ("crs", crs_text(dossier)),
        ("document_language", _LANGUAGES.get(speech.base, speech.base)),
    )
    return {
        "facts": [{"label": speech.word(key), "value": value} for key, value in pairs if value],
        "signers": [speech.word(key) for key in ("prepared", "checked", "approved")],
        "total": [
            {"label": speech.word("cost_typical"),
             "value": speech.formats.euro(dossier.total_eur.typical)},
            *(
                [{"label": speech.word("total_with_vat"),
                  "value": speech.formats.euro(dossier.accounts.total_with_vat.typical)}]
                if dossier.accounts.works
                else []
            ),
        ],
    }  # fmt: skip


def _day(text: object, speech: Speech) -> str:
    """Return a stored moment as a date; a dash for none."""
    if not isinstance(text, str) or not text:
        return "–"
    return speech.formats.day(datetime.fromisoformat(text))


def _state(dossier: PlanDossier, speech: Speech) -> str:
    plan = dossier.plan
    state = speech.code(plan["state"])
    if not plan["state_since"]:
        return state
    who = abbreviated(plan["state_by"] or "–", _LONGEST)
    return speech.fill(STATE_BY, state=state, day=_day(plan["state_since"], speech), who=who)


def _revision(revision: Any, speech: Speech) -> str:
    who = abbreviated(revision["submitted_by"] or "–", _LONGEST)
    number, day = str(revision["number"]), _day(revision["submitted"], speech)
    return speech.fill(REVISION, number=number, day=day, who=who)


def _decision(revision: Any, speech: Speech) -> str:
    if not revision["decided"]:
        return ""
    who = abbreviated(revision["decided_by"] or "–", _LONGEST)
    state, day = speech.code(revision["state"]), _day(revision["decided"], speech)
    told = speech.fill(DECIDED, state=state, day=day, who=who)
    grounds = abbreviated(revision["decision"] or "", _LONGEST)
    return f"{told}. {grounds}" if grounds else told


def _price_list(dossier: PlanDossier, speech: Speech) -> str:
    """Return name, version and year of the list that the plan was priced with."""
    found = dossier.price_list
    if found is None:
        return ""
    name = abbreviated(speech.sentence(found["name"]), _LONGEST)
    years = dossier.price_years
    year = ", ".join(map(str, years)) if len(years) > 1 else str(found["year"] or "–")
    if not found["version"]:
        return speech.fill(LIST_OF_YEAR, name=name, year=year)
    return speech.fill(LIST_VERSION, name=name, version=printable(found["version"]), year=year)
