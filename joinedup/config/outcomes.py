"""How a command ends: what its exit code tells a script."""

FINE = 0
WRONG_DATA = 1
"""Something is wrong in the data that was given."""
WRONG_USAGE = 2
TROUBLE = 3
"""The machine, not the data: the database is gone, the disk is full."""
