"""My work: everything that waits on a post, across the product, most pressing first."""

import datetime
import uuid
from collections.abc import Iterable

from django.urls import reverse

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.queries import how_many_wait
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.choices import AgreementState, MatterKind
from joinedup.identity.sharing.looked import told_of
from joinedup.identity.sharing.models import AddressRelease, AgreementParty, EmergencyAccess
from joinedup.intelligence.linkage.presenters.review import waits
from joinedup.intelligence.linkage.queries import review
from joinedup.partnership.workforce.queries.advice import asked_of_me
from joinedup.single_view.queries.my_work_panels import (
    allocations,
    approaches,
    approvals,
    checks,
    meeting_actions,
    meetings,
    seats,
)
from joinedup.single_view.queries.sections import SHOWN, Section, Waits, section
from joinedup.support.cases.choices.assessment import Profession
from joinedup.support.cases.choices.review import SignedThing
from joinedup.support.cases.queries.assessment import asked_of_post
from joinedup.support.cases.queries.combined import to_decide
from joinedup.support.cases.queries.plan import actions_of_post, is_overdue
from joinedup.support.cases.queries.reviews import reviews_of_post
from joinedup.support.cases.queries.titles import titles_of
from joinedup.support.frontdoor.models import Draft, Subject
from joinedup.support.frontdoor.queries.queue import assigned_to_me
from joinedup.support.handovers.choices import HandoverState
from joinedup.support.handovers.models import Duty, Handover, Step
from joinedup.support.handovers.queries.seen import (
    on_duty_for,
    sent_by,
    waiting_for,
)
from joinedup.support.safeguarding.queries.exits import exits_of


def my_work(viewer: Viewer, *, at: datetime.datetime) -> list[Section]:
    """What waits on this post, most pressing first; call it inside `looking(viewer)`."""
    found = [
        *_exits(viewer),
        *_on_a_child(viewer),
        *_hand_overs(viewer, at),
        *_referrals(viewer),
        *allocations(viewer),
        *approvals(viewer),
        *approaches(viewer),
        *meetings(viewer),
        *checks(viewer),
        *seats(viewer, day_of(at)),
        *meeting_actions(viewer, at),
        *_late(viewer, at),
        *_plans(viewer, at),
        *_sections(viewer),
        *_duties(viewer, at),
        *_professional(viewer),
        *_governance(viewer),
        *_drafts(viewer),
        *_notices(viewer),
    ]
    return [section for section in found if section.count]


def _exits(viewer: Viewer) -> Iterable[Section]:
    if not viewer.may(Permission.ANSWER_EXITS):
        return
    rung = exits_of(viewer, rang=True)
    ringing = [each for each in rung if each.acknowledged_at is None]
    yield section(
        "Somebody is in danger",
        [
            Waits(
                each.door.label, reverse("exit", args=[each.pk]), at=each.raised_at, tag="Ringing"
            )
            for each in ringing
        ],
        reverse("exits"),
    )
    undecided = [each for each in rung if each.acknowledged_at and each.decided_at is None]
    yield section(
        "Danger acknowledged, and not decided yet",
        [
            Waits(
                each.door.label,
                reverse("exit", args=[each.pk]),
                each.acknowledged_by,
                each.raised_at,
            )
            for each in undecided
        ],
        reverse("exits"),
    )


def _on_a_child(viewer: Viewer) -> Iterable[Section]:
    if viewer.post_id is None or not viewer.may(Permission.TAKE_HANDOVERS):
        return
    waiting = to_decide(viewer)
    yield section(
        "May bear on a child, and not decided yet",
        [
            Waits("Something your agency holds", reverse("combined-alert", args=[pk]), at=found_at)
            for pk, found_at in waiting[:SHOWN]
        ],
        reverse("combined-alerts"),
        len(waiting),
    )


def _sections(viewer: Viewer) -> Iterable[Section]:
    if viewer.post_id is None or not viewer.may(Permission.TAKE_HANDOVERS):
        return
    asked = asked_of_post(viewer)
    names = titles_of(viewer, {each.case_id for each in asked[:SHOWN]})
    yield section(
        "Sections of assessments to write and sign",
        [
            Waits(
                Profession(each.profession).label,
                reverse("case-section", args=[each.case_id, each.pk]),
                names.get(each.case_id, ""),
                at=each.begun_at,
            )
            for each in asked[:SHOWN]
        ],
        count=len(asked),
    )


