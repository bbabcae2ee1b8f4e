"""The pages of the workforce."""
