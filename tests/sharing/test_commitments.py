"""What executives commit their agencies to, and what became of it (S2-38); of which kind an agreement is (S1-15)."""

import pytest
from django.test import Client
from django.urls import reverse

from joinedup.foundations.accounts.models import User
from joinedup.foundations.core import clock
from joinedup.identity.sharing.access import NotPermitted
from joinedup.identity.sharing.choices import AgreementChange, CommitmentKind
from joinedup.identity.sharing.models import SharingAgreement
from joinedup.identity.sharing.operations.agreements import amend_agreement, edit_agreement
from joinedup.identity.sharing.operations.commitments import (
    CannotCommit,
    commit,
    settle_commitment,
)
from joinedup.identity.sharing.operations.preview import preview
from joinedup.identity.sharing.presenters.commitments import register
from joinedup.identity.sharing.queries.commitments import commitments, may_settle
from joinedup.identity.sharing.queries.previews import Preview
from tests import audit_lines
from tests.sharing import walled
from tests.sharing.parties import AT, DAY, TODAY, Parties, parties, signed, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_barriers")]
_K = CommitmentKind


def test_an_executive_commits_their_own_agency_and_it_is_said_what_became_of_it() -> None:
    """A register per member: each agency's by name, past its day shown; nobody settles another's."""
    by = parties()
    for other in (by.lead, by.guardian):
        with pytest.raises(NotPermitted):
            commit(by=other, kind=_K.TRIAL, what="Try it", due_on=TODAY, at=AT)
    with pytest.raises(CannotCommit, match="to come"):
        commit(by=by.housing, kind=_K.TRIAL, what="Try it", due_on=TODAY - DAY, at=AT)
    with pytest.raises(CannotCommit, match="Say what"):
        commit(by=by.housing, kind=_K.TRIAL, what=" ", due_on=TODAY, at=AT)
    made = commit(
        by=by.housing, kind=_K.RESOURCES, what="Two officers in the hub", due_on=TODAY, at=AT
    )
    commit(by=by.police, kind=_K.SIGN_UP, what="Sign the charter", due_on=TODAY, at=AT)
    assert [each.agency_id for each in commitments(by.guardian)] == ["housing", "police"]
    assert "Past its day" in str(register(commitments(by.lead), TODAY + DAY))
    assert not may_settle(by.police, made)
    with pytest.raises(NotPermitted):
        settle_commitment(by=by.police, commitment_id=made.pk, kept=True, became="Done", at=AT)
    with pytest.raises(NotPermitted):
        commitments(walled.viewer("housing", team="Front"))
    settle_commitment(by=by.lead, commitment_id=made.pk, kept=False, became="One came", at=AT)
    with pytest.raises(CannotCommit, match="already"):
        settle_commitment(by=by.housing, commitment_id=made.pk, kept=True, became="Two", at=AT)
    assert "Not kept" in str(register(commitments(by.lead), TODAY))
    assert len(audit_lines.lines(act="committed its agency")) == 2


def test_the_pages_take_a_commitment_and_what_became_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    by = parties()
    client = Client()
    client.force_login(User.objects.get(pk=by.housing.user_id))
    page = reverse("commitments")
    assert "No agency has committed itself" in client.get(page).content.decode()
    faulty = client.post(page, {"kind": "trial", "what": "", "due_on": "1 2 2020"})
    assert "Say what your agency commits itself to" in faulty.content.decode()
    said = {"kind": "trial", "what": "Share the duty rota", "due_on": "1 12 2026"}
    shown = client.post(page, said, follow=True).content.decode()
    assert "Share the duty rota" in shown
    one = reverse("commitment", args=[commitments(by.lead).get().pk])
    after = client.post(one, {"kept": "yes", "became": "It hangs in the hub"}, follow=True)
    assert "It hangs in the hub" in after.content.decode()


def test_an_agreement_says_its_kind_and_whether_it_binds_and_a_new_version_keeps_that() -> None:
    """The what-if before signing is the same whatever the kind: a kind opens nothing."""
    by = parties()
    drafted = written(by)
    assert (drafted.kind, drafted.is_binding) == ("mou", True)
    seen = _foretold(by, drafted)
    edit_agreement(
        by=by.lead, agreement_id=drafted.pk, values={"kind": "s75", "is_binding": False},
        edited=drafted.edited, at=AT,
    )  # fmt: skip
    assert _foretold(by, drafted) == seen


def _foretold(by: Parties, drafted: SharingAgreement) -> Preview:
    return preview(by=by.lead, agreement_id=drafted.pk, change=AgreementChange.SIGN, at=AT)


def test_a_kind_is_read_on_the_page_of_the_agreement_and_in_the_register() -> None:
    by = parties()
    agreement = signed(by, kind="s256")
    after = amend_agreement(by=by.lead, agreement_id=agreement.pk, at=AT)
    assert (after.kind, after.is_binding) == ("s256", True)
    client = Client()
    client.force_login(User.objects.get(pk=by.lead.user_id))
    for page in (reverse("agreement", args=[agreement.pk]), reverse("agreements")):
        assert "Section 256 agreement" in client.get(page).content.decode()
