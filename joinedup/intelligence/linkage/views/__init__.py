"""Deliveries, the review queue and quality: guard, one call, show."""
