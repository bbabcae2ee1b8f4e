"""Write down what a person says: to sharing, to a service; and take a yes back at once (P12)."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of, start_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations.tell import tell
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting, canonical
from joinedup.identity.sharing.choices import (
    Category,
    ConsentState,
    Method,
    PageFor,
    Purpose,
    ServiceAnswer,
    WhoSpoke,
)
from joinedup.identity.sharing.models import (
    CapacityAssessment,
    Consent,
    OwnAccess,
    ServiceAgreement,
)
from joinedup.identity.sharing.models.consent import SAID
from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.operations.touched import Touched
from joinedup.identity.sharing.queries.consents import word_of
from joinedup.identity.sharing.queries.known import same_person
from joinedup.identity.sharing.rules.consents import Said, state_of, why_word_does_not_count

WRITING = Viewer.system("writing down what a person said")
FOR_SOMEBODY = frozenset({WhoSpoke.PARENTAL_RESPONSIBILITY, WhoSpoke.ATTORNEY})
BY_ASSESSMENT = frozenset({WhoSpoke.ATTORNEY, WhoSpoke.BEST_INTERESTS})


class CannotRecordConsent(Exception):
    """Why this is not written down as the person's word, fit for the page."""


class CannotWithdraw(Exception):
    """Why it cannot be taken back, fit for the page."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What was said: for which purpose, from whom to whom, by whom, and how; empty agencies mean any."""

    purpose: Purpose
    state: ConsentState
    who_spoke: WhoSpoke = WhoSpoke.PERSON
    method: Method = Method.IN_PERSON
    holder: str | None = None
    recipient: str | None = None
    categories: tuple[Category, ...] = ()
    competence: str = ""
    responsible_id: int | None = None
    evidence: str = ""
    expires_on: datetime.date | None = None


def record_consent(
    *, by: Viewer, person_id: uuid.UUID, words: Words, at: datetime.datetime
) -> Consent:
    """Write down a yes, a no or an objection; the latest for a purpose, holder and recipient counts.

    Raises CannotRecordConsent, Person.DoesNotExist, or NotPermitted.
    """
    person = _person(by, person_id)
    if words.state not in SAID:
        raise CannotRecordConsent("Write down what was said: yes, no, or an objection.")
    if words.holder is not None and words.holder == words.recipient:
        raise CannotRecordConsent("Choose two different agencies.")
    expires_at = _expires(words, at)
    with transaction.atomic(), acting(WRITING):
        word = word_of(
            person,
            purpose=words.purpose,
            who=words.who_spoke,
            competence=words.competence,
            responsible_id=words.responsible_id,
            at=at,
        )
        refused = why_word_does_not_count(word, day_of(at))
        if refused:
            raise CannotRecordConsent(refused)
        said = Consent.objects.create(
            person_id=person,
            purpose=words.purpose.value,
            holder_id=words.holder,
            recipient_id=words.recipient,
            categories=[category.value for category in words.categories],
            state=words.state.value,
            who_spoke=words.who_spoke.value,
            competence=words.competence.strip(),
            responsible_id=words.responsible_id if words.who_spoke in FOR_SOMEBODY else None,
            capacity=_assessment(person, words, at),
            method=words.method.value,
            evidence=words.evidence.strip(),
            agency_id=by.agency,
            recorded_by_id=by.post_id,
            said_at=at,
            expires_at=expires_at,
        )
        _follow(by, said, "recorded_consent", at)
    return said


def withdraw_consent(*, by: Viewer, consent_id: uuid.UUID, at: datetime.datetime) -> Consent:
    """Take a yes back, at once; by the person on their own page, or a post on their word.

    Raises CannotWithdraw (also where there is nothing of that name for this viewer), or NotPermitted.
    """
    if by.own_access_id is None:
        by.must(Permission.RECORD_CONSENT)
    else:
        _must_be_the_person(by, CannotWithdraw)
    with acting(by):
        # Row security finds it for the person themself, and for posts of the agencies it is between.
        if not Consent.objects.filter(pk=consent_id).exists():
            raise CannotWithdraw("There is no such consent to take back.")
    with transaction.atomic(), acting(WRITING):
        said = Consent.objects.select_for_update().get(pk=consent_id)
        facts = Said(ConsentState(said.state), said.said_at, said.expires_at, said.withdrawn_at)
        state = state_of(facts, at)
        if state is not ConsentState.GIVEN:
            raise CannotWithdraw(_why_not_withdrawn(state))
        touched = Touched(by.post_id, said, at)
        said.withdrawn_at, said.withdrawn_by_id = at, by.post_id
        said.save()
        _follow(by, said, "withdrew_consent", at, touched)
    return said


