"""Addresses of the pages of agreements, with an agreement that is really there."""

from typing import Any

from django.utils import timezone

from joinedup.demo.personas import PERSONAS
from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.models import SharingAgreement
from joinedup.identity.sharing.operations.agreements import amend_agreement, draft_agreement

REFERENCE = "ISA-PAGES"
CODES = {"agreement-edit": "purpose", "agreement-change": "sign"}


def sharing_address(name: str) -> dict[str, Any]:
    """What an address of an agreement wants: a second version, so that there is one to compare with."""
    found: dict[str, Any] = {"agreement_id": _second_version().pk}
    if name in CODES:
        found["code"] = CODES[name]
    if name == "agreement-line-remove":
        found["line_id"] = 1
    return found


def _second_version() -> SharingAgreement:
    there = SharingAgreement.objects.filter(reference=REFERENCE, version=2).first()
    if there is not None:
        return there
    lead = next(each for each in PERSONAS if each.code == "ig-lead")
    post = Post.objects.select_related("team__agency", "user").get(pk=lead.post_id)
    by, at = Viewer.of_post(post, purpose=""), timezone.now()
    first = draft_agreement(
        by=by, reference=REFERENCE, title="Pages", parties=("police", "housing"), at=at
    )
    return amend_agreement(by=by, agreement_id=first.pk, at=at)
