"""One way to read a file in the tests of the import, and what is expected of it."""

from __future__ import annotations

import numpy as np
import shapely
from pyproj import Transformer

from app.io.importing import ImportOptions, ImportOutcome, read_file
from app.model.network import empty_network

LON = np.array([9.1900, 9.2040, 9.2330])
LAT = np.array([45.4642, 45.4680, 45.4770])
NAMES = ["Università Bicocca", "Sede dell'Ente", "Ospedale Città Studi"]


def outcome_of(path, target="auto", network=None, **options) -> ImportOutcome:
    """Read a file with the options given by name and check the first law: nothing is lost."""
    forbidden = options.pop("forbidden_path", None)
    outcome = read_file(
        path,
        target,
        network=network or empty_network("Test"),
        options=ImportOptions(**options),
        forbidden_path=forbidden,
    )
    assert outcome.accepted + len(outcome.rejected) == outcome.read
    assert (outcome.rejected_file is None) == (not outcome.rejected)
    return outcome


def table_of(outcome: ImportOutcome, table: str):
    """Return the rows that an import inserts into a table."""
    for change in outcome.changes.tables:
        if change.table == table:
            assert change.before.empty
            return change.after
    raise AssertionError(f"nothing for {table}: {outcome.changes.counts()}")


def rules_of(outcome: ImportOutcome) -> set[str]:
    return {finding.rule for finding in outcome.findings}


def finding_of(outcome: ImportOutcome, rule: str):
    return next(finding for finding in outcome.findings if finding.rule == rule)


def metric(lon, lat, crs="EPSG:7791"):
    """Return the expected places, computed apart from the program."""
    x, y = Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform(lon, lat)
    return np.column_stack([x, y])


def xy_of(frame):
    return shapely.get_coordinates(frame.geometry.to_numpy())
