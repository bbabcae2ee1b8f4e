"""An agreement from its draft to its end: who may do what, and what opens and shuts with it."""

import datetime
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from joinedup.foundations.audit.models import Entry
from joinedup.foundations.core.dates import start_of
from joinedup.identity.sharing.access import NotPermitted, acting
from joinedup.identity.sharing.choices import AgreementState, Category, Purpose
from joinedup.identity.sharing.models import AgencySight, AgreementAct, SharingAgreement
from joinedup.identity.sharing.operations.agreement_life import (
    CannotAcceptReview,
    CannotEnd,
    CannotSign,
    CannotSuspend,
    accept_review,
    end_agreement,
    resume_agreement,
    sign_agreement,
    suspend_agreement,
)
from joinedup.identity.sharing.operations.agreements import (
    CannotAmend,
    CannotDraft,
    CannotEdit,
    EditedMeanwhile,
    amend_agreement,
    draft_agreement,
    edit_agreement,
    set_parties,
)
from joinedup.identity.sharing.operations.schedule import CannotSchedule, add_lines, remove_line
from joinedup.identity.sharing.queries.agreements import agreement as the_agreement
from joinedup.identity.sharing.queries.agreements import compared, register
from joinedup.identity.sharing.rules.headings import ICO_HEADINGS, missing
from tests.sharing import walled
from tests.sharing.parties import (
    AT,
    DAY,
    LINE,
    TODAY,
    WRITTEN,
    Parties,
    parties,
    signed,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> Parties:
    return parties()


def opened(at: datetime.datetime = AT, category: Category = Category.IDENTITY) -> bool:
    """Whether housing sees that of the police's people in general, for anti-social behaviour."""
    with acting(walled.SYSTEM):
        rows = AgencySight.objects.filter(
            recipient="housing", holder="police", purpose=Purpose.ANTISOCIAL_BEHAVIOUR,
            starts_at__lte=at, ends_at__gt=at,
        )  # fmt: skip
        return any(row.headline & category.bit for row in rows)


def acts(agreement: SharingAgreement) -> list[str]:
    done = AgreementAct.objects.filter(agreement=agreement).order_by("pk")
    return list(done.values_list("act", flat=True))


def test_every_heading_of_the_code_has_its_field() -> None:
    """Standards 1.3: the data sharing code and the request form of its annex B."""
    there = {field.name for field in SharingAgreement._meta.get_fields()}
    assert {name for name in ICO_HEADINGS.values() if name not in there} == set()
    for asked in ("requester", "date of the request", "intervals", "decision-maker", "reasons"):
        assert any(asked in heading for heading in ICO_HEADINGS), asked


def test_it_opens_when_the_last_party_has_signed_and_not_before(by: Parties) -> None:
    agreement = written(by)
    assert not opened()
    sign_agreement(by=by.housing, agreement_id=agreement.pk, edited=agreement.edited, at=AT)
    assert not opened()
    shown = the_agreement(by.lead, agreement.pk, at=AT)
    assert shown.closed == "not signed yet by Police"
    sign_agreement(by=by.police, agreement_id=agreement.pk, edited=agreement.edited, at=AT)
    assert the_agreement(by.lead, agreement.pk, at=AT).state is AgreementState.LIVE


def test_what_it_carries_is_seen_while_it_is_in_force_across_midnight(by: Parties) -> None:
    """P7: it closes at the midnight of its review, and nobody has to be awake for it."""
    signed(by)
    midnight = start_of(TODAY + 200 * DAY)
    second = datetime.timedelta(seconds=1)
    assert opened()
    assert opened(midnight - second)
    assert not opened(midnight)


def test_a_signature_is_of_a_signatory_of_that_very_party(by: Parties) -> None:
    agreement = written(by)
    with pytest.raises(NotPermitted):
        sign_agreement(by=by.lead, agreement_id=agreement.pk, edited=agreement.edited, at=AT)
    walled.agency("fire", "fire")
    stranger = walled.viewer("fire", "signatory")
    with pytest.raises(CannotSign, match="not party"):
        sign_agreement(by=stranger, agreement_id=agreement.pk, edited=agreement.edited, at=AT)
    sign_agreement(by=by.police, agreement_id=agreement.pk, edited=agreement.edited, at=AT)
    with pytest.raises(CannotSign, match="signed this version already"):
        sign_agreement(by=by.police, agreement_id=agreement.pk, edited=agreement.edited, at=AT)


def test_what_is_signed_is_what_was_read(by: Parties) -> None:
    agreement = written(by)
    with pytest.raises(CannotSign, match="changed while you were reading"):
        sign_agreement(by=by.police, agreement_id=agreement.pk, edited=agreement.edited - 1, at=AT)


def test_nobody_signs_what_is_not_complete(by: Parties) -> None:
    agreement = written(by, line=False, security="")
    with pytest.raises(CannotSign, match=r"Security.*At least one line"):
        sign_agreement(by=by.police, agreement_id=agreement.pk, edited=agreement.edited, at=AT)


@pytest.mark.parametrize(
    ("carried", "says"),
    [
        ({Category.HEALTH}, "Condition for special category data"),
        ({Category.CRIME_OFFENDER}, "Condition for criminal offence data"),
    ],
)
def test_special_data_need_their_condition(carried: set[Category], says: str) -> None:
    whole = {**WRITTEN, "title": "Safer streets"}
    bare = {**whole, "special_category_condition": "", "criminal_offence_condition": ""}
    assert missing(bare, parties=2, categories=carried) == (says,)
    assert missing(whole, parties=2, categories=carried) == ()


def test_a_signed_version_is_never_changed(by: Parties) -> None:
    agreement = written(by)
    sign_agreement(by=by.police, agreement_id=agreement.pk, edited=agreement.edited, at=AT)
    again = {"agreement_id": agreement.pk, "at": AT}
    with pytest.raises(CannotEdit, match="Police has signed"):
        edit_agreement(by=by.lead, values={"aims": "x"}, edited=agreement.edited, **again)
    with pytest.raises(CannotEdit, match="Police has signed"):
        remove_line(by=by.lead, line_id=agreement.flows.get().pk, **again)
    with pytest.raises(CannotEdit, match="Police has signed"):
        set_parties(by=by.lead, parties=("housing", "hub"), edited=agreement.edited, **again)


def test_two_people_editing_lose_nothing(by: Parties) -> None:
    agreement = written(by)
    mine = {"agreement_id": agreement.pk, "edited": agreement.edited, "at": AT}
    edit_agreement(by=by.guardian, values={"aims": "Theirs"}, **mine)
    with pytest.raises(EditedMeanwhile) as meanwhile:
        edit_agreement(by=by.lead, values={"aims": "Mine"}, **mine)
    assert meanwhile.value.saved.aims == "Theirs"
    agreement.refresh_from_db()
    assert agreement.aims == "Theirs"


def test_an_amendment_is_a_new_version_and_the_old_one_is_kept(by: Parties) -> None:
    first = signed(by)
    second = amend_agreement(by=by.lead, agreement_id=first.pk, at=AT)
    with pytest.raises(CannotAmend):
        amend_agreement(by=by.lead, agreement_id=first.pk, at=AT)
    days = {"starts_on": TODAY + 10 * DAY, "review_on": TODAY + 300 * DAY}
    edit_agreement(by=by.lead, agreement_id=second.pk, values={**days, "aims": "Wider"}, edited=0, at=AT)  # fmt: skip
    changed = compared(by.lead, second.pk)
    assert changed is not None
    assert ("aims", "Aims, in words", "Wider") in changed.fields
    assert (changed.lines_new, changed.lines_gone) == ((), ())
    second.refresh_from_db()
    for hand in (by.housing, by.police):
        sign_agreement(by=hand, agreement_id=second.pk, edited=second.edited, at=AT)
    before, after = start_of(TODAY + 9 * DAY), start_of(TODAY + 10 * DAY)
    states = [
        the_agreement(by.lead, pk, at=at).state
        for pk in (first.pk, second.pk)
        for at in (before, after)
    ]
    assert states == ["live", "replaced", "signed", "live"]
    first.refresh_from_db()
    assert first.aims == "Aims, in words"


def test_suspension_shuts_and_resumption_opens_and_each_says_why(by: Parties) -> None:
    """P7: one that is suspended closes."""
    agreement = signed(by)
    one = {"agreement_id": agreement.pk, "at": AT}
    with pytest.raises(CannotSuspend, match="Say why"):
        suspend_agreement(by=by.lead, because=" ", **one)
    suspend_agreement(by=by.police, because="A breach is looked into", **one)
    assert the_agreement(by.lead, agreement.pk, at=AT).state is AgreementState.SUSPENDED
    assert not opened()
    resume_agreement(by=by.lead, because="It was closed", **one)
    assert the_agreement(by.lead, agreement.pk, at=AT).state is AgreementState.LIVE
    assert acts(agreement)[-2:] == ["suspended", "resumed"]


def test_an_end_is_for_good_and_says_why(by: Parties) -> None:
    agreement = signed(by)
    one = {"agreement_id": agreement.pk, "at": AT}
    with pytest.raises(CannotEnd, match="Say why"):
        end_agreement(by=by.lead, because="", **one)
    end_agreement(by=by.lead, because="No longer needed", **one)
    assert not opened()
    with pytest.raises(CannotEnd):
        end_agreement(by=by.lead, because="Again", **one)
    with pytest.raises(CannotSuspend):
        suspend_agreement(by=by.lead, because="Again", **one)


def test_only_who_governs_or_signs_for_a_party_may_shut_it(by: Parties) -> None:
    agreement = signed(by)
    walled.agency("fire", "fire")
    for viewer in (walled.viewer("fire", "signatory"), walled.viewer("police", "police_liaison")):
        one = {"by": viewer, "agreement_id": agreement.pk, "because": "I say so", "at": AT}
        with pytest.raises(NotPermitted):
            end_agreement(**one)
        with pytest.raises(NotPermitted):
            accept_review(until=TODAY + 220 * DAY, **one)


def test_going_on_past_a_review_needs_a_name_a_reason_and_an_end(by: Parties) -> None:
    """P7: needs a named acceptance to go on."""
    agreement = signed(by)
    one = {"agreement_id": agreement.pk, "at": AT}
    for until, because in (
        (TODAY + 220 * DAY, ""),
        (TODAY + 200 * DAY, "Same day"),
        (TODAY + 390 * DAY, "Too long"),
        (TODAY + 401 * DAY, "After its end"),
    ):
        with pytest.raises(CannotAcceptReview):
            accept_review(by=by.guardian, until=until, because=because, **one)
    accept_review(by=by.guardian, until=TODAY + 260 * DAY, because="The review is booked", **one)
    shown = the_agreement(by.lead, agreement.pk, at=start_of(TODAY + 259 * DAY))
    assert shown.state is AgreementState.LIVE
    assert shown.agreement.review_accepted_by_id == by.guardian.post_id
    assert opened(start_of(TODAY + 259 * DAY))
    assert not opened(start_of(TODAY + 260 * DAY))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"gateway": "mappa"}, "does not lead"),
        ({"purpose": Purpose.CASEFINDING}, "No gateway in law leads"),
        ({"categories": (Category.HEALTH,)}, "does not carry health"),
        ({"categories": ()}, "at least one category"),
        ({"recipient": "police"}, "two different agencies"),
        ({"recipient": "hub"}, "must be party"),
        ({}, "has this line already"),
    ],
)
def test_a_line_that_no_gateway_carries_is_refused_with_a_sentence(
    by: Parties, change: dict[str, Any], says: str
) -> None:
    agreement = written(by)
    fitting = LINE._replace(holder="housing", recipient="police")
    lines = [fitting, LINE._replace(**change)]
    with pytest.raises(CannotSchedule, match=says):
        add_lines(by=by.lead, agreement_id=agreement.pk, lines=lines, at=AT)
    assert agreement.flows.count() == 1, "all or none"


