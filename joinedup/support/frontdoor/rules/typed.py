"""A referral as it was typed and checked, before anything is known of it."""

import datetime
import hashlib
import uuid
from dataclasses import dataclass, field
from typing import Any

from joinedup.support.frontdoor.choices import Agreement, ForWhom, Need

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""None that is read or heard for another."""


@dataclass(frozen=True)
class TypedSubject:
    """Somebody a referral is for, as they were typed."""

    given_name: str = ""
    family_name: str = ""
    born_on: datetime.date | None = None
    age: int | None = None
    address: str = ""
    postcode: str = ""
    no_fixed_address: bool = False
    phone: str = ""
    relation: str = ""
    school: str = ""
    person_id: uuid.UUID | None = None
    """Whom the referrer said it is, of those they were shown."""

    @property
    def name(self) -> str:
        """Both names, or the one there is."""
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True)
class TypedAnswers:
    """Answers to a version of a question set, and which were known before and confirmed."""

    version_id: uuid.UUID
    values: dict[str, Any]
    confirmed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class TypedReferral:
    """One referral for a person, a family or a household, as it was typed."""

    subjects: tuple[TypedSubject, ...]
    going_on: str
    wanted: str = ""
    for_whom: ForWhom = ForWhom.PERSON
    needs: tuple[Need, ...] = ()
    agencies_needed: tuple[str, ...] = ()
    agreement: Agreement = Agreement.AGREED
    agreement_because: str = ""
    is_urgent: bool = False
    hand_offs_before: int = 0
    sender_name: str = ""
    sender_reach: str = ""
    communication: dict[str, str] = field(default_factory=dict)
    """What the person needs to be understood, with its words: which language, what else."""
    answers: TypedAnswers | None = None


def reference_of(submission_key: uuid.UUID) -> str:
    """The number a referral goes by: the same for the same submission, read out without mistake."""
    number = int.from_bytes(hashlib.sha256(b"referral" + submission_key.bytes).digest()[:8])
    letters = []
    for _ in range(8):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    code = "".join(letters)
    return f"R{code[:4]}-{code[4:]}"


def month_after(day: datetime.date) -> datetime.date:
    """The day a month later, or the last of that month (Article 14: informed within one month)."""
    year, month = divmod(day.year * 12 + day.month, 12)
    first = datetime.date(year, month + 1, 1)
    after = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(first + datetime.timedelta(days=day.day - 1), after - datetime.timedelta(days=1))
