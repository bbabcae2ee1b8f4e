"""Wording and tables of the pages of sharing."""
