"""What the public pages count against being flooded: never an address in the clear."""

from django.db import models

from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.frontdoor.choices import PublicAct


class PublicCount(models.Model):
    """One act on a public page, by digests of the browser and the network it came from; kept for an hour.

    The digests are keyed and made anew each day, so that nobody can be followed from one to the next.
    """

    id = models.BigAutoField(primary_key=True)
    act = coded(PublicAct)
    browser = models.CharField(max_length=64)
    network = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("act", "at"), name="public_count_lately"),)
        constraints = (only("act", PublicAct, "public_count_act_is_known"),)

    def __str__(self) -> str:
        return f"{self.act} at {self.at}"
