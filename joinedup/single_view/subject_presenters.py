"""A controller's answer to a subject request: the document that is given, and how it is read before."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from joinedup.foundations.core.pdf import tagged_pdf
from joinedup.identity.sharing.models import SubjectPart
from joinedup.single_view.queries.subject_held import Marked

_TEMPLATE = Path(__file__).parent / "templates" / "single_view" / "subject.typ"
_LEFT_OUT = (
    "The law lets us leave out what tells of somebody else who has not agreed, and what could do "
    "serious harm. This stands in every answer, whether or not anything was left out of yours."
)
_WRONG = (
    "If something here is wrong you can ask us to put it right. If you think that we hold it, or use it, "
    "without good reason you can object, or ask us to erase it."
)
_COMPLAIN = (
    "If you are not content with this answer, tell us. You can also complain to the Information "
    "Commissioner’s Office, or go to a court."
)


def answer_of(part: SubjectPart, groups: Iterable[tuple[str, Iterable[Marked]]]) -> dict[str, Any]:
    """What is given of this part: nothing in it tells that, or how much, was left out (P8)."""
    given = [(heading, [_given(each) for each in items]) for heading, items in groups]
    return {
        "title": f"What {part.agency.name} holds about you",
        "agency": part.agency.name,
        "why": "You asked for everything that we hold about you. This is our answer, in plain words.",
        "groups": [
            {"heading": heading, "items": there}
            for heading, items in given
            if (there := [each for each in items if each])
        ],
        "law": [_LEFT_OUT, _WRONG, _COMPLAIN],
    }


def _given(marked: Marked) -> dict[str, str] | None:
    words = marked.words_given
    return {"when": marked.item.when, "what": words[0], "words": words[1]} if words else None


def pdf_of(answer: dict[str, Any]) -> bytes:
    """The answer as a PDF/UA."""
    return tagged_pdf(_TEMPLATE, answer)
