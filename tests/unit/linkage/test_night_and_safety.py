"""P13: an address is set apart for safety while a night writes: at once or right after it, and neither is lost."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections
from django.utils import timezone

from joinedup.identity.people.models import HouseholdMember, Record
from joinedup.identity.sharing.access import acting
from joinedup.identity.sharing.models import Restriction
from joinedup.intelligence.linkage.operations import commit as committing
from joinedup.intelligence.linkage.operations import commit_sight, night
from joinedup.intelligence.linkage.operations.safety_address import restrict_address
from joinedup.intelligence.linkage.queries.find import find_people
from tests.unit.linkage.conftest import SYSTEM, Place
from tests.unit.linkage.invented import ANN, BEN

NEW = {"address": "4 Hidden Lane", "postcode": "ZZ1 1ZZ"}
SOON = 1.5
"""Seconds a press is given while the night stands still: enough for one that need not wait."""


class Pressed:
    """Somebody presses at a moment of the night, from a connection of their own."""

    def __init__(self, place: Place) -> None:
        self._place, self._by = place, place.viewer("general_practitioner")
        self._thread = threading.Thread(target=self._press)
        self.failed: BaseException | None = None

    def _press(self) -> None:
        try:
            person = self._place.record("gp", "1").person_id
            restrict_address(by=self._by, person_id=person, because="Fled", at=timezone.now())
        except BaseException as failed:
            self.failed = failed
        finally:
            connections.close_all()

    def now(self) -> None:
        """Press; go on when it is done, or when it waits for the night."""
        self._thread.start()
        self._thread.join(SOON)

    def is_done(self) -> None:
        """Wait for it; it did not fail."""
        self._thread.join(60)
        assert not self._thread.is_alive()
        assert self.failed is None, self.failed


def before(what: Callable[..., object], press: Callable[[], None]) -> Callable[..., object]:
    """The same, but that it is pressed first."""

    def do(*given: object, **more: object) -> object:
        press()
        return what(*given, **more)

    return do


MOMENTS = {
    "records written": (committing.safety_address, "settle", True),
    "homes written, sight next": (commit_sight, "write", False),
    "all but the deliveries": (committing.commit_deliveries, "write", True),
    "to be committed": (night, "measure", True),
}
"""At what it is pressed, and whether the night brings her own practice's new word of her as well."""


@pytest.mark.parametrize("moment", MOMENTS)
def test_an_address_is_set_apart_whenever_it_is_pressed(
    place: Place, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Also what the night brings of them from elsewhere; and the night is not ended for it."""
    module, name, changed_tonight = MOMENTS[moment]
    place.deliver("gp", ANN, BEN)
    place.night()
    # Fire tells tonight where she fled to; her practice tells the same, or nothing new.
    place.deliver("gp", {**ANN, **NEW} if changed_tonight else ANN, BEN)
    place.deliver("fire", {**ANN, **NEW, "record_id": "F1", "nhs_number": ""})
    pressed = Pressed(place)
    monkeypatch.setattr(module, name, before(getattr(module, name), pressed.now))
    place.night()
    pressed.is_done()
    with acting(SYSTEM):
        assert Restriction.objects.count() == 1
        ann = place.record("gp", "1").person_id
        of_her = Record.objects.filter(person=ann, gone_on=None)
        assert of_her.count() == 2
        assert set(of_her.values_list("address", "postcode")) == {("", "")}
        assert not HouseholdMember.objects.filter(person=ann).exists()
        found = find_people(
            SYSTEM, f"{ANN['given_name']} {ANN['family_name']} ZZ1 1ZZ", at=timezone.now()
        )
        assert not any("postcode" in why for answer in found.answers for why in answer.why)
        old = find_people(
            SYSTEM, f"{ANN['given_name']} {ANN['family_name']} {ANN['postcode']}", at=timezone.now()
        )
        assert not any("postcode" in why for answer in old.answers for why in answer.why)
