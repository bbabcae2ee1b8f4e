"""Pages of hand-overs, of where something is, of what is late, and of who stands in for whom."""
