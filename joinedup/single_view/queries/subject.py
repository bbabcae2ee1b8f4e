"""Requests for everything held: those a controller has to answer, and what it holds about the person."""

import datetime
import json
import uuid
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from joinedup.foundations.agencies.choices import Permission
from joinedup.identity.people.models import Holding, Record
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import PageFor
from joinedup.identity.sharing.models import (
    Consent,
    Involvement,
    OwnAccess,
    SubjectAnswer,
    SubjectPart,
    SubjectRedaction,
)
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.models import Case, Goal, OwnWords, PlanAction, StoryEntry
from joinedup.support.contacts.models import Contact

GATHERING = Viewer.system("preparing what a controller holds on somebody who asked")

_IDENTITY = (
    "record_id", "given_name", "middle_names", "family_name", "previous_family_name", "known_as", "sex",
    "nhs_number", "born_on", "died_on", "address", "postcode", "previous_address", "previous_postcode",
    "phone", "email", "gp_practice", "received_on", "changed_on", "gone_on",
)  # fmt: skip


def parts_to_answer(viewer: Viewer) -> list[SubjectPart]:
    """The parts of the viewer's agency, those not yet released first, the most pressing at the top."""
    viewer.must(Permission.RELEASE_RESTRICTED)
    with acting(viewer):
        found = SubjectPart.objects.filter(agency=viewer.agency).select_related(
            "request", "released_by__user"
        )
        return sorted(found, key=lambda part: (part.released_at is not None, part.request.due_on))


def one_part(viewer: Viewer, part_id: uuid.UUID) -> SubjectPart:
    """One part of the viewer's agency; raises SubjectPart.DoesNotExist."""
    viewer.must(Permission.RELEASE_RESTRICTED)
    with acting(viewer):
        found = SubjectPart.objects.select_related("request", "agency", "released_by__user")
        return found.get(pk=part_id, agency=viewer.agency)


def decided_of(viewer: Viewer, part: SubjectPart) -> list[SubjectRedaction]:
    """What of a part is left out or given in other words, and what is proposed."""
    with acting(viewer):
        return list(SubjectRedaction.objects.filter(part=part).select_related("by_post__user"))


def released_answer(viewer: Viewer, part: SubjectPart) -> dict[str, Any] | None:
    """A part as it was released; nothing before."""
    with acting(viewer):
        found = SubjectAnswer.objects.filter(part=part).first()
    return found.said if found else None


def answer_for_me(viewer: Viewer, part_id: uuid.UUID) -> dict[str, Any]:
    """The answer of one controller, for the person themselves on their own page; never for a carer.

    Not from there where the agency's name tells something by itself (P39). Raises SubjectAnswer.DoesNotExist.
    """
    if viewer.own_access_id is None:
        raise NotPermitted("This is a person’s own page.")
    with acting(viewer):
        mine = OwnAccess.objects.filter(pk=viewer.own_access_id, right=PageFor.PERSON)
        found = SubjectAnswer.objects.filter(part__agency__name_reveals=False)
        answer = found.get(part=part_id) if mine.exists() else None
    if answer is None:
        raise SubjectAnswer.DoesNotExist
    said: dict[str, Any] = answer.said
    return said


def export_of(part: SubjectPart, at: datetime.datetime) -> str:
    """Everything that one controller holds about the person, as JSON; gathered as the system.

    Only for whoever the part was shown to: `one_part` is asked first. What tells of somebody else or
    may do serious harm is marked, for a person of the controller takes it out.
    """
    ids = identifiers_of(part.person_id)
    with acting(GATHERING):
        found: dict[str, Any] = {
            "controller": part.agency.name,
            "asked_on": part.request.asked_at.date(),
            "prepared_at": at,
            "records": list(
                Record.objects.filter(agency=part.agency_id, person__in=ids).values(*_IDENTITY)
            ),
            "held": [
                {
                    "category": each.category,
                    "headline": each.headline,
                    "summary": each.summary.summary if hasattr(each, "summary") else "",
                    "detail": each.detail.detail if hasattr(each, "detail") else "",
                    "from": each.starts_on,
                    "until": each.ends_on,
                }
                for each in Holding.objects.filter(
                    holder=part.agency_id, person__in=ids
                ).select_related("summary", "detail")
            ],
            "involved": list(
                Involvement.objects.filter(agency=part.agency_id, person__in=ids).values(
                    "team__name", "because", "starts_at", "ends_at"
                )
            ),
            "said": list(
                Consent.objects.filter(agency=part.agency_id, person__in=ids).values(
                    "purpose", "holder__name", "recipient__name", "state", "said_at", "withdrawn_at"
                )
            ),
            "cases": [_case(case, ids) for case in _cases(part.agency_id, ids)],
        }
    return json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _cases(agency: str, ids: list[uuid.UUID]) -> list[Case]:
    found = Case.objects.filter(agency=agency, matter__persons__person__in=ids).distinct()
    return list(found.order_by("opened_at"))


def _case(case: Case, ids: list[uuid.UUID]) -> dict[str, Any]:
    return {
        "programme": case.programme,
        "opened_at": case.opened_at,
        "closed_at": case.closed_at,
        "story": list(
            StoryEntry.objects.filter(case=case, person__in=ids).values(
                "starts_on", "topic", "what", "words", "meant", "hidden", "hidden_because"
            )
        ),
        "contacts": list(
            Contact.objects.filter(matter=case.pk, person__in=ids).values(
                "at", "how", "their_words", "words"
            )
        ),
        "goals": list(
            Goal.objects.filter(case=case, person__in=ids).values(
                "words", "set_on", "outcome", "hidden_from_person"
            )
        ),
        "actions": list(
            PlanAction.objects.filter(case=case, person__in=ids).values(
                "words", "due_on", "state", "became", "hidden_from_person"
            )
        ),
        "own_words": list(
            OwnWords.objects.filter(case=case, person__in=ids).values("at", "words", "answer")
        ),
    }
