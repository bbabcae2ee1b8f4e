"""By when an agency answers a check, when it is chased, how its silence is told, what an answer must hold."""

import datetime
from dataclasses import dataclass

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.foundations.core.dates import day_of, start_of
from joinedup.identity.sharing.choices import Category, Purpose, Telling
from joinedup.identity.sharing.gateways import telling_of
from joinedup.support.handovers.rules.working_days import is_working_day
from joinedup.support.panels.choices import Known, PanelTemplate

_DAY = datetime.timedelta(days=1)
MORNING = datetime.timedelta(hours=7)


def due(asked_at: datetime.datetime, starts_at: datetime.datetime) -> datetime.datetime:
    """A working day before the meeting, at the hour it starts; asked later than that, half way to it."""
    at = starts_at - _DAY
    while not is_working_day(day_of(at)):
        at -= _DAY
    if at > asked_at:
        return at
    return asked_at + max((starts_at - asked_at) / 2, datetime.timedelta(minutes=1))


def is_to_be_chased(
    due_at: datetime.datetime,
    starts_at: datetime.datetime,
    chased_at: datetime.datetime | None,
    at: datetime.datetime,
) -> bool:
    """Whether it is chased now: once when it falls due, and once on the morning of the meeting."""
    morning = start_of(day_of(starts_at)) + MORNING
    if at >= starts_at or at < due_at:
        return False
    return chased_at is None or chased_at < morning <= at


def how_told(
    template: PanelTemplate, to: AgencyKind, holder: AgencyKind, *, name_reveals: bool
) -> Telling:
    """How it is told to an agency that another has not opened its answer to it (P8).

    By kinds alone and the template of the panel, and by no fact about a person: the gateways say it of
    an involvement, for what the panel works under. What an agency is called may say too much.
    """
    if name_reveals:
        return Telling.NEITHER
    purpose = Purpose.DIRECT_CARE if template is PanelTemplate.CARE_TEAM else Purpose.EARLY_HELP
    return telling_of(purpose, to, holder, Category.INVOLVEMENT)


@dataclass(frozen=True)
class Answer:
    """What an agency answers: whether it knows them, since when, who, what helps, what to fear, its view."""

    known: Known
    since_on: datetime.date | None = None
    lead: str = ""
    helps: str = ""
    risks: str = ""
    view: str = ""

    @property
    def says_more(self) -> bool:
        """Whether anything stands in it beside the first box."""
        return bool(self.since_on or any((self.lead, self.helps, self.risks, self.view)))


def why_not(answer: Answer, today: datetime.date) -> str:
    """Why an agency cannot answer so, fit for the page; nothing where it can."""
    if answer.known is Known.NOTHING_KNOWN and answer.says_more:
        return "You say that nothing is known, and have written something below. Choose another, or empty it."
    if answer.since_on is not None and answer.since_on > today:
        return "They cannot be known since a day to come."
    return ""


def suggested(
    held: list[tuple[datetime.date, datetime.date | None]], today: datetime.date
) -> tuple[Known | None, datetime.date | None]:
    """What an agency's own records suggest: known now or before, and since when; nothing where they are empty."""
    if not held:
        return None, None
    open_now = [starts for starts, ends in held if ends is None or ends > today]
    if open_now:
        return Known.KNOWN, min(open_now)
    return Known.KNOWN_BEFORE, min(starts for starts, _ in held)
