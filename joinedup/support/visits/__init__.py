"""Home visits: the list, the check, unmet needs, offline."""
