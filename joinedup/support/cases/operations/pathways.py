"""Propose a version of a pathway, publish it as a second person, or let it go (S1-33)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Max
from django.utils.text import slugify

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.pathway import CountedFrom, StepSign
from joinedup.support.cases.models import Pathway, PathwayStep
from joinedup.support.cases.rules.pathway import why_not_proposed
from joinedup.support.handovers.rules.roles import MANAGERS

PAGE = "/pathways/"


class CannotPropose(Exception):
    """A pathway cannot be proposed so; says why."""


class CannotPublish(Exception):
    """A pathway cannot be published so; says why."""


@dataclass(frozen=True)
class StepWords:
    """A step as somebody proposes it."""

    what: str
    who: str
    days: int
    counted: CountedFrom = CountedFrom.START
    shared: str = ""
    sign: StepSign | None = None


@dataclass(frozen=True)
class PathwayWords:
    """A version of a pathway as somebody proposes it."""

    title: str
    for_whom: str
    source: str
    because: str
    starts_on: datetime.date
    steps: Sequence[StepWords]
    programme: Programme | None = None
    code: str = ""
    """Of the pathway it is a new version of; a new one is called by its title."""


def propose_pathway(*, by: Viewer, said: PathwayWords, at: datetime.datetime) -> Pathway:
    """Write a version for a second person to publish. Raises CannotPropose."""
    _must_manage(by, CannotPropose)
    if not all(each.strip() for each in (said.title, said.for_whom, said.source, said.because)):
        raise CannotPropose(
            "Say what it is called, whom it is for, who agreed it, and what is new in it."
        )
    if refused := why_not_proposed([(e.what, e.who, e.days) for e in said.steps]):
        raise CannotPropose(refused)
    code = said.code or slugify(said.title)[:40]
    with transaction.atomic():
        with connection.cursor() as cursor:  # two at once take two numbers
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('pathways'))")
        versions = Pathway.objects.filter(code=code)
        last = versions.aggregate(last=Max("version"))["last"] or 0
        if said.code == "" and last:
            raise CannotPropose(
                "There is a pathway of this name. Propose a new version of that one."
            )
        made = Pathway.objects.create(
            code=code, version=last + 1, title=said.title.strip(), for_whom=said.for_whom.strip(),
            programme=said.programme or "", source=said.source.strip(), because=said.because.strip(),
            starts_on=said.starts_on, proposed_by_id=by.post_id, proposed_at=at,
        )  # fmt: skip
        PathwayStep.objects.bulk_create(
            PathwayStep(
                pathway=made, place=place, what=each.what.strip(), who=each.who.strip(),
                shared=each.shared.strip(), days=each.days, counted=each.counted, sign=each.sign or "",
            )
            for place, each in enumerate(said.steps, 1)
        )  # fmt: skip
        _line(by, "proposed a pathway", made, at)
        managers = Post.objects.held_on(day_of(at)).filter(role="team_manager")
        others = (managers.exclude(pk=by.post_id) if by.post_id else managers).filter(
            user__is_active=True
        )
        tell(by=by.post_id, posts=others.values_list("pk", flat=True), kind=NoticeKind.THRESHOLDS,
             link=PAGE, at=at, once=f"proposed {made.pk}")  # fmt: skip
    return made


def publish_pathway(*, by: Viewer, pathway_id: int, at: datetime.datetime) -> Pathway:
    """Publish a version that somebody else proposed; cases begin under it from its day on.

    Raises CannotPublish.
    """
    _must_manage(by, CannotPublish)
    with transaction.atomic():
        found = _waiting(pathway_id)
        if found.proposed_by_id == by.post_id and not by.is_system:
            raise CannotPublish("Somebody else publishes what you proposed: a second pair of eyes.")
        if found.starts_on < day_of(at):
            raise CannotPublish("Its first day is past. Propose it again with a day to come.")
        found.published_by_id, found.published_at = by.post_id, at
        found.save(update_fields=["published_by", "published_at"])
        _line(by, "published a pathway", found, at)
        if found.proposed_by_id:
            tell(by=by.post_id, posts=[found.proposed_by_id], kind=NoticeKind.THRESHOLDS,
                 link=PAGE, at=at)  # fmt: skip
    return found


def withdraw_pathway(*, by: Viewer, pathway_id: int, at: datetime.datetime) -> Pathway:
    """Let a version go that nobody has published. Raises CannotPublish."""
    _must_manage(by, CannotPublish)
    with transaction.atomic():
        found = _waiting(pathway_id)
        found.withdrawn_at = at
        found.save(update_fields=["withdrawn_at"])
        _line(by, "withdrew a pathway", found, at)
    return found


def _must_manage(by: Viewer, refusal: type[Exception]) -> None:
    if not by.is_system and by.role not in MANAGERS:
        raise refusal("A team manager proposes and publishes pathways. Ask yours.")


def _waiting(pathway_id: int) -> Pathway:
    found = Pathway.objects.select_for_update().filter(pk=pathway_id).first()
    if found is None:
        raise CannotPublish("There is no such version.")
    if found.published_at is not None:
        raise CannotPublish("This version is published already, and is never changed.")
    if found.withdrawn_at is not None:
        raise CannotPublish("This version was let go. Propose another.")
    return found


def _line(by: Viewer, act: str, found: Pathway, at: datetime.datetime) -> None:
    record_change(
        at=at, post_id=by.post_id, act=act, subject_kind="pathway", subject_id=str(found.pk),
        purpose=by.purpose, agency=by.agency, role=by.role,
    )  # fmt: skip
