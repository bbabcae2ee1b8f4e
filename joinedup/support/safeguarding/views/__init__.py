"""The pages of somebody in danger, of the lines, and of plans for living with a risk."""
