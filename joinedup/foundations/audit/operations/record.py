"""Write the line: a look, or a change."""

import datetime
import json
import os
import uuid
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypedDict, Unpack, cast

from django.db import connection, models

from joinedup.foundations.audit.choices import Outcome
from joinedup.foundations.audit.models import Entry
from joinedup.foundations.audit.rules.coded import (
    STATED_IN_WORDS,
    is_plain_id,
    is_plain_purpose,
    parted,
    salted,
)
from joinedup.foundations.core.database.prepared import prepared

Words = dict[str, Any]
Line = dict[str, Any]
"""What lines written together have in common: the columns of `Entry` but for those of `_OWN`."""

OF_A_PERSON = frozenset({"person", "links of person"})
"""Kinds of subject whose identifier is a person’s."""
_SALT = 16
_NEVER = datetime.datetime.min.replace(tzinfo=datetime.UTC)


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


class LineApart(NamedTuple):
    """A line of a look without its people."""

    said: str
    """What the lines share, as the database takes it apart; words that may name somebody are not in it."""
    subject: str
    person: uuid.UUID | None
    """Whom the look itself is at."""
    has_words: bool
    """Whether words were left out: `record_look` keeps them apart."""


class Look(TypedDict):
    """One look: when, from which post, at what and what for."""

    at: datetime.datetime
    post_id: uuid.UUID | None
    subject_kind: str
    subject_id: str
    purpose: str
    detail: Mapping[str, Any] | None


def record_look(
    *,
    at: datetime.datetime,
    post_id: uuid.UUID | None,
    subject_kind: str,
    subject_id: str,
    purpose: str,
    detail: Mapping[str, Any] | None = None,
    **about: Unpack[About],
) -> uuid.UUID:
    """Leave a line that somebody looked, and return which; call it in the transaction of the look itself.

    A refusal is a look with outcome "refused". `traceless` leaves it out of what the person is
    shown (P14); `no_involvement`, `same_name` and `same_address` put it in the report of unusual
    looks. The person is the subject where the subject is a person.
    """
    about.setdefault("outcome", Outcome.SEEN)
    line, words = _line(at, post_id, "looked", subject_kind, purpose, detail, about)
    return _write(line, words, [subject_id], about.get("person_id"))[-1]


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
    line, words = _line(at, post_id, "looked", subject_kind, purpose, detail, about)
    _write(line, words, list(subject_ids), about.get("person_id"))


def record_looks_apart(look: Look, each: Iterable[About]) -> None:
    """Leave a line of one look for each of several things it was at, in one statement: each of its own basis."""
    lines = []
    for about in each:
        line = line_apart(**look, **about)
        if line.has_words:
            record_look(**look, **about)
            continue
        own = {
            "id": str(uuid.uuid4()),
            "subject_id": line.subject,
            "person_id": str(line.person) if line.person else None,
            "words": "",
        }
        lines.append(f"{line.said[:-1]}, {json.dumps(own)[1:]}")
    if lines:
        with prepared(), connection.cursor() as cursor:
            cursor.execute(_INSERT_EACH, [f"[{', '.join(lines)}]"])


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
) -> uuid.UUID:
    """Leave a line that somebody did `act`, and return which.

    `detail` carries codes and counts. What else it holds is kept apart, where it can be erased, and
    only its fingerprint enters the line.
    """
    about.setdefault("outcome", Outcome.DONE)
    line, words = _line(at, post_id, act, subject_kind, purpose, detail, about)
    return _write(line, words, [subject_id], about.get("person_id"))[-1]


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
    line, words = _line(at, post_id, act, subject_kind, purpose, detail, about)
    _write(line, words, list(subject_ids), about.get("person_id"))


def looks_beside(question: str, *, line: str, people: str, where: str) -> str:
    """The statement that asks a question and leaves lines of looks in it, if `where` holds of what was `asked`.

    `line` stands for what `line_of_looks` gives, `people` for those who are looked at.
    """
    return f"""
        WITH asked AS MATERIALIZED ({question}),
        looked AS (
            INSERT INTO audit_entry ({", ".join((*_SHARED, *_OWN))})
            SELECT said.*, gen_random_uuid(), person::text, person, ''
            FROM {_said(f"{line}::jsonb")}, unnest({people}::uuid[]) AS person WHERE {where}
        )
        SELECT * FROM asked"""


def line_of_looks(
    *,
    at: datetime.datetime,
    post_id: uuid.UUID | None,
    purpose: str,
    detail: Mapping[str, Any] | None = None,
    **about: Unpack[About],
) -> str | None:
    """What looks at several people have in common; None where words of the look must be kept apart."""
    about.setdefault("outcome", Outcome.SEEN)
    line = _but_for_when(post_id, purpose, tuple((detail or {}).items()), tuple(about.items()))
    return line and f'{{"at": "{at.isoformat()}", {line[1:]}'


