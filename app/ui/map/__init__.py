"""The map view and its tools."""
