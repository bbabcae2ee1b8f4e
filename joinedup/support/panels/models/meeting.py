"""That a meeting is a panel's."""

from django.db import models

from joinedup.foundations.meetings.models import Meeting
from joinedup.support.panels.models.panel import Panel


class PanelMeeting(models.Model):
    """Which panel a meeting is of: the meeting itself knows no panel."""

    meeting = models.OneToOneField(
        Meeting, on_delete=models.PROTECT, primary_key=True, related_name="of_panel"
    )
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="meetings")

    def __str__(self) -> str:
        return f"{self.meeting_id} of {self.panel_id}"
