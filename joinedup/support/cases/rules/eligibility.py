"""What signed answers come to, by the framework in force on the day they were signed. A professional decides.

Care Act: Care and Support (Eligibility Criteria) Regulations 2014 (SI 2015/313), from 1 April 2015: adults by
regulation 2, carers by regulation 3. Before it stood Fair Access to Care Services, whose bands each council
set for itself: nothing is worked out for it. The levels of help for families are local: the lines here are a
proposal until the partnership sets its own.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from joinedup.support.cases.choices.assessment import Profession
from joinedup.support.cases.choices.eligibility import Outcome, Test
from joinedup.support.questions.rules.asked import Answers
from joinedup.support.questions.rules.hints import CARE_ACT_OUTCOMES, ENOUGH_OUTCOMES, UNABLE
from joinedup.support.questions.shipped.assessment import CARER_OUTCOMES, FAMILY_OUTCOMES

UNABLE_MEANS: Mapping[str, str] = {
    "needs_help": "not without help",
    "pain": "in pain, distress or anxiety",
    "danger": "in danger to themselves or others",
    "slow": "taking far longer than usual",
}
"""What the regulations count as unable to achieve an outcome (regulations 2(3) and 3(3))."""


@dataclass(frozen=True)
class Condition:
    """One part of a test: what it asks, whether it is met (None: not known), and what shows it."""

    words: str
    met: bool | None
    because: str


@dataclass(frozen=True)
class WorkedOut:
    """What it comes to, the line that decided, and every part of the test."""

    outcome: Outcome
    line: str
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Framework:
    """A test as the law or the partnership has it from one day until another, exclusive."""

    code: str
    test: Test
    name: str
    source: str
    section: Profession
    starts_on: datetime.date
    ends_on: datetime.date | None = None
    works_out: Callable[[Answers], WorkedOut] | None = None

    @property
    def key(self) -> str:
        """What a decision keeps of it."""
        return f"{self.code}@{self.starts_on.isoformat()}"

    def holds_on(self, day: datetime.date) -> bool:
        """Whether it is in force on that day."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


def framework_on(test: Test, day: datetime.date) -> Framework | None:
    """The framework of a test on a day."""
    return next((f for f in FRAMEWORKS if f.test is test and f.holds_on(day)), None)


def framework_of(key: str) -> Framework | None:
    """The framework by what a decision kept of it."""
    return next((each for each in FRAMEWORKS if each.key == key), None)


def care_act_adult(answers: Answers) -> WorkedOut:
    """The three conditions of regulation 2: from an impairment or illness; two outcomes; wellbeing."""
    return _three(
        (
            _yes(answers, "impairment", "The needs arise from a physical or mental impairment or illness"),
            _outcomes(answers, CARE_ACT_OUTCOMES, ENOUGH_OUTCOMES),
            _yes(answers, "wellbeing", "There is, or is likely to be, a significant impact on wellbeing"),
        )
    )  # fmt: skip


def care_act_carer(answers: Answers) -> WorkedOut:
    """The three conditions of regulation 3: from necessary care; health or one outcome; wellbeing."""
    outcomes = _outcomes(answers, dict(CARER_OUTCOMES), 1)
    health = _yes(answers, "carer-health", "Caring makes the carer’s own health worse, or may")
    either = True if True in (outcomes.met, health.met) else (
        None if None in (outcomes.met, health.met) else False
    )  # fmt: skip
    return _three(
        (
            _yes(answers, "cares-necessary", "The needs arise from care that is necessary"),
            Condition(
                "Their health is made worse, or they cannot achieve an outcome of their own",
                either,
                f"health: {health.because}; {outcomes.because}",
            ),
            _yes(answers, "carer-wellbeing", "There is, or is likely to be, a significant impact on wellbeing"),
        )
    )  # fmt: skip


def _three(conditions: Sequence[Condition]) -> WorkedOut:
    unmet = next((each for each in conditions if each.met is False), None)
    if unmet is not None:
        line = f"Not met: {unmet.words} ({unmet.because})."
        return WorkedOut(Outcome.NOT_ELIGIBLE, line, tuple(conditions))
    unknown = next((each for each in conditions if each.met is None), None)
    if unknown is not None:
        line = f"Not known: {unknown.words} ({unknown.because})."
        return WorkedOut(Outcome.TOO_LITTLE_KNOWN, line, tuple(conditions))
    line = f"All three conditions are met. {conditions[1].because.capitalize()}."
    return WorkedOut(Outcome.ELIGIBLE, line, tuple(conditions))


