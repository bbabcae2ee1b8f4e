"""Agencies' deliveries in, one spine out; no Django, no database."""
