"""The agreements that warn or lapse on a day, and whom to tell; about no person."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.roles import ROLES
from joinedup.identity.sharing.models import SharingAgreement
from joinedup.identity.sharing.queries.agreement_facts import agreement_facts
from joinedup.identity.sharing.rules.agreements import Warned, lapses_on, warns_today

_GOVERNS = [role.code for role in ROLES if Permission.MANAGE_AGREEMENTS in role.permissions]
_SIGNS = [role.code for role in ROLES if Permission.SIGN_AGREEMENTS in role.permissions]


@dataclass(frozen=True)
class Due:
    """An agreement that warns on a day, or has lapsed on it."""

    agreement: SharingAgreement
    warned: Warned | None

    @property
    def lapsed(self) -> bool:
        """Whether that day is the first without it."""
        return self.warned is None

    @property
    def once(self) -> str:
        """What it is told once of, however often the day is asked for."""
        if self.warned is None:
            return f"{self.agreement.pk} lapsed"
        return f"{self.agreement.pk} {self.warned.on:%Y-%m-%d} {self.warned.days}"


def agreements_due(day: datetime.date) -> list[Due]:
    """What warns at 90, 30, 7 or 1 days on that day, and what that day is the first without (P7)."""
    found = []
    facts = agreement_facts()
    for agreement in SharingAgreement.objects.order_by("reference", "version"):
        warned = warns_today(facts[agreement.pk], day)
        if warned or lapses_on(facts[agreement.pk], day):
            found.append(Due(agreement, warned))
    return found


def who_governs(agreement: SharingAgreement, day: datetime.date) -> list[uuid.UUID]:
    """Those who govern sharing, and the signatories of its parties, held on that day."""
    held = Post.objects.held_on(day).filter(user__is_active=True)
    signs = held.filter(role__in=_SIGNS, team__agency__in=agreement.parties.values("agency"))
    found = held.filter(role__in=_GOVERNS) | signs
    return list(found.order_by("pk").values_list("pk", flat=True).distinct())
