"""Somebody of an item turned out to be two people: which of them it is about, and who decided that."""

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models.words import coded
from joinedup.support.panels.choices import WhyPlaced
from joinedup.support.panels.models.item import ItemPerson, PanelItem


class ItemSplit(models.Model):
    """That the spine parted a person of an item in two; until it is placed the item stays with the first.

    Nothing is copied: the item goes whole, with its approaches, to the one whom it is about.
    """

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(PanelItem, on_delete=models.PROTECT, related_name="splits")
    who = models.ForeignKey(ItemPerson, on_delete=models.PROTECT, related_name="splits")
    event = models.BigIntegerField()
    """The spine's own event; no foreign key, for where an identity is sealed the event goes (P2)."""
    stays = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    goes = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    belongs_to = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    why = coded(WhyPlaced, blank=True, default="")
    because = models.TextField(blank=True, default="")
    """How whoever decided knows; read by who keeps the panel alone."""
    decided_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("who", "event"), name="item_split_once"),
            models.CheckConstraint(condition=~Q(stays=F("goes")), name="item_split_makes_two"),
            models.CheckConstraint(
                condition=Q(why="", belongs_to__isnull=True, decided_at__isnull=True)
                | Q(
                    why__in=["practice", "case"], belongs_to__isnull=False, decided_at__isnull=False
                )
                | Q(why="decided", belongs_to__isnull=False, decided_at__isnull=False)
                & Q(decided_by__isnull=False)
                & ~Q(because=""),
                name="item_split_is_placed_whole",
            ),
        )

    def __str__(self) -> str:
        return f"split in {self.item_id}"
