"""Two parties with what they need to make an agreement, for tests of agreements."""

import datetime
from dataclasses import dataclass

from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.choices import Category, Purpose
from joinedup.identity.sharing.models import SharingAgreement
from joinedup.identity.sharing.operations.agreement_life import sign_agreement
from joinedup.identity.sharing.operations.agreements import draft_agreement, edit_agreement
from joinedup.identity.sharing.operations.schedule import Line, add_lines
from joinedup.identity.sharing.rules.headings import SECTIONS
from tests.sharing import walled

AT = datetime.datetime(2026, 11, 22, 10, tzinfo=datetime.UTC)
TODAY = AT.date()
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Parties:
    """Who governs, and who signs for each of the two."""

    lead: Viewer
    guardian: Viewer
    housing: Viewer
    police: Viewer


def parties() -> Parties:
    """Housing and the police, an information governance lead and a Caldicott guardian."""
    for code, kind in (("housing", "housing"), ("police", "police"), ("hub", "partnership")):
        walled.agency(code, kind)
    return Parties(
        walled.viewer("hub", "ig_lead"),
        walled.viewer("hub", "caldicott_guardian"),
        walled.viewer("housing", "signatory"),
        walled.viewer("police", "signatory"),
    )


WRITTEN: dict[str, object] = {
    heading.field: f"{heading.title}, in words"
    for section in SECTIONS
    for heading in section.headings
    if heading.field != "title" and not heading.field.endswith("_on")
} | {
    "kind": "mou",
    "is_binding": True,
    "joint_controllers": False,
    "part_3_processing": False,
    "starts_on": TODAY,
    "review_on": TODAY + 200 * DAY,
    "ends_on": TODAY + 400 * DAY,
}
GATEWAY = "identity_matching"
"""Asks for no involvement, so that it opens the door to everybody of whom the police hold something."""
CARRIED = (Category.IDENTITY, Category.ADDRESS)
LINE = Line("police", "housing", Purpose.ANTISOCIAL_BEHAVIOUR, GATEWAY, CARRIED)


def written(by: Parties, *, line: bool = True, **headings: object) -> SharingAgreement:
    """A draft with every heading written, and one line of the schedule: the police tell housing."""
    drafted = draft_agreement(
        by=by.lead, reference="ISA-1", title="Safer streets", parties=("housing", "police"), at=AT
    )
    done = edit_agreement(
        by=by.lead, agreement_id=drafted.pk, values={**WRITTEN, **headings}, edited=0, at=AT
    )
    if line:
        add_lines(by=by.lead, agreement_id=drafted.pk, lines=[LINE], at=AT)
        done.refresh_from_db()
    return done


def signed(by: Parties, at: datetime.datetime = AT, **headings: object) -> SharingAgreement:
    """The same, signed by both."""
    agreement = written(by, **headings)
    for hand in (by.housing, by.police):
        sign_agreement(by=hand, agreement_id=agreement.pk, edited=agreement.edited, at=at)
    agreement.refresh_from_db()
    return agreement
