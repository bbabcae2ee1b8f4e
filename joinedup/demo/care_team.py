"""The demo's care team of a practice: patients nominated, and who coordinates for the first."""

import datetime

from joinedup.demo.panel_people import post_of, somebody_in, viewer_of
from joinedup.demo.panel_stories import PATIENTS
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.panels.choices import (
    CareRoleKind,
)
from joinedup.support.panels.models import Panel
from joinedup.support.panels.operations.nominating import Nominated, nominate
from joinedup.support.panels.operations.practice import agree_role


def nominate_patients(at: datetime.datetime) -> int:
    """Nominate patients for the practice's next meeting; return how many."""
    panel = Panel.objects.select_related("practice").filter(code="care-team").first()
    if panel is None or panel.practice is None:
        return 0
    gp, done = viewer_of("gp"), 0
    for number, (ages, why, asked, sex) in enumerate(PATIENTS):
        person = somebody_in(ages, at, panel.practice.pk, sex)
        if person is None:
            continue
        agreement = Agreement.AGREED if number < 2 else Agreement.NOT_INFORMED
        moment = at - datetime.timedelta(days=2, hours=number)
        [each] = nominate(
            by=gp, panel_id=panel.pk, at=moment,
            nominated=[Nominated(person[0], why, asked, agreement)],
        )  # fmt: skip
        if each.item is None:
            continue
        done += 1
        if number == 0:
            agree_role(
                by=gp, item_id=each.item.pk, kind=CareRoleKind.CARE_COORDINATION,
                post_id=post_of("coordinator").pk, at=moment + datetime.timedelta(hours=1),
            )  # fmt: skip
    return done
