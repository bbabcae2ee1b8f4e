"""Localities, LSOAs, practices and postcodes; effective-dated."""
