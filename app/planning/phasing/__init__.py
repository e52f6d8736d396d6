"""Which sites are connected when, within the money of each year."""
