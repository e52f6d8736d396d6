"""The gallery takes a picture of every panel and dialog without a screen."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.io.project import Project

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.long
def test_gallery_pictures_everything(tmp_path: Path) -> None:
    project = tmp_path / "small.gpkg"
    Project.create(project, "Small", "EPSG:7791").close()
    before = project.read_bytes()
    out = tmp_path / "out"
    command = [sys.executable, "docs/gallery.py", str(out), "--project", str(project)]
    assert subprocess.run([*command, "--language", "it"], cwd=ROOT, check=False).returncode == 0
    names = {path.stem.partition("-")[2] for path in out.glob("*.png")}
    assert {"welcome", "project", "panel-sites", "dialog-preferences", "dialog-about"} <= names
    assert project.read_bytes() == before
