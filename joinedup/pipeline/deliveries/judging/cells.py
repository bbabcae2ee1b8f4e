"""One cell as sent: made tidy, guarded against spreadsheets, judged by its column's kind."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from joinedup.pipeline.contracts.columns import Kind
from joinedup.pipeline.standardise.dates import read_date
from joinedup.pipeline.standardise.emails import standard_email
from joinedup.pipeline.standardise.names import standard_name
from joinedup.pipeline.standardise.nhs_numbers import standard_nhs_number
from joinedup.pipeline.standardise.phones import standard_phone
from joinedup.pipeline.standardise.postcodes import standard_postcode

LONGEST_CELL = 10_000
LONGEST_IDENTIFIER = 100
NO_CHARACTER = "\u2400"
"""Stands for a NUL byte where a row is kept as it was sent."""

Value = str | date | bool | None


@dataclass(frozen=True)
class Judged:
    """What a cell says, and what is wrong with it."""

    value: Value = None
    aside: str | None = None
    """Why the value was set aside; the row still loads."""
    wrong: str | None = None
    """Why the row cannot load."""


EMPTY = Judged()

_GUARDED = re.compile(r"^'(?='*(?:\s*[=+\-@＝＋－＠]|[\t\r\n]))")  # noqa: RUF001
_NEEDS_GUARD = re.compile(r"^'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")  # noqa: RUF001
_TEXT_FORMULA = re.compile(r'^="([^"=]*)"$')
_BREAK = re.compile(r"\s*[\r\n]+\s*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b\u2060\ufeff]+")
_NOTHING = frozenset({"", "null", "(null)", "<null>", "n/a", "#n/a", "nan", "none", "\\n"})
_NANS_NAME = frozenset({"Nan", "NAN"})
"""Somebody's name; programs write nan and NaN where a table is empty."""
_ONLY_MARKS = re.compile(r"[-–—.?*_ ]+")
_NO_ADDRESS_CODE = re.compile(r"\s*ZZ\s*99", re.IGNORECASE)


def guarded(text: str) -> str:
    """The cell as it may be written to a CSV: never a formula when a spreadsheet opens it."""
    return f"'{text}" if _NEEDS_GUARD.match(text) else text


def unguarded(text: str) -> str:
    """The cell as it was before `guarded`."""
    return text[1:] if _GUARDED.match(text) else text


def tidy(text: str, *, name: bool = False) -> str:
    """The cell without the space around it, on one line, without what nobody can see or stands for nothing."""
    text = unguarded(text).strip()
    if text.isalnum() and len(text) > 6:
        return text
    if match := _TEXT_FORMULA.match(text):
        text = match[1].strip()
    text = _BREAK.sub(", ", text)
    text = _CONTROL.sub(" ", text).strip()
    if name and text in _NANS_NAME:
        return text
    return "" if text.casefold() in _NOTHING or _ONLY_MARKS.fullmatch(text) else text


def judge(kind: Kind, text: str) -> Judged:
    """What a cell of that kind says."""
    if broken := _broken(text):
        return Judged(wrong=broken)
    clean = tidy(text, name=kind is Kind.NAME)
    if not clean:
        return EMPTY
    if clean[0] == "=" and kind is not Kind.PHONE:
        return Judged(wrong="begins with =, as a spreadsheet formula does; send the value itself")
    return _JUDGES[kind](clean)


def _broken(text: str) -> str | None:
    if len(text) > LONGEST_CELL:
        return (
            f"holds {len(text):,} characters and may hold {LONGEST_CELL:,}; "
            "look for a quotation mark that is not closed"
        )
    if "\x00" in text or NO_CHARACTER in text:
        return "holds a NUL character; take it out"
    return None


def _text(clean: str) -> Judged:
    return Judged(clean)


def _identifier(clean: str) -> Judged:
    if len(clean) > LONGEST_IDENTIFIER:
        return Judged(
            wrong=f"is longer than {LONGEST_IDENTIFIER} characters; send the record's identifier alone"
        )
    return Judged(clean)


def _name(clean: str) -> Judged:
    if clean[0] in "+@-":
        return Judged(
            wrong=f"begins with {clean[0]}, as a spreadsheet formula does; send the name itself"
        )
    if standard_name(clean) is None:
        return Judged(
            aside="is no name but a word that stands for one; leave the cell empty instead"
        )
    return Judged(clean)


