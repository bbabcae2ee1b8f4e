"""What a new version of an agreement would do, foretold before it is signed (P7)."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from joinedup.foundations.core.dates import start_of
from joinedup.identity.people.models import Holding
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import AgreementChange, Category, Purpose
from joinedup.identity.sharing.models import Involvement, SharingAgreement, Visibility
from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.operations.agreement_life import sign_agreement
from joinedup.identity.sharing.operations.agreements import (
    amend_agreement,
    draft_agreement,
    edit_agreement,
    set_parties,
)
from joinedup.identity.sharing.operations.preview import CannotPreview, preview
from joinedup.identity.sharing.operations.schedule import Line, add_lines, remove_line
from joinedup.identity.sharing.queries.previews import Effect, Preview
from tests.sharing import walled
from tests.sharing.parties import AT, DAY, TODAY, WRITTEN, Parties, parties

pytestmark = pytest.mark.django_db

BOTH = (Category.DOMESTIC_ABUSE, Category.HOUSING)
TO_CARE = Line("police", "care", Purpose.MARAC, "marac", BOTH)
FIRST = TODAY + 10 * DAY
"""The first day of the new version; the version before would go on until its review in 200 days."""


@dataclass
class Place:
    """The police tell social care for MARAC about one person whom a team works with; the county waits."""

    by: Parties
    hands: dict[str, Viewer]
    workers: dict[str, Viewer]
    first: SharingAgreement
    known: uuid.UUID
    draft: SharingAgreement | None = None

    def amended(self, lines: Iterable[Line], **days: object) -> SharingAgreement:
        """The next version with these lines and its own days, unsigned."""
        lead = self.by.lead
        draft = amend_agreement(by=lead, agreement_id=self.first.pk, at=AT)
        for line in draft.flows.all():
            remove_line(by=lead, agreement_id=draft.pk, line_id=line.pk, at=AT)
        add_lines(by=lead, agreement_id=draft.pk, lines=lines, at=AT)
        draft.refresh_from_db()
        values = {"starts_on": FIRST, "review_on": TODAY + 300 * DAY, "ends_on": TODAY + 400 * DAY}
        self.draft = edit_agreement(
            by=lead, agreement_id=draft.pk, values=values | days, edited=draft.edited, at=AT
        )
        return self.draft

    def foretell(self) -> Preview:
        assert self.draft
        sign = AgreementChange.SIGN
        return preview(by=self.by.guardian, agreement_id=self.draft.pk, change=sign, at=AT)

    def sign(self, agreement: SharingAgreement) -> None:
        agreement.refresh_from_db()
        for party in agreement.parties.values_list("agency_id", flat=True):
            hand = self.hands[party]
            sign_agreement(by=hand, agreement_id=agreement.pk, edited=agreement.edited, at=AT)

    def sees(self, agency: str, category: Category, day: int) -> bool:
        """Whether the agency's team has a row that shows it of the known person on that day."""
        on = start_of(TODAY + day * DAY)
        with acting(walled.SYSTEM):
            rows = Visibility.objects.filter(
                holder="police", purpose=Purpose.MARAC, person=self.known,
                recipient=f"team:{self.workers[agency].team_id}", starts_at__lte=on, ends_at__gt=on,
            )  # fmt: skip
            return any(row.headline & category.bit for row in rows)


@pytest.fixture
def place() -> Place:
    by = parties()
    hands = {"police": by.police}
    workers = {}
    for agency in ("care", "county"):
        walled.agency(agency, "social_care")
        hands[agency] = walled.viewer(agency, "signatory")
        workers[agency] = walled.viewer(agency, "social_worker")
    known = walled.person("police", given_name="ROSA", family_name="QUAY")
    with acting(walled.SYSTEM):
        for category in BOTH:
            Holding.objects.create(
                person_id=known, holder_id="police", category=category, headline="An enquiry",
                recorded_at=AT, starts_on=TODAY - 9 * DAY,
            )  # fmt: skip
        for agency, worker in workers.items():
            Involvement.objects.create(
                person_id=known, agency_id=agency, team_id=worker.team_id, because="allocated",
                starts_at=AT - DAY,
            )  # fmt: skip
        derive.people([known], at=AT)
    first = draft_agreement(
        by=by.lead, reference="ISA-7", title="MARAC", parties=("police", "care"), at=AT
    )
    edit_agreement(by=by.lead, agreement_id=first.pk, values=WRITTEN, edited=0, at=AT)
    add_lines(by=by.lead, agreement_id=first.pk, lines=[TO_CARE], at=AT)
    found = Place(by, hands, workers, first, known)
    found.sign(first)
    return found


def effect(category: Category, *, lost: bool, agency: str = "Care") -> Effect:
    return Effect(agency, "Police", Purpose.MARAC, category, lost, 1, 1)


