"""What is read of exits, of their lines, and of plans for living with a risk."""
