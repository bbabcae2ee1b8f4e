"""Reads the rows of an approved step-down: what each says, what is wrong with it, whether it tells of danger.

A faulty row is returned with its reasons, all of them at once. One that holds a trigger, in whichever
column it stands, is never merely returned (P22).
"""

import csv
import datetime
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.support.frontdoor.choices import Agreement, ForWhom, Need
from joinedup.support.frontdoor.rules import dates, identity_typed
from joinedup.support.frontdoor.rules.typed import TypedReferral, TypedSubject
from joinedup.support.safeguarding.choices import Trigger

LARGEST = 2 * 1024 * 1024
MOST_ROWS = 500
COLUMNS = (
    "given_name", "family_name", "born_on", "address", "postcode", "phone", "going_on", "wanted",
    "needs", "agencies_needed", "agreement", "agreement_because", "danger",
)  # fmt: skip
NEEDED = ("given_name", "family_name", "born_on", "going_on", "agreement")
_NO_DANGER = frozenset({"", "no", "n", "none", "nil", "false", "0", "-"})
_AGREEMENTS = {
    "agreed": Agreement.AGREED,
    "yes": Agreement.AGREED,
    "informed": Agreement.INFORMED_NOT_AGREED,
    "informed_not_agreed": Agreement.INFORMED_NOT_AGREED,
    "informed, not agreed": Agreement.INFORMED_NOT_AGREED,
    "not informed": Agreement.NOT_INFORMED,
    "not_informed": Agreement.NOT_INFORMED,
}


class CannotReadBatch(Exception):
    """Why a file is no batch of step-downs, fit for the page."""


