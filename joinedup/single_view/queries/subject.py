"""Requests for everything held: those a controller has to answer, and what it holds about the person."""

import datetime
import json
import uuid
from dataclasses import asdict
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from joinedup.foundations.agencies.choices import Permission
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import PageFor
from joinedup.identity.sharing.looked import told_of
from joinedup.identity.sharing.models import (
    OwnAccess,
    SubjectAnswer,
    SubjectPart,
    SubjectRedaction,
)
from joinedup.single_view.queries.subject_held import held_of


def parts_to_answer(viewer: Viewer) -> list[SubjectPart]:
    """The parts of the viewer's agency, those not yet released first, the most pressing at the top."""
    viewer.must(Permission.RELEASE_RESTRICTED)
    with acting(viewer):
        found = SubjectPart.objects.filter(agency=viewer.agency).select_related(
            "request", "released_by__user"
        )
        told_of(people=[part.person_id for part in found])
        return sorted(found, key=lambda part: (part.released_at is not None, part.request.due_on))


def one_part(viewer: Viewer, part_id: uuid.UUID) -> SubjectPart:
    """One part of the viewer's agency; raises SubjectPart.DoesNotExist."""
    viewer.must(Permission.RELEASE_RESTRICTED)
    with acting(viewer):
        found = SubjectPart.objects.select_related("request", "agency", "released_by__user")
        part = found.get(pk=part_id, agency=viewer.agency)
    told_of(people=[part.person_id])
    return part


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
    """Everything that one controller holds about the person, as JSON, with what is marked; gathered as the system.

    Only for whoever the part was shown to: `one_part` is asked first. It is the same gathering as the
    answer that is given, so that neither has what the other lacks.
    """
    found = {
        "controller": part.agency.name,
        "asked_on": part.request.asked_at.date(),
        "prepared_at": at,
        "held": [
            {"of": group.heading, "things": [asdict(item) for item in group.items]}
            for group in held_of(part)
        ],
    }
    return json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