def _yes(answers: Answers, code: str, words: str) -> Condition:
    said = answers.get(code)
    met = {"yes": True, "no": False}.get(str(said))
    known = {True: "answered yes", False: "answered no", None: "not answered, or not known"}
    return Condition(words, met, known[met])


def _outcomes(answers: Answers, outcomes: Mapping[str, str], enough: int) -> Condition:
    unable = [
        f"{words[:1].lower()}{words[1:]} ({UNABLE_MEANS[str(answers[code])]})"
        for code, words in outcomes.items()
        if answers.get(code) in UNABLE
    ]
    open_still = sum(answers.get(code) in (None, "not_known") for code in outcomes)
    met: bool | None = len(unable) >= enough
    if not met and len(unable) + open_still >= enough:
        met = None
    many = f"{len(unable)} of {len(outcomes)} outcomes cannot be achieved, {enough} needed"
    because = many + (f": {'; '.join(unable)}" if unable else "")
    if open_still:
        because += f"; {open_still} not known"
    words = "two outcomes or more" if enough > 1 else "one outcome or more"
    return Condition(f"They cannot achieve {words}", met, because)


def help_level(answers: Answers) -> WorkedOut:
    """The level of help for a family: the highest line that is met decides.

    4: somebody may come to significant harm. 3: in three outcomes or more several services must help
    together, or in one and two more need one. 2: any outcome needs a service. 1: all else.
    """
    said = {code: str(answers.get(code, "not_known")) for code, _ in FAMILY_OUTCOMES}
    names = dict(FAMILY_OUTCOMES)

    def of(*words: str) -> list[str]:
        return [names[code].lower() for code, word in said.items() if word in words]

    harm, several, one, unknown = of("harm"), of("several"), of("one"), of("not_known")
    lines = (
        (Outcome.LEVEL_4, bool(harm), f"significant harm is possible in: {', '.join(harm)}"),
        (
            Outcome.LEVEL_3,
            len(several) >= 3 or (bool(several) and len(several) + len(one) >= 3),
            f"several services are needed together in: {', '.join(several)}",
        ),
        (
            Outcome.LEVEL_2,
            bool(several or one),
            f"a service is needed in: {', '.join([*several, *one])}",
        ),
    )
    conditions = tuple(
        Condition(level.label, met, because if met else "no such answer")
        for level, met, because in lines
    )
    for level, met, because in lines:
        if met:
            return WorkedOut(level, f"{level.label}: {because}.", conditions)
    if len(unknown) > len(said) // 2:
        line = f"{len(unknown)} of {len(said)} outcomes are not known."
        return WorkedOut(Outcome.TOO_LITTLE_KNOWN, line, conditions)
    line = f"{Outcome.LEVEL_1.label}: no outcome needs a service."
    return WorkedOut(Outcome.LEVEL_1, line, conditions)


_D = datetime.date
FRAMEWORKS: tuple[Framework, ...] = (
    Framework(
        "facs", Test.CARE_ACT_ADULT, "Fair Access to Care Services",
        "Department of Health, 2003, revised 2010: critical, substantial, moderate, low",
        Profession.SOCIAL_CARE, _D(2003, 4, 1), _D(2015, 4, 1),
    ),
    Framework(
        "care-act-adult", Test.CARE_ACT_ADULT, "Care Act 2014, adults with needs",
        "SI 2015/313, regulation 2", Profession.SOCIAL_CARE, _D(2015, 4, 1),
        works_out=care_act_adult,
    ),
    Framework(
        "care-act-carer", Test.CARE_ACT_CARER, "Care Act 2014, carers",
        "SI 2015/313, regulation 3", Profession.CARER, _D(2015, 4, 1), works_out=care_act_carer,
    ),
    Framework(
        "help-levels", Test.HELP_LEVEL, "Levels of help for families",
        "A proposal of this product, over the outcomes of the Supporting Families framework 2022",
        Profession.FAMILY, _D(2022, 10, 3), works_out=help_level,
    ),
)  # fmt: skip
"""Every framework, by its first day; what was signed under one keeps its name (S4-52)."""
