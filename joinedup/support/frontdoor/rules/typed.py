"""A referral as it was typed and checked, before anything is known of it."""

import dataclasses
import datetime
import hashlib
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from joinedup.support.frontdoor.choices import Agreement, ForWhom, Need
from joinedup.support.questions.rules.known import Known
from joinedup.support.questions.rules.reading import Meaning

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
    values: Mapping[str, Any]
    confirmed: frozenset[str] = frozenset()
    known: Mapping[str, Known] = field(default_factory=dict)
    """What was known when it was asked, from what the referrer may see."""


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
    communication: Mapping[str, str] = field(default_factory=dict)
    """What the person needs to be understood, with its words: which language, what else."""
    unsafe_ways: tuple[str, ...] = ()
    """How they must not be reached."""
    answers: TypedAnswers | None = None

    def with_answers(self, answers: TypedAnswers) -> "TypedReferral":
        """This with its questions answered."""
        return dataclasses.replace(self, answers=answers)


def as_answered(typed: TypedReferral, meanings: Iterable[Meaning]) -> TypedReferral:
    """The referral with what its answers say beside what was typed: needs, whose help, how soon."""
    if typed.answers is None:
        return typed
    said = [meaning.word for meaning in meanings]
    needs = [Need(code) for code in _after("need:", said) if code in set(Need)]
    passed_on = typed.answers.values.get("passed-on")
    return dataclasses.replace(
        typed,
        needs=tuple(dict.fromkeys((*typed.needs, *needs))),
        agencies_needed=tuple(dict.fromkeys((*typed.agencies_needed, *_after("agency:", said)))),
        is_urgent=typed.is_urgent or "urgent" in said,
        hand_offs_before=max(
            typed.hand_offs_before, passed_on if isinstance(passed_on, int) else 0
        ),
    )


def _after(start: str, words: Iterable[str]) -> list[str]:
    return [word.removeprefix(start) for word in words if word.startswith(start)]


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
