"""Changes of the tables of funds, in one line."""
