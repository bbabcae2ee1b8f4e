"""How questions to professional leads read."""

import uuid
from collections.abc import Sequence

from django.urls import reverse

from joinedup.foundations.core.tables import Cell, Table, table
from joinedup.foundations.core.wording import day, moment
from joinedup.partnership.workforce.models import ProfessionalAdvice

_SHOWN = 90


def log(found: Sequence[ProfessionalAdvice], own: uuid.UUID | None) -> Table | None:
    """What was asked, by and of whom; nothing where nothing was."""
    if not found:
        return None
    return table(
        "Asked and advised", ["Question", "Who", "Asked", "Stands"],
        [
            [
                Cell(_short(each.question), href=reverse("professional-advice-one", args=[each.pk])),
                f"You asked {each.to_post.user.name}"
                if each.from_post_id == own
                else f"{each.from_post.user.name} asked you",
                moment(each.asked_at),
                Cell("Answered", tag="govuk-tag--green")
                if each.answered_at
                else Cell("Waits", tag="govuk-tag--yellow", note=f"until {day(each.due_at)}"),
            ]
            for each in found
        ],
    )  # fmt: skip


def facts(found: ProfessionalAdvice) -> list[tuple[str, str]]:
    """One question with its answer."""
    asker, lead = found.from_post, found.to_post
    return [
        ("Asked by", f"{asker.user.name}, {asker.team.agency.name}, {moment(found.asked_at)}"),
        ("Professional lead", f"{lead.user.name}, {lead.team.agency.name}"),
        ("Question", found.question),
        ("Advice", found.advice or f"Waits until {day(found.due_at)}"),
        *([("Answered", moment(found.answered_at))] if found.answered_at else []),
    ]


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()}…"
