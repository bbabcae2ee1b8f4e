"""What is asked about cases; the rooms above build on these."""

from joinedup.support.cases.queries.already_open import (
    AlreadyOpen,
    OpenCase,
    already_open,
    involved_by_open_cases,
    open_cases_about,
    told_of_open_cases,
)

__all__ = [
    "AlreadyOpen", "OpenCase", "already_open", "involved_by_open_cases", "open_cases_about",
    "told_of_open_cases",
]  # fmt: skip
