"""What a meeting goes by, decided from facts alone."""
