"""What was asked and found about somebody in a case: assessments, eligibility, measures, caring for somebody."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q

from joinedup.identity.sharing.choices import LeftOutBecause
from joinedup.single_view.queries.subject_held.thing import About, Item, day, joined
from joinedup.support.cases.choices.assessment import (
    AssessmentKind,
    CapacityView,
    Profession,
    RefusalDecision,
)
from joinedup.support.cases.choices.carer import CarerAnswer
from joinedup.support.cases.choices.client_group import ClientGroup
from joinedup.support.cases.choices.eligibility import Outcome, Test
from joinedup.support.cases.choices.finding import FindingKind
from joinedup.support.cases.choices.measure import MeasureCode, MeasurePoint
from joinedup.support.cases.choices.own_signature import TheirAnswer
from joinedup.support.cases.models import (
    Assessment,
    AssessmentSection,
    Carer,
    ClientGroupTag,
    EligibilityDecision,
    FamilyLink,
    Finding,
    GoalRating,
    Measurement,
)
from joinedup.support.questions.queries.answers import answers_between
from joinedup.support.questions.queries.asking import version_asked

_OF_A_CARER = Q(assessment__kind=AssessmentKind.CARER, assessment__person__isnull=True)
"""What was found of a carer who is in nobody's records: it names nobody, and is not about the person."""
Sort = tuple[str, Iterable[Item]]


def sorts(about: About) -> Iterable[Sort]:
    """What was asked and found in the case, sort by sort."""
    return ((heading, items(about)) for heading, items in _SORTS)


def _assessments(about: About) -> list[Assessment]:
    """Assessments of the person, of everybody, and of them as a carer; those of another carer are another's."""
    found = Assessment.objects.filter(about.theirs).exclude(
        kind=AssessmentKind.CARER, person__isnull=True
    )
    return list(found.select_related("refusals").order_by("begun_at", "pk"))


def _answers(about: About) -> Iterable[Item]:
    """Each answer by itself: of one section one answer may tell of somebody else."""
    for assessment in _assessments(about):
        sections = assessment.sections.select_related("own_signature").order_by("begun_at", "pk")
        for section in sections:
            yield from _of_section(section, about.marks(assessment))


def _of_section(section: AssessmentSection, marks: dict[str, Any]) -> Iterable[Item]:
    name = Profession(section.profession).label
    if section.first_answer is not None and section.last_answer is not None:
        signed = answers_between(
            section.case_id, section.version_id, section.assessment.subject, section.first_answer,
            section.last_answer,
        )  # fmt: skip
        for each in signed.answers:
            what = f"{name}: {each.question.text}"
            yield Item(
                f"answer:{each.answer_id}", day(section.signed_at), what, each.words, **marks
            )
    if section.because:
        yield Item(
            f"corrected:{section.pk}", day(section.begun_at), f"{name}: corrected", section.because,
            **marks,
        )  # fmt: skip
    if typed := section.draft.get("values"):
        texts = {question.code: question.text for question in version_asked(section.version_id)}
        words = ". ".join(
            f"{texts[code]} {', '.join(filter(None, values))}"
            for code, values in typed.items()
            if code in texts and any(values)
        )
        when, what = day(section.saved_at), f"{name}: being written, and signed by nobody"
        yield Item(f"draft:{section.pk}", when, what, words, **marks)
    if signature := getattr(section, "own_signature", None):
        what = TheirAnswer(signature.said).label
        yield Item(f"signed:{signature.pk}", day(signature.signed_at), what, signature.words)


def _why(about: About) -> Iterable[Item]:
    for row in _assessments(about):
        kind = AssessmentKind(row.kind).label
        yield Item(f"assessment:{row.pk}", day(row.begun_at), kind, row.because, **about.marks(row))
        if refusal := getattr(row, "refusals", None):
            yield Item(
                f"refusal:{refusal.pk}", day(refusal.said_on), RefusalDecision(refusal.decision).label,
                joined(refusal.words, f"{CapacityView(refusal.capacity_view).label}.", refusal.because),
                **about.marks(row),
            )  # fmt: skip


