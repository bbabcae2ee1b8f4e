"""Assets, skills swap, community chest, courses."""
