"""The vocabulary contracts are written in: a column, its kind, a contract."""

import re
from dataclasses import dataclass
from enum import StrEnum

_SPACES = re.compile(r"[\s_-]+")


class Kind(StrEnum):
    """How a value is checked and read."""

    IDENTIFIER = "identifier"
    NAME = "name"
    PAST_DATE = "past_date"
    NHS_NUMBER = "nhs_number"
    NHS_NUMBER_STATUS = "nhs_number_status"
    ADDRESS = "address"
    POSTCODE = "postcode"
    UPRN = "uprn"
    PHONE = "phone"
    EMAIL = "email"
    SEX = "sex"
    BIRTH_ORDER = "birth_order"
    ORGANISATION = "organisation"
    YES_NO = "yes_no"
    CHANGE = "change"


@dataclass(frozen=True)
class Column:
    """One column an agency sends: its own heading, and the identity field it fills."""

    heading: str
    field: str
    kind: Kind
    about: str
    required: bool = False
    """The heading must be there and each row must fill it; a row that does not is quarantined."""


@dataclass(frozen=True)
class Contract:
    """The identity file of one kind of agency."""

    code: str
    agency: str
    title: str
    populations: tuple[str, ...]
    columns: tuple[Column, ...]
    controller_field: str | None = None
    """The field that names the controller of a row, where the agency holds several (GP practices)."""
    once: bool = False
    """Whether the register holds each person once, by the word of who sends it; linkage.each_once."""

    def column(self, heading: str) -> Column | None:
        """The column of that heading, in any letter case, blanks or hyphens for underscores; or None."""
        wanted = _SPACES.sub("_", heading.strip()).casefold()
        return next((c for c in self.columns if c.heading.casefold() == wanted), None)
