"""What follows once a referral is written: its answers, its exits first of all, its duty, its triage."""

import datetime
import uuid

from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.wording import age
from joinedup.identity.sharing.access import Viewer
from joinedup.support.contacts.choices import Channel, Need
from joinedup.support.contacts.operations import ProfileSaid, set_needs, set_profile
from joinedup.support.contacts.queries import needs_of, profile_of
from joinedup.support.frontdoor.models import Referral
from joinedup.support.frontdoor.operations.offers import offer_to_lead
from joinedup.support.frontdoor.operations.triaging import triage_referral
from joinedup.support.frontdoor.rules.typed import TypedReferral, TypedSubject
from joinedup.support.handovers.choices import StepKind
from joinedup.support.handovers.operations.clock import start_steps
from joinedup.support.handovers.operations.duty import take_duty
from joinedup.support.questions.operations.answering import record_answers
from joinedup.support.questions.queries.asking import version_asked
from joinedup.support.questions.rules.reading import Meaning, meanings, triggers_in
from joinedup.support.safeguarding.choices import Trigger
from joinedup.support.safeguarding.operations.raising import raise_exit
from joinedup.support.safeguarding.rules import doors_for

SENDING_ON = Viewer.system("sending a new referral on its way")


def send_on(
    *,
    by: Viewer,
    referral: Referral,
    typed: TypedReferral,
    duty_post_id: uuid.UUID,
    at: datetime.datetime,
) -> None:
    """Keep the answers, open the doors they say, name who answers for it, and triage it.

    The exit's rules run before anything else is judged (P21).
    """
    matter_id = referral.pk
    if typed.answers is not None:
        record_answers(
            by=by, matter_id=matter_id, version_id=typed.answers.version_id,
            values=typed.answers.values, confirmed=typed.answers.confirmed,
            known=typed.answers.known, at=at, with_it=True,
        )  # fmt: skip
        open_doors(
            by=by, typed=typed, key=referral.submission_key, at=at, from_matter=matter_id,
            triggers=triggers_in(version_asked(typed.answers.version_id), typed.answers.values),
        )  # fmt: skip
    _keep_reach(matter_id, typed, at)
    take_duty(
        by=SENDING_ON, matter_id=matter_id, post_id=duty_post_id, because="a new referral", at=at
    )
    start_steps(
        by=SENDING_ON, matter_id=matter_id, kinds=(StepKind.ACKNOWLEDGE, StepKind.TRIAGE), at=at,
        urgent=referral.is_urgent,
    )  # fmt: skip
    triage_referral(by=by, matter_id=matter_id, at=at)
    offer_to_lead(by=SENDING_ON, matter_id=matter_id, at=at)


def _keep_reach(matter_id: uuid.UUID, typed: TypedReferral, at: datetime.datetime) -> None:
    """Keep what they need and how they must not be reached, beside what is known of them already.

    A safe-contact profile that stands is never replaced by what arrives: whoever sent it may be the
    one it guards against.
    """
    said = {Need(code): words for code, words in typed.communication.items()}
    if said:
        known = {each.kind: each.words for each in needs_of(SENDING_ON, matter_id)}
        together = {**known, **said}
        if len(together) > 1:
            together.pop(Need.NONE, None)
        set_needs(by=SENDING_ON, matter_id=matter_id, needs=together, at=at)
    if typed.unsafe_ways and profile_of(SENDING_ON, matter_id) is None:
        forbidden = [Channel(way) for way in typed.unsafe_ways]
        profile = ProfileSaid(forbidden, words="As the referral says.")
        set_profile(by=SENDING_ON, matter_id=matter_id, said=profile, at=at)


def meanings_of(typed: TypedReferral) -> list[Meaning]:
    """What the answers say to triage, in the version they were given to."""
    if typed.answers is None:
        return []
    return meanings(version_asked(typed.answers.version_id), typed.answers.values)


def ring_all_the_same(
    *, by: Viewer, typed: TypedReferral, key: uuid.UUID, at: datetime.datetime
) -> None:
    """Raise the exits that the answers open, of a referral that could not be taken in."""
    if typed.answers is not None:
        triggers = triggers_in(version_asked(typed.answers.version_id), typed.answers.values)
        open_doors(by=by, typed=typed, key=key, at=at, triggers=triggers)


def open_doors(
    *,
    by: Viewer,
    typed: TypedReferral,
    key: uuid.UUID,
    at: datetime.datetime,
    triggers: list[Trigger],
    from_matter: uuid.UUID | None = None,
) -> list[uuid.UUID]:
    """Raise an exit at each door these answers open; the same referral opens the same door once.

    It may be called before the form is finished, and again when it is sent.
    """
    first = typed.subjects[0] if typed.subjects else TypedSubject()
    years = age(first.born_on, day_of(at)) if first.born_on else first.age
    return [
        raise_exit(
            by=by,
            door=door.door,
            audience=door.audience,
            trigger=door.because,
            words=typed.going_on,
            about=told_of(typed),
            from_matter=from_matter,
            submission_key=f"{key} {door.door} {door.audience}",
            at=at,
        ).pk
        for door in doors_for(triggers, years)
    ]


def told_of(typed: TypedReferral) -> dict[str, str]:
    """What was typed of the first person, in words for whoever answers at the door."""
    first = typed.subjects[0] if typed.subjects else TypedSubject()
    born = first.born_on.isoformat() if first.born_on else ""
    home = "No fixed address" if first.no_fixed_address else first.address
    told = {
        "Name": first.name,
        "Date of birth": born,
        "Age": "" if first.age is None else str(first.age),
        "Address": f"{home} {first.postcode}".strip(),
        "Telephone": first.phone,
        "Others": ", ".join(each.name for each in typed.subjects[1:]),
        "Sent by": typed.sender_name,
        "How to reach them": typed.sender_reach,
    }
    return {name: words for name, words in told.items() if words}
