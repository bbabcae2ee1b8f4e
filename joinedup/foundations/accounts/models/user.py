"""The account a practitioner signs in with; what they may do hangs on posts, not here."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class Accounts(BaseUserManager["User"]):
    """Finds accounts by e-mail in any letter case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """One human being who can sign in. There is no superuser and no staff flag."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    is_protected = models.BooleanField(
        default=False,
        help_text="Who is looked at is not told that this one looked: it might bring them harm (P14).",
    )
    home = models.CharField(
        max_length=64,
        blank=True,
        default="",
        help_text="Keyed digest of the holder's own address, by which looks at their neighbours show.",
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[Accounts] = Accounts()

    class Meta:
        constraints = (
            models.UniqueConstraint(Lower("email"), name="account_email_once_in_any_case"),
            models.CheckConstraint(condition=~models.Q(name=""), name="account_has_a_name"),
        )

    def __str__(self) -> str:
        return self.name
