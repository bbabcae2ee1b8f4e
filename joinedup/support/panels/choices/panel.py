"""What sort of panel it is, and how often it meets."""

from joinedup.support.panels.choices.labelled import Labelled


class PanelTemplate(Labelled):
    """What a panel is made after: each begins with terms of reference, disciplines and decisions of its own."""

    TRANSFORMING_LIVES = "transforming_lives"
    CARE_TEAM = "care_team"
    ACTION_TEAM = "action_team"
    EARLY_HELP = "early_help"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "transforming_lives": "Transforming Lives panel",
            "care_team": "GP practice integrated care team meeting",
            "action_team": "Integrated Action Team",
            "early_help": "Early Help panel",
        }[self.value]


class Rhythm(Labelled):
    """How often a panel meets."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    EVERY_FOUR_WEEKS = "every_four_weeks"

    @property
    def weeks(self) -> int:
        """How many weeks lie between two meetings."""
        return {"weekly": 1, "fortnightly": 2, "every_four_weeks": 4}[self.value]
