"""Versioned question sets; answers with source and date; tell it once."""
