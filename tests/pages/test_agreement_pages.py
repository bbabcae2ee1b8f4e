"""The pages of agreements: written, compared, foretold, signed; and what each says when there is nothing."""

import re
import uuid

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from joinedup.foundations.accounts.models import User
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.models import SharingAgreement, SharingBarrier
from joinedup.identity.sharing.operations.agreements import amend_agreement, edit_agreement
from tests.sharing.parties import AT, DAY, GATEWAY, TODAY, Parties, parties, signed, written
from tests.sharing.walled import viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> Parties:
    return parties()


def at_work(viewer: Viewer) -> Client:
    """A browser signed in and working in that post."""
    client = Client()
    client.force_login(User.objects.get(pk=viewer.user_id))
    return client


def words(response: HttpResponse) -> str:
    """What the page says, on one line."""
    html = response.content.decode()
    assert not re.search(r"\sstyle=|<style|<script(?![^>]*\bsrc=)|\son[a-z]+=", html)
    bare = re.sub(r"<[^>]+>", " ", html)
    return re.sub(r"\s+", " ", bare)


def page(client: Client, name: str, *arguments: object) -> str:
    response = client.get(reverse(name, args=arguments))
    assert response.status_code == 200
    return words(response)


def hidden(client: Client, address: str) -> dict[str, str]:
    """What a page's form carries unseen."""
    html = client.get(address).content.decode()
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def test_an_empty_register_says_what_holds_without_an_agreement(by: Parties) -> None:
    assert "There is no agreement yet" in page(at_work(by.lead), "agreements")
    assert "No barrier has been told yet" in page(at_work(by.lead), "barriers")


def test_a_draft_is_begun_written_and_says_what_is_missing(by: Parties) -> None:
    client = at_work(by.lead)
    wrong = client.post(reverse("agreement-new"), {"title": "Safer", "parties": ["police"]})
    assert "Choose at least two agencies" in words(wrong)
    assert 'value="Safer"' in wrong.content.decode()
    begun = client.post(
        reverse("agreement-new"),
        {"title": "Safer", "reference": "ISA-9", "parties": ["police", "housing"]},
    )
    drafted = SharingAgreement.objects.get()
    assert begun["Location"] == reverse("agreement", args=[drafted.pk])
    shown = page(client, "agreement", drafted.pk)
    assert "It opens nothing: not signed yet by Housing, Police" in shown
    assert "Still missing:" in shown
    address = reverse("agreement-edit", args=[drafted.pk, "dates"])
    clash = {**hidden(client, address), "starts_on": "1 4 2027", "review_on": "1/4/2027"}
    assert "review date must be after" in words(client.post(address, clash))
    assert client.post(address, {**clash, "review_on": "1 April 2028"}).status_code == 302
    drafted.refresh_from_db()
    assert (str(drafted.starts_on), str(drafted.review_on)) == ("2027-04-01", "2028-04-01")


def test_the_second_of_two_people_sees_both_versions_and_loses_nothing(by: Parties) -> None:
    agreement = written(by)
    mine, address = at_work(by.lead), reverse("agreement-edit", args=[agreement.pk, "purpose"])
    opened = hidden(mine, address)
    theirs = {"aims": "Their aims", "benefits": "Their benefits"}
    edit_agreement(
        by=by.guardian, agreement_id=agreement.pk, values=theirs, edited=agreement.edited, at=AT
    )
    names = ("title", "kind", "is_binding", "purpose", "why_necessary", "benefits")
    typed = {name: getattr(agreement, name) for name in names}
    answer = mine.post(address, {**opened, **typed, "aims": "My aims"})
    assert answer.status_code == 409
    said = words(answer)
    assert "Somebody else changed this agreement while you were writing" in said
    assert re.search(r"Aims Their aims My aims Yours", said)
    assert re.search(r"Benefits Their benefits .* The saved one: you had not changed it", said)
    html = answer.content.decode()
    again = {
        **dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html)),
        **typed, "aims": "My aims and theirs", "benefits": "Their benefits",
    }  # fmt: skip
    assert mine.post(address, again).status_code == 302
    agreement.refresh_from_db()
    assert (agreement.aims, agreement.benefits) == ("My aims and theirs", "Their benefits")


def test_a_line_goes_only_through_gateways_that_fit(by: Parties) -> None:
    agreement = written(by, line=False)
    client, address = at_work(by.lead), reverse("agreement-schedule", args=[agreement.pk])
    assert "No line yet" in page(client, "agreement-schedule", agreement.pk)
    none = client.get(address, {"holder": "police", "recipient": "housing", "purpose": "casefinding"})  # fmt: skip
    assert "No gateway in law leads from Police to Housing" in words(none)
    same = client.get(address, {"holder": "police", "recipient": "police", "purpose": "marac"})
    assert "Choose another agency" in words(same)
    asked = f"{address}?holder=police&recipient=housing&purpose=antisocial_behaviour"
    assert "Anti-social Behaviour, Crime and Policing Act 2014" in words(client.get(asked))
    wrong = client.post(asked, {"gateway": GATEWAY, "categories": ["housing"]})
    assert "does not carry housing" in words(wrong)
    assert client.post(asked, {"gateway": GATEWAY, "categories": ["identity"]}).status_code == 302
    line = agreement.flows.get()
    assert (line.gateway, line.categories) == (GATEWAY, ["identity"])
    client.post(reverse("agreement-line-remove", args=[agreement.pk, line.pk]))
    assert not agreement.flows.exists()


