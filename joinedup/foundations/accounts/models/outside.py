"""Whom an employer's single sign-on means by a subject of its own."""

from django.conf import settings
from django.db import models


class OutsideSignIn(models.Model):
    """That an issuer's subject is this account; another issuer's like-named subject is not."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="outside_sign_ins"
    )
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    joined_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("issuer", "subject"), name="outside_subject_once"),
        )

    def __str__(self) -> str:
        return f"sign-in of {self.user_id} at {self.issuer}"