@dataclass(frozen=True)
class ReadRow:
    """One row: what it says if it can be taken, else all that is wrong; and the danger it tells of."""

    number: int
    raw: dict[str, str]
    typed: TypedReferral | None
    reasons: tuple[str, ...] = ()
    trigger: Trigger | None = None
    tells_of_danger: bool = False

    @property
    def words(self) -> str:
        """What is going on, as far as it was written; for whoever answers at the exit."""
        return self.raw.get("going_on") or "A row of a step-down that could not be read whole."


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file by their columns; raises CannotReadBatch."""
    if len(content) > LARGEST:
        raise CannotReadBatch("The file is larger than 2 MB. Send it in parts.")
    text = _text(content)
    first = text.split("\n", 1)[0]
    reader = csv.reader(
        io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ","
    )
    lines = [line for line in reader if any(cell.strip() for cell in line)]
    if len(lines) < 2:
        raise CannotReadBatch("The file has no rows. The first line names the columns.")
    columns = [_column(cell) for cell in lines[0]]
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise CannotReadBatch("The first line lacks these columns: " + ", ".join(missing) + ".")
    if len(lines) - 1 > MOST_ROWS:
        raise CannotReadBatch(f"A batch has up to {MOST_ROWS} rows. Send it in parts.")
    # More cells than columns: kept, for the danger may stand in the last of them.
    return [
        {
            columns[place] if place < len(columns) else f"beyond_{place + 1}": cell.strip()
            for place, cell in enumerate(line)
        }
        for line in lines[1:]
    ]


def read_rows(rows: Iterable[Mapping[str, str]], today: datetime.date) -> list[ReadRow]:
    """Read every row; a person who stands in it twice is taken once."""
    read: list[ReadRow] = []
    seen: dict[tuple[str, str, str], int] = {}
    for number, raw in enumerate(rows, 1):
        row = _read(number, dict(raw), today)
        key = tuple(raw.get(name, "").casefold() for name in NEEDED[:3])
        first = seen.setdefault(key, number)  # type: ignore[arg-type]
        if row.typed is not None and first != number:
            again = f"The same person stands in row {first}."
            row = ReadRow(number, row.raw, None, (again,), row.trigger, row.tells_of_danger)
        read.append(row)
    return read


def _read(number: int, raw: dict[str, str], today: datetime.date) -> ReadRow:
    reasons: list[str] = []

    def said[Value](name: str, read: Callable[[str], Value], empty: Value) -> Value:
        try:
            return read(raw.get(name, ""))
        except ValueError as why:
            reasons.append(f"{name}: {why}")
            return empty

    given = said("given_name", identity_typed.name, "")
    family = said("family_name", identity_typed.name, "")
    born = said("born_on", lambda text: _born(text, today), None)
    address = said("address", identity_typed.address, "")
    postcode = said("postcode", identity_typed.postcode, "")
    phone = said("phone", identity_typed.phone, "")
    agreement = said("agreement", _agreement, Agreement.AGREED)
    no_needs: tuple[Need, ...] = ()
    no_agencies: tuple[str, ...] = ()
    needs = said("needs", _needs, no_needs)
    agencies = said("agencies_needed", _agencies, no_agencies)
    going_on = identity_typed.words(raw.get("going_on", ""))
    because = identity_typed.words(raw.get("agreement_because", ""))
    if not given and not family:
        reasons.append("given_name: Write the name of the person.")
    if not going_on:
        reasons.append("going_on: Write what is going on.")
    if agreement is Agreement.NOT_INFORMED and not because:
        reasons.append("agreement_because: Say why the person has not been told.")
    if any(name.startswith("beyond_") for name in raw):
        reasons.append(
            "The row has more cells than the first line: a comma within a cell wants quotes."
        )
    trigger, danger = _danger(raw)
    typed = None
    if not reasons:
        subject = TypedSubject(
            given_name=given, family_name=family, born_on=born,
            address=address, postcode=postcode, phone=phone,
        )  # fmt: skip
        typed = TypedReferral(
            subjects=(subject,), going_on=going_on,
            wanted=identity_typed.words(raw.get("wanted", "")), for_whom=ForWhom.PERSON,
            needs=needs, agencies_needed=agencies, agreement=agreement, agreement_because=because,
            is_urgent=danger,
        )  # fmt: skip
    return ReadRow(number, raw, typed, tuple(reasons), trigger, danger)


def _born(text: str, today: datetime.date) -> datetime.date | None:
    if not text:
        raise ValueError("Write the date of birth.")
    return dates.birth_date(text, today)


def _agreement(text: str) -> Agreement:
    found = _AGREEMENTS.get(" ".join(text.casefold().split()))
    if found is None:
        raise ValueError("Say agreed, informed or not informed: each row states it.")
    return found


def _needs(text: str) -> tuple[Need, ...]:
    return tuple(Need(word) for word in _listed(text, set(Need)))


def _agencies(text: str) -> tuple[str, ...]:
    return tuple(_listed(text, set(AgencyKind)))


def _listed(text: str, known: Iterable[str]) -> list[str]:
    allowed = set(known)
    words = [
        word.strip().casefold().replace(" ", "_") for word in text.replace("|", ";").split(";")
    ]
    wrong = [word for word in words if word and word not in allowed]
    if wrong:
        raise ValueError(f"Not a word it knows: {', '.join(wrong)[:80]}.")
    return list(dict.fromkeys(word for word in words if word))


def _danger(raw: Mapping[str, str]) -> tuple[Trigger | None, bool]:
    """The trigger that stands in any cell; anything but a no in the column of danger is danger."""
    for cell in raw.values():
        found = _TRIGGERS.get(" ".join(cell.casefold().replace("_", " ").split()))
        if found is not None:
            return found, True
    said = raw.get("danger", "").strip().casefold()
    return None, said not in _NO_DANGER


_TRIGGERS = {
    words: trigger
    for trigger in Trigger
    for words in (trigger.value.replace("_", " "), trigger.label.casefold())
}


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise CannotReadBatch("This is not a CSV file. Save it as CSV from the spreadsheet.")


def _column(cell: str) -> str:
    return "_".join(cell.strip().casefold().split())
