"""The pages of a panel, in the order in which they stand above each of them."""

TABS: tuple[tuple[str, str, bool], ...] = (
    ("Overview", "panel", False),
    ("Members", "panel-members", False),
    ("Terms of reference", "panel-terms", False),
)
"""Each by its words, its address’s name, which takes `code`, and whether it is for whoever keeps the panel."""
