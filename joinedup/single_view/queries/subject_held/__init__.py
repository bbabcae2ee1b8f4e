"""What a controller holds about somebody who asked, thing by thing in plain words: what is read and released."""

from joinedup.single_view.queries.subject_held.thing import Group, Item, Marked, marked
from joinedup.single_view.queries.subject_held.whole import held_of

__all__ = ["Group", "Item", "Marked", "held_of", "marked"]
