"""Changes of the tables of cases, in one line."""
