"""Sealed identities: what must never be linked, found or shown again (P2)."""

from django.db import models

from joinedup.foundations.agencies.models import Agency


class Seal(models.Model):
    """A record that carries an earlier identity; only its key is kept, for ever."""

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="seals")
    record_id = models.TextField()
    sealed_on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agency", "record_id"), name="sealed_once"),)

    def __str__(self) -> str:
        return f"seal {self.pk}"


class SealedFingerprint(models.Model):
    """A keyed hash of a sealed NHS number, or of a sealed name with its birth date.

    The identity itself is gone; by this the gate still knows it when another agency sends it.
    """

    fingerprint = models.CharField(max_length=64, primary_key=True)
    sealed_on = models.DateField()

    def __str__(self) -> str:
        return "sealed fingerprint"
