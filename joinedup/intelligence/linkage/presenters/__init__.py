"""How deliveries, pairs for review and quality measures read on a page."""