def _date(clean: str) -> Judged:
    if re.fullmatch(r"\d{5}(\.\d+)?", clean):
        return Judged(
            wrong="is the number a spreadsheet keeps for a date; format the column as dd/mm/yyyy"
        )
    try:
        return Judged(read_date(clean))
    except ValueError as error:
        return Judged(wrong=_as_clause(str(error)))


def _as_clause(sentence: str) -> str:
    return "is not a date we can use: " + sentence[0].lower() + sentence[1:].rstrip(".")


def _nhs_number(clean: str) -> Judged:
    if number := standard_nhs_number(clean):
        return Judged(number)
    if re.fullmatch(r"\d(?:\.\d+)?[eE]\+?\d+", clean):
        return Judged(aside="was shortened by a spreadsheet (9.99E+09); format the column as text")
    return Judged(aside="is not an NHS number: ten digits that pass the check, and somebody's own")


def _nhs_status(clean: str) -> Judged:
    code = clean.zfill(2)
    if code in {"01", "02", "03", "04", "05", "06", "07", "08"}:
        return Judged(code)
    return Judged(aside="is not a status of the NHS Data Dictionary, 01 to 08")


def _postcode(clean: str) -> Judged:
    if postcode := standard_postcode(clean):
        return Judged(postcode)
    if _NO_ADDRESS_CODE.match(clean):
        return EMPTY
    return Judged(aside="is not a postcode")


def _uprn(clean: str) -> Judged:
    digits = clean.removesuffix(".0").lstrip("0")
    if digits.isascii() and digits.isdigit() and len(digits) <= 12:
        return Judged(digits)
    return Judged(aside="is not a unique property reference number: up to 12 digits")


def _phone(clean: str) -> Judged:
    if standard_phone(clean) is None:
        return Judged(aside="is not a telephone number in this country")
    return Judged(clean)


def _email(clean: str) -> Judged:
    if standard_email(clean) is None:
        return Judged(aside="is not an e-mail address")
    return Judged(clean)


_SEXES = {
    "f": "F", "female": "F", "2": "F", "woman": "F", "girl": "F",
    "m": "M", "male": "M", "1": "M", "man": "M", "boy": "M",
    "x": "X", "other": "X", "9": "X", "non-binary": "X", "indeterminate": "X", "i": "X",
    "u": "U", "unknown": "U", "0": "U", "not known": "U", "not stated": "U", "n": "U",
}  # fmt: skip
_BIRTH_ORDERS = frozenset("12345678")
_ANSWERS = {
    "y": True, "yes": True, "true": True, "1": True, "t": True,
    "n": False, "no": False, "false": False, "0": False, "f": False,
}  # fmt: skip
_CHANGES = {
    "a": "A", "add": "A", "added": "A", "new": "A",
    "c": "C", "change": "C", "changed": "C", "amend": "C", "amended": "C",
    "d": "D", "delete": "D", "deleted": "D",
}  # fmt: skip


def _sex(clean: str) -> Judged:
    if sex := _SEXES.get(clean.casefold()):
        return Judged(sex)
    return Judged(aside="is not F, M, X or U")


def _birth_order(clean: str) -> Judged:
    if clean in _BIRTH_ORDERS:
        return Judged(clean)
    return Judged(aside="is not a birth order, 1 to 7, or 8 where born alone")


def _yes_no(clean: str) -> Judged:
    answer = _ANSWERS.get(clean.casefold())
    if answer is None:
        return Judged(wrong="must be Y, N or empty")
    return Judged(answer)


def _change(clean: str) -> Judged:
    if change := _CHANGES.get(clean.casefold()):
        return Judged(change)
    return Judged(wrong="must be A (added), C (changed) or D (deleted)")


_JUDGES: dict[Kind, Callable[[str], Judged]] = {
    Kind.IDENTIFIER: _identifier,
    Kind.ORGANISATION: _identifier,
    Kind.NAME: _name,
    Kind.PAST_DATE: _date,
    Kind.NHS_NUMBER: _nhs_number,
    Kind.NHS_NUMBER_STATUS: _nhs_status,
    Kind.ADDRESS: _text,
    Kind.POSTCODE: _postcode,
    Kind.UPRN: _uprn,
    Kind.PHONE: _phone,
    Kind.EMAIL: _email,
    Kind.SEX: _sex,
    Kind.BIRTH_ORDER: _birth_order,
    Kind.YES_NO: _yes_no,
    Kind.CHANGE: _change,
}
