"""Lines that were numbered and signed, for tests of what tells on whoever touches them."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.utils import timezone

from joinedup.foundations.audit.models import Leaf
from joinedup.foundations.audit.operations import record_looks
from joinedup.foundations.audit.operations.heads import sign_head
from joinedup.foundations.audit.operations.sequence import sequence_leaves
from joinedup.foundations.audit.operations.verify import Verdict, verify
from tests.databases import PrivateDatabase

LINES = 11


class Chain:
    """Lines that were numbered, signed and are to be tampered with."""

    def __init__(self, database: PrivateDatabase, folder: Path) -> None:
        self.database = database
        self.data = folder / "data"
        self.second_place = folder / "elsewhere"

    def look(self, count: int, **detail: object) -> None:
        record_looks(
            at=timezone.now(), post_id=None, subject_kind="person", purpose="own_work",
            subject_ids=[str(uuid.uuid4()) for _ in range(count)], detail=detail,
        )  # fmt: skip

    def grow(self, count: int = LINES, **detail: object) -> None:
        """Look so often, number it, sign the head."""
        self.look(count, **detail)
        assert sequence_leaves() == count
        assert sign_head(data=self.data, second_place=self.second_place, at=timezone.now())

    def check(self) -> Verdict:
        return verify(
            data=self.data, second_place=self.second_place, at=timezone.now(), using="owner"
        )

    @contextmanager
    def as_superuser(self) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
        """Somebody with every right, past triggers and all."""
        with self.database.server.connect(self.database.name) as admin:
            admin.execute("SET session_replication_role = replica")
            yield admin

    def entry(self, number: int) -> uuid.UUID:
        return Leaf.objects.using("owner").get(number=number).entry_id
