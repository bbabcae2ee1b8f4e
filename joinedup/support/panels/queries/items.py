"""One item of a panel outside of a meeting, for whoever has a part in it."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.panels.choices import Box
from joinedup.support.panels.models import Decision, ItemText, PanelItem
from joinedup.support.panels.queries.panel import Standing, standing
from joinedup.support.panels.queries.room import WITH_A_DECISION, PersonShown, people_of


@dataclass(frozen=True)
class Outside:
    """An item with its people, its words and its decisions."""

    item: PanelItem
    people: Sequence[PersonShown]
    texts: Sequence[tuple[str, str]]
    decisions: Sequence[Decision]

    def standing(self, viewer: Viewer, at: datetime.datetime) -> Standing:
        """What the viewer has to do with the panel of it."""
        return standing(viewer, self.item.panel, day_of(at))

    @property
    def own_words(self) -> str:
        """What the person says, in their own words."""
        return next((words for box, words in self.texts if box == Box.OWN_WORDS.label), "")


def outside(viewer: Viewer, item_id: uuid.UUID) -> Outside:
    """The item as far as the viewer sees it; raises PanelItem.DoesNotExist."""
    with acting(viewer):
        found = PanelItem.objects.select_related("panel__chair__user", "panel__coordinator__user")
        item = found.select_related("panel__practice", "panel__team", "agenda__meeting").get(
            pk=item_id
        )
        texts = ItemText.objects.filter(item=item).exclude(words="").select_related("agency")
        decisions = Decision.objects.filter(item=item).select_related(
            "lead_agency", "by_post__user"
        )
        return Outside(
            item, people_of(item),
            [
                (Box(each.box).label + (f": {each.agency.name}" if each.agency else ""), each.words)
                for each in texts.order_by("pk")
            ],
            list(decisions.prefetch_related(*WITH_A_DECISION).order_by("at", "pk")),
        )  # fmt: skip
