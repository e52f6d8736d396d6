"""What planners ask for besides sites, as operations on the route graph."""
