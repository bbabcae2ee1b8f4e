"""What a whole set of answers hints at: bands, sums, and the test of the Care Act. A hint decides nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from joinedup.support.questions.rules.asked import Answers, AskedVersion

CARE_ACT_OUTCOMES: Mapping[str, str] = {
    "nutrition": "managing and maintaining nutrition",
    "hygiene": "keeping clean",
    "toilet": "using the toilet",
    "clothed": "being dressed as the day asks",
    "home-safely": "using the home safely",
    "habitable-home": "keeping the home fit to live in",
    "relationships": "keeping up relationships",
    "work-learning": "work, training, education or volunteering",
    "community": "using the community and its transport",
    "child": "caring for a child",
}
"""The ten outcomes of the Care and Support (Eligibility Criteria) Regulations 2014 (SI 2015/313), in short."""

UNABLE = frozenset({"needs_help", "pain", "danger", "slow"})
"""What the regulations count as unable: not without help, or with pain, in danger, or far more slowly."""

ENOUGH_OUTCOMES = 2


@dataclass(frozen=True)
class Hint:
    """A sentence, what it rests on, and that a person decides."""

    sentence: str
    because: tuple[str, ...] = field(default=())
    caution: str = ""


def hints(version: AskedVersion, answers: Answers) -> list[Hint]:
    """What the set these answers belong to hints at; nothing for most sets."""
    worked_out = _OF_SET.get(version.set_code)
    return worked_out(answers) if worked_out else []


def care_act(answers: Answers) -> list[Hint]:
    """Whether the three parts of the Care Act test may be met: a reason to assess, never an outcome."""
    impaired = answers.get("impairment")
    impact = answers.get("wellbeing")
    unable = [words for code, words in CARE_ACT_OUTCOMES.items() if answers.get(code) in UNABLE]
    unknown = [code for code in CARE_ACT_OUTCOMES if answers.get(code) in (None, "not_known")]
    met = impaired == "yes" and impact == "yes" and len(unable) >= ENOUGH_OUTCOMES
    because = (
        f"needs arise from an impairment or illness: {_word(impaired)}",
        f"unable to achieve {len(unable)} of the ten outcomes (two are needed)"
        + (f": {', '.join(unable)}" if unable else ""),
        f"significant impact on wellbeing: {_word(impact)}",
    )
    return [Hint(_care_act_sentence(met, bool(unknown), impaired, impact), because, _SIGNED_OFF)]


def _care_act_sentence(met: bool, unknown: bool, impaired: object, impact: object) -> str:
    if met:
        return "The answers suggest that the person may be eligible under the Care Act."
    if unknown or impaired in (None, "not_known") or impact in (None, "not_known"):
        return "Too little is known yet to say whether the person may be eligible."
    return "The answers do not by themselves suggest eligibility. An assessment is still owed if needs appear."


_SIGNED_OFF = (
    "Only a hint: an assessment under section 9 is owed wherever somebody appears to have needs, "
    "and a professional decides and signs."
)


def ons4(answers: Answers) -> list[Hint]:
    """The bands that the Office for National Statistics publishes; no composite is made."""
    found = []
    for code, name in (("satisfied", "Life satisfaction"), ("worthwhile", "Worthwhile"),
                       ("happy", "Happiness")):  # fmt: skip
        value = answers.get(code)
        if isinstance(value, int):
            found.append(Hint(f"{name}: {_band(value, _BANDS)} ({value} of 10)"))
    anxious = answers.get("anxious")
    if isinstance(anxious, int):
        found.append(Hint(f"Anxiety: {_band(anxious, _ANXIOUS)} ({anxious} of 10)"))
    return found


_BANDS: Sequence[tuple[int, str]] = ((4, "low"), (6, "medium"), (8, "high"), (10, "very high"))
_ANXIOUS: Sequence[tuple[int, str]] = ((1, "very low"), (3, "low"), (5, "medium"), (10, "high"))


def _band(value: int, bands: Sequence[tuple[int, str]]) -> str:
    return next(word for highest, word in bands if value <= highest)


UCLA_QUESTIONS = ("companionship", "left-out", "isolated")
UCLA_POINTS = {"hardly_ever": 1, "some_of_the_time": 2, "often": 3}


def loneliness(answers: Answers) -> list[Hint]:
    """The sum of the three items, 3 to 9; only where all three were answered."""
    points = [UCLA_POINTS.get(str(answers.get(code))) for code in UCLA_QUESTIONS]
    known = [each for each in points if each is not None]
    if len(known) < len(UCLA_QUESTIONS):
        return []
    return [
        Hint(
            f"Loneliness on the three items: {sum(known)}, from 3 (least) to 9 (most)",
            caution="6 or more is often read as lonely; ask what the person makes of it.",
        )
    ]


def _word(answer: object) -> str:
    return {"yes": "yes", "no": "no", "not_known": "not known"}.get(str(answer), "not answered")


_OF_SET: Mapping[str, Callable[[Answers], list[Hint]]] = {
    "social-care-screening": care_act,
    "ons4": ons4,
    "ucla3": loneliness,
}
