"""Changes of the tables of handovers, in one line."""
