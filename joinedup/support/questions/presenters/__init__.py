"""How question sets and answers read on a page."""