def _eligibility(about: About) -> Iterable[Item]:
    rows = EligibilityDecision.objects.filter(about.theirs).exclude(_OF_A_CARER)
    for row in rows.order_by("signed_at", "pk"):
        yield Item(
            f"eligibility:{row.pk}", day(row.signed_at),
            f"{Test(row.test).label}: {Outcome(row.signed).label}", joined(row.line, row.because),
            **about.marks(row),
        )  # fmt: skip


def _findings(about: About) -> Iterable[Item]:
    rows = Finding.objects.filter(about.theirs).exclude(_OF_A_CARER)
    for row in rows.order_by("recorded_at", "pk"):
        what = f"{FindingKind(row.kind).label}: {row.words}"
        yield Item(f"finding:{row.pk}", day(row.recorded_at), what, **about.marks(row))


def _measures(about: About) -> Iterable[Item]:
    rows = Measurement.objects.filter(case=about.case, person__in=about.ids)
    for row in rows.order_by("taken_on", "pk"):
        taken = answers_between(
            row.case_id, row.version_id, row.subject, row.first_answer, row.last_answer
        )
        yield Item(
            f"measure:{row.pk}", day(row.taken_on),
            f"{MeasureCode(row.measure).label}, {MeasurePoint(row.point).label.lower()}",
            ". ".join(f"{each.question.text} {each.words}" for each in taken.answers),
        )  # fmt: skip


def _ratings(about: About) -> Iterable[Item]:
    rows = GoalRating.objects.filter(case=about.case, person__in=about.ids).select_related("goal")
    for row in rows.order_by("rated_on", "recorded_at"):
        what = f"You gave your goal “{row.goal.words}” {row.rating} of 10"
        yield Item(f"rating:{row.pk}", day(row.rated_on), what, row.words)


def _groups(about: About) -> Iterable[Item]:
    rows = ClientGroupTag.objects.filter(case=about.case, person__in=about.ids)
    for row in rows.order_by("starts_on", "recorded_at"):
        yield Item(
            f"group:{row.pk}", day(row.starts_on), ClientGroup(row.group).label,
            joined(row.affects, f"{row.whose_word}.", row.because, row.ended_because),
        )  # fmt: skip


def _generations(about: About) -> Iterable[Item]:
    """Who is whose parent is written to safeguard a child, and each line is of somebody else as well."""
    for side, other in (("parent", "child"), ("child", "parent")):
        rows = FamilyLink.objects.filter(case=about.case, **{f"{side}__in": about.ids})
        for row in rows.order_by("told_on", "recorded_at"):
            yield Item(
                f"{side} of:{row.pk}", day(row.told_on), f"You are written down as somebody’s {side}",
                getattr(row, f"{other}_name"), LeftOutBecause.THIRD_PARTY, "It is about the other as well.",
            )  # fmt: skip


def _caring(about: About) -> Iterable[Item]:
    """Whoever cares for them is somebody else, who may not have agreed; what they do themselves is theirs."""
    rows = Carer.objects.filter(case=about.case).prefetch_related("offers")
    for row in rows.filter(person__in=about.ids).order_by("identified_on", "pk"):
        yield Item(
            f"caring:{row.pk}", day(row.identified_on), "You look after somebody", row.relation
        )
        for offer in row.offers.all():
            what = f"An assessment of your own: {CarerAnswer(offer.answer).label.lower()}"
            yield Item(f"offered:{offer.pk}", day(offer.offered_on), what, offer.because)
    for row in rows.filter(cares_for__in=about.ids).order_by("identified_on", "pk"):
        yield Item(
            f"carer:{row.pk}", day(row.identified_on), f"{row.name} looks after you", row.relation,
            LeftOutBecause.THIRD_PARTY, "It names who cares.",
        )  # fmt: skip


_SORTS: tuple[tuple[str, Callable[[About], Iterable[Item]]], ...] = (
    ("Why you were assessed", _why),
    ("What was asked and answered", _answers),
    ("What was found", _findings),
    ("What was decided about support", _eligibility),
    ("How you said you are", _measures),
    ("How near you said you are to your goals", _ratings),
    ("Which service you were meant for", _groups),
    ("Who is whose parent", _generations),
    ("Who cares for whom", _caring),
)
