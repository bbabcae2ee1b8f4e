"""What was answered about the other of two who were parted is set aside: nobody of the case is asked from it."""

import uuid

from django.db.models import Max

from joinedup.support.cases.models import Assessment, AssessmentSection, Measurement
from joinedup.support.questions.models import Answer

SET_ASIDE = 1000
"""Places from here on are nobody's of the case: what was answered there is known of no one (S0-2)."""


def set_answers_aside(placed: Assessment | Measurement) -> None:
    """Give what was answered in an assessment or a measure a place of its own; as the system.

    The answers stay as they were given and are read with it. They are no longer what is known of
    whoever has the place in the case.
    """
    of_the_case = Answer.objects.filter(matter=placed.case_id)
    highest = of_the_case.aggregate(last=Max("subject"))["last"] or 0
    place = max(SET_ASIDE, highest + 1)
    for version, first, last in _ranges(placed):
        given = of_the_case.filter(version=version, subject=placed.subject)
        given.filter(pk__gte=first, pk__lte=last).update(subject=place)
    placed.subject = place
    placed.save(update_fields=["subject"])


def _ranges(placed: Assessment | Measurement) -> list[tuple[uuid.UUID, int, int]]:
    if isinstance(placed, Measurement):
        return [(placed.version_id, placed.first_answer, placed.last_answer)]
    signed = AssessmentSection.objects.filter(assessment=placed, signed_at__isnull=False)
    return [
        (version, first, last)
        for version, first, last in signed.values_list("version", "first_answer", "last_answer")
        if first is not None and last is not None
    ]
