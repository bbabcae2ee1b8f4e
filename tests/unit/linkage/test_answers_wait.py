"""Nobody's answer is lost to a night that was already reading."""

import pytest
from django.utils import timezone

from joinedup.intelligence.linkage.models import Night, ReviewDecision, ReviewPair
from joinedup.intelligence.linkage.operations.night_lock import ANSWERS
from joinedup.intelligence.linkage.operations.review import (
    CannotDecide,
    CannotUndo,
    decide,
    undo_last,
)
from tests.unit.linkage.conftest import Place
from tests.unit.linkage.invented import ANN, BEN


def test_answers_wait_while_a_night_runs(place: Place) -> None:
    place.deliver("gp", ANN, BEN)
    place.night()
    pair = ReviewPair.objects.using("owner").create(
        record_a=place.record("gp", "1"), record_b=place.record("gp", "2"), weight=9,
        because="uncertain", night=Night.objects.using("owner").latest("pk"),
    )  # fmt: skip
    reviewer = place.viewer("link_reviewer")
    with place.database.server.connect(place.database.name) as night:
        night.execute("SELECT pg_advisory_lock(%s)", [ANSWERS])
        with pytest.raises(CannotDecide, match="A night is running"):
            decide(by=reviewer, pair_id=pair.pk, answer="not_same", at=timezone.now())
        assert not ReviewDecision.objects.using("owner").exists()
        night.execute("SELECT pg_advisory_unlock(%s)", [ANSWERS])
        decide(by=reviewer, pair_id=pair.pk, answer="not_same", at=timezone.now())
        night.execute("SELECT pg_advisory_lock(%s)", [ANSWERS])
        with pytest.raises(CannotUndo, match="A night is running"):
            undo_last(by=reviewer, at=timezone.now())
    assert ReviewDecision.objects.using("owner").filter(undone_at__isnull=True).count() == 1
