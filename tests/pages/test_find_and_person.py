"""Finding without scripts, what a search leaves behind, and identifiers that were merged."""

import datetime
import re
from pathlib import Path

from joinedup.foundations.audit.models import Entry
from joinedup.identity.people.models import Person, Record
from tests.pages.signing_in import signed_in


def somebody() -> Record:
    """A record with a name and a birth date."""
    known = Record.objects.using("owner").filter(agency="gp", gone_on=None, born_on__isnull=False)
    return known.earliest("pk")


def asked_for(record: Record) -> str:
    return f"{record.given_name} {record.family_name} {record.born_on:%d/%m/%Y}"


def test_the_button_alone_finds_a_person(linked: Path) -> None:
    record = somebody()
    page = signed_in("front-door").post("/find/", {"text": asked_for(record)}).content.decode()
    assert "<h1" in page
    assert f"/people/{record.person_id}/" in page
    assert 'value="' + asked_for(record) in page


def test_a_part_of_the_page_is_answered_as_one_types(linked: Path) -> None:
    record = somebody()
    client = signed_in("front-door")
    headers = {"HX-Request": "true"}
    page = client.post("/find/", {"text": asked_for(record)}, headers=headers).content.decode()
    assert "<h1" not in page
    assert f"/people/{record.person_id}/" in page
    assert 'hx-swap-oob="innerHTML:#find-status"' in page


def test_nobody_is_shown_by_a_name_alone(linked: Path) -> None:
    """P3: two identifying elements, or one number that is unique."""
    page = signed_in("front-door").post("/find/", {"text": somebody().family_name}).content.decode()
    assert "/people/" not in page
    assert "govuk-inset-text" in page


def test_a_search_in_an_address_is_not_answered(linked: Path) -> None:
    """Addresses reach logs and histories, so no name and no birth date ever stands in one."""
    client = signed_in("front-door")
    page = client.get("/find/", {"text": asked_for(somebody())}).content.decode()
    assert "/people/" not in page


def test_the_way_back_finds_the_search_again_until_signing_out(linked: Path) -> None:
    record = somebody()
    client = signed_in("front-door")
    client.post("/find/", {"text": asked_for(record)})
    assert f"/people/{record.person_id}/" in client.get("/find/?again").content.decode()
    client.post("/sign-out/")
    client.post("/sign-in/", {"persona": "front-door"})
    assert "/people/" not in client.get("/find/?again").content.decode()


def test_what_is_typed_is_escaped(linked: Path) -> None:
    page = signed_in("front-door").post("/find/", {"text": '"><script>x</script>'})
    assert "<script>x" not in page.content.decode()


def test_each_answer_shown_and_each_person_opened_leaves_its_line(linked: Path) -> None:
    """P3: each one shown is an audited look; a person's page says whose data was seen, and by which row."""
    record = somebody()
    client = signed_in("front-door")
    lines = Entry.objects.using("owner").filter(act="looked", subject_id=str(record.person_id))
    looks, by_row = lines.filter(holder=""), lines.exclude(holder="")
    before, seen = looks.count(), by_row.count()
    client.post("/find/", {"text": asked_for(record)})
    assert looks.count() == before + 1
    client.get(f"/people/{record.person_id}/")
    assert looks.count() == before + 2
    last = looks.latest("at").at
    assert by_row.filter(at=last).exists(), "what one page shows is one look, and told as one"
    of_each = by_row.filter(categories__contains=["identity"])
    assert of_each.count() > seen
    assert all(each.basis for each in of_each)


def test_an_identifier_that_was_merged_leads_to_the_person(linked: Path) -> None:
    person_id = somebody().person_id
    merged = Person.objects.using("owner").create(
        first_seen_on=datetime.date(2026, 11, 1), merged_into_id=person_id
    )
    response = signed_in("front-door").get(f"/people/{merged.pk}/", follow=True)
    assert response.redirect_chain == [(f"/people/{person_id}/", 302)]
    assert "Two entries were found to be one person" in response.content.decode()


def test_a_death_stands_first_and_names_who_told_it(linked: Path) -> None:
    """P5: a trusted death stops outreach, and whoever opens the page sees it at once."""
    person_id = somebody().person_id
    Person.objects.using("owner").filter(pk=person_id).update(
        died_on=datetime.date(2026, 11, 1), died_source="gp"
    )
    page = signed_in("front-door").get(f"/people/{person_id}/").content.decode()
    Person.objects.using("owner").filter(pk=person_id).update(died_on=None, died_source="")
    text = re.sub(r"\s+", " ", page)
    assert "<strong>Died 1 November 2026.</strong> Told by GP practices." in text
    assert text.index("Died 1 November") < text.index("Who each agency says this is")


def test_a_number_that_is_the_nhs_number_in_disguise_is_withheld(linked: Path) -> None:
    """P3: an agency may use the NHS number as its own; police posts do not read it there either."""
    record = somebody()
    own, number = record.record_id, "9993935743"
    for disguise in (number, "NHS-999 393 5743"):
        Record.objects.using("owner").filter(pk=record.pk).update(record_id=disguise)
        for address in ("", "evidence/", "correction/"):
            path = f"/people/{record.person_id}/{address}"
            officer = signed_in("police").get(path).content.decode()
            assert disguise not in officer
            assert "number not shown" in officer
            assert disguise in signed_in("front-door").get(path).content.decode()
    Record.objects.using("owner").filter(pk=record.pk).update(record_id=own)
