"""What the agencies have put together."""
