"""Agencies, teams, posts, roles and what each role may do."""
