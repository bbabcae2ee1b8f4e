"""Wording and tags for the pages of panels."""
