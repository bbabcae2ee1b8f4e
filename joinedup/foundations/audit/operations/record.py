"""Write the line: a look, or a change."""

import datetime
import json
import os
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict, Unpack

from django.db import connection

from joinedup.foundations.audit.choices import Outcome
from joinedup.foundations.audit.models import Entry
from joinedup.foundations.audit.rules.coded import (
    STATED_IN_WORDS,
    is_plain_id,
    is_plain_purpose,
    parted,
    salted,
)

Words = dict[str, Any]

_OF_A_PERSON = frozenset({"person", "links of person"})
_SALT = 16


class About(TypedDict, total=False):
    """What else a line may say; all of it coded."""

    person_id: uuid.UUID | None
    agency: str
    team: str
    role: str
    holder: str
    categories: Iterable[str]
    basis: str
    outcome: str
    traceless: bool
    no_involvement: bool
    same_name: bool
    same_address: bool


def record_look(
    *,
    at: datetime.datetime,
    post_id: uuid.UUID | None,
    subject_kind: str,
    subject_id: str,
    purpose: str,
    detail: Mapping[str, Any] | None = None,
    **about: Unpack[About],
) -> Entry:
    """Leave a line that somebody looked; call it in the transaction of the look itself.

    A refusal is a look with outcome "refused". `traceless` leaves it out of what the person is
    shown (P14); `no_involvement`, `same_name` and `same_address` put it in the report of unusual
    looks. The person is the subject where the subject is a person.
    """
    about.setdefault("outcome", Outcome.SEEN)
    return _write(*_line(at, post_id, "looked", subject_kind, purpose, detail, about), [subject_id])


def record_looks(
    *,
    at: datetime.datetime,
    post_id: uuid.UUID | None,
    subject_kind: str,
    subject_ids: Iterable[str],
    purpose: str,
    detail: Mapping[str, Any] | None = None,
    **about: Unpack[About],
) -> None:
    """Leave a line for each of several subjects looked at together, in one statement."""
    about.setdefault("outcome", Outcome.SEEN)
    _write(*_line(at, post_id, "looked", subject_kind, purpose, detail, about), list(subject_ids))


def record_change(
    *,
    at: datetime.datetime,
    post_id: uuid.UUID | None,
    act: str,
    subject_kind: str,
    subject_id: str,
    purpose: str,
    detail: Mapping[str, Any] | None = None,
    **about: Unpack[About],
) -> Entry:
    """Leave a line that somebody did `act`.

    `detail` carries codes and counts. What else it holds is kept apart, where it can be erased, and
    only its fingerprint enters the line.
    """
    about.setdefault("outcome", Outcome.DONE)
    return _write(*_line(at, post_id, act, subject_kind, purpose, detail, about), [subject_id])


def record_changes(
    *,
    at: datetime.datetime,
    post_id: uuid.UUID | None,
    act: str,
    subject_kind: str,
    subject_ids: Iterable[str],
    purpose: str,
    detail: Mapping[str, Any] | None = None,
    **about: Unpack[About],
) -> None:
    """Leave a line for each of several things done by one act, in one statement."""
    about.setdefault("outcome", Outcome.DONE)
    _write(*_line(at, post_id, act, subject_kind, purpose, detail, about), list(subject_ids))


def _line(
    at: datetime.datetime,
    post_id: uuid.UUID | None,
    act: str,
    subject_kind: str,
    purpose: str,
    detail: Mapping[str, Any] | None,
    about: About,
) -> tuple[Entry, Words]:
    """The line but for its subject, and whatever may name somebody."""
    coded, words = parted(detail or {})
    if not is_plain_purpose(purpose):
        words["purpose"], purpose = purpose, STATED_IN_WORDS
    known = {**about, "categories": sorted(map(str, about.get("categories", ())))}
    line = Entry(
        at=at,
        post_id=post_id,
        act=act,
        subject_kind=subject_kind,
        purpose=purpose,
        detail=coded,
        **known,
    )
    return line, words


def _write(line: Entry, words: Words, subjects: Sequence[str]) -> Entry:
    """Write the line once for each subject, and return it as it is of the last."""
    salt = os.urandom(_SALT)
    own: list[tuple[uuid.UUID, str, uuid.UUID | None, str]] = []
    apart = {}
    for subject in subjects:
        plain = is_plain_id(subject)
        told = words if plain else {**words, "subject": subject}
        line.id = uuid.uuid4()
        line.subject_id = subject if plain else ""
        line.words = ""
        if told:
            apart[line.id] = _in_one(told)
            line.words = salted(salt, apart[line.id])
        own.append((line.id, line.subject_id, _person(line, subject), line.words))
    with connection.cursor() as cursor:
        if own:
            cursor.execute(_INSERT, [*_shared(line), *map(list, zip(*own, strict=True))])
        if apart:
            cursor.execute(_KEEP_APART, [salt, list(apart), list(apart.values())])
    return line


def _person(line: Entry, subject: str) -> uuid.UUID | None:
    """Whom the line is about: as was said, or the subject where that is a person."""
    if line.person_id is None and line.subject_kind in _OF_A_PERSON:
        return _uuid(subject)
    return line.person_id


def _in_one(words: Words) -> str:
    return json.dumps(words, default=str, ensure_ascii=False, sort_keys=True)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _shared(line: Entry) -> list[Any]:
    plain = [getattr(line, name) for name in _SHARED if name not in _JSON]
    return [*plain, *(json.dumps(getattr(line, name)) for name in _JSON)]


_OWN = ("id", "subject_id", "person_id", "words")
"""What differs from line to line of one look at several."""

_JSON = ("categories", "detail")
_SHARED = (
    tuple(
        field.attname
        for field in Entry._meta.concrete_fields
        if field.attname not in {*_OWN, *_JSON}
    )
    + _JSON
)
_INSERT = f"""
INSERT INTO audit_entry ({", ".join((*_SHARED, *_OWN))})
SELECT {", ".join(["%s"] * len(_SHARED))}, line.* FROM unnest(%s::uuid[], %s::text[], %s::uuid[], %s::text[]) AS line
"""
_KEEP_APART = """
INSERT INTO audit_keptapart (entry_id, salt, words)
SELECT line.id, %s, line.words FROM unnest(%s::uuid[], %s::text[]) AS line (id, words)
"""
