"""Streets, ducts and sites as one graph of what can be built."""
