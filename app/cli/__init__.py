"""Every function of the program without a screen: parsing and printing, no logic."""

from app.cli.entry import main

__all__ = ["main"]
