"""The demo's files, written once for all tests."""

import pandas as pd
import pyogrio
import pytest

from app.io.demo import write_sources
from app.io.demo.facts import CRS


@pytest.fixture(scope="session")
def demo_sources(tmp_path_factory):
    return write_sources(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def demo_frames(demo_sources):
    """Frames by layer, or by target for files of one layer; all geometry in the project's CRS."""
    frames = {}
    for source in demo_sources:
        if source.path.suffix == ".csv":
            frame = pd.read_csv(source.path, dtype={"municipality_code": str, "identifier": str})
        else:
            frame = pyogrio.read_dataframe(source.path, layer=source.layer).to_crs(CRS)
        frames[source.layer or source.target] = frame
    return frames
