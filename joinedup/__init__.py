"""Joined Up: the working system of a locality partnership."""
