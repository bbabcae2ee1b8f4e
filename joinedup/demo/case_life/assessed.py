"""What was asked of somebody at first, what was found, and how they said they are over time."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from joinedup.demo.case_life.course import Way
from joinedup.demo.case_life.levels import review_days
from joinedup.demo.case_life.life import Life
from joinedup.foundations.core.dates import day_of
from joinedup.support.cases.choices.assessment import AssessmentKind, Profession
from joinedup.support.cases.choices.finding import FindingKind
from joinedup.support.cases.choices.measure import MeasureCode, MeasurePoint
from joinedup.support.cases.models import Assessment, AssessmentSection, Finding, Measurement
from joinedup.support.questions.choices import How
from joinedup.support.questions.models import Answer
from joinedup.support.questions.queries.asking import version_for
from joinedup.support.questions.rules.asked import AskedVersion, Value

ASSESSED_ON_DAY = 7
_OF_KIND: Mapping[str, tuple[Profession, Mapping[str, Value]]] = {
    "his brother": (
        Profession.HOUSING,
        {"tenure": "council", "home-at-risk": ["arrears", "notice"], "options": ["stay", "debt"],
         "home-wants": "Where he is, with the cooker on."},
    ),
    "her neighbour": (
        Profession.HOUSING,
        {"tenure": "owner", "home-at-risk": ["none"], "home-fit": ["hoarded"],
         "home-wants": "In her house, with her things, and able to get out of it."},
    ),
    "her friend from the choir": (
        Profession.HEALTH,
        {"health-need": "Breathlessness, and the fright that comes with it.",
         "conditions": "Lungs and heart, for some years.", "mind": "low", "medicines": "alone", "gp": "yes",
         "health-help": "One number to ring before it is an ambulance."},
    ),
}  # fmt: skip
"""What a profession answered beside strengths and their own view, by what whoever helps is to them."""


@dataclass(frozen=True)
class Asked:
    """Answers to one set about one life, on a day; the row that waits for their numbers."""

    life: Life
    version: AskedVersion
    values: Mapping[str, Value]
    at: datetime.datetime
    row: AssessmentSection | Measurement


def write_assessed(lives: Sequence[Life]) -> None:
    """Write what was asked and found in all these lives, table by table."""
    assessments, findings, asked = [], [], []
    for life in lives:
        on = life.at_work(ASSESSED_ON_DAY + life.chance.randint(0, 6))
        if on >= life.until:
            continue
        at = life.moment(on)
        made = Assessment(
            case=life.case, kind=AssessmentKind.FAMILY if life.arc.family else AssessmentKind.PERSON,
            person_id=life.about, subject=1, because=life.said(life.more.because),
            begun_by=life.going.lead, begun_at=at, finished_by=life.going.lead,
            finished_at=at + datetime.timedelta(hours=1),
        )  # fmt: skip
        assessments.append(made)
        asked += _sections(life, made, at)
        findings += _findings(life, made, at)
        if not life.arc.family:
            asked += _measures(life, on)
    _number(asked)
    Assessment.objects.bulk_create(assessments)
    AssessmentSection.objects.bulk_create(
        each.row for each in asked if isinstance(each.row, AssessmentSection)
    )
    Measurement.objects.bulk_create(each.row for each in asked if isinstance(each.row, Measurement))
    Finding.objects.bulk_create(findings)


def _number(asked: Sequence[Asked]) -> None:
    """Write the answers, and tell each row the first and the last of its own."""
    rows = [
        [
            Answer(
                matter_id=each.life.case.pk, version_id=each.version.id, subject=1,
                question_code=question.code, value=each.values[question.code], how=How.ASKED,
                by_post=each.life.going.lead, at=each.at,
            )
            for question in each.version
            if question.code in each.values
        ]
        for each in asked
    ]  # fmt: skip
    Answer.objects.bulk_create([answer for some in rows for answer in some])
    for each, some in zip(asked, rows, strict=True):
        each.row.first_answer, each.row.last_answer = some[0].pk, some[-1].pk


def _sections(life: Life, of: Assessment, at: datetime.datetime) -> list[Asked]:
    relation = life.arc.member[1]
    parts: list[tuple[Profession, Mapping[str, Value]]] = [
        (Profession.STRENGTHS, _strengths(life)),
        (Profession.SELF, _own_view(life)),
    ]
    if relation in _OF_KIND:
        parts.append(_OF_KIND[relation])
    found = []
    for profession, values in parts:
        version = version_for(profession.set_code, day_of(life.at))
        if version is not None:
            row = AssessmentSection(
                case=life.case, assessment=of, profession=profession, version_id=version.id,
                begun_at=at, saved_by=life.going.lead, saved_at=at, signed_by=life.going.lead, signed_at=at,
            )  # fmt: skip
            found.append(Asked(life, version, values, at, row))
    return found


def _strengths(life: Life) -> dict[str, Value]:
    more = life.more
    return {
        "going-well": life.one_of(more.going_well),
        "good-at": life.one_of(more.good_at),
        "matters": life.said(life.arc.matters),
        "there-for-them": f"{life.helper}, {life.arc.member[1]}. {life.said(life.arc.member[2])}.",
        "good-day": life.one_of(more.good_day),
    }


def _own_view(life: Life) -> dict[str, Value]:
    more = life.more
    return {
        "own-story": life.one_of(more.own_story),
        "own-want": f"{life.said(life.arc.wanted[0].words)}.",
        "own-not": life.one_of(more.not_wanted),
    }


def _findings(life: Life, of: Assessment, at: datetime.datetime) -> list[Finding]:
    kept = {
        "case": life.case, "assessment": of, "person_id": life.about, "by_post": life.going.lead,
        "recorded_at": at,
    }  # fmt: skip
    strengths = life.chance.sample(life.more.good_at, k=min(2, len(life.more.good_at)))
    return [
        *(Finding(kind=FindingKind.STRENGTH, words=life.said(each), **kept) for each in strengths),
        *(
            Finding(kind=FindingKind.NEED, code=code, words=life.said(words), **kept)
            for code, words in life.more.needs
        ),
    ]


def _measures(life: Life, on: datetime.date) -> list[Asked]:
    """At the start, of most at a review, and at the end of what was not broken off."""
    version = version_for(MeasureCode.ONS4, day_of(life.at))
    if version is None:
        return []
    values = _at_first(life.chance)
    taken = [(MeasurePoint.START, on, values)]
    review = next(review_days(life))
    if review < life.until and life.chance.random() < 0.6:
        taken.append((MeasurePoint.REVIEW, review, _later(values, life, 0.5)))
    if life.is_closed and life.course.way is not Way.STOPPED and life.chance.random() < 0.8:
        taken.append((MeasurePoint.END, life.until, _later(values, life, 1)))
    return [
        Asked(
            life, version, said, life.moment(day),
            Measurement(
                case=life.case, person_id=life.persons[0], subject=1, measure=MeasureCode.ONS4,
                point=point, version_id=version.id, taken_on=day, by_post=life.going.lead,
                recorded_at=life.moment(day),
            ),
        )
        for point, day, said in taken
    ]  # fmt: skip


def _at_first(chance: Random) -> dict[str, Value]:
    low = chance.randint(2, 6)
    near = {code: low + chance.randint(-1, 2) for code in ("satisfied", "worthwhile", "happy")}
    return {**near, "anxious": chance.randint(4, 9)}


def _later(before: Mapping[str, Value], life: Life, share: float) -> dict[str, Value]:
    """Most feel better, by more or by less; some do not."""
    usual = {Way.WELL: 2.4, Way.SET_BACK: 0.8, Way.IN_PART: 1.0, Way.STOPPED: -0.6}[life.course.way]
    gain = life.chance.gauss(usual, 1.4) * share
    return {
        code: max(0, min(10, round(_number_of(value) + (-gain if code == "anxious" else gain)
                                   + life.chance.choice((-1, 0, 0, 1)))))
        for code, value in before.items()
    }  # fmt: skip


def _number_of(value: Value) -> int:
    return value if isinstance(value, int) else 0
