"""Keeping something of a person from sight, and letting it be seen again, on pages (P13)."""

import re
import uuid

import pytest

from joinedup.foundations.audit.operations.copies import record_copy
from joinedup.foundations.core import clock
from joinedup.identity.people.models import Holding, HoldingDetail, HoldingSummary, Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.models import Restriction
from joinedup.identity.sharing.operations.holdings import record_holding
from tests.audit_lines import lines
from tests.pages.test_every_page import well_made
from tests.pages.test_story_pages import signed_in, text
from tests.sharing import walled

pytestmark = pytest.mark.django_db
HIDDEN = "4 Hidden Lane"


class Known:
    """A woman whom housing and her practice know, with her address."""

    def __init__(self) -> None:
        walled.agency("housing", "housing")
        walled.agency("gp")
        self.officer = walled.viewer("housing")
        self.second = walled.viewer("housing", "duty_manager")
        self.manager = walled.viewer("housing", "duty_manager", team="Duty")
        self.gp = walled.viewer("gp", "general_practitioner")
        self.ada = walled.person("housing", "gp", address=HIDDEN, postcode="AB1 2CD")
        for viewer in (self.officer, self.second, self.manager, self.gp):
            walled.let_see_person(
                f"post:{viewer.post_id}", self.ada, viewer.agency, Category.IDENTITY
            )
        self.here = f"/people/{self.ada}/restrictions/"


@pytest.fixture
def known() -> Known:
    return Known()


def read(viewer: Viewer, path: str, **said: object) -> str:
    """The page, which opened and is well made, after posting to it where something is said."""
    client = signed_in(viewer)
    response = client.post(path, said) if said else client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    well_made(response)
    return text(response)


def test_an_address_is_set_apart_at_once_and_ended_by_two(known: Known) -> None:
    """P13: every agency's; whoever set it does not end it."""
    assert "Keep something from sight" in read(known.officer, f"/people/{known.ada}/")
    assert "keeps nothing of this person" in read(known.officer, known.here)
    said = {"what": "address", "because": "Fled from violence"}
    done = signed_in(known.second).post(known.here, said, follow=True)
    assert "It is kept from sight from now on." in text(done)
    with acting(walled.SYSTEM):
        assert set(Record.objects.values_list("address", "postcode")) == {("", "")}
    page = read(known.officer, known.here)
    assert "Fled from violence" in page
    assert HIDDEN not in page
    assert "Fled from violence" not in read(known.gp, known.here), "no other agency reads of it"
    [end] = re.findall(r'href="(/restrictions/[^"]+/end/)"', page)
    assert signed_in(known.gp).get(end).status_code == 404
    assert "Fled from violence" in read(known.officer, end)
    assert "Only a duty manager" in read(known.officer, end, yes="")
    assert "somebody other than who set it" in read(known.second, end, yes="")
    lifted = signed_in(known.manager).post(end, follow=True)
    assert "It is seen again as before." in text(lifted)
    with acting(walled.SYSTEM):
        assert set(Record.objects.values_list("address", flat=True)) == {HIDDEN}
    assert "has ended already" in read(known.manager, end, yes="")


def test_each_look_at_what_is_kept_is_on_record(known: Known) -> None:
    before = len(lines(post_id=known.officer.post_id, act="looked", person_id=known.ada))
    read(known.officer, known.here)
    assert (
        len(lines(post_id=known.officer.post_id, act="looked", person_id=known.ada)) == before + 1
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"because": "Fear"}, "Choose what is to be kept from sight"),
        ({"what": "address", "because": " "}, "Say why it is kept from sight"),
        ({"what": "withhold", "because": "Fear"}, "Choose what your agency withholds"),
        ({"what": "address", "because": "Fear", "until": "31 2 2027"}, "Enter the day like 31 3 2027"),
        ({"what": "address", "because": "Fear", "until": "1 1 2020"}, "ends after it begins"),
        ({"what": "somebody", "because": "Fear", "email": ""}, "Enter the work e-mail address"),
        ({"what": "somebody", "because": "Fear", "email": "nobody@example.org"}, "Nobody with that e-mail"),
    ],
)  # fmt: skip
def test_what_lacks_is_told_and_what_was_typed_stays(
    known: Known, said: dict[str, str], told: str
) -> None:
    page = read(known.manager, known.here, **said)
    assert told in page
    assert "govuk-error-summary" in page
    if said["because"].strip():
        assert f'value="{said["because"]}"' in page
    with acting(walled.SYSTEM):
        assert not Restriction.objects.exists()


def test_somebody_keeps_themselves_away_and_sees_the_person_no_more(known: Known) -> None:
    """A relative, a neighbour: nobody need be told why they ask."""
    done = signed_in(known.officer).post(known.here, {"what": "myself", "because": "My cousin"})
    assert done["Location"] == "/"
    assert signed_in(known.officer).get(f"/people/{known.ada}/").status_code == 404
    assert signed_in(known.officer).get(known.here).status_code == 404


