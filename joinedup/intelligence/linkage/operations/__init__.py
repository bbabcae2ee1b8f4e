"""What is done to the spine: nights, reviews, corrections."""
