"""Remarks that travel: out with a plan's papers, and back from QGIS or a spreadsheet."""
