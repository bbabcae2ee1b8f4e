"""Finding people on a small real database: each kind of damage, and each refusal."""

import datetime
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.db import connection

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.audit.models import Entry
from joinedup.identity.people.models import Person, Record, RecordVersion
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import RestrictionKind
from joinedup.identity.sharing.models import Restriction
from joinedup.intelligence.linkage.models import FindKey, FindLately, FindProfile
from joinedup.intelligence.linkage.operations.find_index import mend_find_index, refresh_find_index
from joinedup.intelligence.linkage.operations.find_said import NightFiles
from joinedup.intelligence.linkage.queries import find_shown
from joinedup.intelligence.linkage.queries.find import (
    MOST_SHOWN,
    Identity,
    OneOfOurs,
    find_people,
    is_this_one_of_ours,
)
from joinedup.pipeline.contracts.stages import RECORDS
from joinedup.pipeline.standardise.table import standardise
from tests.sharing import walled
from tests.sight import everybody_sees_identity
from tests.unit.linkage.found_by import Keys, found_by

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 20)
AT = datetime.datetime(2026, 11, 22, 9, tzinfo=datetime.UTC)

ROBERT = {
    "given_name": "Robert", "middle_names": "Alan", "family_name": "Thistlewood",
    "born_on": datetime.date(1984, 4, 23), "sex": "M", "address": "12 Oak Road, Hillside",
    "postcode": "AB1 2CD", "previous_postcode": "AB9 9ZZ", "nhs_number": "9990000018",
    "nhs_number_status": "01",
}  # fmt: skip
ANITA = {
    "given_name": "Anita", "family_name": "Sharma-Peel", "previous_family_name": "Kolhatkar",
    "born_on": datetime.date(1990, 3, 5), "sex": "F", "address": "4 Mill Lane", "postcode": "AB3 4EF",
}  # fmt: skip


def viewer(kind: AgencyKind = AgencyKind.HEALTH, role: str = "practitioner") -> Viewer:
    walled.agency(f"{kind}_x", kind)
    everybody_sees_identity()
    return walled.viewer(f"{kind}_x", role)


@pytest.fixture(autouse=True)
def _as_the_system() -> Iterator[None]:
    """The spine is made and looked at as the system; whoever finds, finds as themselves."""
    with acting(walled.SYSTEM):
        yield


@pytest.fixture
def agencies() -> None:
    for code, kind in (("gp", "health"), ("police", "police"), ("housing", "housing")):
        Agency.objects.create(code=code, name=code, kind=kind)


def person(*, agency: str = "gp", record: str = "", **said: object) -> Person:
    """A person with one record."""
    found = Person.objects.create(first_seen_on=DAY)
    add_record(found, agency=agency, record=record, **said)
    return found


def add_record(of: Person, *, agency: str = "gp", record: str = "", **said: object) -> Record:
    return Record.objects.create(
        agency_id=agency, record_id=record or uuid.uuid4().hex, controller=agency, person=of,
        received_on=DAY, changed_on=DAY, linked_on=DAY, **said,
    )  # fmt: skip


def refresh(*people: Person) -> None:
    with connection.cursor() as cursor:
        refresh_find_index(cursor, [str(p.pk) for p in people] if people else None)


@pytest.fixture
def robert(agencies: None) -> Person:
    found = person(**ROBERT, record="GP/00123")
    add_record(
        found, agency="police", given_name="BOB", family_name="THISTLEWOOD", record="NM/7712"
    )
    return found


@pytest.fixture
def anita(agencies: None) -> Person:
    return person(**ANITA)


@pytest.fixture
def place(robert: Person, anita: Person) -> None:
    """The two, among others who are like them in something."""
    person(given_name="Robert", family_name="Jones", born_on=ROBERT["born_on"], postcode="AB5 5AA")
    person(given_name="Alice", family_name="Thistlewood", born_on=datetime.date(2011, 1, 9),
           address="12 Oak Road, Hillside", postcode="AB1 2CD")  # fmt: skip
    refresh()


