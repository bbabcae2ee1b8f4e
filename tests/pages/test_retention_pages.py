"""A data manager sees and sets how long what their agency deleted is kept, and how that ran (P15)."""

import datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.audit.operations.copies import record_copy
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.places.models import Locality, Practice
from joinedup.identity.people.models import Person, Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.intelligence.linkage.models import RetentionRule, RetentionRun
from joinedup.intelligence.linkage.operations.flows import agree_usual_flows
from joinedup.intelligence.linkage.operations.recall import COPY
from joinedup.intelligence.linkage.operations.retention import set_retention
from joinedup.intelligence.linkage.queries.retention import rulings
from tests.audit_lines import lines
from tests.pages.test_every_page import well_made
from tests.pages.test_story_pages import signed_in, text
from tests.sharing import walled

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
HERE = "/deliveries/retention/"


@pytest.fixture
def manager() -> Viewer:
    walled.agency("housing", "housing")
    walled.agency("council", "social_care")
    return walled.viewer("housing", "data_manager", team="Data")


def today() -> datetime.date:
    return day_of(clock.now())


def typed(day: datetime.date) -> str:
    return f"{day.day} {day.month} {day.year}"


def sent(seen: int = 0, **given: str) -> dict[str, str]:
    """What the form sends."""
    usual = {"months": "84", "starts_on": typed(today() + DAY), "reference": "Schedule, line 14"}
    return {**usual, "seen": str(seen), **given}


def page(client: Client) -> str:
    answer = client.get(HERE)
    well_made(answer)
    return text(answer)


def pressed(client: Client, given: dict[str, str]) -> HttpResponse:
    answer = client.post(HERE, given, follow=True)
    well_made(answer)
    return answer


def gone(agency: str, number: str, day: datetime.date) -> None:
    with acting(Viewer.system("a test")):
        person = Person.objects.create(first_seen_on=day)
        Record.objects.create(
            agency_id=agency, record_id=number, controller=agency, person=person, linked_on=day,
            received_on=day, changed_on=day, gone_on=day,
        )  # fmt: skip


def set_by(by: Viewer, months: int = 6) -> RetentionRule:
    return set_retention(
        by=by, agency=by.agency, months=months, starts_on=today() + DAY, reference="Line 14",
        at=clock.now(),
    )  # fmt: skip


def test_where_there_is_no_rule_the_page_says_what_that_means(manager: Viewer) -> None:
    """P15: nothing goes by itself then."""
    client = signed_in(manager)
    assert HERE in client.get(reverse("deliveries")).content.decode()
    said = page(client)
    assert "No rule: what you delete stays, marked as gone, until somebody recalls it." in said
    assert "End a rule" not in said
    assert "Whose records?" not in said, "it sends for itself alone"


def test_a_rule_is_set_and_shows_what_it_would_take_back(manager: Viewer) -> None:
    """P15: before it does; another agency's records are none of its business."""
    gone("housing", "H-1", today() - 400 * DAY)
    gone("housing", "H-2", today() - 20 * DAY)
    gone("council", "C-1", today() - 400 * DAY)
    client = signed_in(manager)
    said = text(pressed(client, sent(months="6")))
    assert "The rule is set." in said
    [rule] = RetentionRule.objects.all()
    assert (rule.agency_id, rule.months, rule.set_by_id) == ("housing", 6, manager.post_id)
    assert rule.starts_on == today() + DAY
    assert "6 months" in said
    found = rulings(manager, clock.now())
    assert [(each.next_on, each.records) for each in found] == [(today() + DAY, 1)]
    assert len(lines(subject_kind="retention", act="set")) == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"months": "many"}, "Write a number of months, as in 84"),
        ({"months": "1201"}, "from 0 to 1200"),
        ({"months": "-1"}, "from 0 to 1200"),
        ({"reference": " "}, "Say where your own retention schedule says so"),
        ({"starts_on": "32 1 2027"}, "Write the day like 27 3 2027"),
        ({"starts_on": "1 1 2020"}, "tomorrow at the earliest"),
    ],
)
def test_what_was_typed_is_kept_where_it_cannot_be_set(
    manager: Viewer, given: dict[str, str], says: str
) -> None:
    answer = pressed(signed_in(manager), sent(**{"reference": "Our own words", **given}))
    html = answer.content.decode()
    assert says in text(answer)
    assert "govuk-error-summary" in html
    assert f'value="{given["months"]}"' in html if "months" in given else 'value="84"' in html
    assert "Our own words" in html or given.get("reference") == " "
    assert not RetentionRule.objects.exists()


def test_what_a_colleague_set_meanwhile_is_told_first(manager: Viewer) -> None:
    """P15: and pressing again, having seen it, sets one's own."""
    colleague = walled.viewer("housing", "data_manager", team="Data")
    client = signed_in(manager)
    set_by(colleague)
    answer = pressed(client, sent(seen=0, months="12"))
    assert "set 6 months" in text(answer)
    latest = RetentionRule.objects.get()
    html = answer.content.decode()
    assert f'name="seen" value="{latest.pk}"' in html
    assert 'value="12"' in html
    assert "The rule is set." in text(pressed(client, sent(seen=latest.pk, months="12")))


def test_a_rule_is_ended_with_its_reason_and_stays_in_what_was_set(manager: Viewer) -> None:
    """P15: history is added to."""
    rule, client = set_by(manager), signed_in(manager)
    asked = {"end-seen": str(rule.pk), "end-starts_on": typed(today()), "end-reference": ""}
    answer = pressed(client, asked)
    assert "Say why it ends" in text(answer)
    asked["end-starts_on"] = "1 1 2020"
    asked["end-reference"] = "A court has asked to keep everything"
    answer = pressed(client, asked)
    assert "today at the earliest" in text(answer)
    assert asked["end-reference"] in answer.content.decode()
    said = text(pressed(client, {**asked, "end-starts_on": typed(today())}))
    assert "The rule ends." in said
    assert "No rule: what you delete stays" in said
    assert asked["end-reference"] in said, "among everything that was set"


