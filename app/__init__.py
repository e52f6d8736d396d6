"""Anello plans the extension of a public fibre network."""

__version__ = "0.1.0"
