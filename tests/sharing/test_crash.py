"""A crash between a fact and what is seen by it cannot leave the two apart, whichever fact it is."""

import os
import subprocess
import sys
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from joinedup.foundations.audit.models import Entry
from joinedup.foundations.notices.models import Notice
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import (
    Category,
    ConsentState,
    DisclosureDecision,
    EmergencyReason,
    Purpose,
    RestrictionKind,
)
from joinedup.identity.sharing.models import (
    AgencySight,
    AgreementAct,
    AgreementParty,
    Consent,
    Disclosure,
    EmergencyAccess,
    Involvement,
    Restriction,
    SharingAgreement,
    Visibility,
)
from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.operations.agreement_life import (
    accept_review,
    end_agreement,
    resume_agreement,
    sign_agreement,
    suspend_agreement,
)
from joinedup.identity.sharing.operations.consents import Words, record_consent, withdraw_consent
from joinedup.identity.sharing.operations.disclose import decide_disclosure
from joinedup.identity.sharing.operations.emergency import open_emergency_access
from joinedup.identity.sharing.operations.involve import begin_involvement, end_involvement
from joinedup.identity.sharing.operations.restrict import lift_restriction, set_restriction
from tests.databases import PrivateDatabase
from tests.sharing import walled
from tests.sharing.parties import AT, DAY, TODAY, Parties, parties, signed, written

FACTS: tuple[Any, ...] = (
    Consent, Involvement, Restriction, Disclosure, EmergencyAccess, SharingAgreement, AgreementParty,
    AgreementAct, Visibility, AgencySight, Entry, Notice,
)  # fmt: skip

Act = Callable[[], object]


class Crash(Exception):
    """The machine stops between the fact and what is seen."""


class Standing:
    """Two agencies with an agreement to come, and a person whom both know."""

    def __init__(self) -> None:
        self.by: Parties = parties()
        walled.agency("gp")
        self.officer = walled.viewer("housing", "housing_officer", Purpose.ANTISOCIAL_BEHAVIOUR)
        self.manager = walled.viewer("housing", "duty_manager")
        self.doctor = walled.viewer("gp", "general_practitioner", Purpose.DIRECT_CARE)
        self.person: uuid.UUID = walled.person("housing", "police", "gp")

    def says(self) -> Consent:
        words = Words(purpose=Purpose.EARLY_HELP, state=ConsentState.GIVEN)
        return record_consent(by=self.officer, person_id=self.person, words=words, at=AT)

    def visits(self) -> Involvement:
        return begin_involvement(by=self.officer, person_id=self.person, because="a visit", at=AT)

    def withholds(self) -> Restriction:
        return set_restriction(
            by=self.manager, person_id=self.person, because="a risk", at=AT,
            kind=RestrictionKind.HOLDER_WITHHOLDS,
        )  # fmt: skip


def saying_yes(there: Standing) -> Act:
    return there.says


def taking_it_back(there: Standing) -> Act:
    said = there.says()
    return lambda: withdraw_consent(by=there.officer, consent_id=said.pk, at=AT)


def beginning_to_visit(there: Standing) -> Act:
    return there.visits


def ending_the_visits(there: Standing) -> Act:
    begun = there.visits()
    return lambda: end_involvement(by=there.officer, involvement_id=begun.pk, at=AT)


def withholding(there: Standing) -> Act:
    return there.withholds


def withholding_no_more(there: Standing) -> Act:
    kept = there.withholds()
    return lambda: lift_restriction(by=there.manager, restriction_id=kept.pk, at=AT)


def disclosing(there: Standing) -> Act:
    return lambda: decide_disclosure(
        by=there.doctor, person_id=there.person, recipient="housing", purpose=Purpose.EARLY_HELP,
        items={Category.HEALTH: DisclosureDecision.DISCLOSE}, reason="they asked for it", at=AT,
    )  # fmt: skip


