"""One look at the person themselves, and the name behind it on request (P14)."""

import datetime
import uuid

from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import PageFor
from joinedup.identity.sharing.models import OwnAccess
from joinedup.single_view.queries.looks import Look, name_behind, one_look


def look_of_mine(viewer: Viewer, entry_id: uuid.UUID) -> Look | None:
    """A look whose name may be asked: one that is told at all, on the page of the person themselves.

    To a carer or a parent who reads it for them there is none. Raises NotPermitted where the code was revoked.
    """
    look = one_look(viewer, _ids(viewer), entry_id) if _is_theirs(viewer) else None
    return look if look is not None and look.may_ask_name else None


def who_looked_at_me(viewer: Viewer, entry_id: uuid.UUID, *, at: datetime.datetime) -> str:
    """The name; raises NotPermitted for a look that is not told of, as if there were none."""
    if look_of_mine(viewer, entry_id) is None:
        raise NotPermitted("There is no such look.")
    return name_behind(viewer, _ids(viewer), entry_id, at=at)


def _ids(viewer: Viewer) -> list[uuid.UUID]:
    with acting(viewer):
        return sorted(Person.objects.values_list("pk", flat=True))


def _is_theirs(viewer: Viewer) -> bool:
    if viewer.own_access_id is None:
        raise NotPermitted("This is a person’s own page.")
    with acting(viewer):
        access = OwnAccess.objects.get(pk=viewer.own_access_id)
    return access.right == PageFor.PERSON
