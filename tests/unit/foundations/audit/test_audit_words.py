"""Personal text never enters a leaf: it is kept apart, where it can be erased (P15)."""

import datetime
import uuid
from enum import StrEnum
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.foundations.audit.models import Entry, KeptApart, Leaf, TreeNode
from joinedup.foundations.audit.operations import record_change, record_look, record_looks
from joinedup.foundations.audit.operations.sequence import sequence_leaves
from joinedup.foundations.audit.rules.coded import is_plain_id, is_plain_purpose, parted, salted
from joinedup.foundations.audit.rules.leaf import (
    FIELDS,
    as_the_database_writes_it,
    hash_of,
    leaf_of,
)


class Reason(StrEnum):
    """A coded word."""

    MISSING = "missing"


CODED = [
    {"rows": 12, "whole": True, "none": None},
    {"in": "find"},
    {"why": Reason.MISSING, "line": "L12", "gateway": "early_help"},
    {"agency": "gp", "field": "postcode"},
    {"person": uuid.UUID(int=5), "pair": str(uuid.UUID(int=6))},
    {"counts": {"sent": 4, "gone": 0}, "lines": ["L1", "7.4"[:0]]},
]
PERSONAL = [
    {"name": "Jane Smith"},
    {"name": "smith"},
    {"who": "o'neill"},
    {"born": "1990-05-01"},
    {"nhs": "9990123456"},
    {"nhs": 9990123456},
    {"phone": "07700 900111"},
    {"note": "she said he hits her"},
    {"Jane Smith": 1},
    {"counts": {"Smith": 2}},
    {"several": ["find", "Zabrowski"]},
    {"agency": "Jane"},
    {"at": datetime.datetime(2026, 11, 20, tzinfo=datetime.UTC)},
    {"weight": 1.5},
    {"bytes": b"Smith"},
]


@pytest.mark.parametrize("detail", CODED, ids=str)
def test_codes_and_counts_stand_as_they_are(detail: dict[str, Any]) -> None:
    coded, words = parted(detail)
    assert list(coded) == list(detail)
    assert words == {}


@pytest.mark.parametrize("detail", PERSONAL, ids=str)
def test_whatever_may_be_personal_does_not(detail: dict[str, Any]) -> None:
    assert parted(detail) == ({}, detail)


@pytest.mark.parametrize(
    ("purpose", "plain"),
    [
        ("finding the right person for a referral", True),
        ("Vital interests (emergency access)", True),
        ("MARAC", True),
        ("Joined Up", True),
        ("checking on Jane before I visit", False),
        ("calling 07700 900111", False),
        ("writing to jane@example.org", False),
    ],
)
def test_a_purpose_names_nobody(purpose: str, plain: bool) -> None:
    assert is_plain_purpose(purpose) is plain


@pytest.mark.parametrize(
    ("subject", "plain"),
    [(str(uuid.UUID(int=1)), True), ("17", True), ("gp", True), ("", True),
     ("9990123456", False), ("Smith", False), ("999 012 3456", False)],
)  # fmt: skip
def test_a_subject_is_an_identifier(subject: str, plain: bool) -> None:
    assert is_plain_id(subject) is plain


def test_with_another_salt_the_fingerprint_is_another() -> None:
    assert salted(b"a", "Smith") != salted(b"b", "Smith")


@pytest.mark.django_db
@pytest.mark.parametrize("detail", PERSONAL, ids=str)
def test_hostile_detail_reaches_neither_line_nor_leaf(detail: dict[str, Any]) -> None:
    """P15: only its salted fingerprint does."""
    entry = record_change(
        at=timezone.now(), post_id=None, act="wrote", subject_kind="note", subject_id="9990123456",
        purpose="asking Jane Smith", detail=detail,
    )  # fmt: skip
    stored = Entry.objects.filter(pk=entry).values(*FIELDS).get()
    leaf = leaf_of(stored).decode()
    # Traces are long: four digits stand by chance in a fingerprint or in a moment's microseconds.
    for trace in (
        "Smith",
        "smith",
        "Jane",
        "9990123456",
        "07700 900111",
        "neill",
        "1990-05-01",
        "Zabrowski",
        "hits",
    ):
        assert trace not in leaf
        assert trace not in str(stored)
    assert len(stored["words"]) == 64
    assert "Jane Smith" in KeptApart.objects.get(pk=entry).words


@pytest.mark.django_db
def test_what_the_database_hashes_is_what_the_verifier_hashes() -> None:
    """Two programs, one leaf: signs, controls, several alphabets, every kind of value."""
    record_looks(
        at=timezone.now(), post_id=uuid.uuid4(), subject_kind="person",
        subject_ids=[str(uuid.uuid4()) for _ in range(3)], purpose='“a” \\ test" é \x07 \x7f 人',
        detail={"rows": -4, "b": True, "longer_key": ["early_help", None], "in": "find", "name": "Jané"},
        agency="police", team="7", role="police_liaison", holder="gp", categories=("identity", "address"),
        basis="direct_care.3", outcome="refused", traceless=True, same_name=True,
    )  # fmt: skip
    record_look(at=timezone.now(), post_id=None, subject_kind="spine", subject_id="", purpose="x")
    assert sequence_leaves() == 4
    lines = {line["id"]: hash_of(line) for line in Entry.objects.values(*FIELDS)}
    order = Leaf.objects.order_by("number").values_list("entry_id", flat=True)
    kept = TreeNode.objects.filter(level=0).order_by("place").values_list("hash", flat=True)
    assert [lines[entry] for entry in order] == [bytes(one) for one in kept]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12)
    | st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text("abcé_ 人", max_size=5), inner, max_size=4),
)  # fmt: skip


@pytest.mark.django_db
def test_json_is_written_as_the_database_writes_it() -> None:
    @settings(max_examples=25, deadline=None)
    @given(st.lists(_JSON, max_size=20))
    def same(values: list[Any]) -> None:
        ours = as_the_database_writes_it(values)
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::jsonb::text", [ours])
            assert cursor.fetchone()[0] == ours

    same()
