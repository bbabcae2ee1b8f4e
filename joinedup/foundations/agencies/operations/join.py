"""Take an agency into the partnership."""

import datetime
from uuid import UUID

from django.db import transaction

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.audit.operations import record_change

USUAL = {
    "gp": ("GP practices", AgencyKind.HEALTH),
    "adult_care": ("Adult social care", AgencyKind.SOCIAL_CARE),
    "children": ("Children’s services", AgencyKind.SOCIAL_CARE),
    "police": ("Police", AgencyKind.POLICE),
    "fire": ("Fire and rescue", AgencyKind.FIRE),
    "housing": ("Housing", AgencyKind.HOUSING),
}
"""The six that the published contracts name; the code is the contract's."""


def join_usual_agencies(*, by: UUID | None, purpose: str, at: datetime.datetime) -> int:
    """Let the six agencies of the contracts join, those that have not; return how many are new."""
    with transaction.atomic():
        known = set(Agency.objects.values_list("code", flat=True))
        joining = [code for code in USUAL if code not in known]
        for code in joining:
            name, kind = USUAL[code]
            Agency.objects.create(code=code, name=name, kind=kind)
            record_change(
                at=at,
                post_id=by,
                act="joined",
                subject_kind="agency",
                subject_id=code,
                purpose=purpose,
            )
    return len(joining)
