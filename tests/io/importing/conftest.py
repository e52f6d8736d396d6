"""Fixtures for the tests of the import."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest

from app.io.importing import readers, reading
from app.io.importing.source import pack, unpack
from app.model.network import Network, empty_network
from tests.io.importing.helpers import LAT, LON, NAMES


@pytest.fixture
def in_process(monkeypatch, tmp_path_factory):
    """Read in this process what the worker would read, through the same packing: faster."""

    def read_here(request, progress, **limits):
        folder = tmp_path_factory.mktemp("unpacked")
        answer = readers.read(Path(request["path"]), {**request, "folder": folder}, progress)
        return unpack(pack(answer))

    monkeypatch.setattr(reading, "read_in_worker", read_here)


@pytest.fixture
def network() -> Network:
    return empty_network("Test")


@pytest.fixture
def sites() -> gpd.GeoDataFrame:
    """Three places in Milan with Italian headings and accents."""
    return gpd.GeoDataFrame(
        {
            "Denominazione": NAMES,
            "Tipologia": ["Università", "Altro ente", "Ospedale"],
            "Banda": [100.0, 250.5, 1000.0],
        },
        geometry=gpd.points_from_xy(LON, LAT),
        crs="EPSG:4326",
    )


@pytest.fixture
def shared_data() -> Path:
    """The folder of real data, absent on most machines."""
    folder = Path(__file__).resolve().parents[3].parent / "shared" / "data"
    if not folder.exists():
        pytest.skip("the shared real data is not on this machine")
    return folder