def opening_in_an_emergency(there: Standing) -> Act:
    return lambda: open_emergency_access(
        by=there.officer, person_id=there.person, reason=EmergencyReason.LIFE_AT_RISK,
        words="He stands on the roof of the car park", at=AT,
    )  # fmt: skip


def signing_as_the_last(there: Standing) -> Act:
    agreement = written(there.by)
    edited = agreement.edited
    sign_agreement(by=there.by.housing, agreement_id=agreement.pk, edited=edited, at=AT)
    return lambda: sign_agreement(
        by=there.by.police, agreement_id=agreement.pk, edited=edited, at=AT
    )


def suspending(there: Standing) -> Act:
    agreement = signed(there.by)
    return lambda: suspend_agreement(
        by=there.by.lead, agreement_id=agreement.pk, because="A breach", at=AT
    )


def resuming(there: Standing) -> Act:
    agreement = signed(there.by)
    suspend_agreement(by=there.by.lead, agreement_id=agreement.pk, because="A breach", at=AT)
    return lambda: resume_agreement(
        by=there.by.lead, agreement_id=agreement.pk, because="Mended", at=AT
    )


def ending(there: Standing) -> Act:
    agreement = signed(there.by)
    return lambda: end_agreement(
        by=there.by.lead, agreement_id=agreement.pk, because="No more", at=AT
    )


def going_on_past_a_review(there: Standing) -> Act:
    agreement = signed(there.by)
    return lambda: accept_review(
        by=there.by.lead, agreement_id=agreement.pk, until=TODAY + 300 * DAY, because="It works",
        at=AT,
    )  # fmt: skip


def everything() -> dict[str, list[dict[str, object]]]:
    with acting(walled.SYSTEM):
        return {each.__name__: list(each.objects.order_by("pk").values()) for each in FACTS}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "begin",
    [saying_yes, taking_it_back, beginning_to_visit, ending_the_visits, withholding,
     withholding_no_more, disclosing, opening_in_an_emergency, signing_as_the_last, suspending,
     resuming, ending, going_on_past_a_review],
)  # fmt: skip
def test_a_crash_leaves_neither_the_fact_nor_the_sight(
    monkeypatch: pytest.MonkeyPatch, begin: Callable[[Standing], Act]
) -> None:
    """The operation itself undoes its fact, whoever called it; and without a crash it changes something."""

    def crash(*args: object, **more: object) -> None:
        raise Crash

    act = begin(Standing())
    before = everything()
    for name in ("people", "agencies"):
        monkeypatch.setattr(derive, name, crash)
    with pytest.raises(Crash):
        act()
    assert everything() == before
    monkeypatch.undo()
    act()
    assert everything() != before


KILLED = """
import datetime, os, signal, sys, uuid
from joinedup.config import start
start.start()
from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.operations import derive, involve
derive.people = lambda *args, **more: os.kill(os.getpid(), signal.SIGKILL)
post = Post.objects.select_related("team__agency", "user").get(pk=sys.argv[1])
involve.begin_involvement(
    by=Viewer.of_post(post), person_id=uuid.UUID(sys.argv[2]), because="a visit",
    at=datetime.datetime.now(datetime.UTC),
)
"""


def test_killed_between_the_two_neither_is_there(private_database: PrivateDatabase) -> None:
    """Kill -9, with the fact written and what is seen not yet."""
    walled.agency("housing", "housing")
    officer: Viewer = walled.viewer("housing", "housing_officer")
    person = walled.person("housing")
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(officer.post_id), str(person)],
        env={**os.environ, **private_database.environment}, capture_output=True, check=False,
    )  # fmt: skip
    assert killed.returncode == -9, killed.stderr
    with acting(walled.SYSTEM):
        assert not Involvement.objects.exists()
        assert not Entry.objects.filter(act="began an involvement").exists()
        derive.agencies(None, at=AT)
        assert derive.everything(at=AT) == ()
