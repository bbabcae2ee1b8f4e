"""Wellbeing (ONS4) and loneliness (UCLA three items and the direct question), as published; confidence, our own."""

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


def _sure(code: str, text: str) -> Asked:
    return Asked(
        code, QuestionKind.SCALE, text, lowest=0, highest=10, lowest_means="not sure at all",
        highest_means="completely sure", known_from=KnownFrom.NEVER, source="Own wording",
    )  # fmt: skip


OWN_HANDS = ShippedSet(
    code="own-hands",
    title="Confidence to manage it oneself",
    about="Five questions on recovery and self-management, each read by itself; no sum is made of them.",
    introduction="They give the numbers themselves. Nobody has to answer, and low is no failing.",
    source="Written for this product; taken from no published scale.",
    licence="Free to use and to change: no licensed text.",
    tested="Not tested yet. No reliability and no error of measurement are known, so that changes are shown "
    "without one; compare somebody with themselves, and never with others.",
    sections=(
        AskedSection(
            "",
            "",
            (
                _sure("sure-day", "How sure are you that you can get through an ordinary day your own way?"),
                _sure("sure-signs", "How sure are you that you notice early when it is getting harder?"),
                _sure("sure-do", "How sure are you that you can do something yourself that helps then?"),
                _sure("sure-ask", "How sure are you that you can ask for help before it is too much?"),
                _sure("sure-back", "How sure are you that after a bad week you get back to what matters to you?"),
            ),
        ),
    ),
)  # fmt: skip
