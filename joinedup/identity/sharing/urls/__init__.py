"""Addresses of sharing, by thing."""
