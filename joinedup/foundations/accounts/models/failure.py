"""Failed attempts to sign in, counted for each account named and each address."""

from django.db import models


class SignInFailure(models.Model):
    """One failure, under a keyed digest of the e-mail typed or of the address it came from.

    It is kept alike whether or not there is such an account, so that nothing tells them apart.
    """

    subject = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("subject", "at"), name="failure_of_whom"),)

    def __str__(self) -> str:
        return f"failure {self.pk}"
