"""Steps one case after another up and down again, until it is killed: a process of its own for a test.

python -m tests.unit.cases.stepping_on <lead post> <worker post> <case> [<case> …]
"""

import datetime
import itertools
import sys

import django

django.setup()

from joinedup.foundations.agencies.models import Post  # noqa: E402
from joinedup.identity.sharing.access import Viewer  # noqa: E402
from joinedup.support.cases.choices import Programme  # noqa: E402
from joinedup.support.cases.choices.level import NeedLevel, Telling  # noqa: E402
from joinedup.support.cases.operations.stepping import (  # noqa: E402
    FamilyTold,
    Stepping,
    accept_step,
    step,
)
from tests.unit.handovers.sides import AT  # noqa: E402


def main(lead: str, worker: str, *cases: str) -> None:
    """Go on for ever, saying a word after each act."""
    posts = Post.objects.select_related("team__agency", "user")
    one, other = (Viewer.of_post(posts.get(pk=each)) for each in (lead, worker))
    up = (Programme.CHILDRENS_SOCIAL_CARE, NeedLevel.STATUTORY)
    down = (Programme.EARLY_HELP, NeedLevel.EARLY_HELP)
    told = FamilyTold(Telling.NOT_YET, "Tomorrow")
    for turn in itertools.count(1):
        at = AT + datetime.timedelta(minutes=turn)
        sends, takes = (one, other) if turn % 2 else (other, one)
        programme, level = up if turn % 2 else down
        for case in cases:
            sent = step(
                by=sends, matter_id=case, at=at,  # type: ignore[arg-type]
                stepping=Stepping(
                    takes.team_id or 0, programme, level, "Harm", "Seen", told,
                    is_protection=turn % 4 == 1, stays_beside=True, beside_does="Mornings",
                    release="Ring us", release_for="Early help",
                ),
            )  # fmt: skip
            sys.stdout.write("sent\n")
            sys.stdout.flush()
            accept_step(by=takes, step_id=sent.pk, at=at)
            sys.stdout.write("taken\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
