"""Which case a referral opened, so that a wrong one can be closed with what led to it."""

from django.db import models

from joinedup.identity.sharing.models import Matter
from joinedup.support.cases.models import Case


class CaseOpened(models.Model):
    """That a case was opened because a referral was taken on; for the front door alone."""

    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, primary_key=True, related_name="opened_by_referral"
    )
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="cases_opened")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} by {self.matter_id}"
