"""Deliveries, links, clerical review, the spine's life."""
