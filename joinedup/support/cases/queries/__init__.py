"""What is asked about cases; the rooms above build on these."""

from joinedup.support.cases.queries.already_open import (
    AlreadyOpen,
    OpenCase,
    already_open,
    open_cases_about,
)

__all__ = ["AlreadyOpen", "OpenCase", "already_open", "open_cases_about"]
