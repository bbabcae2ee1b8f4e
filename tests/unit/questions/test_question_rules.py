"""What comes up, what is an answer, what it opens, tells and hints at: the pure rules as tables."""

import pytest

from joinedup.support.questions.choices import QuestionKind
from joinedup.support.questions.rules.asked import Answers, Asked, Choice, choice_of, plain_choice
from joinedup.support.questions.rules.checking import Unfit, checked
from joinedup.support.questions.rules.hints import hints
from joinedup.support.questions.rules.reading import meanings, said, triggers_in
from joinedup.support.questions.rules.showing import counted, shown_among
from joinedup.support.questions.shipped import SHIPPED
from joinedup.support.safeguarding.choices import Trigger
from tests.unit.questions.asking import asked, shipped, yes_or_no

LIST = (Choice("a", "Ah"), Choice("b", "Bee"), Choice("none", "None of these"))


def question(kind: QuestionKind, **more: object) -> Asked:
    choices = LIST if kind.has_choices else ()
    return Asked("q", kind, "What?", choices=choices, **more)  # type: ignore[arg-type]


K = QuestionKind
FIT = [
    (question(K.ONE_OF), "a", "a"),
    (question(K.ONE_OF), ["a"], "a"),
    (question(K.ONE_OF), "", None),
    (question(K.ONE_OF), None, None),
    (question(K.SEVERAL_OF), ["b", "a"], ["a", "b"]),
    (question(K.SEVERAL_OF), "a", ["a"]),
    (question(K.SEVERAL_OF), [], None),
    (question(K.SEVERAL_OF), ["", None], None),
    (question(K.SEVERAL_OF), ["a", "none"], ["a"]),
    (question(K.SEVERAL_OF), ["none"], ["none"]),
    (question(K.SCALE, lowest=0, highest=10), "0", 0),
    (question(K.SCALE, lowest=0, highest=10), 10, 10),
    (question(K.NUMBER), " 12 ", 12),
    (question(K.NUMBER), "\u22123", -3),
    (question(K.NUMBER), "12.0", 12),
    (question(K.DAY), "3 March 2026", "2026-03-03"),
    (question(K.DAY), "03/03/2026", "2026-03-03"),
    (question(K.DAY), "2026-03-03", "2026-03-03"),
    (question(K.DAY), "29 2 2024", "2024-02-29"),
    (question(K.LINE), "  O’Brien-Łukasz \n 王 ", "O’Brien-Łukasz 王"),
    (question(K.LINE), "x\x00y", "xy"),
    (question(K.WORDS), "one\r\ntwo", "one\ntwo"),
    (question(K.WORDS), "<b>bold</b>", "<b>bold</b>"),
    (question(K.WORDS), "   ", None),
]


@pytest.mark.parametrize(("of", "typed", "kept"), FIT)
def test_what_is_kept_of_what_was_typed(of: Asked, typed: object, kept: object) -> None:
    assert checked(of, typed) == kept


UNFIT = [
    (question(K.ONE_OF), "c", "Choose one of these answers"),
    (question(K.ONE_OF), ["a", "b"], "Choose one of these answers"),
    (question(K.ONE_OF), {"a": 1}, "Choose one of these answers"),
    (question(K.SEVERAL_OF), ["a", "c"], "Choose from these answers"),
    (question(K.SCALE, lowest=0, highest=10), "11", "a whole number from 0 to 10"),
    (question(K.SCALE, lowest=0, highest=10), "-1", "a whole number from 0 to 10"),
    (question(K.SCALE, lowest=0, highest=10), True, "a whole number from 0 to 10"),
    (question(K.NUMBER, lowest=1), "0", "of 1 or more"),
    (question(K.NUMBER, highest=5), "6", "of 5 or less"),
    (question(K.NUMBER), "1e5", "a whole number, like 12"),
    (question(K.NUMBER), "3.5", "a whole number, like 12"),
    (question(K.NUMBER), "9" * 400, "a whole number, like 12"),
    (question(K.NUMBER), "twelve", "a whole number, like 12"),
    (question(K.NUMBER), "١٢", "a whole number, like 12"),
    (question(K.DAY), "31 2 2026", "no such day"),
    (question(K.DAY), "yesterday", "not a date we can read"),
    (question(K.DAY), "3/3/26", "two digits"),
    (question(K.DAY), "3 3 1066", "since 1900"),
    (question(K.LINE), "x" * 201, "200 characters or fewer"),
    (question(K.WORDS), "x" * 8001, "8000 characters or fewer"),
]


@pytest.mark.parametrize(("of", "typed", "said_of_it"), UNFIT)
def test_what_is_no_answer_says_what_to_write(of: Asked, typed: object, said_of_it: str) -> None:
    with pytest.raises(Unfit, match=said_of_it):
        checked(of, typed)


CHAIN = asked(
    yes_or_no("first"),
    yes_or_no("second", if_yes_to="first"),
    yes_or_no("third", if_yes_to="second"),
)


@pytest.mark.parametrize(
    ("answers", "up"),
    [
        ({}, ["first"]),
        ({"first": "no"}, ["first"]),
        ({"first": "yes"}, ["first", "second"]),
        ({"first": "yes", "second": "yes"}, ["first", "second", "third"]),
        ({"first": "no", "second": "yes", "third": "yes"}, ["first"]),
    ],
)
def test_a_question_comes_up_by_an_answer_that_comes_up_itself(
    answers: Answers, up: list[str]
) -> None:
    assert [each.code for each in shown_among(CHAIN, answers)] == up
    assert set(counted(CHAIN, answers)) <= set(up)


