"""The database: which one, its roles, and a server of our own for demo and tests."""
