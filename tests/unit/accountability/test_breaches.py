"""A breach of personal data from telling to closing, its clock, and who reads of it (P15)."""

import datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from joinedup.foundations.audit.operations import record
from joinedup.foundations.notices.models import Notice
from joinedup.identity.accountability.choices import BreachKind, PeopleTold, Risk
from joinedup.identity.accountability.models import BreachStep, DataBreach
from joinedup.identity.accountability.operations import breaches
from joinedup.identity.accountability.queries import breaches as register
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from tests import audit_lines
from tests.sharing import walled

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2026, 6, 5, 16, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


class Three:
    """Somebody who slipped, who answers for the data, who governs sharing, and two who have no part."""

    def __init__(self) -> None:
        for code, kind in (("housing", "housing"), ("police", "police"), ("all", "partnership")):
            walled.agency(code, kind)
        self.officer = walled.viewer("housing", "housing_officer")
        self.duty = walled.viewer("housing", "duty_manager")
        self.lead = walled.viewer("all", "ig_lead")
        self.colleague = walled.viewer("housing", "practitioner")
        self.others = walled.viewer("police", "duty_manager")

    def tell(self, **more: Any) -> DataBreach:
        said: dict[str, Any] = {
            "by": self.officer, "controller": walled.agency("housing"), "at": AT, "aware_at": AT,
            "kinds": [BreachKind.CONFIDENTIALITY], "what": "A list went to the wrong address", **more,
        }  # fmt: skip
        return breaches.tell_of_breach(**said)


@pytest.fixture
def three() -> Three:
    return Three()


def assessed(risk: Risk, because: str = "A list of names") -> breaches.Assessed:
    return breaches.Assessed(risk, because, "Somebody may be found", "It was called back", 12)


def told() -> list[object]:
    found = Notice.objects.filter(kind="data_breach").order_by("at")
    return list(found.values_list("post_id", flat=True))


def test_whoever_slipped_tells_and_who_answers_is_told_at_once(three: Three) -> None:
    """P15: the controller’s own and whoever governs; not the colleague, not another agency."""
    breach = three.tell()
    assert set(told()) == {three.duty.post_id, three.lead.post_id}
    [line] = audit_lines.lines(subject_kind="data breach", subject_id=str(breach.pk))
    assert (line.act, line.post_id, line.holder) == (
        "breach: told", three.officer.post_id, "housing",
    )  # fmt: skip
    assert "wrong address" not in str(line.detail), "words never enter a line"


def test_who_reads_of_it_is_decided_by_the_database(three: Three) -> None:
    breach = three.tell()
    breaches.assess_breach(by=three.duty, breach_id=breach.pk, said=assessed(Risk.RISK), at=AT)
    for viewer, sees, steps in (
        (three.officer, 1, 0), (three.duty, 1, 2), (three.lead, 1, 2), (three.colleague, 0, 0),
        (three.others, 0, 0),
    ):  # fmt: skip
        with acting(viewer):
            assert DataBreach.objects.count() == sees == len(register(viewer))
            assert BreachStep.objects.count() == steps
    with pytest.raises(DatabaseError), transaction.atomic(), acting(three.lead):
        BreachStep.objects.create(breach=breach, deed="told", by_post_id=three.lead.post_id, at=AT)


def test_from_telling_to_closing(three: Three) -> None:
    breach = three.tell(is_law_enforcement=False, happened_on=AT.date())
    breaches.assess_breach(by=three.lead, breach_id=breach.pk, said=assessed(Risk.HIGH), at=AT)
    with pytest.raises(breaches.CannotDealWithBreach, match="Commissioner has not been told"):
        breaches.close_breach(by=three.lead, breach_id=breach.pk, learned="Much", at=AT)
    given = {"by": three.lead, "breach_id": breach.pk}
    breaches.commissioner_told(
        **given, told_at=AT + HOUR, reference="IC-1", late_because="", at=AT + 2 * HOUR
    )  # type: ignore[arg-type]
    with pytest.raises(breaches.CannotDealWithBreach, match="already"):
        breaches.commissioner_told(
            **given, told_at=AT + HOUR, reference="", late_because="", at=AT + 2 * HOUR
        )  # type: ignore[arg-type]
    with pytest.raises(breaches.CannotDealWithBreach, match="Those whom it is about"):
        breaches.close_breach(**given, learned="Much", at=AT)  # type: ignore[arg-type]
    breaches.people_told(
        **given, how=PeopleTold.TOLD, words="By letter", on=AT.date(), at=AT + 3 * HOUR
    )  # type: ignore[arg-type]
    breaches.close_breach(**given, learned="Lists go by link", at=AT + 4 * HOUR)  # type: ignore[arg-type]
    with acting(three.lead):
        steps = list(BreachStep.objects.order_by("pk").values_list("deed", flat=True))
    assert steps == ["told", "assessed", "commissioner_told", "people_told", "closed"]
    with pytest.raises(breaches.CannotDealWithBreach, match="It is closed"):
        breaches.assess_breach(**given, said=assessed(Risk.RISK), at=AT + 5 * HOUR)  # type: ignore[arg-type]


