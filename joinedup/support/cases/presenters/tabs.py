"""The pages of a case, in the order in which they stand above each of them."""

TABS: tuple[tuple[str, str], ...] = (
    ("Overview", "case"),
    ("Story", "case-story"),
    ("Assessment", "case-assessment"),
    ("Plan", "case-plan"),
    ("Reviews", "case-reviews"),
    ("Money", "case-money"),
    ("Level and steps", "case-steps"),
    ("Who helps", "case-members"),
)
"""Each by its words and the name of its address, which takes `matter_id`; each room's part adds its line."""
