"""The exit, from any screen."""
