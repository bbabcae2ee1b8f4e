"""The front door’s own pages in one place: how it is set, and how it does."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core.pages import for_posts_that_may

_DOES = (Permission.MANAGE_FRONT_DOOR,)
_WORKS = (Permission.WORK_FRONT_DOOR, Permission.MANAGE_FRONT_DOOR)
_COUNTS = (Permission.SEE_ACCESS_FIGURES,)
_ASKS = (Permission.WRITE_QUESTIONS, Permission.MANAGE_FRONT_DOOR)


@dataclass(frozen=True)
class _Page:
    """A page, what it is for in a sentence, and who may open it."""

    title: str
    name: str
    sentence: str
    permissions: tuple[Permission, ...]


_HOW_IT_DOES = (
    _Page("Past its time", "breaches", "Every step that is late, and who answers for it.", _DOES),
    _Page(
        "Referral fatigue", "fatigue", "How often people are passed on before help begins.", _COUNTS
    ),
    _Page(
        "Equity of access",
        "access-figures",
        "Who is offered an assessment, who is sent elsewhere, who waits.",
        _COUNTS,
    ),
    _Page(
        "Overrides",
        "overrides",
        "Where a practitioner went another way than the rule, and why.",
        _DOES,
    ),
    _Page(
        "Programmes together",
        "programmes-together",
        "How many people are in two programmes at once.",
        _COUNTS,
    ),
    _Page(
        "Pathways",
        "pathway-figures",
        "How many cases kept which limit of the pathway they are on.",
        _COUNTS,
    ),
    _Page(
        "Groups that services are for",
        "group-figures",
        "How many people with an open case are in which group, by age.",
        _COUNTS,
    ),
    _Page(
        "Assessments",
        "assessment-figures",
        "How many assessments people have undergone, and how many carers were found.",
        _COUNTS,
    ),
    _Page(
        "Self-directed support",
        "self-directed",
        "Who is asked whether they want to direct their own support, and who does.",
        _COUNTS,
    ),
    _Page("Told once", "told-once", "How many questions were not asked again.", (*_ASKS, *_COUNTS)),
)
_HOW_IT_IS_SET = (
    _Page("Routes", "routes", "Where referrals can go, for whom, and when there is room.", _WORKS),
    _Page(
        "Openings",
        "openings",
        "Who may refer to the programme, since when, on which test result.",
        _DOES,
    ),
    _Page(
        "Thresholds",
        "thresholds",
        "From how many contacts on use of a service counts, and who says so.",
        _DOES,
    ),
    _Page(
        "Who takes high risk",
        "high-risk-inboxes",
        "The teams for MARAC, MAPPA and integrated offender management.",
        _DOES,
    ),
    _Page(
        "Limits of the clock",
        "clock-limits",
        "How many working days each step may take, since when, and who says so.",
        _DOES,
    ),
    _Page("Schools", "schools", "The social work manager named for each school.", _DOES),
    _Page(
        "Numbers to ring",
        "door-lines",
        "The three doors, for adults and children, by day and by night.",
        _DOES,
    ),
    _Page("Venues and cards", "venues", "Who hands out cards, and how many came by them.", _DOES),
    _Page("Step-downs by file", "step-downs", "Approved step-downs, fifty at a time.", _WORKS),
    _Page("Question sets", "question-sets", "What is asked, in which version, since when.", _ASKS),
)


@for_posts_that_may(
    Permission.WORK_FRONT_DOOR, Permission.MANAGE_FRONT_DOOR, Permission.SEE_ACCESS_FIGURES
)
@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """The pages of the front door that this post may open."""
    viewer = request.viewer  # type: ignore[attr-defined]

    def shown(pages: tuple[_Page, ...]) -> list[dict[str, str]]:
        return [
            {"title": page.title, "href": reverse(page.name), "sentence": page.sentence}
            for page in pages
            if any(viewer.may(permission) for permission in page.permissions)
        ]

    parts = [("How it does", shown(_HOW_IT_DOES)), ("How it is set", shown(_HOW_IT_IS_SET))]
    return render(
        request, "single_view/front_door.html", {"parts": [part for part in parts if part[1]]}
    )