def found(text: str, by: Viewer | None = None) -> list[uuid.UUID]:
    return [answer.person for answer in find_people(by or viewer(), text, at=AT).answers]


@pytest.mark.parametrize(
    "text",
    [
        "robert thistlewood 23/4/84",
        "23-04-1984 Thistlewood, Robert",
        "THISTLEWOOD ROBERT 23 Apr 1984",
        "bob thistlewood 230484",
        "robbie thistlewood ab12cd",
        "rboert thistlewood 23/4/84",
        "robert thistlwood 23/4/84",
        "robret thistelwood 23/4/84",
        "robert thistlewood 24/4/84",
        "robert thistlewood 23/5/84",
        "robert thistlewood 23/4/85",
        "robert thistlewood 1984",
        "robert thistlewood april 1984",
        "robert thistlewood ab9 9zz",
        "robert thistlewood ab1",
        "robert thistlewood ab1 2",
        "robert thistlewood ab1 2ce",
        "thistlewood 23/4/84",
        "robert ab1 2cd",
        "rob thistle 23/4/84",
        "robert alan thistlewood 23/4/84",
        "alan thistlewood 23/4/84",
        "r thistlewood 23/4/84",
        "23/4/84 ab1 2cd",
        "robert 12 oak road",
        "9990000018",
        "999 000 0018",
        "GP/00123",
        "nm/7712",
    ],
)
def test_robert_is_found_first(place: None, robert: Person, text: str) -> None:
    assert found(text)[:1] == [robert.pk]


@pytest.mark.parametrize(
    "text",
    [
        "anita sharma-peel 5/3/90",
        "anita sharma 5/3/90",
        "anita peel ab34ef",
        "anita kolhatkar 5/3/90",
        "anita kolhatkar 1990",
        "kolhatkar, anita ab3 4ef",
        "anita sharma peel 3/5/90",
        "sharma peel anita 05.03.1990",
    ],
)
def test_anita_is_found_by_maiden_name_and_turned_date(
    place: None, anita: Person, text: str
) -> None:
    assert found(text)[:1] == [anita.pk]


def test_an_answer_says_why_and_shows_what_the_practice_has(place: None, robert: Person) -> None:
    answers = find_people(viewer(), "bob thistlewood 23/4/84 ab9 9zz", at=AT)
    best = answers.answers[0]
    assert (best.name, best.born_on, best.postcode) == (
        "Robert Thistlewood", datetime.date(1984, 4, 23), "AB1 2CD",
    )  # fmt: skip
    assert best.why == (
        "same given name",
        "same family name",
        "same date of birth",
        "earlier postcode",
    )
    assert best.strength == "strong"
    assert answers.needed == ""
    assert answers.understood == ("name Bob Thistlewood", "born 23 April 1984", "postcode AB9 9ZZ")


@pytest.mark.parametrize(
    "text", ["robert thistlewood", "23/4/84", "ab1 2cd", "thistlewood 1984", ""]
)
def test_nobody_is_shown_by_one_element(place: None, text: str) -> None:
    """P3: and nothing is read, so nothing is in the audit."""
    answer = find_people(viewer(), text, at=AT)
    assert answer.answers == ()
    assert answer.needed
    with acting(walled.SYSTEM):
        assert not Entry.objects.filter(subject_kind="person").exists()


def test_one_number_that_is_nobody_s_asks_for_more(place: None) -> None:
    """P3."""
    assert find_people(viewer(), "GP/99999", at=AT).needed


def test_beside_a_number_a_name_alone_shows_nobody_else(place: None, robert: Person) -> None:
    """P3."""
    assert found("thistlewood NM/7712") == [robert.pk]