def test_copies_to_destroy_and_failures_are_on_the_page(manager: Viewer) -> None:
    """P15: a data manager reads what is left to do by hand, and why a rule could not run."""
    rule = set_by(manager)
    line = record_copy(
        by=manager.post_id, kind=COPY, of="7", holder="housing", place="download",
        purpose=manager.purpose, at=clock.now(),
    )  # fmt: skip
    RetentionRun.objects.create(
        rule=rule, day=today() - 2 * DAY, at=clock.now(), records=3, copies=[str(line)]
    )
    RetentionRun.objects.create(
        rule=rule,
        day=today() - DAY,
        at=clock.now(),
        ended_at=clock.now(),
        trouble="The folder could not be removed.",
    )
    said = page(signed_in(manager))
    assert "Rows to mend" in said
    assert "Have it destroyed" in said
    assert "The folder could not be removed." in said
    assert "Housing" in said
    other = signed_in(walled.viewer("council", "data_manager", team="Data"))
    assert "could not be removed" not in page(other), "another agency's is its own"
    assert "Line 14" not in page(other)


def test_who_only_sees_deliveries_sees_rules_and_no_form(
    manager: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_by(manager)
    client, may = signed_in(manager), Viewer.may
    monkeypatch.setattr(
        Viewer, "may", lambda self, what: what is not Permission.SEND_DELIVERIES and may(self, what)
    )
    said = page(client)
    assert "6 months" in said
    assert "Set the rule" not in said
    assert "End the rule" not in said
    assert client.post(HERE, sent()).status_code == 403
    assert RetentionRule.objects.count() == 1


def test_other_roles_are_refused(manager: Viewer) -> None:
    client = signed_in(walled.viewer("housing", "practitioner", team="Wardens"))
    for answer in (client.get(HERE), client.post(HERE, sent())):
        assert answer.status_code == 403
        well_made(answer)
    assert not RetentionRule.objects.exists()


def test_who_sends_for_several_chooses_whose_records(manager: Viewer) -> None:
    """P15: practices are controllers of their own, and each rule stands beside the others."""
    walled.agency("gp", "health")
    locality = Locality.objects.create(
        code="L1", name="Aldermere", starts_on=datetime.date(2019, 4, 1)
    )
    for code, name in (("Y99901", "Oak Surgery"), ("Y99902", "Elm Surgery")):
        Practice.objects.create(ods_code=code, name=name, locality=locality)
    agree_usual_flows(by=Viewer.system("a test"), basis="a test", starts_on=today(), at=clock.now())
    client = signed_in(walled.viewer("gp", "data_manager", team="Data"))
    assert "Oak Surgery (Y99901)" in page(client)
    assert "Choose whose records of the list" in text(pressed(client, sent(controller="Y1")))
    pressed(client, sent(controller="Y99901"))
    first = RetentionRule.objects.get()
    assert (first.agency_id, first.controller) == ("gp", "Y99901")
    pressed(client, sent(seen=first.pk, months="120"))
    said = page(client)
    assert "The whole agency" in said
    ending = client.get(HERE).content.decode().split("End a rule", 1)[1]
    assert "Y99901" in ending
    assert "Y99902" not in ending, "which has none to end"
    latest = RetentionRule.objects.latest("pk").pk
    asked = {"end-controller": "Y99901", "end-seen": str(latest), "end-reference": "As all do"}
    pressed(client, {**asked, "end-starts_on": typed(today())})
    ended = RetentionRule.objects.latest("pk")
    assert (ended.controller, ended.months, ended.before) == ("Y99901", None, first)


def test_copies_are_named_to_whoever_took_them_out_and_not_whose_retention_it_was(
    manager: Viewer,
) -> None:
    """P8, P15: an agency sees to its own copies; who else works with somebody is not told by them."""
    Agency.objects.create(code="refuge", name="Harbour Refuge", kind="voluntary", name_reveals=True)
    worker = walled.viewer("refuge", "practitioner", team="House")
    line = record_copy(
        by=worker.post_id, kind="minutes", of="7", holder="refuge", place="pdf",
        purpose=worker.purpose, at=clock.now(),
    )  # fmt: skip
    RetentionRun.objects.create(
        rule=set_by(manager), day=today(), at=clock.now(), ended_at=clock.now(), records=1,
        copies=[str(line)],
    )  # fmt: skip
    said = page(signed_in(manager))
    assert "Minutes" not in said
    assert "Harbour" not in said
    theirs = page(signed_in(walled.viewer("refuge", "data_manager", team="Data")))
    assert "Have it looked at" in theirs
    assert worker.name in theirs
    assert "Housing" not in theirs


def test_rules_to_come_are_shown_one_after_another(manager: Viewer) -> None:
    """P15: what holds till when; what something set later overtakes before it begins is not among them."""
    first = set_by(manager)
    days = [today() + number * DAY for number in (1, 10, 20)]
    for months, day in ((12, days[1]), (24, days[2]), (36, days[2])):
        first = set_retention(
            by=manager, agency="housing", months=months, starts_on=day, reference="Line 15",
            at=clock.now(), seen=first.pk,
        )  # fmt: skip
    found = rulings(manager, clock.now())
    assert [(each.rule.months, each.next_on) for each in found] == [
        (6, days[0]), (12, days[1]), (36, days[2]),
    ]  # fmt: skip