def test_a_party_in_the_schedule_does_not_leave(by: Parties) -> None:
    agreement = written(by)
    one = {"agreement_id": agreement.pk, "edited": agreement.edited, "at": AT}
    with pytest.raises(CannotEdit, match="stands in the schedule"):
        set_parties(by=by.lead, parties=("housing", "hub"), **one)
    with pytest.raises(CannotEdit, match="sharing needs two"):
        set_parties(by=by.lead, parties=("police",), **one)


def test_a_reference_is_taken_once_and_two_agencies_are_needed(by: Parties) -> None:
    written(by)
    with pytest.raises(CannotDraft, match="reference"):
        draft_agreement(by=by.lead, reference="ISA-1", title="x", parties=("housing", "police"), at=AT)  # fmt: skip
    with pytest.raises(CannotDraft, match="two"):
        draft_agreement(by=by.lead, reference="ISA-2", title="x", parties=("housing",), at=AT)


def test_dates_that_clash_are_refused(by: Parties) -> None:
    agreement = written(by)
    with pytest.raises(CannotEdit, match="review date must be after"):
        edit_agreement(
            by=by.lead, agreement_id=agreement.pk, values={"review_on": TODAY},
            edited=agreement.edited, at=AT,
        )  # fmt: skip


def test_what_was_done_is_on_its_page_and_in_the_audit_and_never_altered(by: Parties) -> None:
    agreement = signed(by)
    assert acts(agreement) == ["drafted", "edited", "edited", "signed", "signed"]
    lines = Entry.objects.filter(subject_kind="sharing agreement", subject_id=str(agreement.pk))
    with acting(walled.SYSTEM):
        assert lines.count() == 5
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM sharing_agreementact")


def test_the_register_is_searched_by_words_state_and_what_closes_soon(by: Parties) -> None:
    agreement = signed(by)
    found = register(by.housing, at=AT, words="police streets")
    assert [one.agreement for one in found] == [agreement]
    assert register(by.lead, at=AT, words="fire") == []
    assert register(by.lead, at=AT, state=AgreementState.DRAFT) == []
    assert register(by.lead, at=AT, due=True) == []
    soon = start_of(TODAY + 193 * DAY)
    assert [one.warned.days for one in register(by.lead, at=soon, due=True) if one.warned] == [7]
    with pytest.raises(NotPermitted):
        register(walled.viewer("police", "police_liaison"), at=AT)