def _hand_overs(viewer: Viewer, at: datetime.datetime) -> Iterable[Section]:
    if not viewer.may(Permission.TAKE_HANDOVERS):
        return
    offered = waiting_for(viewer, at)
    yield section(
        "Hand-overs that wait for your answer",
        [
            Waits(
                f"From {each.from_team.name}, {each.from_team.agency.name}",
                _to(each),
                each.to_post.user.name if each.to_post else "your team",
                due_at=each.due_at,
            )
            for each in offered[:SHOWN]
        ],
        reverse("handovers"),
        offered.count(),
    )
    asked = sent_by(viewer, at).filter(state=HandoverState.ASKED)
    yield section(
        "Questions asked back to you",
        [
            Waits(
                f"From {each.to_team.name if each.to_team else ''}", _to(each), due_at=each.due_at
            )
            for each in asked[:SHOWN]
        ],
        reverse("handovers"),
        asked.count(),
    )


def _to(handover: Handover) -> str:
    return reverse("handover", args=[handover.pk])


def _referrals(viewer: Viewer) -> Iterable[Section]:
    if not viewer.may(Permission.WORK_FRONT_DOOR):
        return
    mine = assigned_to_me(viewer)
    shown = list(mine[:SHOWN])
    names = names_of({each.pk for each in shown})
    yield section(
        "Referrals you work at",
        [
            Waits(
                names.get(each.pk, each.reference),
                reverse("referral", args=[each.pk]),
                each.reference,
                each.submitted_at,
                tag="Urgent" if each.is_urgent else "",
            )
            for each in shown
        ],
        reverse("queue") + "?whose=mine",
        mine.count(),
    )


