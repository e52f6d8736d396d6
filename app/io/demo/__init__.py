"""The demo: facts and modelled rows, written as files that are imported like any others."""

from app.io.demo.extra import extra_rows
from app.io.demo.sources import DemoSource, write_sources

__all__ = ["DemoSource", "extra_rows", "write_sources"]