def test_the_database_closes_none_before_all_were_told(three: Three) -> None:
    breach = three.tell()
    breaches.assess_breach(by=three.lead, breach_id=breach.pk, said=assessed(Risk.HIGH), at=AT)
    with pytest.raises(DatabaseError), transaction.atomic(), acting(walled.SYSTEM):
        DataBreach.objects.filter(pk=breach.pk).update(closed_at=AT, learned="Nothing")


def test_who_does_not_deal_with_it_takes_no_step(three: Three) -> None:
    breach = three.tell()
    given = {"breach_id": breach.pk, "said": assessed(Risk.UNLIKELY), "at": AT}
    with pytest.raises(NotPermitted):
        breaches.assess_breach(by=three.officer, **given)  # type: ignore[arg-type]
    for stranger in (three.colleague, three.others):
        with pytest.raises(DataBreach.DoesNotExist):
            breaches.assess_breach(by=stranger, **given)  # type: ignore[arg-type]


def test_later_than_72_hours_says_why(three: Three) -> None:
    breach = three.tell()
    late = AT + 73 * HOUR
    given = {"by": three.duty, "breach_id": breach.pk, "told_at": late, "reference": "", "at": late}
    with pytest.raises(breaches.CannotDealWithBreach, match="more than 72 hours"):
        breaches.commissioner_told(**given, late_because=" ")  # type: ignore[arg-type]
    done = breaches.commissioner_told(**given, late_because="The list was found on Monday")  # type: ignore[arg-type]
    assert done.late_because == "The list was found on Monday"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"what": "  "}, "what happened"),
        ({"kinds": []}, "became of the data"),
        ({"aware_at": AT + HOUR}, "later than now"),
        ({"happened_on": AT.date() + datetime.timedelta(days=1)}, "after it was known"),
    ],
)
def test_what_cannot_be_is_told(three: Three, wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(breaches.CannotTellOfBreach, match=words):
        three.tell(**wrong)
    assert not told()


def test_its_clock_is_told_a_day_before_and_when_it_is_over_once_each(three: Three) -> None:
    """P15: the 72 hours; nobody is told of one that is unlikely to harm anybody, or that was told on."""
    breach, harmless = three.tell(), three.tell(what="An empty letter")
    breaches.assess_breach(
        by=three.lead, breach_id=harmless.pk, said=assessed(Risk.UNLIKELY), at=AT
    )
    rounds = [
        breaches.tell_of_breaches_in_time(at=AT + hours * HOUR) for hours in (1, 47, 48, 60, 72, 90)
    ]
    assert rounds == [0, 0, 2, 0, 2, 0]
    breaches.commissioner_told(
        by=three.lead, breach_id=breach.pk, told_at=AT + 91 * HOUR, reference="IC-2",
        late_because="Found late", at=AT + 91 * HOUR,
    )  # fmt: skip
    assert breaches.tell_of_breaches_in_time(at=AT + 900 * HOUR) == 0


def test_a_crash_after_the_step_leaves_neither(
    three: Three, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(**_: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(breaches, "record_change", crash)
    with pytest.raises(RuntimeError):
        three.tell()
    monkeypatch.setattr(breaches, "record_change", record.record_change)
    with acting(walled.SYSTEM):
        assert not DataBreach.objects.exists()
    assert not told()


def test_the_system_tells_of_none(three: Three) -> None:
    with pytest.raises(NotPermitted):
        three.tell(by=Viewer.system("a test"))
