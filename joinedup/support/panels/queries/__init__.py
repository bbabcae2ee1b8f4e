"""What is asked about panels; the rooms above build on these."""
