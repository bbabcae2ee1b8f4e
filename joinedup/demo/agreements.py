"""Makes the demo's agreements as people would: drafted, scheduled line upon line, signed by each party."""

import datetime
import itertools
from collections.abc import Iterator

from joinedup.demo.agreed import AGREEMENTS, Agreed, Flows
from joinedup.demo.held import HOLDERS
from joinedup.demo.personas import IN_POST_SINCE, persona
from joinedup.foundations.accounts.models import User
from joinedup.foundations.agencies.models import Agency, Post, Team
from joinedup.foundations.agencies.roles import SIGNATORY
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.gateways import by_code
from joinedup.identity.sharing.models import SharingAgreement
from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.operations.agreement_life import sign_agreement
from joinedup.identity.sharing.operations.agreements import draft_agreement, edit_agreement
from joinedup.identity.sharing.operations.schedule import Line, add_lines

SINCE = datetime.date(2025, 4, 1)
_SIGNATORIES = {
    "gp": "Dr Felicity Amos",
    "adult_care": "Bernard Clegg",
    "children": "Yasmin Idris",
    "police": "Chief Inspector Neil Garrow",
    "fire": "Group Manager Tess Holloway",
    "hospital": "Dr Ifeoma Castle",
    "ambulance": "Martin Ackroyd",
}
_WORDS = {
    "why_necessary": "Without it each agency helps, or fails to help, on a part of the truth.",
    "benefits": "People tell their story once, and help comes before a crisis.",
    "joint_controllers": True,
    "joint_controller_arrangement": "Each party answers for its own records and for who of its people looks. "
    "Ask any party: whoever you ask sees to it that you are answered.",
    "lawful_basis": "Public task, UK GDPR Article 6(1)(e); the row of the gateways table each line names.",
    "special_category_condition": "Article 9(2)(g) and (h), as the row of each line says.",
    "criminal_offence_condition": "DPA 2018 Schedule 1 paragraph 6, where offending is shared.",
    "legal_power": "Care Act 2014 s6, Children Act 2004 s10, Crime and Disorder Act 1998 s115.",
    "dpia_reference": "DPIA 2025/04",
    "dpia_outcome": "Residual risk low; reviewed with the agreement.",
    "dpo_views": "All parties’ officers agree.",
    "data_items": "As the schedule says, line by line.",
    "how_often": "Each night, what changed that day.",
    "data_quality": "Each party mends its own; a correction is told to its source the same day.",
    "retention": "Seen while needed and not copied; each party keeps its own by its own schedule.",
    "security": "Second factor, row security, every look on record.",
    "individual_rights": "Any party takes a request; the holder of the data answers within a month.",
    "complaints": "To any party; answered by the holder’s own process.",
    "recording_responsibilities": "Each party records in its own system; this one shows and does not replace.",
    "breach_arrangements": "Told to every party the same day; the 72-hour clock is the holder’s.",
    "termination": "What it opened shuts when it ends; nothing was copied, so nothing is returned.",
}


def are_made() -> bool:
    """Whether every agreement of the demo is there."""
    return SharingAgreement.objects.values("reference").distinct().count() >= len(AGREEMENTS)


def make_agreements(*, at: datetime.datetime) -> None:
    """Make those that are missing; signed ones are live from last April."""
    lead = _viewer_of(_persona_post("ig-lead"))
    for code, (name, kind) in HOLDERS.items():
        Agency.objects.get_or_create(code=code, defaults={"name": name, "kind": kind})
    known = set(SharingAgreement.objects.values_list("reference", flat=True))
    for agreed in AGREEMENTS:
        if agreed.reference not in known:
            _make(agreed, lead, at)
    # Agencies are new too: what needs no agreement, a live warning say, is derived for all of them.
    derive.agencies(None, at=at)


def _make(agreed: Agreed, lead: Viewer, at: datetime.datetime) -> None:
    draft = draft_agreement(
        by=lead, reference=agreed.reference, title=agreed.title, parties=agreed.parties, at=at
    )
    today = day_of(at)
    ends_on = None if agreed.days_to_end is None else _after(today, agreed.days_to_end)
    review_on = _after(today, agreed.days_to_review)
    days = {
        "starts_on": SINCE if agreed.signed else _after(today, 14),
        "review_on": min(review_on, ends_on) if ends_on else review_on,
        "ends_on": ends_on,
    }
    words = {**_WORDS, "purpose": agreed.title, "aims": agreed.aims}
    edit_agreement(by=lead, agreement_id=draft.pk, values={**words, **days}, edited=0, at=at)
    kinds = dict(Agency.objects.values_list("code", "kind"))
    lines = [line for flows in agreed.flows for line in _lines(flows, kinds)]
    add_lines(by=lead, agreement_id=draft.pk, lines=lines, at=at)
    if agreed.signed:
        for party in agreed.parties:
            draft.refresh_from_db()
            sign_agreement(
                by=_signatory_of(party), agreement_id=draft.pk, edited=draft.edited, at=at
            )


def _lines(flows: Flows, kinds: dict[str, str]) -> Iterator[Line]:
    row = by_code(flows.gateway)
    for holder, recipient in itertools.product(flows.holders, flows.recipients):
        fits = kinds[holder] in row.holders and kinds[recipient] in row.recipients
        if holder == recipient or not fits:
            continue
        for purpose in flows.purposes:
            yield Line(
                holder,
                recipient,
                purpose,
                flows.gateway,
                tuple(flows.categories),
                flows.consent_needed,
            )


def _after(day: datetime.date, days: int) -> datetime.date:
    return day + datetime.timedelta(days=days)


def _persona_post(code: str) -> Post:
    found = persona(code)
    if found is None:
        raise KeyError(code)
    return Post.objects.select_related("team__agency", "user").get(pk=found.post_id)


def _viewer_of(post: Post) -> Viewer:
    return Viewer.of_post(post)


def _signatory_of(agency: str) -> Viewer:
    """Who signs for an agency: its persona, or somebody made up who is not on the sign-in page."""
    found = Post.objects.filter(team__agency=agency, role=SIGNATORY.code)
    post = found.select_related("team__agency", "user").first()
    if post is None:
        team, _ = Team.objects.get_or_create(agency_id=agency, name="Directors")
        user = User.objects.create(
            email=f"signs-for-{agency.replace('_', '-')}@joinedup.invalid",
            name=_SIGNATORIES[agency],
        )
        user.set_unusable_password()
        user.save()
        Post.objects.create(user=user, team=team, role=SIGNATORY.code, starts_on=IN_POST_SINCE)
        post = found.select_related("team__agency", "user").get()
    return _viewer_of(post)
