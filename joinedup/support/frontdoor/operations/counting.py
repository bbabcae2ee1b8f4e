"""Count what agencies hold and may show here of whom a referral is about, and keep it as evidence."""

import datetime
import uuid
from collections.abc import Iterable

from joinedup.foundations.audit.operations import record_look
from joinedup.foundations.audit.operations.record import About
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, marks, reading
from joinedup.support.frontdoor.models import Evidence, Triage
from joinedup.support.frontdoor.queries.evidence import contacts_held, thresholds_on
from joinedup.support.frontdoor.rules.thresholds import Counted, counted


def counts_of(
    worker: Viewer | None, people: list[uuid.UUID], at: datetime.datetime
) -> tuple[Counted, ...]:
    """What the front door may count of the people this is surely about, through its own sight.

    Counting is a look at what others hold, and leaves its line: in the name of the front door's
    agency and of no post, for nobody has read it yet.
    """
    if worker is None:
        return ()
    with reading(worker):
        contacts = contacts_held(worker, people)
    for holder, person in sorted({(each.holder, each.person) for each in contacts}):
        about: About = {
            **marks(worker),
            "role": "",
            "holder": holder,
            "categories": {each.category for each in contacts if each.holder == holder},
        }
        record_look(
            at=at,
            post_id=None,
            subject_kind="person",
            subject_id=person,
            purpose=worker.purpose,
            detail={"counted_for": "triage"},
            **about,
        )
    return counted(contacts, thresholds_on(day_of(at)), day_of(at))


def write_evidence(triage: Triage, counts: Iterable[Counted]) -> None:
    Evidence.objects.bulk_create(
        Evidence(
            triage=triage,
            matter_id=triage.matter_id,
            person_id=each.person,
            holder_id=each.holder,
            category=each.category,
            characteristic=each.shows or "",
            service=each.line.service,
            reason=each.line.reason,
            contacts=each.contacts,
            last_on=each.last_on,
            threshold=each.line.words,
        )
        for each in counts
    )
