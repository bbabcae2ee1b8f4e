"""The words and tables of exits, of their numbers, and of plans for living with a risk."""
