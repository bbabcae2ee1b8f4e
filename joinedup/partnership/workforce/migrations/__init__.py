"""Changes of the tables of the workforce, in one line."""
