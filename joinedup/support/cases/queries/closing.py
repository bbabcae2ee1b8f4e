"""What closing and opening again ask: who may lead, and what a practice is told."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.queries.names import names_of_people
from joinedup.support.cases.models import ClosingWord
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.handovers.rules.roles import TAKES


def may_lead_again(frame: Frame, at: datetime.datetime) -> list[tuple[str, str]]:
    """The posts of the case's agency held today that may lead; about no person."""
    posts = Post.objects.held_on(day_of(at)).filter(
        team__agency=frame.agency, user__is_active=True, role__in=TAKES
    )
    found = posts.select_related("user", "team").order_by("user__name", "pk")
    return [(str(each.pk), f"{each.user.name}, {each.team.name}") for each in found]


@dataclass(frozen=True)
class WordShown:
    """A word of a closing, with the name of whom it is about as the reader knows them."""

    word: ClosingWord
    name: str


def word_for(viewer: Viewer, word_id: uuid.UUID) -> WordShown:
    """The word that the viewer's agency was sent; raises ClosingWord.DoesNotExist."""
    with acting(viewer):
        found = ClosingWord.objects.select_related("from_agency").get(pk=word_id)
        names = names_of_people({found.person_id})
    return WordShown(found, names.get(found.person_id, ""))
