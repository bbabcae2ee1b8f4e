"""Where a service's sessions at a host stand."""

from joinedup.support.panels.choices.labelled import Labelled


class ClinicStands(Labelled):
    """Where a part of a service's plan stands on a day."""

    PLANNED = "planned"
    PILOT = "pilot"
    RUNS = "runs"
    ENDED = "ended"

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        return {"planned": "yellow", "pilot": "purple", "runs": "green", "ended": "grey"}[
            self.value
        ]
