"""A typed referral as plain words and numbers, and back: what the public sends waits in this form."""

import dataclasses
import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from joinedup.support.frontdoor.choices import Agreement, ForWhom, Need
from joinedup.support.frontdoor.rules.typed import TypedAnswers, TypedReferral, TypedSubject


def as_plain(typed: TypedReferral) -> dict[str, Any]:
    """All of a typed referral of somebody not signed in, of whom nothing was known beforehand."""
    plain = dataclasses.asdict(dataclasses.replace(typed, answers=None))
    for subject in plain["subjects"]:
        subject["born_on"] = subject["born_on"].isoformat() if subject["born_on"] else None
        subject.pop("person_id")
    plain["communication"] = dict(plain["communication"])
    if typed.answers is not None:
        plain["answers"] = {
            "version_id": str(typed.answers.version_id),
            "values": dict(typed.answers.values),
        }
    return plain


def from_plain(plain: Mapping[str, Any]) -> TypedReferral:
    """The typed referral again."""
    told = dict(plain)
    answers = told.pop("answers", None)
    return TypedReferral(
        **{
            **told,
            "subjects": tuple(_subject(each) for each in told["subjects"]),
            "for_whom": ForWhom(told["for_whom"]),
            "needs": tuple(map(Need, told["needs"])),
            "agencies_needed": tuple(told["agencies_needed"]),
            "unsafe_ways": tuple(told["unsafe_ways"]),
            "agreement": Agreement(told["agreement"]),
            "answers": answers
            and TypedAnswers(uuid.UUID(answers["version_id"]), answers["values"]),
        }
    )


def _subject(plain: Mapping[str, Any]) -> TypedSubject:
    born = plain.get("born_on")
    return TypedSubject(**{**plain, "born_on": datetime.date.fromisoformat(born) if born else None})
