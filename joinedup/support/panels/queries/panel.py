"""The panels, their terms and members, and what a viewer has to do with each. About no person."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.places.models import Practice
from joinedup.identity.sharing.access import Viewer
from joinedup.support.panels.models import Panel, PanelMember, TermsOfReference
from joinedup.support.questions.models import QuestionSet


@dataclass(frozen=True)
class Standing:
    """What a viewer has to do with a panel on a day."""

    coordinates: bool
    chairs: bool
    sits: bool

    @property
    def any(self) -> bool:
        """Whether the panel's pages open to them at all."""
        return self.coordinates or self.chairs or self.sits

    @property
    def keeps(self) -> bool:
        """Whether they bring items before it and build its agendas."""
        return self.coordinates or self.chairs


def panels(viewer: Viewer, today: datetime.date) -> QuerySet[Panel]:
    """The panels that the viewer has to do with, those that go on first; a coordinator's all of them."""
    found = Panel.objects.select_related(
        "team", "chair__user", "coordinator__user", "practice", "succeeds", "succeeded_by"
    ).order_by("ends_on", "name")
    if viewer.is_system or viewer.may(Permission.COORDINATE_PANELS):
        return found
    mine = Q(chair=viewer.post_id) | Q(chair_cover=viewer.post_id)
    seats = _members_on(today).filter(Q(post=viewer.post_id) | Q(cover=viewer.post_id))
    return found.filter(mine | Q(pk__in=seats.values("panel")))


def panel_of(viewer: Viewer, code: str, today: datetime.date) -> tuple[Panel, Standing]:
    """One panel, and what the viewer has to do with it; raises Panel.DoesNotExist where nothing."""
    panel = panels(viewer, today).get(code=code)
    return panel, standing(viewer, panel, today)


def standing(viewer: Viewer, panel: Panel, today: datetime.date) -> Standing:
    """What the viewer has to do with this panel on that day."""
    if viewer.is_system:
        return Standing(coordinates=True, chairs=True, sits=True)
    coordinates = viewer.may(Permission.COORDINATE_PANELS) and viewer.team_id == panel.team_id
    sits = _members_on(today).filter(panel=panel).filter(
        Q(post=viewer.post_id) | Q(cover=viewer.post_id)
    )  # fmt: skip
    return Standing(
        coordinates=coordinates,
        chairs=viewer.post_id is not None
        and viewer.post_id in (panel.chair_id, panel.chair_cover_id),
        sits=sits.exists(),
    )


def terms_on(panel: Panel, day: datetime.date) -> TermsOfReference | None:
    """The terms of reference that hold on a day; before the first begins, the first."""
    held = panel.terms.filter(starts_on__lte=day).order_by("-starts_on", "-version").first()
    return held or panel.terms.order_by("version").first()


def members_on(panel: Panel, day: datetime.date) -> list[PanelMember]:
    """Who sits on the panel on a day, by agency and name."""
    found = _members_on(day).filter(panel=panel)
    return list(
        found.select_related("post__user", "post__team", "agency", "cover__user").order_by(
            "agency__name", "post__user__name"
        )
    )


def line_of(panel: Panel) -> list[Panel]:
    """The panel and those before it, the latest first: a successor keeps its history."""
    line, seen = [panel], {panel.pk}
    before = panel.succeeds
    while before is not None and before.pk not in seen:
        line.append(before)
        seen.add(before.pk)
        before = before.succeeds
    return line


def who_can_sit(viewer: Viewer, today: datetime.date) -> list[Post]:
    """Posts that may sit on a panel, by agency and name."""
    held = Post.objects.held_on(today).filter(user__is_active=True)
    found = held.select_related("user", "team__agency").order_by("team__agency__name", "user__name")
    return [post for post in found if Viewer.of_post(post).may(Permission.SIT_ON_PANELS)]


def who_can_coordinate(viewer: Viewer, today: datetime.date) -> list[Post]:
    """Posts that may coordinate a panel, by name."""
    return [
        post
        for post in who_can_sit(viewer, today)
        if Viewer.of_post(post).may(Permission.COORDINATE_PANELS)
    ]


def chair_on(panel: Panel, today: datetime.date) -> uuid.UUID | None:
    """Whose word counts as the chair's today: the chair, or who covers where nobody holds that post."""
    held = Post.objects.held_on(today).filter(user__is_active=True)
    for post_id in (panel.chair_id, panel.chair_cover_id):
        if post_id is not None and held.filter(pk=post_id).exists():
            return post_id
    return None


def _members_on(day: datetime.date) -> QuerySet[PanelMember]:
    return PanelMember.objects.filter(starts_on__lte=day).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    )


def practices(viewer: Viewer) -> QuerySet[Practice]:
    """The practices of the place, by name."""
    return Practice.objects.order_by("name")


def forms_to_bring(viewer: Viewer) -> list[tuple[str, str]]:
    """The question sets that an item can be asked to bring along, by code and title."""
    return list(QuestionSet.objects.order_by("title").values_list("code", "title"))
