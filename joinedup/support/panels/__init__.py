"""Meetings, agency checks, decisions, allocation."""
