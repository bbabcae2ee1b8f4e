"""Second factors: codes from an app, passkeys, and the codes for the day both are lost."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from joinedup.foundations.accounts.choices import FactorKind

_KINDS = [(kind.value, kind.label) for kind in FactorKind]


class Factor(models.Model):
    """Something an account can prove itself by besides its password."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="factors"
    )
    kind = models.CharField(max_length=10, choices=_KINDS)
    name = models.CharField(max_length=60)
    added_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    sealed_seed = models.BinaryField(default=b"", blank=True)
    """The seed of the codes, closed by a key that is not in the database."""
    last_step = models.BigIntegerField(default=0)
    """The half-minute of the last code that was used: no code is used twice."""
    credential_id = models.BinaryField(null=True, blank=True, unique=True)
    credential = models.BinaryField(default=b"", blank=True)
    """A passkey's public key, as its authenticator gave it."""
    sign_count = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=(
                    Q(kind=FactorKind.CODE, credential_id__isnull=True) & ~Q(sealed_seed=b"")
                )
                | (Q(kind=FactorKind.PASSKEY, credential_id__isnull=False) & ~Q(credential=b"")),
                name="factor_is_a_seed_or_a_passkey",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.user_id}"


class RecoveryCode(models.Model):
    """One of the codes that stand in for a lost second factor, once; kept as its digest."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"recovery code of {self.user_id}"
