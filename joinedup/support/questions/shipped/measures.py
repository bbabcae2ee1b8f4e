"""Wellbeing (ONS4) and loneliness (UCLA three items and the direct question), as published."""

from joinedup.support.questions.choices import KnownFrom, QuestionKind
from joinedup.support.questions.rules.asked import Asked, AskedSection, Choice
from joinedup.support.questions.shipped.written import ShippedSet

_OGL = "Open Government Licence v3.0: Crown copyright, Office for National Statistics."


def _from_0_to_10(code: str, text: str, hint: str, most: str) -> Asked:
    return Asked(
        code, QuestionKind.SCALE, text, help=hint, lowest=0, highest=10, lowest_means="not at all",
        highest_means=most, known_from=KnownFrom.NEVER, source="ONS",
    )  # fmt: skip


ONS4 = ShippedSet(
    code="ons4",
    title="Personal wellbeing (ONS4)",
    about="Four questions, each read by itself; no sum is made of them.",
    introduction="Read each question out as it stands. Nobody has to answer.",
    source="Office for National Statistics, personal well-being questions (the ONS4).",
    licence=_OGL,
    tested="Tested and published by the Office for National Statistics; asked of the nation since 2011.",
    sections=(
        AskedSection(
            "",
            "",
            (
                _from_0_to_10(
                    "satisfied", "Overall, how satisfied are you with your life nowadays?", "",
                    "completely",
                ),
                _from_0_to_10(
                    "worthwhile",
                    "Overall, to what extent do you feel that the things you do in your life are worthwhile?",
                    "", "completely",
                ),
                _from_0_to_10(
                    "happy", "Overall, how happy did you feel yesterday?", "", "completely",
                ),
                Asked(
                    "anxious", QuestionKind.SCALE,
                    "On a scale where 0 is not at all anxious and 10 is completely anxious, overall, "
                    "how anxious did you feel yesterday?",
                    lowest=0, highest=10, lowest_means="not at all anxious",
                    highest_means="completely anxious", known_from=KnownFrom.NEVER, source="ONS",
                ),
            ),
        ),
    ),
)  # fmt: skip

_HOW_OFTEN = (
    Choice("hardly_ever", "Hardly ever or never", points=1),
    Choice("some_of_the_time", "Some of the time", points=2),
    Choice("often", "Often", points=3),
)


def _item(code: str, text: str) -> Asked:
    return Asked(
        code, QuestionKind.ONE_OF, text, choices=_HOW_OFTEN, known_from=KnownFrom.NEVER,
        source="UCLA three items",
    )  # fmt: skip


UCLA3 = ShippedSet(
    code="ucla3",
    title="Loneliness (three items and the direct question)",
    about="Three questions that do not say the word, and one that does. Asked before and after help.",
    introduction="Read each question out as it stands. Nobody has to answer.",
    source="The three-item UCLA loneliness scale and the direct question, as the Office for National "
    "Statistics recommends for measuring loneliness in England (2018).",
    licence=_OGL,
    tested="Tested and published by the Office for National Statistics.",
    sections=(
        AskedSection(
            "",
            "",
            (
                _item("companionship", "How often do you feel that you lack companionship?"),
                _item("left-out", "How often do you feel left out?"),
                _item("isolated", "How often do you feel isolated from others?"),
                Asked(
                    "lonely",
                    QuestionKind.ONE_OF,
                    "How often do you feel lonely?",
                    choices=(
                        Choice("often", "Often or always", means=("need:loneliness",)),
                        Choice("some", "Some of the time", means=("need:loneliness",)),
                        Choice("occasionally", "Occasionally"),
                        Choice("hardly_ever", "Hardly ever"),
                        Choice("never", "Never"),
                    ),
                    known_from=KnownFrom.NEVER,
                    source="ONS direct question",
                ),
            ),
        ),
    ),
)