def test_a_new_version_that_changes_nothing_turns_nothing(place: Place) -> None:
    place.amended([TO_CARE])
    found = place.foretell()
    assert (found.effects, found.safety, found.cut_off, found.later) == ((), (), (), None)
    assert found.when == start_of(FIRST)


def test_a_narrowed_line_names_who_would_lose_a_safety_fact(place: Place) -> None:
    """P7: before anything closes, each person who would lose a safety fact is named."""
    draft = place.amended([TO_CARE._replace(categories=(Category.HOUSING,))])
    found = place.foretell()
    assert found.effects == (effect(Category.DOMESTIC_ABUSE, lost=True),)
    assert [(cut.agency, cut.categories) for cut in found.cut_off] == [
        ("Care", (Category.DOMESTIC_ABUSE,))
    ]
    assert [(loss.name, loss.recipient) for loss in found.safety] == [("Rosa Quay", "Care")]
    place.sign(draft)
    assert [place.sees("care", Category.DOMESTIC_ABUSE, day) for day in (9, 10)] == [True, False]
    assert [place.sees("care", Category.HOUSING, day) for day in (9, 10)] == [True, True]


def test_a_widened_line_tells_what_would_be_gained(place: Place) -> None:
    wider = (*BOTH, Category.CRIME_VICTIM)
    with acting(walled.SYSTEM):
        Holding.objects.create(
            person_id=place.known, holder_id="police", category=Category.CRIME_VICTIM,
            headline="A caution", recorded_at=AT, starts_on=TODAY - DAY,
        )  # fmt: skip
    draft = place.amended([TO_CARE._replace(categories=wider)])
    found = place.foretell()
    assert found.effects == (effect(Category.CRIME_VICTIM, lost=False),)
    assert (found.safety, found.cut_off) == ((), ())
    place.sign(draft)
    seen = [place.sees("care", Category.CRIME_VICTIM, day) for day in (9, 10)]
    assert seen == [False, True]


def test_a_party_that_makes_room_for_another_loses_and_the_other_gains(place: Place) -> None:
    lead = place.by.lead
    draft = place.amended([])
    draft = set_parties(
        by=lead, agreement_id=draft.pk, parties=("police", "county"), edited=draft.edited, at=AT
    )
    line = TO_CARE._replace(recipient="county", categories=(Category.DOMESTIC_ABUSE,))
    add_lines(by=lead, agreement_id=draft.pk, lines=[line], at=AT)
    found = place.foretell()
    assert set(found.effects) == {
        effect(Category.DOMESTIC_ABUSE, lost=True),
        effect(Category.HOUSING, lost=True),
        effect(Category.DOMESTIC_ABUSE, lost=False, agency="County"),
    }
    assert [loss.recipient for loss in found.safety] == ["Care"]
    place.sign(draft)
    assert [place.sees("care", Category.DOMESTIC_ABUSE, day) for day in (9, 10)] == [True, False]
    assert [place.sees("county", Category.DOMESTIC_ABUSE, day) for day in (9, 10)] == [False, True]


def test_a_version_that_closes_sooner_tells_what_it_takes_away_then(place: Place) -> None:
    """P7: nothing turns on its first day, and yet it would close before the one it replaces."""
    draft = place.amended([TO_CARE], review_on=TODAY + 90 * DAY, ends_on=TODAY + 90 * DAY)
    found = place.foretell()
    assert (found.effects, found.safety) == ((), ())
    assert found.later is not None
    assert found.later.when == start_of(TODAY + 90 * DAY)
    assert set(found.later.effects) == {effect(category, lost=True) for category in BOTH}
    assert [loss.name for loss in found.later.safety] == ["Rosa Quay"]
    assert len(found.later.cut_off) == 1
    place.sign(draft)
    assert [place.sees("care", Category.DOMESTIC_ABUSE, day) for day in (89, 90)] == [True, False]


def test_who_holds_no_cases_is_told_of_later_without_small_numbers_and_names(place: Place) -> None:
    """P44, and names are for the guardian."""
    draft = place.amended([TO_CARE], review_on=TODAY + 90 * DAY, ends_on=TODAY + 90 * DAY)
    told = preview(
        by=place.by.lead, agreement_id=draft.pk, change=AgreementChange.SIGN, at=AT
    ).later
    assert told is not None
    assert told.counts_rounded
    assert {each.people for each in (*told.effects, *told.cut_off)} == {None}
    assert {loss.name for loss in told.safety} == {""}


def test_without_a_first_day_nothing_is_foretold(place: Place) -> None:
    """An amended version begins without days: that nobody would see less were no true answer."""
    place.draft = amend_agreement(by=place.by.lead, agreement_id=place.first.pk, at=AT)
    with pytest.raises(CannotPreview, match="no first day"):
        place.foretell()
