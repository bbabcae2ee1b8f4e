"""The made-up borough: people, households, agencies' errors, truth."""