def line_apart(
    *,
    at: datetime.datetime,
    post_id: uuid.UUID | None,
    subject_kind: str,
    subject_id: str,
    purpose: str,
    detail: Mapping[str, Any] | None = None,
    act: str = "looked",
    **about: Unpack[About],
) -> LineApart:
    """The line of a look or a change that concerns several people, for a statement that writes it once for each."""
    about.setdefault("outcome", Outcome.SEEN if act == "looked" else Outcome.DONE)
    line, words = _line(at, post_id, act, subject_kind, purpose, detail, about)
    person = about.get("person_id")
    if person is None and subject_kind in OF_A_PERSON:
        person = _uuid(subject_id)
    plain = is_plain_id(subject_id)
    return LineApart(
        json.dumps(line), subject_id if plain else "", person, bool(words) or not plain
    )


@lru_cache(maxsize=4096)
def _but_for_when(
    post_id: uuid.UUID | None,
    purpose: str,
    detail: tuple[tuple[str, Any], ...],
    about: tuple[tuple[str, Any], ...],
) -> str | None:
    """All of a line of looks that is the same at each look of one post."""
    said = cast(About, dict(about))
    line, words = _line(_NEVER, post_id, "looked", "person", purpose, dict(detail), said)
    del line["at"]
    return None if words else json.dumps(line)


def _line(
    at: datetime.datetime,
    post_id: uuid.UUID | None,
    act: str,
    subject_kind: str,
    purpose: str,
    detail: Mapping[str, Any] | None,
    about: About,
) -> tuple[Line, Words]:
    """The line but for its subject, and whatever may name somebody."""
    coded, words = parted(detail or {})
    if not is_plain_purpose(purpose):
        words["purpose"], purpose = purpose, STATED_IN_WORDS
    line = {
        **_UNSAID,
        **about,
        "at": at.isoformat(),
        "post_id": str(post_id) if post_id else None,
        "act": act,
        "subject_kind": subject_kind,
        "purpose": purpose,
        "detail": coded,
        "categories": sorted(map(str, about.get("categories", ()))),
    }
    line.pop("person_id", None)
    return line, words


def _write(
    line: Line, words: Words, subjects: Sequence[str], person_id: uuid.UUID | None
) -> list[uuid.UUID]:
    """Write the line once for each subject; return which they are."""
    own: list[tuple[uuid.UUID, str, uuid.UUID | None, str]] = []
    apart = {}
    salt = os.urandom(_SALT)
    of_a_person = person_id is None and line["subject_kind"] in OF_A_PERSON
    for subject in subjects:
        plain = is_plain_id(subject)
        told = words if plain else {**words, "subject": subject}
        key, fingerprint = uuid.uuid4(), ""
        if told:
            apart[key] = _in_one(told)
            fingerprint = salted(salt, apart[key])
        person = _uuid(subject) if of_a_person else person_id
        own.append((key, subject if plain else "", person, fingerprint))
    with prepared(), connection.cursor() as cursor:
        if own:
            cursor.execute(_INSERT, [json.dumps(line), *map(list, zip(*own, strict=True))])
        if apart:
            cursor.execute(_KEEP_APART, [salt, list(apart), list(apart.values())])
    return [key for key, *_ in own]


def _in_one(words: Words) -> str:
    return json.dumps(words, default=str, ensure_ascii=False, sort_keys=True)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


_OWN = ("id", "subject_id", "person_id", "words")
"""What differs from line to line of one look at several."""

_TYPES = {
    models.DateTimeField: "timestamptz",
    models.UUIDField: "uuid",
    models.CharField: "text",
    models.BooleanField: "boolean",
    models.JSONField: "jsonb",
}
_SHARED = {
    field.attname: _TYPES[type(field)]
    for field in Entry._meta.concrete_fields
    if field.attname not in _OWN
}
_UNSAID = {name: False if kind == "boolean" else "" for name, kind in _SHARED.items()}


def _said(line: str) -> str:
    """What the lines share is one value, taken apart by the database: a value each costs more to send."""
    return f"jsonb_to_record({line}) AS said ({', '.join(f'{name} {kind}' for name, kind in _SHARED.items())})"


_INSERT = f"""
INSERT INTO audit_entry ({", ".join((*_SHARED, *_OWN))})
SELECT said.*, line.*
FROM {_said("%s::jsonb")}, unnest(%s::uuid[], %s::text[], %s::uuid[], %s::text[]) AS line
"""
_INSERT_EACH = f"""
INSERT INTO audit_entry ({", ".join((*_SHARED, *_OWN))})
SELECT said.* FROM jsonb_to_recordset(%s::jsonb) AS said (
    {", ".join(f"{name} {kind}" for name, kind in _SHARED.items())},
    id uuid, subject_id text, person_id uuid, words text)
"""
_KEEP_APART = """
INSERT INTO audit_keptapart (entry_id, salt, words)
SELECT line.id, %s::bytea, line.words FROM unnest(%s::uuid[], %s::text[]) AS line (id, words)
"""
