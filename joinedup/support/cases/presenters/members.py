"""How whoever helps with a case reads on a page."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.support.cases.choices import Footing, MemberKind
from joinedup.support.cases.models import CaseMember


@dataclass(frozen=True)
class MemberShown:
    """Somebody who helps, in words."""

    pk: uuid.UUID
    who: str
    from_where: str
    does: str
    footing: str
    because: str
    since: datetime.datetime
    until: datetime.datetime | None


def members(found: Iterable[CaseMember]) -> list[MemberShown]:
    """Each with their name, where they are from, and what they do."""
    return [
        MemberShown(
            pk=each.pk,
            who=each.post.user.name if each.post else each.name,
            from_where=(
                f"{each.post.team.name}, {each.post.team.agency.name}"
                if each.post
                else (each.relation or MemberKind(each.kind).label)
            ),
            does=each.does,
            footing=Footing(each.footing).label,
            because=each.because,
            since=each.starts_at,
            until=each.ends_at,
        )
        for each in found
    ]
