"""The story is counted by the database as its owner, and tells nobody more than row security would."""

import pytest

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Purpose, RestrictionKind
from joinedup.identity.sharing.models import Restriction
from joinedup.support.cases.choices import IncidentRole
from joinedup.support.cases.models import StoryEntry
from joinedup.support.cases.queries.story_counts import Counts, counts_of
from joinedup.support.contacts.choices import How, Seen
from joinedup.support.contacts.models import Contact
from joinedup.support.contacts.operations import ContactSaid, record_contact
from tests.sharing import walled
from tests.unit.cases.stories import a_case, a_lead, now, written

pytestmark = pytest.mark.django_db


def many(counts: Counts) -> int:
    """How many lines were counted."""
    return sum(lines for lines, _ in counts.tally.values())


def test_each_viewer_is_told_as_many_as_they_would_read() -> None:
    """P10: and whoever looks for offending is not told of what somebody suffered."""
    lead = a_lead()
    ada = walled.person("housing")
    case = a_case(lead, ada)
    written(lead, case, "Moved in", person_id=ada)
    written(lead, case, "Was robbed", role=IncidentRole.VICTIM)
    visit = ContactSaid(How.VISIT, now(-1), "Seen at home", seen=Seen.SEEN_ALONE, person_id=ada)
    record_contact(by=lead, matter_id=case.pk, said=visit, at=now())
    viewers: dict[str, Viewer] = {
        "lead": lead,
        "colleague": walled.viewer("housing", "housing_officer", team="Tenancies"),
        "stranger": walled.viewer("housing", "housing_officer", team="Another"),
        "system": walled.SYSTEM,
    }
    found = {}
    for name, viewer in viewers.items():
        with acting(viewer):
            counted = counts_of(case.pk, [ada], now(), now(-2))
            read = StoryEntry.objects.filter(case=case).count()
            read += Contact.objects.filter(matter=case.pk).count()
        assert many(counted) == read, name
        found[name] = (many(counted), counted.new, counted.recording.last_seen_alone_at is not None)
    assert found["lead"] == found["colleague"] == found["system"] == (3, 3, True)
    assert found["stranger"] == (0, 0, False)
    assert many(counts_of(case.pk, [ada], now(), None)) == 0, "nobody is told nothing"


def test_who_looks_at_somebody_as_an_offender_is_not_told_what_they_suffered() -> None:
    """P10."""
    walled.agency("police", "police")
    officer = walled.viewer("police", "police_liaison", Purpose.CRIME_DISORDER)
    case = a_case(officer, walled.person("police"))
    written(officer, case, "Robbed", role=IncidentRole.VICTIM, source="police")
    offending = Viewer.of_post(walled.Post.objects.get(pk=officer.post_id), purpose=Purpose.IOM)
    for viewer, told in ((officer, 1), (offending, 0)):
        with acting(viewer):
            assert many(counts_of(case.pk, [], now(), None)) == told


def test_who_is_kept_from_somebody_is_told_no_number() -> None:
    """P28: a relation is a hard constraint."""
    lead = a_lead()
    ada = walled.person("housing")
    case = a_case(lead, ada)
    written(lead, case, "Moved in", person_id=ada)
    with acting(walled.SYSTEM):
        Restriction.objects.create(
            person_id=ada, holder_id="housing", kind=RestrictionKind.BARRED_POST, barred_id=lead.post_id,
            because="A cousin", starts_at=now(-1),
        )  # fmt: skip
    with acting(lead):
        assert many(counts_of(case.pk, [ada], now(), None)) == 0
