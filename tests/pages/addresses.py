"""The address of every page, with things that are really there."""

import uuid
from collections.abc import Callable
from typing import Any

from django.urls import reverse

from joinedup.demo.personas import PERSONAS
from joinedup.foundations.places.models import Locality
from joinedup.identity.people.models import Record
from joinedup.intelligence.linkage.models import Delivery, ReviewPair
from tests.pages import intake_addresses
from tests.pages.case_addresses import case_address
from tests.pages.danger_addresses import danger_address
from tests.pages.frontdoor_addresses import queue_address
from tests.pages.panel_addresses import panel_address
from tests.pages.question_addresses import NAMES as QUESTION_PAGES
from tests.pages.question_addresses import question_address
from tests.pages.sharing_addresses import sharing_address
from tests.pages.triage_addresses import triage_address

ABOUT_A_PERSON = {
    "person", "evidence", "correction", "consent", "consent-record", "consent-service",
    "consent-capacity", "hand-over", "address-ask", "restrictions", "holding-new", "held-placing", "emergency-open",
    "data-complaint-new",
}  # fmt: skip
"""Pages of one person."""


def address(name: str) -> str:
    """Where the page of that name is."""
    if name in ABOUT_A_PERSON:
        return reverse(name, kwargs={"person_id": somebody()})
    if name in QUESTION_PAGES:
        return reverse(name, kwargs=question_address(name))
    for of_room in (
        case_address,
        danger_address,
        queue_address,
        triage_address,
        panel_address,
        _named,
    ):
        wanted = of_room(name)
        if wanted is not None:
            return reverse(name, kwargs=wanted)
    if name in intake_addresses.ASKED_FOR:
        return reverse(name, kwargs=intake_addresses.intake_address(name))
    if name.startswith("agreement") and name not in {"agreements", "agreement-new"}:
        return reverse(name, kwargs=sharing_address(name))
    if name == "post" or (name.startswith("post-") and name != "post-appoint"):
        return reverse(name, kwargs={"post_id": PERSONAS[0].post_id})
    return reverse(name)


def _named(name: str) -> dict[str, Any] | None:
    return _NAMED[name]() if name in _NAMED else None


def somebody() -> uuid.UUID:
    """The first person on the spine."""
    return Record.objects.using("owner").filter(gone_on=None).earliest("pk").person_id


def _delivery() -> dict[str, Any]:
    sent = Delivery.objects.filter(agency="adult_care", quarantined__gt=0)
    return {"delivery_id": sent.earliest("pk").pk}


def _pair() -> dict[str, Any]:
    return {"pair_id": ReviewPair.objects.using("owner").filter(status="open").earliest("pk").pk}


_NAMED: dict[str, Callable[[], dict[str, Any]]] = {
    "delivery": _delivery,
    "to-mend": _delivery,
    "review-pair": _pair,
    "account-remove": lambda: {"factor_id": uuid.uuid4()},
    "notices-send-again": lambda: {"message_id": uuid.uuid4()},
    "audit-day": lambda: {"post_id": PERSONAS[0].post_id, "day": "2026-11-20"},
    "cover-end": lambda: {"cover_id": 1},
    "handover": lambda: {"handover_id": uuid.uuid4()},
    "handover-act": lambda: {"handover_id": uuid.uuid4(), "what": "ask"},
    "whereabouts": lambda: {"matter_id": uuid.uuid4()},
    "matter-questions": lambda: {"matter_id": uuid.uuid4()},
    "matter-ask": lambda: {"matter_id": uuid.uuid4(), "code": "ons4"},
    "commitment": lambda: {"commitment_id": 1},
    "locality": lambda: {"code": Locality.objects.earliest("code").pk},
    "professional-advice-one": lambda: {"advice_id": uuid.uuid4()},
    "advice-give": lambda: {"in_reach_id": uuid.uuid4()},
    "pathway-decide": lambda: {"pathway_id": 1, "what": "publish"},
    "levels-decide": lambda: {"version": 1, "what": "publish"},
    "function-end": lambda: {"entry_id": 1},
    "approval-withdraw": lambda: {"approval_id": 1},
    "kept-look": lambda: {"entry_id": uuid.uuid4()},
    "own-give": lambda: {"consent_id": uuid.uuid4()},
    "own-tick": lambda: {"action_id": uuid.uuid4()},
    "agency-leaving": lambda: {"code": "housing"},
    "data-breach": lambda: {"breach_id": uuid.uuid4()},
    "data-breach-step": lambda: {"breach_id": uuid.uuid4(), "code": "assess"},
    "data-complaint": lambda: {"complaint_id": uuid.uuid4()},
    "subject-request": lambda: {"part_id": uuid.uuid4()},
    "subject-export": lambda: {"part_id": uuid.uuid4()},
    "subject-extend": lambda: {"part_id": uuid.uuid4()},
    "subject-begin": lambda: {"part_id": uuid.uuid4()},
    "subject-read": lambda: {"part_id": uuid.uuid4()},
    "subject-pdf": lambda: {"part_id": uuid.uuid4()},
    "subject-decide": lambda: {"part_id": uuid.uuid4(), "item": "entry:1"},
    "subject-give": lambda: {"part_id": uuid.uuid4(), "item": "entry:1"},
    "own-part": lambda: {"section_id": uuid.uuid4()},
    "own-answer": lambda: {"part_id": uuid.uuid4()},
    "own-look": lambda: {"entry_id": uuid.uuid4()},
    "own-withdraw": lambda: {"consent_id": uuid.uuid4()},
}
