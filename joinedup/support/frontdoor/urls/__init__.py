"""Addresses of the front door, by what they are for."""
