"""Nobody answers for a matter about somebody they are kept from: it moves on as soon as that is known."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.access import acting
from joinedup.support.handovers.models import Duty
from joinedup.support.handovers.operations.duty import move_duty
from joinedup.support.handovers.operations.grounds import WORKING, locked
from joinedup.support.handovers.queries.answering import barred_posts


def keep_duty_from_the_barred(*, matter_id: uuid.UUID, at: datetime.datetime) -> bool:
    """Move the duty where whoever has it is barred from somebody the matter is about; tell whether it moved.

    Call it when a matter has become about somebody more.
    """
    with transaction.atomic(), acting(WORKING):
        locked(matter_id)
        duty = Duty.objects.current().filter(matter=matter_id).first()
        if duty is None or duty.post_id not in barred_posts(matter_id, at):
            return False
        post = Post.objects.select_related("team__agency").get(
            pk=duty.instead_of_id or duty.post_id
        )
        return move_duty(WORKING, matter_id, post, duty.because, at).pk != duty.pk