def give_again(*, by: Viewer, consent_id: uuid.UUID, at: datetime.datetime) -> Consent:
    """Say yes anew, on one's own page, to what one had taken back, declined, or let run out.

    The same purpose, holder and recipient; nothing wider than was asked face to face once. Raises
    CannotRecordConsent, Consent.DoesNotExist.
    """
    _must_be_the_person(by, CannotRecordConsent)
    with acting(by):
        Consent.objects.get(pk=consent_id)
    with transaction.atomic(), acting(WRITING):
        before = Consent.objects.select_for_update(of=("self",)).get(pk=consent_id)
        if before.who_spoke not in {WhoSpoke.PERSON, WhoSpoke.COMPETENT_CHILD}:
            raise CannotRecordConsent("Somebody else spoke then. Tell the person who helps you.")
        facts = Said(
            ConsentState(before.state), before.said_at, before.expires_at, before.withdrawn_at
        )
        if state_of(facts, at) is ConsentState.GIVEN:
            raise CannotRecordConsent("You said yes to this already, and it holds.")
        word = word_of(
            before.person_id, purpose=Purpose(before.purpose), who=WhoSpoke(before.who_spoke),
            competence=before.competence, responsible_id=None, at=at,
        )  # fmt: skip
        if why_word_does_not_count(word, day_of(at)):
            raise CannotRecordConsent("Tell the person who helps you: they talk it over with you.")
        said = Consent.objects.create(
            person_id=before.person_id, purpose=before.purpose, holder_id=before.holder_id,
            recipient_id=before.recipient_id, categories=before.categories,
            state=ConsentState.GIVEN, who_spoke=before.who_spoke, competence=before.competence,
            method=Method.ONLINE, agency_id=before.agency_id, said_at=at,
            evidence="Said on their own page",
        )  # fmt: skip
        _follow(by, said, "gave_consent", at)
    return said


def _must_be_the_person(by: Viewer, refusal: type[Exception]) -> None:
    """A carer or parent who holds a code reads; one adult never consents for another (P12)."""
    if by.own_access_id is None:
        raise refusal("Only the person themselves says yes or no here.")
    with acting(by):
        access = OwnAccess.objects.filter(pk=by.own_access_id).first()
    if access is None or access.right != PageFor.PERSON:
        raise refusal("Only the person themselves says yes or no here.")


def record_service_answer(
    *,
    by: Viewer,
    person_id: uuid.UUID,
    service: str,
    answer: ServiceAnswer,
    method: Method,
    at: datetime.datetime,
) -> ServiceAgreement:
    """Write down a yes or a no to a service; it says nothing about sharing.

    Raises CannotRecordConsent, Person.DoesNotExist, or NotPermitted.
    """
    person = _person(by, person_id)
    if not service.strip():
        raise CannotRecordConsent("Say which service was offered.")
    if answer not in (ServiceAnswer.AGREED, ServiceAnswer.DECLINED):
        raise CannotRecordConsent("Write down what was said: agreed, or declined.")
    with transaction.atomic(), acting(WRITING):
        said = ServiceAgreement.objects.create(
            person_id=person,
            agency_id=by.agency,
            service=service.strip(),
            answer=answer.value,
            method=method.value,
            recorded_by_id=_post(by),
            said_at=at,
        )
        _on_record(by, "service agreement", said.pk, person, "recorded_service_answer", at)
    return said


def _person(by: Viewer, person_id: uuid.UUID) -> uuid.UUID:
    """The person it stands for today, whom this viewer must be able to see."""
    by.must(Permission.RECORD_CONSENT)
    with acting(by):
        return canonical(by, person_id).pk


def _post(by: Viewer) -> uuid.UUID:
    if by.post_id is None:
        raise NotPermitted("What a person said is written down by a post, in its name.")
    return by.post_id


def _expires(words: Words, at: datetime.datetime) -> datetime.datetime | None:
    if words.expires_on is None:
        return None
    if words.expires_on <= day_of(at):
        raise CannotRecordConsent(
            "Choose a day in the future for it to run out, or leave it empty."
        )
    return start_of(words.expires_on)


def _assessment(
    person: uuid.UUID, words: Words, at: datetime.datetime
) -> CapacityAssessment | None:
    if words.who_spoke not in BY_ASSESSMENT:
        return None
    about = CapacityAssessment.objects.filter(
        person__in=same_person(person), purpose=words.purpose.value, assessed_on__lte=day_of(at)
    )
    return about.order_by("-assessed_on", "-pk").first()


def _why_not_withdrawn(state: ConsentState) -> str:
    return {
        ConsentState.WITHDRAWN: "It has been taken back already.",
        ConsentState.EXPIRED: "It has run out, and opens nothing.",
    }.get(state, "It was a no, so there is nothing to take back. A yes is written down anew.")


def _follow(
    by: Viewer, said: Consent, act: str, at: datetime.datetime, touched: Touched | None = None
) -> None:
    """Derive sight from it, put it on record and tell those it touches, in the same transaction."""
    touched = touched or Touched(by.post_id, said, at)
    derive.people([said.person_id], at=at)
    _on_record(
        by, "consent", said.pk, said.person_id, act, at,
        detail={"state": ConsentState(said.state), "for": Purpose(said.purpose)},
    )  # fmt: skip
    tell(
        by=by.post_id,
        posts=touched.now(),
        kind=NoticeKind.CONSENT_CHANGED,
        link=f"/people/{said.person_id}/",
        at=at,
    )


def _on_record(
    by: Viewer,
    kind: str,
    pk: uuid.UUID,
    person: uuid.UUID,
    act: str,
    at: datetime.datetime,
    detail: dict[str, object] | None = None,
) -> None:
    record_change(
        at=at,
        post_id=by.post_id,
        act=act,
        subject_kind=kind,
        subject_id=str(pk),
        purpose=by.purpose,
        person_id=person,
        agency=by.agency,
        detail=detail or {},
    )