def test_a_manager_keeps_a_colleague_away_and_others_are_not_offered_it(known: Known) -> None:
    assert 'value="somebody"' not in read(known.officer, known.here)
    refused = read(known.officer, known.here, what="somebody", because="x")
    assert "a manager keeps colleagues away" in refused
    with acting(walled.SYSTEM):
        email = walled.User.objects.get(pk=known.officer.user_id).email
    said = {"what": "somebody", "because": "Her former husband", "email": email.upper()}
    done = signed_in(known.manager).post(known.here, said, follow=True)
    assert "Her former husband" in text(done)
    assert signed_in(known.officer).get(f"/people/{known.ada}/").status_code == 404


def test_an_agency_withholds_what_it_holds(known: Known) -> None:
    said = {"what": "withhold", "because": "A running inquiry", "categories": ["housing"]}
    done = signed_in(known.officer).post(known.here, said, follow=True)
    assert "A running inquiry" in text(done)
    with acting(walled.SYSTEM):
        [found] = Restriction.objects.all()
    assert (found.kind, found.categories) == ("holder_withholds", ["housing"])


def test_whoever_does_not_see_the_person_finds_no_page(known: Known) -> None:
    walled.agency("police", "police")
    other = walled.viewer("police", team="Elsewhere")
    for path in (known.here, f"/restrictions/{uuid.uuid4()}/end/"):
        assert signed_in(other).get(path).status_code == 404
        assert signed_in(other).post(path, {"what": "address", "because": "x"}).status_code == 404


def test_an_agency_takes_back_what_it_holds_and_nobody_else_does(known: Known) -> None:
    """P15: with all its levels, at once; the line of it has no words."""
    held = record_holding(
        by=known.officer, person_id=known.ada, category=Category.HOUSING, headline="Arrears of rent",
        summary="Eight weeks", detail="Since the summer", starts_on=clock.now().date(),
        at=clock.now(),
    )  # fmt: skip
    page, here = f"/people/{known.ada}/", f"/holdings/{held.pk}/take-back/"
    assert f'href="{here}"' in read(known.officer, page)
    assert "Arrears of rent" in read(known.officer, here)
    for stranger in (known.gp, walled.viewer("housing", "link_reviewer", team="Links")):
        assert signed_in(stranger).get(here).status_code in (403, 404)
        assert signed_in(stranger).post(here).status_code in (403, 404)
    record_copy(
        by=known.officer.post_id, kind="plan", of=str(uuid.uuid4()), holder="housing", place="pdf",
        purpose=known.officer.purpose, at=clock.now(), person_id=known.ada,
    )  # fmt: skip
    done = signed_in(known.officer).post(here, follow=True)
    assert "It is taken back, and nobody sees it any more." in text(done)
    assert "destroy what does: plan as pdf on" in text(done)
    assert "Arrears of rent" not in text(done)
    assert signed_in(known.officer).get(here).status_code == 404
    with acting(walled.SYSTEM):
        assert not Holding.objects.exists()
        assert not HoldingSummary.objects.exists()
        assert not HoldingDetail.objects.exists()
    [line] = lines(post_id=known.officer.post_id, act="recalled a holding")
    assert "Arrears" not in str(line.detail)


def test_what_an_agency_holds_is_written_down_level_by_level(known: Known) -> None:
    """P8, P10: by who carries it; what lacks is told and what was typed stays."""
    here = f"/people/{known.ada}/holdings/new/"
    page = read(known.officer, here)
    assert "Ada Ashe" in page
    assert 'value="mental_health"' not in page, "a housing officer carries none of it"
    assert 'value="identity"' not in page
    lacking = read(known.officer, here, headline="Arrears of rent", starts_on="31 2 2026")
    for told in (
        "Choose what it is about",
        "Enter the day like 31 3 2026",
        'value="Arrears of rent"',
    ):
        assert told in lacking
    said = {
        "category": "housing", "headline": "Arrears of rent", "summary": "Eight weeks",
        "starts_on": "1 6 2026", "ends_on": "1 5 2026",
    }  # fmt: skip
    assert "It ends no earlier than it starts." in read(known.officer, here, **said)
    done = signed_in(known.officer).post(here, said | {"ends_on": ""}, follow=True)
    assert "It is written down." in text(done)
    assert "Arrears of rent" in text(done)
    with acting(walled.SYSTEM):
        assert (Holding.objects.get().holder_id, HoldingSummary.objects.count()) == ("housing", 1)
    walled.agency("police", "police")
    assert signed_in(walled.viewer("police", team="Elsewhere")).get(here).status_code == 404
