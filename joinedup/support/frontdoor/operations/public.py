"""Keep what the public sends, by a function that only inserts; then take it in, in the system's name."""

import datetime
import json
import logging
import uuid

from django.db import connection, transaction

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.frontdoor.choices import EntryRoute, Source
from joinedup.support.frontdoor.models import Arrival, Venue, VenueCard
from joinedup.support.frontdoor.operations.drafts import FILES_OF
from joinedup.support.frontdoor.operations.public_files import take_in_files
from joinedup.support.frontdoor.operations.submit import CannotSubmit, submit
from joinedup.support.frontdoor.rules.arrivals import as_plain, from_plain
from joinedup.support.frontdoor.rules.typed import TypedReferral, reference_of

PASSING_ON = Viewer.system("passing on what the public sent")
_log = logging.getLogger(__name__)


def send_from_public(
    *,
    key: uuid.UUID,
    entry: EntryRoute,
    typed: TypedReferral,
    at: datetime.datetime,
    card: str = "",
    draft_id: uuid.UUID | None = None,
) -> str:
    """Keep it, then take it in; return the number it goes by. The same key twice is one referral.

    It is kept whatever happens after: what cannot be taken in now is taken in by `take_in_arrivals`,
    with the files of the draft that it was typed in.
    """
    plain = as_plain(typed) | ({FILES_OF: str(draft_id)} if draft_id else {})
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT frontdoor_take_from_public(%s, %s, %s, %s)",
                [key, entry, card[:12], json.dumps(plain)],
            )
        _take_in(key, at)
    return reference_of(key)


def take_in_arrivals(*, at: datetime.datetime) -> int:
    """Take in what was sent and could not be taken in then, oldest first; return how many were."""
    with acting(PASSING_ON):
        waiting = Arrival.objects.filter(matter__isnull=True).order_by("arrived_at", "pk")
        keys = list(waiting.values_list("pk", flat=True))
    return sum(_take_in(key, at) for key in keys)


def _take_in(key: uuid.UUID, at: datetime.datetime) -> bool:
    try:
        with transaction.atomic(), acting(PASSING_ON):
            arrival = Arrival.objects.select_for_update().get(pk=key)
            if arrival.matter_id is not None:
                return False
            venue = _venue(arrival.card)
            plain = dict(arrival.draft)
            files_of = plain.pop(FILES_OF, None)
            referral = submit(
                by=PASSING_ON,
                submission_key=key,
                entry=EntryRoute(arrival.entry),
                source=Source.VENUE if venue else Source.PUBLIC,
                typed=from_plain(plain),
                at=at,
                venue=venue,
            )
            if files_of:
                take_in_files(draft_id=uuid.UUID(files_of), matter_id=referral.pk)
            arrival.matter_id = referral.pk
            arrival.draft = {}
            arrival.save(update_fields=["matter", "draft"])
    except CannotSubmit:
        return False
    except Exception:
        # Whoever sent it was not signed in and will not send it again: it waits, and is tried anew.
        _log.exception("What the public sent could not be taken in and waits.")
        return False
    return True


def _venue(card: str) -> Venue | None:
    found = VenueCard.objects.select_related("venue").filter(code=card).first() if card else None
    return found.venue if found else None