def test_a_signatory_reads_what_would_change_and_signs(by: Parties) -> None:
    agreement = written(by)
    housing = at_work(by.housing)
    address = reverse("agreement-change", args=[agreement.pk, "sign"])
    assert "What would change" in words(housing.get(address))
    asked = at_work(by.lead).post(reverse("agreement-ask", args=[agreement.pk]), follow=True)
    assert "2 signatories told that it waits for them" in words(asked)
    unread = housing.post(address, {"edited": agreement.edited})
    assert "Tick that you have read it" in words(unread)
    for client in (housing, at_work(by.police)):
        done = client.post(address, {"edited": agreement.edited, "read": "on"})
        assert done.status_code == 302
    shown = page(housing, "agreement", agreement.pk)
    assert "It is in force" in shown
    assert "Who sends to whom" in shown
    assert "<svg" in housing.get(reverse("agreement", args=[agreement.pk])).content.decode()


def test_a_live_page_draws_its_agencies_and_an_arrow_for_whoever_sends(by: Parties) -> None:
    """Point 2: agencies, arrows, categories; an agreement that opens nothing is drawn dashed."""
    pictures = []
    for agreement in (signed(by), amended(by)):
        html = at_work(by.lead).get(reverse("agreement", args=[agreement.pk])).content.decode()
        pictures += re.findall(r'<svg role="img" aria-label="Who.*?</svg>', html, re.DOTALL)
    live, draft = pictures
    for drawn in pictures:
        assert [drawn.count(f">{name}</text>") for name in ("Housing", "Police")] == [1, 1]
        (arrow,) = re.findall(r"<path [^>]*marker-end[^>]*><title>([^<]*)</title>", drawn)
        assert arrow.startswith("1: Police to Housing: Name, date of birth")
        assert "ddress" in arrow
    assert "stroke-dasharray" in draft
    assert "stroke-dasharray" not in live


def amended(by: Parties) -> SharingAgreement:
    """The next version of the one there is, as a draft."""
    before = SharingAgreement.objects.get()
    return amend_agreement(by=by.lead, agreement_id=before.pk, at=AT)


@pytest.mark.parametrize("code", ["suspend", "resume", "accept-review", "end", "lapse", "sign"])
def test_every_change_is_foretold_before_it_is_done(by: Parties, code: str) -> None:
    """P7: before anything closes, a preview."""
    agreement = signed(by)
    shown = page(at_work(by.lead), "agreement-change", agreement.pk, code)
    assert "safety fact" in shown.lower()


def test_a_version_is_compared_with_the_one_before(by: Parties) -> None:
    agreement, client = signed(by), at_work(by.lead)
    client.post(reverse("agreement-amend", args=[agreement.pk]))
    version = SharingAgreement.objects.get(version=2)
    shown = page(client, "agreement-compared", version.pk)
    assert "First day 22 November 2026 Empty" in shown
    assert "This version is signed" in page(client, "agreement-edit", agreement.pk, "law")
    again = client.post(reverse("agreement-amend", args=[agreement.pk]), follow=True)
    assert "A newer version of this agreement has been begun" in words(again)


def test_what_a_version_would_change_is_told_before_it_is_signed(by: Parties) -> None:
    """P7: without a first day nothing can be told; one that closes sooner tells what that takes away."""
    agreement, client = signed(by), at_work(by.lead)
    viewer("housing", "housing_officer")
    client.post(reverse("agreement-amend", args=[agreement.pk]))
    version = SharingAgreement.objects.get(version=2)
    shown = page(client, "agreement-change", version.pk, "sign")
    assert "It has no first day yet" in shown
    assert "nobody would see more or less" not in shown
    sooner = TODAY + 90 * DAY
    values = {"starts_on": TODAY + 10 * DAY, "review_on": sooner, "ends_on": sooner}
    edit_agreement(by=by.lead, agreement_id=version.pk, values=values, edited=version.edited, at=AT)
    shown = page(client, "agreement-change", version.pk, "sign")
    assert "nobody would see more or less" in shown
    closing = shown.split("sooner than the one before would have")[1]
    assert "20 February 2027" in closing
    assert "What would no longer be seen" in closing


def test_who_may_not_write_may_read_and_who_may_not_read_is_refused(by: Parties) -> None:
    agreement = written(by)
    signatory, officer = at_work(by.police), at_work(viewer("police", "police_liaison"))
    assert signatory.get(reverse("agreement", args=[agreement.pk])).status_code == 200
    for name in ("agreement-schedule", "agreement-parties"):
        assert signatory.get(reverse(name, args=[agreement.pk])).status_code == 403
    assert officer.get(reverse("agreements")).status_code == 403
    assert signatory.get(reverse("agreement", args=[uuid.uuid4()])).status_code == 404


def test_a_barrier_goes_up_to_a_named_executive_who_answers(by: Parties) -> None:
    """S2-38: the log of barriers, with escalation to a named executive."""
    officer, lead = at_work(viewer("police", "police_liaison")), at_work(by.lead)
    officer.post(reverse("barriers"), {"what": "Tenancy records, for want of a gateway"})
    barrier = SharingBarrier.objects.get()
    address = reverse("barrier", args=[barrier.pk])
    assert "Send it up" not in words(officer.get(address))
    lead.post(address, {"to": str(by.housing.post_id)})
    executive = at_work(by.housing)
    assert "Answer it" in words(executive.get(address))
    executive.post(address, {"answer": "The agreement is amended"})
    barrier.refresh_from_db()
    assert (barrier.escalated_to_id, barrier.answered_by_id) == (by.housing.post_id,) * 2
    other = at_work(viewer("housing", "housing_officer"))
    assert other.get(address).status_code == 404
