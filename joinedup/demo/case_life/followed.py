"""The pathways that invented cases go along, and what somebody said of the steps that no record shows."""

import datetime
import random
from collections.abc import Sequence

from joinedup.demo.case_life.calendar import working
from joinedup.demo.case_life.life import Life
from joinedup.demo.pathways import HOLDS_FROM
from joinedup.support.cases.choices.pathway import Became
from joinedup.support.cases.models import FollowedPathway, Pathway, PathwayMark

_LEFT_OUT = (
    "They had it seen to themselves before we met.",
    "They do not want it now; asked again at the review.",
    "It is not needed: the letters were old ones.",
)
_DONE = ("Done at their kitchen table.", "Done on the telephone, with them listening in.", "")


def write_pathways(lives: Sequence[Life]) -> None:
    """Let cases go along the pathway of their programme, with what somebody said of the steps."""
    in_force = {each.programme: each for each in Pathway.objects.on(HOLDS_FROM)}
    steps = {each.pk: list(each.steps.all()) for each in in_force.values()}
    followed, marks = [], []
    for life in lives:
        pathway = in_force.get(life.case.programme)
        if pathway is None or life.begins < pathway.starts_on:
            continue
        chance = random.Random(f"pathway {life.going.number}")
        row = FollowedPathway(
            case=life.case, pathway=pathway, starts_on=life.begins, begun_by=life.going.lead,
            recorded_at=life.moment(life.begins),
        )  # fmt: skip
        followed.append(row)
        for step in steps[pathway.pk]:
            on = working(
                life.begins + datetime.timedelta(days=round(step.days * chance.uniform(0.5, 1.7)))
            )
            if step.sign or on >= life.until or chance.random() < 0.08:
                continue
            became = Became.LEFT_OUT if chance.random() < 0.1 else Became.DONE
            marks.append(
                PathwayMark(
                    case=life.case, followed=row, step=step, became=became, on=on,
                    words=chance.choice(_LEFT_OUT if became is Became.LEFT_OUT else _DONE),
                    by_post=life.going.lead, recorded_at=min(life.moment(on), life.at),
                )
            )  # fmt: skip
    FollowedPathway.objects.bulk_create(followed)
    PathwayMark.objects.bulk_create(marks)
