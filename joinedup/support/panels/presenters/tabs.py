"""The pages of a panel, in the order in which they stand above each of them."""

TABS: tuple[tuple[str, str, bool], ...] = (
    ("Overview", "panel", False),
    ("Queue", "panel-queue", True),
    ("Meetings", "panel-agenda", False),
    ("Who leads", "panel-proposal", True),
    ("First approaches", "panel-approaches", True),
    ("Minutes", "panel-minutes", False),
    ("Actions", "panel-actions", False),
    ("After", "panel-after", False),
    ("Members", "panel-members", False),
    ("Terms of reference", "panel-terms", False),
)
"""Each by its words, its address’s name, which takes `code`, and whether it is for whoever keeps the panel."""

CARE_TEAM_TABS: tuple[tuple[str, str, bool], ...] = (
    ("Nominate", "panel-nominate", False),
    ("Care roles", "panel-care-roles", False),
)
"""Those that a practice's care team meeting has besides."""
