"""Agenda, attendance, interests, minutes, actions; no person data."""
