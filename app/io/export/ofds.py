"""The network and its plan as Open Fibre Data Standard package, version 0.4 [1].

What is built keeps its status; what the plan adds is ``proposed``. An accepted plan is part of
the network already and is not written twice.

[1] https://standard.ofds.info/en/0.4/ (network package in JSON, coordinates in CRS84).
"""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
import shapely

from app.io.export.dossier import PlanDossier
from app.io.export.safe import VerificationError
from app.io.export.texts import Speech
from app.model.frames import plain
from app.model.geodesy import to_lonlat

SCHEMA = "https://standard.ofds.info/en/0__4__0/network-schema.json"
_CRS = {
    "name": "urn:ogc:def:crs:OGC::CRS84",
    "uri": "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
}
_DECIMALS = 7
"""Of a degree: about a centimetre."""
_ROLES = {"owner": "owner", "operator": "networkProvider", "supplier": "supplier"}
_FIBRES = ("G.651.1", "G.652", "G.653", "G.654", "G.655", "G.656", "G.657")
_NAMESPACE = uuid.UUID("6d1f6c1e-6a0c-5d3f-9a43-0d9b0f3c2b57")

Data = dict[str, Any]
Row = Any
"""A row of a frame, by column."""


def network_package(dossier: PlanDossier, language: str) -> bytes:
    """Return the package as JSON; the same dossier gives the same bytes."""
    network = dossier.network
    is_new = plain(dossier.plan["accepted"]) is None
    nodes = list(_nodes(dossier, is_new=is_new))
    known = {node["id"] for node in nodes}
    spans = list(_spans(dossier, known, is_new=is_new))
    found: Data = {
        "id": _uuid(network.uid),
        "name": network.name,
        "publisher": {"name": dossier.organisation},
        "publicationDate": dossier.created.date().isoformat(),
        "language": Speech(language).base,
        "crs": _CRS,
        "links": [{"href": SCHEMA, "rel": "describedby"}],
        "nodes": nodes,
        "spans": spans,
        "phases": _phases(dossier),
        "organisations": list(_organisations(network.table("organisations"))),
    }
    package = {"networks": [_filled(found)]}
    return json.dumps(package, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def count_objects(content: bytes) -> int:
    """Return the number of nodes and spans of a package.

    Raises `VerificationError` when it is no package, or a span ends at a node that it lacks.
    """
    try:
        networks = json.loads(content)["networks"]
    except (ValueError, KeyError, TypeError) as error:
        raise VerificationError(str(error)) from error
    count = 0
    for network in networks:
        nodes, spans = network.get("nodes", ()), network.get("spans", ())
        known = {node["id"] for node in nodes}
        ends = {span[end] for span in spans for end in ("start", "end") if end in span}
        if not ends <= known:
            raise VerificationError(f"{len(ends - known)} missing nodes")
        count += len(nodes) + len(spans)
    return count


def _uuid(uid: str) -> str:
    """Return ``uid`` if it is a UUID, else one made from it."""
    try:
        return str(uuid.UUID(uid))
    except ValueError:
        return str(uuid.uuid5(_NAMESPACE, uid))


def _filled(values: Mapping[str, Any]) -> Data:
    """Return what has a value: the standard wants no empty texts, lists or objects."""
    found: Data = {}
    for name, value in values.items():
        kept = _filled(value) if isinstance(value, dict) else plain(value)
        if isinstance(kept, str):
            kept = "".join(char for char in kept if char.isprintable()).strip()
        if kept is not None and kept not in ("", [], {}):
            found[name] = kept
    return found


def _positions(shapes: Iterable[Any], crs: str) -> list[list[list[float]]]:
    """Return longitude and latitude of each shape's points, no point twice in a row."""
    lines = np.array(list(shapes), dtype=object)
    xy, owner = shapely.get_coordinates(lines, return_index=True)
    lon, lat = to_lonlat(xy[:, 0], xy[:, 1], crs)
    degrees = np.round(np.column_stack([lon, lat]), _DECIMALS)
    found: list[list[list[float]]] = [[] for _ in lines]
    for place, point in zip(owner.tolist(), degrees.tolist(), strict=True):
        if not found[place] or found[place][-1] != point:
            found[place].append(point)
    return found


def _rows(frame: pd.DataFrame, crs: str) -> Iterator[tuple[str, Row, Any]]:
    """Yield uid, plain row and positions of the rows that have a place."""
    there = frame[frame["geometry"].notna()]
    places = _positions(there["geometry"], crs)
    for (uid, row), place in zip(there.iterrows(), places, strict=True):
        yield str(uid), row, place


def _nodes(dossier: PlanDossier, *, is_new: bool) -> Iterator[Data]:
    network = dossier.network
    names = network.table("organisations")["name"]
    for uid, row, place in _rows(network.table("nodes"), network.crs):
        yield _filled(
            {
                "id": uid, "name": row["name"], "status": row["status"],
                "location": _point(place), "address": {"streetAddress": plain(row["address"])},
                "type": [row["type"]], "transmissionMediumOwner": _body(row["owner"], names),
            }
        )  # fmt: skip
    if not is_new:
        return
    sites = network.table("sites")["name"]
    for uid, row, place in _rows(dossier.nodes, network.crs):
        yield _filled(
            {
                "id": uid, "name": sites.get(row["site"]), "status": "proposed",
                "location": _point(place), "type": [row["type"]],
            }
        )  # fmt: skip


def _point(place: list[list[float]]) -> Data:
    return {"type": "Point", "coordinates": place[0]}


def _body(uid: object, names: pd.Series[str]) -> Data:
    known = plain(uid)
    return {} if known is None or known not in names else {"id": known, "name": names[known]}


def _spans(dossier: PlanDossier, known: set[str], *, is_new: bool) -> Iterator[Data]:
    network = dossier.network
    names = network.table("organisations")["name"]
    cables = _cables(network.table("cables"))
    for uid, row, place in _rows(network.table("spans"), network.crs):
        yield _filled(
            {
                **_section(uid, row, place, known), "status": row["status"],
                "transmissionMediumOwner": _body(row["owner"], names),
                "codeployment": row["codeployment"], **cables.get(uid, {}),
                "deployment": [row["deployment"]] if plain(row["deployment"]) else [],
            }
        )  # fmt: skip
    if not is_new:
        return
    for uid, row, place in _rows(dossier.spans, network.crs):
        technique, year = row["technique"], plain(row["phase_year"])
        yield _filled(
            {
                **_section(uid, row, place, known), "status": "proposed",
                "deployment": ["aboveGround" if technique == "aerial" else "belowGround"],
                "codeployment": "wasteWater" if technique == "sewer" else "",
                "supportingInfrastructure": {
                    "type": {"aerial": "pole", "sewer": "sewer"}.get(technique, "duct")
                },
                "phase": {} if year is None else _phase(dossier, int(year)),
            }
        )  # fmt: skip


def _section(uid: str, row: Row, place: list[list[float]], known: set[str]) -> Data:
    ends = {"start": plain(row["start_node"]), "end": plain(row["end_node"])}
    route = {"type": "LineString", "coordinates": place} if len(place) > 1 else {}
    return {
        "id": uid, "name": row["name"], "route": route, "transmissionMedium": ["fibre"],
        **{name: node for name, node in ends.items() if node in known},
    }  # fmt: skip


def _cables(cables: pd.DataFrame) -> dict[str, Data]:
    """Return fibre count, and kind where all cables agree, of each span with cables."""
    count: Counter[str] = Counter()
    kinds: dict[str, set[str]] = {}
    for fibres, kind, spans in zip(
        cables["fibre_count"], cables["fibre_kind"], cables["spans"], strict=True
    ):
        for span in set(spans or ()):
            count[span] += int(plain(fibres) or 0)
            kinds.setdefault(span, set()).add(plain(kind) or "")
    return {span: {"fibreCount": number or None, **_kind(kinds[span])}
            for span, number in count.items()}  # fmt: skip


def _kind(kinds: set[str]) -> Data:
    kind = next(iter(kinds)) if len(kinds) == 1 else ""
    main = next((code for code in _FIBRES if kind.startswith(code)), "")
    details = {"fibreSubtype": kind} if main and kind != main else {}
    return {"fibreType": main, "fibreTypeDetails": details}


def _phase(dossier: PlanDossier, year: int) -> Data:
    return {"id": str(uuid.uuid5(_NAMESPACE, f"{dossier.plan_uid} {year}")), "name": str(year)}


def _phases(dossier: PlanDossier) -> list[Data]:
    years = sorted({int(year) for year in dossier.spans["phase_year"].dropna()})
    is_new = plain(dossier.plan["accepted"]) is None
    return [_phase(dossier, year) for year in years] if is_new else []


def _organisations(bodies: pd.DataFrame) -> Iterator[Data]:
    for uid, row in bodies.iterrows():
        role = _ROLES.get(row["role"])
        yield _filled({"id": str(uid), "name": row["name"], "roles": [role] if role else []})
