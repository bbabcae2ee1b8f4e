"""Wording and tags for the pages of cases."""