def names_of(matters: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The name that each referral among these goes by, as far as the viewer sees it."""
    told_of(matters=matters)
    subjects = Subject.objects.filter(matter__in=matters, place=1)
    return {
        each.matter_id: f"{each.given_name} {each.family_name}".strip() or "Name not given"
        for each in subjects
    }


def _called(viewer: Viewer, matters: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What each of these goes by: a referral by whom it names, anything else by the people it is about."""
    return titles_of(viewer, matters) | names_of(matters)


def _late(viewer: Viewer, at: datetime.datetime) -> Iterable[Section]:
    if viewer.post_id is None or not viewer.may(Permission.TAKE_HANDOVERS):
        return
    late = late_of(viewer, at)
    names = _called(viewer, {each.matter_id for each in late[:SHOWN]})
    yield section(
        "Past its time, and yours to answer for",
        [
            Waits(
                f"{each.get_kind_display()}: {names.get(each.matter_id, 'a matter')}",
                reverse("whereabouts", args=[each.matter_id]),
                due_at=each.due_at,
                tag="Late",
            )
            for each in late[:SHOWN]
        ],
        count=len(late),
    )


def late_of(viewer: Viewer, at: datetime.datetime) -> list[Step]:
    """What is past its time and the viewer answers for: of each matter the step that is longest late."""
    answered_for = Duty.objects.current().filter(post=viewer.post_id).values("matter")
    late = Step.objects.late(at).filter(matter__in=answered_for, matter__closed_at__isnull=True)
    mine: dict[uuid.UUID, Step] = {}
    for step in late.order_by("due_at", "pk"):
        mine.setdefault(step.matter_id, step)
    return list(mine.values())


def _plans(viewer: Viewer, at: datetime.datetime) -> Iterable[Section]:
    if viewer.post_id is None or not viewer.may(Permission.TAKE_HANDOVERS):
        return
    mine = reviews_of_post(viewer, day_of(at))
    to_sign = [
        Waits(
            f"{SignedThing(each.thing).label}, to sign off",
            reverse("case-sign-off", args=[each.case_id, each.pk]),
            at=each.asked_at,
        )
        for each in mine.sign_offs
    ]
    to_supervise = [
        Waits(
            "Supervision asked of you",
            reverse("case-supervision", args=[each.case_id, each.pk]),
            at=each.asked_at,
        )
        for each in mine.supervisions
    ]
    yield section("To sign off and to supervise", [*to_sign, *to_supervise])
    promised = actions_of_post(viewer)
    of_cases = {each.case_id for each in promised[:SHOWN]}
    names = titles_of(viewer, of_cases | {each.case_id for each in mine.reviews[:SHOWN]})
    yield section(
        "Actions of plans that are yours",
        [
            Waits(
                each.words,
                reverse("case-plan", args=[each.case_id]),
                names.get(each.case_id, ""),
                due_on=each.due_on,
                tag="Overdue" if is_overdue(each, day_of(at)) else "",
            )
            for each in promised[:SHOWN]
        ],
        count=len(promised),
    )
    yield section(
        "Reviews of your cases within a fortnight",
        [
            Waits(
                names.get(each.case_id, "A case"),
                reverse("case-review", args=[each.case_id, each.pk]),
                due_on=each.due_on,
                tag="Overdue" if each.due_on < day_of(at) else "",
            )
            for each in mine.reviews[:SHOWN]
        ],
        reverse("caseload"),
        len(mine.reviews),
    )


def _duties(viewer: Viewer, at: datetime.datetime) -> Iterable[Section]:
    """The rest of what the viewer answers for: what is late or worked at stands above already."""
    if viewer.post_id is None or not viewer.may(Permission.TAKE_HANDOVERS):
        return
    above = {each.matter_id for each in late_of(viewer, at)}
    if viewer.may(Permission.WORK_FRONT_DOOR):
        above |= set(assigned_to_me(viewer).values_list("pk", flat=True))
    duties = on_duty_for(viewer).exclude(matter__in=above)
    shown = list(duties[:SHOWN])
    names = _called(viewer, {each.matter_id for each in shown})
    yield section(
        "You answer for as well",
        [
            Waits(
                names.get(each.matter_id, MatterKind(each.matter.kind).value.capitalize()),
                reverse("whereabouts", args=[each.matter_id]),
                f"for {each.instead_of.user.name}" if each.instead_of else "",
                each.starts_at,
            )
            for each in shown
        ],
        count=duties.count(),
    )


def _governance(viewer: Viewer) -> Iterable[Section]:
    if viewer.may(Permission.REVIEW_LINKS):
        pairs = waits(review.progress(viewer), viewer)
        yield section(
            "Links to review",
            [Waits("The next pair", reverse("review-next"))] if pairs else [],
            reverse("review"),
            pairs,
        )
    if viewer.may(Permission.SIGN_AGREEMENTS):
        unsigned = AgreementParty.objects.filter(
            agency=viewer.agency, signed_at__isnull=True, agreement__state=AgreementState.DRAFT
        ).select_related("agreement")
        yield section(
            "Agreements that wait for your agency’s signature",
            [
                Waits(each.agreement.title, reverse("agreement", args=[each.agreement_id]))
                for each in unsigned[:SHOWN]
            ],
            reverse("agreements"),
            unsigned.count(),
        )
    if viewer.may(Permission.REVIEW_EMERGENCY):
        used = EmergencyAccess.objects.filter(reviewed_at__isnull=True).order_by("starts_at")
        yield section(
            "Emergency access to review",
            [
                Waits(
                    "A use of emergency access",
                    reverse("emergency", args=[each.pk]),
                    at=each.starts_at,
                )
                for each in used[:SHOWN]
            ],
            reverse("emergency-queue"),
            used.count(),
        )
    if viewer.may(Permission.RELEASE_RESTRICTED):
        asked = AddressRelease.objects.filter(
            holder=viewer.agency, refused_at__isnull=True, second_at__isnull=True
        )
        yield section(
            "Restricted addresses asked for",
            [
                Waits("A request", reverse("address-release", args=[each.pk]))
                for each in asked[:SHOWN]
            ],
            reverse("address-releases"),
            asked.count(),
        )


def _professional(viewer: Viewer) -> Iterable[Section]:
    """What is asked of the viewer as a professional lead, the first due first (S4-18)."""
    waiting = asked_of_me(viewer) if viewer.post_id is not None else []
    yield section(
        "Professional advice asked of you",
        [
            Waits(
                f"{each.from_post.user.name}, {each.from_post.team.agency.name}",
                reverse("professional-advice-one", args=[each.pk]), due_at=each.due_at,
            )
            for each in waiting[:SHOWN]
        ],
        reverse("professional-advice"),
        len(waiting),
    )  # fmt: skip


def _drafts(viewer: Viewer) -> Iterable[Section]:
    if not viewer.may(Permission.REFER):
        return
    drafts = Draft.objects.filter(post=viewer.post_id, sent_as__isnull=True).order_by("-saved_at")
    yield section(
        "Referrals begun and not sent",
        [
            Waits("Go on with it", reverse("refer-form", args=[each.pk]), at=each.saved_at)
            for each in drafts[:SHOWN]
        ],
        count=drafts.count(),
    )


def _notices(viewer: Viewer) -> Iterable[Section]:
    unread = how_many_wait(viewer)
    yield section("Notices", [Waits("Read them", reverse("notices"))] if unread else [], "", unread)
