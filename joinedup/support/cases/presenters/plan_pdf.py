"""A copy of a plan set as a PDF that a screen reader reads: plain, in large print, or easy to read."""

from pathlib import Path
from typing import Any

from joinedup.foundations.core.pdf import tagged_pdf

_TEMPLATE = Path(__file__).parent.parent / "templates" / "cases" / "plan.typ"


def pdf_of(content: dict[str, Any]) -> bytes:
    """The copy as a PDF/UA."""
    return tagged_pdf(_TEMPLATE, content)
