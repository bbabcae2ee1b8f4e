"""Actions that meetings gave: those of a post, of a panel, of earlier meetings; how they age."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.foundations.core.dates import day_of
from joinedup.foundations.meetings.choices import ActionState
from joinedup.foundations.meetings.models import Action
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.looked import told_of
from joinedup.support.panels.models import ActionWords, ItemPerson, PanelMeeting
from joinedup.support.panels.queries.panel import standing


@dataclass(frozen=True)
class ActionShown:
    """An action as somebody reads it, and whom it is about as far as they may know."""

    action: Action
    words: str
    became: str
    names: tuple[str, ...]
    owner: str
    days_late: int
    age: int
    """Days since it was given."""
    is_general: bool = False
    """About nobody: its words are the meeting's own."""

    @property
    def is_open(self) -> bool:
        """Whether nothing has become of it yet."""
        return self.action.state == ActionState.OPEN


def of_post(viewer: Viewer, *, at: datetime.datetime) -> list[ActionShown]:
    """What meetings gave this post to do and is still open, the earliest due first."""
    found = Action.objects.open().filter(owner=viewer.post_id, out_at__isnull=False)
    return _shown(viewer, found.order_by("due_on", "pk"), at)


def of_panel(viewer: Viewer, panel_id: int, *, at: datetime.datetime) -> list[ActionShown]:
    """The actions of a panel's meetings that the viewer may read: open ones first, the longest late at the top."""
    meetings = PanelMeeting.objects.filter(panel=panel_id).values("meeting")
    found = Action.objects.filter(meeting__in=meetings, out_at__isnull=False)
    shown = _shown(viewer, found.order_by("due_on", "pk"), at)
    return sorted(shown, key=lambda each: not each.is_open)


def unfinished_of(viewer: Viewer, panel_id: int, *, at: datetime.datetime) -> list[ActionShown]:
    """The actions of earlier meetings that are still open: with these the next meeting begins."""
    return [each for each in of_panel(viewer, panel_id, at=at) if each.is_open]


def of_meeting(
    viewer: Viewer, meeting_id: uuid.UUID, *, at: datetime.datetime
) -> list[ActionShown]:
    """The actions of one meeting that the viewer may read, by number."""
    return _shown(viewer, Action.objects.filter(meeting=meeting_id).order_by("number"), at)


def one_action(viewer: Viewer, action_id: uuid.UUID, *, at: datetime.datetime) -> ActionShown:
    """One action that is out, for whoever may read it; raises Action.DoesNotExist."""
    found = _shown(viewer, Action.objects.filter(pk=action_id, out_at__isnull=False), at)
    if not found:
        raise Action.DoesNotExist
    return found[0]


def panel_of(viewer: Viewer, action: Action, *, at: datetime.datetime) -> str:
    """The code of the panel whose meeting gave it, where its pages open to the viewer; nothing else."""
    of = PanelMeeting.objects.select_related("panel").filter(meeting=action.meeting_id).first()
    if of is None or not standing(viewer, of.panel, day_of(at)).any:
        return ""
    return of.panel.code


def _shown(viewer: Viewer, actions: Iterable[Action], at: datetime.datetime) -> list[ActionShown]:
    """Those whose words the viewer may read; of a general one the words are the meeting's own."""
    rows = list(
        actions.select_related("owner__user", "meeting", "item")  # type: ignore[attr-defined]
    )
    with acting(viewer):
        about = {each.pk: each for each in ActionWords.objects.filter(action__in=rows)}
        items = {each.item_id for each in about.values()}
        told_of(matters=items)
        names: dict[uuid.UUID, list[str]] = {}
        for each in ItemPerson.objects.filter(item__in=items).order_by("item", "place"):
            names.setdefault(each.item_id, []).append(each.name)
    today = day_of(at)
    return [
        ActionShown(
            action=row,
            words=about[row.pk].words if row.pk in about else row.words,
            became=about[row.pk].became if row.pk in about else row.became,
            names=tuple(names.get(about[row.pk].item_id, ())) if row.pk in about else (),
            owner=row.owner.user.name,
            days_late=max(0, (today - row.due_on).days) if row.state == ActionState.OPEN else 0,
            age=(today - day_of(row.given_at)).days,
            is_general=row.pk not in about,
        )
        for row in rows
        if row.pk in about or row.words
    ]
