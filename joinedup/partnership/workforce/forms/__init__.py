"""What the pages of the workforce ask for."""
