"""Sessions in the database, each with its account and its post, so that they can be seen and ended."""

from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from joinedup.foundations.accounts.models.user import User


class Session(AbstractBaseSession):
    """A browser that is signed in, or about to be: whose, in which post, since when, from where."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="sessions"
    )
    post_id = models.UUIDField(null=True, blank=True, db_index=True)
    """No foreign key: posts stand above accounts. A post that ends takes its sessions with it."""
    signed_in_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    browser = models.CharField(max_length=60, blank=True, default="")
    address = models.GenericIPAddressField(null=True, blank=True)

    @classmethod
    def get_session_store_class(cls) -> Any:
        """Django asks, to read a row's data; nothing of ours does."""
        raise NotImplementedError(
            "Sessions are read through joinedup.foundations.accounts.sessions."
        )

    def __str__(self) -> str:
        return f"session of {self.user_id}"
