"""Reads the cases that the system before has open, one a row, and says what is wrong with any (P41)."""

import csv
import datetime
import io
from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.pipeline.standardise.dates import read_date
from joinedup.support.cases.choices import ForWhom, Programme

COLUMNS = ("number", "people", "programme", "for_whom", "lead", "opened_on", "closed_on", "outcome")
NEEDED = ("number", "people", "programme", "lead", "opened_on")


class CannotReadCases(Exception):
    """Why a file is no list of cases; says how to mend it."""


@dataclass(frozen=True)
class CaseRow:
    """A case as the system before has it: whom it is about by that agency's own numbers, who leads it."""

    line: int
    number: str
    people: tuple[str, ...]
    programme: Programme
    for_whom: ForWhom
    lead: str
    """The sign-in address of whoever leads it."""
    opened_on: datetime.date
    closed_on: datetime.date | None = None
    outcome: str = ""


@dataclass(frozen=True)
class Refused:
    """A row that was not taken, as it was written, and all that is wrong with it."""

    line: int
    number: str
    reasons: tuple[str, ...]


def read_cases(content: bytes, today: datetime.date) -> tuple[list[CaseRow], list[Refused]]:
    """The rows of a CSV file that can be taken, and those that cannot; raises CannotReadCases."""
    text = _text(content)
    first = text.split("\n", 1)[0]
    reader = csv.reader(
        io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ","
    )
    lines = [line for line in reader if any(cell.strip() for cell in line)]
    if not lines:
        raise CannotReadCases("The file is empty. Its first line names the columns.")
    columns = [cell.strip().casefold().replace(" ", "_") for cell in lines[0]]
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise CannotReadCases("The first line lacks these columns: " + ", ".join(missing) + ".")
    taken: list[CaseRow] = []
    refused: list[Refused] = []
    seen: dict[str, int] = {}
    for line, cells in enumerate(lines[1:], start=2):
        row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        found = _read(line, row, len(cells) > len(columns), today)
        first_at = seen.setdefault(row.get("number", ""), line)
        if isinstance(found, CaseRow) and first_at != line:
            again = f"The number stands in line {first_at} already."
            found = Refused(line, found.number, (again,))
        if isinstance(found, CaseRow):
            taken.append(found)
        else:
            refused.append(found)
    return taken, refused


def _read(
    line: int, row: dict[str, str], too_long: bool, today: datetime.date
) -> CaseRow | Refused:
    reasons: list[str] = []
    if too_long:
        reasons.append("The row has more cells than the first line names columns.")
    number = row.get("number", "")
    if not number:
        reasons.append("number: give the number that the case has in the system before.")
    people = tuple(dict.fromkeys(filter(None, (n.strip() for n in row["people"].split("|")))))
    if not people:
        reasons.append("people: give your own numbers of those it is about, with | between them.")
    programme = _one_of(Programme, "programme", row.get("programme", ""), reasons)
    for_whom = _one_of(
        ForWhom, "for_whom", row.get("for_whom") or ("family" if len(people) > 1 else "person"),
        reasons,
    )  # fmt: skip
    lead = row.get("lead", "").casefold()
    if "@" not in lead:
        reasons.append("lead: give the address that whoever leads it signs in with.")
    opened = _day("opened_on", row.get("opened_on", ""), reasons)
    closed = _day("closed_on", row["closed_on"], reasons) if row.get("closed_on") else None
    if opened and opened > today:
        reasons.append("opened_on: this day is still to come.")
    if opened and closed and not opened <= closed <= today:
        reasons.append("closed_on: a case closes after it opens, and not in days to come.")
    if reasons or programme is None or for_whom is None or opened is None:
        return Refused(line, number, tuple(reasons))
    return CaseRow(
        line, number, people, programme, for_whom, lead, opened, closed, row.get("outcome", "")
    )


def _one_of[Word: (Programme, ForWhom)](
    words: type[Word], name: str, said: str, reasons: list[str]
) -> Word | None:
    known: Iterable[Word] = words  # an enumeration gives its words
    wanted = said.strip().casefold().replace(" ", "_")
    for word in known:
        if wanted in {word.value, word.label.casefold().replace(" ", "_")}:
            return word
    reasons.append(f"{name}: “{said}” is none of " + ", ".join(each.value for each in known) + ".")
    return None


def _day(name: str, said: str, reasons: list[str]) -> datetime.date | None:
    try:
        return read_date(said)
    except ValueError as why:
        reasons.append(f"{name}: {why}")
        return None


def _text(content: bytes) -> str:
    """As agencies really send it: UTF-8 with a mark or without, else Windows-1252."""
    if b"\0" in content:
        raise CannotReadCases("This is not a text file. Save it as CSV (UTF-8).")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
