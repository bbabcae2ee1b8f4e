"""Addresses of cases, a module for each part of the work."""
