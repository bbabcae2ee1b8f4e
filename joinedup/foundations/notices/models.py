"""Notices to posts, how each wishes to be told, and the e-mails that go out."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.notices.choices import Failure, How, NoticeKind, Outcome

_KINDS = [(kind.value, kind.about.name) for kind in NoticeKind]
_HOW = [(how.value, how.label) for how in How]
_OUTCOMES = [(outcome.value, outcome.value) for outcome in Outcome]
_FAILURES = [(failure.value, failure.label) for failure in Failure]


class Message(models.Model):
    """An e-mail that waits, went or was given up: a link to one notice, or to a day's together.

    It is written in the transaction of whatever it tells of, and sent after that, by itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="messages")
    how = models.CharField(max_length=10, choices=_HOW)
    due_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=_OUTCOMES, default=Outcome.WAITING)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("post", "due_at"),
                condition=Q(how=How.DAILY, outcome=Outcome.WAITING),
                name="one_digest_a_day",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.WAITING, ended_at__isnull=True)
                | (~Q(outcome=Outcome.WAITING) & Q(ended_at__isnull=False)),
                name="message_ended_when_it_no_longer_waits",
            ),
        )
        indexes = (
            models.Index(
                fields=("due_at",), condition=Q(outcome=Outcome.WAITING), name="message_to_send"
            ),
        )

    def __str__(self) -> str:
        return f"message {self.pk}"


class Attempt(models.Model):
    """One attempt to send an e-mail, and why it failed where it did."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    failure = models.CharField(max_length=20, choices=_FAILURES, blank=True, default="")

    def __str__(self) -> str:
        return self.failure or "sent"


class Notices(models.QuerySet["Notice"]):
    """Notices, asked about in sentences."""

    def unread(self) -> Self:
        """Those nobody has opened."""
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """That a post is told of something. It holds no words of its own, and its link stands apart (`NoticeLink`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=30, choices=_KINDS)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    once = models.CharField(max_length=80, blank=True, default="")
    """A digest of what it is told once of, where the same is found again each night."""
    message = models.ForeignKey(
        Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="notices"
    )

    objects = Notices.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("post", "kind", "once"), condition=~Q(once=""), name="notice_told_once"
            ),
        )
        indexes = (
            models.Index(fields=("post", "-at"), name="notice_of_post"),
            models.Index(fields=("post",), condition=Q(read_at__isnull=True), name="notice_unread"),
        )

    def __str__(self) -> str:
        return f"{self.kind} to {self.post_id}"

    @property
    def link(self) -> str:
        """Where it leads; raises NoticeLink.DoesNotExist where another acts than its post or the system."""
        return self.leads.link


class NoticeLink(models.Model):
    """Where a notice leads: often to a person, or to a matter about one. Row security shows it to its post alone."""

    notice = models.OneToOneField(
        Notice, on_delete=models.CASCADE, primary_key=True, related_name="leads"
    )
    link = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(link__regex=r"^/[^/\\]") | Q(link="/"),
                name="notice_links_within_the_site",
            ),
        )

    def __str__(self) -> str:
        return f"link of {self.notice_id}"


class Preference(models.Model):
    """How a post wishes to be told of one kind of thing."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="preferences")
    kind = models.CharField(max_length=30, choices=_KINDS)
    how = models.CharField(max_length=10, choices=_HOW)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("post", "kind"), name="one_preference_for_a_kind"),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.how}"
