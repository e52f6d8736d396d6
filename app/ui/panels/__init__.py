"""Docked panels: layers, tables, plans, findings."""