def test_never_more_than_ten_are_shown(agencies: None) -> None:
    """P3."""
    for _ in range(15):
        person(given_name="Ann", family_name="Lee", born_on=datetime.date(1950, 1, 1))
    refresh()
    answer = find_people(viewer(), "ann lee 1/1/1950", at=AT, limit=50)
    assert len(answer.answers) == MOST_SHOWN
    assert answer.more


@pytest.mark.parametrize("text", ["ann lee 1950", "ann lee 1/1/1950", "ann lee 1/2/1950"])
def test_whoever_may_not_be_read_changes_no_answer(
    agencies: None, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """P8: the same answers, and as many, as if those who are hidden did not exist."""
    seen = [
        person(given_name="Ann", family_name="Lee", born_on=datetime.date(1950, 1, day)).pk
        for day in range(2, 15)
    ]
    refresh()
    as_if_there_were_no_more = find_people(viewer(), text, at=AT)
    assert as_if_there_were_no_more.answers
    for _ in range(5):
        person(given_name="Ann", family_name="Lee", born_on=datetime.date(1950, 1, 1))
    refresh()
    real = find_shown._facts
    monkeypatch.setattr(
        find_shown, "_facts", lambda rows: real([row for row in rows if row[0] in seen])
    )
    assert find_people(viewer(), text, at=AT) == as_if_there_were_no_more
    monkeypatch.setattr(find_shown, "_facts", lambda people, *looks: {})
    assert find_people(viewer(), text, at=AT).answers == ()


def test_the_index_is_shut_but_for_its_functions_also_when_made_anew(place: None) -> None:
    """P8: whoever finds people through it reads nothing of it, before and after a night made it anew."""
    by = viewer()
    for _ in range(2):
        with acting(by):
            assert not FindKey.objects.exists()
            assert not FindLately.objects.exists()
            assert not FindProfile.objects.exists()
        assert found("robert thistlewood 23/4/84", by)
        refresh()


def test_each_one_shown_is_an_audited_look(place: None) -> None:
    """P3."""
    by = viewer()
    answer = find_people(by, "robert thistlewood 23/4/84", at=AT)
    with acting(walled.SYSTEM):
        looks = list(Entry.objects.filter(act="looked", subject_kind="person", post_id=by.post_id))
    assert {look.subject_id for look in looks} == {str(a.person) for a in answer.answers}
    assert all("thistlewood" not in str(look.detail).lower() for look in looks)


def test_whoever_is_hidden_is_not_looked_at_and_all_who_are_shown_are(agencies: None) -> None:
    """P3, P8: a restriction that keeps a post from somebody found leaves lines of the others alone."""
    hidden, *shown = [
        person(given_name="Ann", family_name="Lee", born_on=datetime.date(1950, 1, day))
        for day in range(1, 4)
    ]
    refresh()
    by = viewer()
    Restriction.objects.create(
        person=hidden, holder_id=by.agency, kind=RestrictionKind.BARRED_POST,
        barred_id=by.post_id, because="near", starts_at=AT - datetime.timedelta(days=2),
    )  # fmt: skip
    answer = find_people(by, "ann lee 1950", at=AT)
    assert {one.person for one in answer.answers} == {one.pk for one in shown}
    looks = Entry.objects.filter(act="looked", subject_kind="person", post_id=by.post_id)
    with acting(walled.SYSTEM):
        assert sorted(look.person_id for look in looks) == sorted(one.pk for one in shown)


def test_nhs_numbers_are_for_health_and_social_care(place: None, robert: Person) -> None:
    """P3: neither searched by nor shown to others."""
    police = viewer(AgencyKind.POLICE)
    assert found("9990000018", police) == []
    answer = find_people(police, "9990000018", at=AT)
    assert "health and social care" in answer.understood[0]
    [best] = find_people(police, "bob thistlewood 23/4/84", at=AT).answers[:1]
    assert best.nhs_number == ""
    assert find_people(viewer(), "9990000018", at=AT).answers[0].nhs_number == "9990000018"


def test_a_role_that_does_not_find_people_is_refused(place: None) -> None:
    with pytest.raises(NotPermitted):
        find_people(viewer(role="analyst"), "robert thistlewood 23/4/84", at=AT)
    with pytest.raises(NotPermitted):
        is_this_one_of_ours(viewer(role="analyst"), Identity(), at=AT)


def test_what_a_record_said_before_finds_the_person(robert: Person) -> None:
    record = Record.objects.get(record_id="NM/7712")
    RecordVersion.objects.create(
        record=record, identity={"family_name": "Quillfeather", "postcode": "AB7 7QQ"},
        starts_on=DAY, ends_on=DAY,
    )  # fmt: skip
    refresh(robert)
    assert found("robert quillfeather 1984") == [robert.pk]
    assert found("robert ab7 7qq") == [robert.pk]


def test_a_sealed_identity_is_found_by_nothing_it_was(robert: Person) -> None:
    """P2: once the earlier record and what it said are purged, no key and no profile remembers them."""
    earlier = add_record(
        robert, agency="housing", given_name="Zebedee", family_name="Quillfeather",
        born_on=datetime.date(1984, 4, 23), postcode="AB7 7QQ", record="H900",
    )  # fmt: skip
    RecordVersion.objects.create(
        record=earlier, identity={"family_name": "Oldnameson"}, starts_on=DAY, ends_on=DAY
    )
    refresh(robert)
    texts = ["zebedee quillfeather 1984", "zebedee ab7 7qq", "H900", "zebedee oldnameson 1984"]
    assert all(found(text) for text in texts)
    earlier.delete()
    refresh(robert)
    assert [found(text) for text in texts] == [[], [], [], []]
    profiles = " ".join(FindProfile.objects.values_list("profile", flat=True))
    for secret in ("QUILLFEATHER", "ZEBEDEE", "OLDNAMESON", "AB7 7QQ"):
        assert secret not in profiles
    before = found_by()
    refresh()
    assert found_by() == before


def test_a_record_that_is_gone_no_longer_finds(robert: Person) -> None:
    refresh()
    Record.objects.update(gone_on=DAY)
    refresh(robert)
    assert found("robert thistlewood 23/4/84") == []
    assert not found_by()
    assert not FindProfile.objects.exists()


def test_a_change_in_part_ends_where_making_anew_does(place: None, anita: Person) -> None:
    Record.objects.filter(person=anita).update(family_name="Kapoor", postcode="AB8 8HH")
    moved = Record.objects.get(record_id="NM/7712")
    moved.person = anita
    moved.save()
    robert = Record.objects.get(record_id="GP/00123").person
    refresh(anita, robert)
    keys, profiles = _index()
    refresh()
    assert (keys, profiles) == _index()


@pytest.mark.parametrize("old", ["ROBERT|THISTLEWOOD|19840423", "ROBERT||||~19840423~AB1|||~", ""])
def test_an_index_of_another_version_is_made_anew_for_everybody(
    place: None, robert: Person, anita: Person, old: str
) -> None:
    whole = _index()
    FindProfile.objects.update(profile=old)
    FindKey.objects.all().delete()
    refresh(anita)
    assert _index() == whole
    assert found("robert thistlewood 23/4/84") == [robert.pk]


def test_an_index_of_another_version_is_mended_when_the_tables_are_brought_up_to_date(
    place: None, robert: Person
) -> None:
    whole = _index()
    assert mend_find_index() == 0, "nothing to mend"
    FindProfile.objects.update(profile="ROBERT||||THISTLEWOOD~19840423~|||~")
    assert mend_find_index() == len(whole[0])
    assert _index() == whole
    assert found("robert thistlewood 23/4/84") == [robert.pk]


def _index() -> tuple[Keys, set[tuple[uuid.UUID, str]]]:
    return found_by(), set(FindProfile.objects.values_list("person", "profile"))


def test_a_night_s_own_files_make_the_same_index(place: None, tmp_path: Path) -> None:
    record = Record.objects.get(record_id="NM/7712")
    RecordVersion.objects.create(
        record=record, identity={"family_name": "Quillfeather"}, starts_on=DAY, ends_on=DAY
    )
    refresh()
    keys, profiles = _index()
    live = list(Record.objects.values())
    said = [{name: row.get(name) for name in RECORDS.names} for row in live]
    for row, record_row in zip(said, live, strict=True):
        row |= {"agency": record_row["agency_id"], "sealed": False}
    standard = standardise(pa.Table.from_pylist(said, schema=RECORDS))
    links = [
        {"agency": row["agency_id"], "record_id": row["record_id"], "person": str(row["person_id"])}
        for row in live
    ]
    pq.write_table(standard, tmp_path / "standard.parquet")
    pq.write_table(pa.Table.from_pylist(links), tmp_path / "links.parquet")
    files = NightFiles(tmp_path / "standard.parquet", tmp_path / "links.parquet")
    for rows in (standard, standard.slice(1)):  # the second is not of every record
        pq.write_table(rows, files.standard)
        with connection.cursor() as cursor:
            refresh_find_index(cursor, None, night=files)
        assert (keys, profiles) == _index()


def test_nobody_to_refresh_is_no_work(place: None) -> None:
    with connection.cursor() as cursor:
        assert refresh_find_index(cursor, []) == 0


def test_an_empty_spine_finds_nobody(agencies: None) -> None:
    refresh()
    assert found("robert thistlewood 23/4/84") == []


@pytest.mark.parametrize(
    "junk",
    ["a" * 10_000, "🤖" * 500, "'; DROP TABLE people_person; -- 1984 x y", "   ", "%", "% % 1984",
     "\x00", "NULL NULL 1/1/1984", "1 " * 3_000, "smith jones " * 800 + "1984", "{}[]()$1 %s %(a)s",
     "\ud800"],
)  # fmt: skip
def test_junk_is_answered_kindly_and_fast(place: None, junk: str) -> None:
    find_people(viewer(), "warm up 1/1/1950", at=AT)
    begun = time.perf_counter()
    answer = find_people(viewer(), junk, at=AT)
    assert time.perf_counter() - begun < 1.0
    assert answer.answers == ()


ROBERT_ASKED = Identity("Bob", "Thistlewood", datetime.date(1984, 4, 23), "AB1 2CD")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (ROBERT_ASKED, OneOfOurs.YES),
        (Identity(nhs_number="999 000 0018"), OneOfOurs.YES),
        (Identity("Zdenka", "Vrchlabska", datetime.date(1961, 7, 7), "AB5 5AA"), OneOfOurs.NO),
        (Identity("Robert", "Thistlewood"), OneOfOurs.UNSURE),
        (Identity(), OneOfOurs.UNSURE),
    ],
)
def test_code_is_told_yes_no_or_unsure(place: None, asked: Identity, told: OneOfOurs) -> None:
    assert is_this_one_of_ours(viewer(), asked, at=AT) is told
    with acting(walled.SYSTEM):
        assert Entry.objects.filter(subject_kind="spine").count() == 1


def test_two_who_fit_alike_are_unsure(agencies: None) -> None:
    for _ in range(2):
        person(given_name="Ann", family_name="Lee", born_on=datetime.date(1950, 1, 1))
    refresh()
    asked = Identity("Ann", "Lee", datetime.date(1950, 1, 1))
    assert is_this_one_of_ours(viewer(), asked, at=AT) is OneOfOurs.UNSURE


@pytest.mark.parametrize(
    "function",
    [
        "find_index_begin",
        "find_index_ready",
        "find_index_take",
        "find_candidates",
    ],
)
def test_functions_of_the_index_are_the_application_s_and_nobody_else_s(
    agencies: None, function: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_or(a::text LIKE '=X/%%') FROM pg_proc, unnest(proacl) a WHERE proname = %s",
            [function],
        )
        assert cursor.fetchone()[0] is False
