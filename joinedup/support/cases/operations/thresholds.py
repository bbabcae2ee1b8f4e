"""Propose a version of the threshold document, publish it as a second person, or let it go."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Max

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer
from joinedup.support.cases.choices.level import NeedLevel
from joinedup.support.cases.models import ThresholdDocument, ThresholdLevel
from joinedup.support.handovers.rules.roles import MANAGERS

PAGE = "/levels-of-need/"


class CannotPropose(Exception):
    """A version cannot be proposed so; says why."""


class CannotPublish(Exception):
    """A version cannot be published so; says why."""


@dataclass(frozen=True)
class LevelSaid:
    """What a version says of one level."""

    name: str
    sentence: str
    descriptors: str
    who_leads: str


def propose_thresholds(
    *,
    by: Viewer,
    title: str,
    source: str,
    because: str,
    starts_on: datetime.date,
    levels: Mapping[NeedLevel, LevelSaid],
    at: datetime.datetime,
) -> ThresholdDocument:
    """Write a new version for a second person to publish. Raises CannotPropose."""
    _must_manage(by, CannotPropose)
    if not (title.strip() and source.strip() and because.strip()):
        raise CannotPropose("Say what it is called, whose words it is, and what is new in it.")
    for level in NeedLevel:
        said = levels.get(level)
        if said is None or not (said.name.strip() and said.descriptors.strip()):
            raise CannotPropose(f"Say what {level.label.casefold()} is called and what one sees.")
    with transaction.atomic():
        with connection.cursor() as cursor:  # two at once take two numbers
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('threshold documents'))")
        last = ThresholdDocument.objects.aggregate(last=Max("version"))["last"] or 0
        made = ThresholdDocument.objects.create(
            version=last + 1, title=title.strip(), source=source.strip(), because=because.strip(),
            starts_on=starts_on, proposed_by_id=by.post_id, proposed_at=at,
        )  # fmt: skip
        ThresholdLevel.objects.bulk_create(
            ThresholdLevel(
                document=made, level=level, name=said.name.strip(), sentence=said.sentence.strip(),
                descriptors=said.descriptors.strip(), who_leads=said.who_leads.strip(),
            )
            for level, said in levels.items()
        )  # fmt: skip
        _line(by, "proposed a threshold document", made, at)
        managers = Post.objects.held_on(day_of(at)).filter(role="team_manager")
        others = (managers.exclude(pk=by.post_id) if by.post_id else managers).filter(
            user__is_active=True
        )
        tell(by=by.post_id, posts=others.values_list("pk", flat=True), kind=NoticeKind.THRESHOLDS,
             link=PAGE, at=at, once=f"proposed {made.version}")  # fmt: skip
    return made


def publish_thresholds(*, by: Viewer, version: int, at: datetime.datetime) -> ThresholdDocument:
    """Publish a version that somebody else proposed; it holds from its day on. Raises CannotPublish."""
    _must_manage(by, CannotPublish)
    with transaction.atomic():
        found = ThresholdDocument.objects.select_for_update().get(pk=version)
        _must_wait(found)
        if found.proposed_by_id == by.post_id:
            raise CannotPublish("Somebody else publishes what you proposed: a second pair of eyes.")
        if found.starts_on < day_of(at):
            raise CannotPublish("Its first day is past. Propose it again with a day to come.")
        found.published_by_id, found.published_at = by.post_id, at
        found.save(update_fields=["published_by", "published_at"])
        _line(by, "published a threshold document", found, at)
        if found.proposed_by_id:
            tell(by=by.post_id, posts=[found.proposed_by_id], kind=NoticeKind.THRESHOLDS,
                 link=PAGE, at=at)  # fmt: skip
    return found


def withdraw_thresholds(*, by: Viewer, version: int, at: datetime.datetime) -> ThresholdDocument:
    """Let a version go that nobody has published. Raises CannotPublish."""
    _must_manage(by, CannotPublish)
    with transaction.atomic():
        found = ThresholdDocument.objects.select_for_update().get(pk=version)
        _must_wait(found)
        found.withdrawn_at = at
        found.save(update_fields=["withdrawn_at"])
        _line(by, "withdrew a threshold document", found, at)
    return found


def _must_manage(by: Viewer, refusal: type[Exception]) -> None:
    if not by.is_system and by.role not in MANAGERS:
        raise refusal("A team manager proposes and publishes the threshold document. Ask yours.")


def _must_wait(found: ThresholdDocument) -> None:
    if found.published_at is not None:
        raise CannotPublish("This version is published already, and is never changed.")
    if found.withdrawn_at is not None:
        raise CannotPublish("This version was let go. Propose another.")


def _line(by: Viewer, act: str, found: ThresholdDocument, at: datetime.datetime) -> None:
    record_change(
        at=at, post_id=by.post_id, act=act, subject_kind="threshold document",
        subject_id=str(found.version), purpose=by.purpose, agency=by.agency, role=by.role,
    )  # fmt: skip
