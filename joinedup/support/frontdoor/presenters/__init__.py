"""Wording and tags for the front door’s pages."""
