"""What is done with panels and their items; the rooms above build on these."""