def test_an_answer_that_does_not_come_up_opens_and_tells_nothing() -> None:
    front_door = shipped("front-door")
    hidden: Answers = {"emergency": ["none"], "calls": "malicious"}
    assert meanings(front_door, hidden) == []
    up: Answers = {"emergency": ["police"], "calls": "malicious"}
    assert "characteristic:malicious_calls" in {each.word for each in meanings(front_door, up)}


def test_the_most_urgent_trigger_comes_first() -> None:
    """P19: immediate danger before suicide, and suicide before safeguarding."""
    answers: Answers = {"danger": ["abuse", "plan", "life"]}
    assert triggers_in(shipped("front-door"), answers) == [
        Trigger.LIFE_AT_RISK_NOW, Trigger.SUICIDE_PLAN, Trigger.ABUSE,
    ]  # fmt: skip
    assert triggers_in(shipped("front-door"), {"danger": ["none"]}) == []


def test_the_front_door_evidences_all_six_characteristics() -> None:
    """P16, S0-81: each of the six can be met by an answer of the shipped set."""
    words = {word for q in shipped("front-door") for choice in q.choices for word in choice.means}
    assert {word.split(":")[1] for word in words if word.startswith("characteristic:")} == {
        "violence", "offending", "frequent_emergency", "malicious_calls", "repeat_victim",
        "repeat_perpetrator",
    }  # fmt: skip


@pytest.mark.parametrize("found", SHIPPED, ids=lambda found: found.code)
def test_a_shipped_set_says_its_source_and_licence_and_holds_together(found: object) -> None:
    version = shipped(found.code)  # type: ignore[attr-defined]
    codes = [each.code for each in version]
    assert len(codes) == len(set(codes))
    assert all((found.source, found.licence, found.tested))  # type: ignore[attr-defined]
    for each in version:
        assert {c.trigger for c in each.choices} <= {"", *Trigger}
        assert [choice_of(plain_choice(c)) for c in each.choices] == list(each.choices)
        if each.shown_if:
            asked_before = version.question(each.shown_if.question)
            assert codes.index(asked_before.code) < codes.index(each.code)
            assert set(each.shown_if.any_of) <= {c.code for c in asked_before.choices}


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (K.SEVERAL_OF, ["a", "b"], "Ah; Bee"),
        (K.DAY, "2026-03-03", "3 March 2026"),
        (K.NUMBER, 3, "3"),
        (K.WORDS, "Text", "Text"),
        (K.ONE_OF, None, ""),
    ],
)
def test_an_answer_reads_in_words(kind: QuestionKind, value: object, words: str) -> None:
    assert said(question(kind), value) == words  # type: ignore[arg-type]


ALL_ABLE = dict.fromkeys(
    ["nutrition", "hygiene", "toilet", "clothed", "home-safely", "habitable-home", "relationships",
     "work-learning", "community", "child"], "able",
)  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({**ALL_ABLE, "impairment": "yes", "wellbeing": "yes", "nutrition": "pain", "toilet": "slow"},
         "may be eligible"),
        ({**ALL_ABLE, "impairment": "yes", "wellbeing": "yes", "nutrition": "danger"},
         "do not by themselves"),
        ({**ALL_ABLE, "impairment": "no", "wellbeing": "yes", "nutrition": "pain", "toilet": "slow"},
         "do not by themselves"),
        ({**ALL_ABLE, "impairment": "yes", "wellbeing": "no", "nutrition": "pain", "toilet": "slow"},
         "do not by themselves"),
        ({"impairment": "yes", "wellbeing": "yes", "nutrition": "pain"}, "Too little is known"),
        ({**ALL_ABLE, "impairment": "not_known", "wellbeing": "yes"}, "Too little is known"),
        ({}, "Too little is known"),
    ],
)  # fmt: skip
def test_the_care_act_hint_needs_all_three_parts(answers: Answers, says: str) -> None:
    """S4-7, S4-52: a hint with what it rests on; the duty to assess is said, nobody is refused (P20)."""
    (hint,) = hints(shipped("social-care-screening"), answers)
    assert says in hint.sentence
    assert "section 9" in hint.caution


@pytest.mark.parametrize(
    ("code", "answers", "sentences"),
    [
        ("ons4", {"satisfied": 4, "worthwhile": 5, "happy": 9, "anxious": 6},
         ["Life satisfaction: low (4 of 10)", "Worthwhile: medium (5 of 10)",
          "Happiness: very high (9 of 10)", "Anxiety: high (6 of 10)"]),
        ("ons4", {"anxious": 0}, ["Anxiety: very low (0 of 10)"]),
        ("ucla3", {"companionship": "often", "left-out": "often", "isolated": "hardly_ever"},
         ["Loneliness on the three items: 7, from 3 (least) to 9 (most)"]),
        ("ucla3", {"companionship": "often", "left-out": "often"}, []),
        ("home-safety", {"alarms": "none"}, []),
    ],
)  # fmt: skip
def test_measures_read_as_their_publisher_reads_them(
    code: str, answers: Answers, sentences: list[str]
) -> None:
    assert [hint.sentence for hint in hints(shipped(code), answers)] == sentences
