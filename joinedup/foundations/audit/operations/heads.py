"""Sign the head of the tree, and write it to a second place where the database cannot reach it."""

import datetime
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import connection, transaction

from joinedup.foundations.audit.models import TreeHead
from joinedup.foundations.audit.operations.signing_key import name_of, signing_key
from joinedup.foundations.audit.queries.tree import root_at, size_of_tree
from joinedup.foundations.core.trouble import Trouble

FILE = "heads.jsonl"


@dataclass(frozen=True)
class SignedHead:
    """What was signed: so many lines, their head, and when."""

    size: int
    root: str
    at: str
    key: str
    signature: str

    @property
    def said(self) -> bytes:
        """The bytes that the signature is over."""
        return f"joinedup tree head 1\n{self.size}\n{self.root}\n{self.at}\n".encode()


def sign_head(*, data: Path, second_place: Path, at: datetime.datetime) -> SignedHead | None:
    """Sign the head as it stands and write it to the second place; None where nothing was added.

    The file comes first: a head that only it knows of accuses nobody, one that is missing there
    would hide a loss. Raises Trouble where the second place cannot be written to.
    """
    with transaction.atomic(durable=True):
        size = size_of_tree()
        if not size or TreeHead.objects.filter(size=size).exists():
            return None
        root = root_at(size).hex()
    head = _signed(SignedHead(size, root, _moment(at), "", ""), data)
    write(second_place, head)
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO audit_treehead (size, root, at, key, signature)
               VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING""",
            [head.size, head.root, at, head.key, head.signature],
        )
    return head


def _signed(head: SignedHead, data: Path) -> SignedHead:
    key = signing_key(data)
    signature = key.sign(head.said).hex()
    return SignedHead(head.size, head.root, head.at, name_of(key.public_key()), signature)


def _moment(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).isoformat(timespec="seconds")


def write(second_place: Path, head: SignedHead) -> None:
    """Add a head to the file in one write, and see it onto the disk; raises Trouble."""
    line = f"{json.dumps(asdict(head), sort_keys=True)}\n".encode()
    try:
        second_place.mkdir(parents=True, exist_ok=True)
        file = os.open(second_place / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        try:
            os.write(file, line)
            os.fsync(file)
        finally:
            os.close(file)
    except OSError as error:
        raise Trouble(
            f"The heads of the audit cannot be written to {second_place}: {error.strerror}."
        ) from error


def written(second_place: Path) -> list[SignedHead]:
    """The heads in the second place, the oldest first; raises Trouble where a line is no head.

    A last line that a crash cut short is left out.
    """
    try:
        text = (second_place / FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    whole, _, _ = text.rpartition("\n")
    return [_read(line) for line in whole.splitlines() if line.strip()]


def _read(line: str) -> SignedHead:
    try:
        return SignedHead(**json.loads(line))
    except (ValueError, TypeError) as error:
        raise Trouble(
            f"The file {FILE} in the second place holds a line that is no head."
        ) from error
