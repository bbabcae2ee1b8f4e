"""The leaf of a line: its coded fields as canonical JSON, which is what the tree is over."""

import datetime
import json
from collections.abc import Mapping
from typing import Any

from joinedup.foundations.audit.rules.merkle import leaf_hash

VERSION = "joinedup audit 1"
FIELDS = (
    "id", "at", "post_id", "person_id", "agency", "team", "role", "act", "outcome", "subject_kind",
    "subject_id", "holder", "categories", "basis", "purpose", "traceless", "no_involvement",
    "same_name", "same_address", "words", "detail",
)  # fmt: skip
"""In the order in which the database's own function has them."""


def leaf_of(line: Mapping[str, Any]) -> bytes:
    """The bytes of a line's leaf."""
    return as_the_database_writes_it([VERSION, *(_told(line[name]) for name in FIELDS)]).encode()


def hash_of(line: Mapping[str, Any]) -> bytes:
    """The hash of a line's leaf."""
    return leaf_hash(leaf_of(line))


def _told(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if value is None or isinstance(value, bool | int | str | list | dict):
        return value
    return str(value)


def as_the_database_writes_it(value: Any) -> str:
    """JSON as PostgreSQL writes jsonb: keys by length, then by bytes; no escapes but the needed ones."""
    return _JSON.encode(_in_order(value))


def _in_order(value: Any) -> Any:
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: (len(key.encode()), key.encode()))
        return {key: _in_order(value[key]) for key in keys}
    if isinstance(value, list):
        return [_in_order(one) for one in value]
    return value


_JSON = json.JSONEncoder(ensure_ascii=False)
