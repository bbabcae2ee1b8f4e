"""The form that asks: conditional questions without script, and what is known in one keystroke."""

import datetime

import pytest
from django.http import QueryDict

from joinedup.support.questions.choices import QuestionKind
from joinedup.support.questions.forms.asking import COMES_UP, QuestionForm, question_form, seal
from joinedup.support.questions.rules.asked import Asked
from joinedup.support.questions.rules.known import Known
from joinedup.support.safeguarding.choices import Trigger
from tests.unit.questions.asking import asked, shipped, yes_or_no

CHAIN = asked(yes_or_no("first", required=True), yes_or_no("second", if_yes_to="first"))
KNOWN = Known("yes", "Police", datetime.date(2026, 11, 3), "Cautioned in July")


def sent(text: str, **known: Known) -> QuestionForm:
    return question_form(CHAIN, QueryDict(text), known)


def problems(form: QuestionForm) -> dict[str, list[str]]:
    return {name: list(found) for name, found in form.errors.items()}


def test_a_question_that_comes_up_is_asked_next_without_any_script() -> None:
    form = sent("q-first=yes&q-asked=first")
    assert problems(form) == {"second": [COMES_UP]}
    assert 'data-question="second" data-shown-if="q-first" data-any-of="yes">' in _drawn(form)


def test_a_question_that_was_asked_and_left_out_is_let_be() -> None:
    form = sent("q-first=yes&q-asked=first&q-asked=second")
    assert form.is_valid()
    assert form.values == {"first": "yes"}


def test_an_answer_that_does_not_come_up_is_dropped() -> None:
    form = sent("q-first=no&q-second=yes&q-asked=first&q-asked=second")
    assert form.is_valid()
    assert form.values == {"first": "no"}


@pytest.mark.parametrize("text", ["", "q-first=maybe", "q-first=", "q-first=%00", "q-asked=first"])
def test_a_required_question_is_answered_by_one_of_its_answers(text: str) -> None:
    form = sent(text)
    assert list(problems(form)) == ["first"]


def test_what_is_known_is_shown_with_its_source_and_day_and_confirmed_by_one_key() -> None:
    """S4-9: tell it once."""
    drawn = _drawn(question_form(CHAIN, known={"first": KNOWN}))
    assert "Still right: Yes" in drawn
    assert "Known from Police, 3 November 2026: Cautioned in July" in drawn
    form = sent(f"q-first-still=right&q-first-was={seal(KNOWN)}&q-asked=first&q-asked=second",
                first=KNOWN)  # fmt: skip
    assert form.is_valid()
    assert (form.values, form.confirmed) == ({"first": "yes"}, {"first"})


def test_what_is_known_is_changed() -> None:
    form = sent("q-first-still=change&q-first=no&q-asked=first", first=KNOWN)
    assert form.is_valid()
    assert (form.values, form.confirmed) == ({"first": "no"}, set())


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("q-asked=first", "first-still"),
        ("q-first-still=change&q-asked=first", "first"),
        ("q-first-still=right&q-asked=first", "first-still"),
        ("q-first-still=right&q-first-was=0000&q-asked=first", "first-still"),
    ],
)
def test_nothing_known_goes_on_that_nobody_looked_at(text: str, where: str) -> None:
    """P9: what another agency holds travels by somebody's own act, item by item."""
    assert list(problems(sent(text, first=KNOWN))) == [where]


def test_what_is_known_of_no_required_question_may_be_left() -> None:
    version = asked(yes_or_no("first"))
    form = question_form(version, QueryDict("q-asked=first"), {"first": KNOWN})
    assert form.is_valid()
    assert form.values == {}


def test_a_draft_is_shown_again_as_it_was_typed_and_not_judged() -> None:
    form = question_form(CHAIN, typed={"q-first": "yes", "q-second": "nonsense"})
    assert not form.is_bound
    drawn = _drawn(form)
    assert 'name="q-first" type="radio" value="yes" checked' in drawn
    assert 'data-any-of="yes">' in drawn, "and what it brings up is shown"
    assert "error" not in drawn


def test_a_trigger_is_found_in_a_form_that_is_not_finished() -> None:
    """P19: the exit cannot be blocked by an unfinished form."""
    form = question_form(shipped("front-door"), QueryDict("q-danger=plan"))
    assert not form.is_valid()
    assert form.triggers == [Trigger.SUICIDE_PLAN]
    assert 'data-trigger="suicide_plan"' in _drawn(form)


def test_what_was_typed_is_never_markup() -> None:
    version = asked(Asked("w", QuestionKind.WORDS, "What <i>is</i> it?"))
    drawn = _drawn(question_form(version, QueryDict("q-w=%3Cscript%3Ealert(1)%3C/script%3E")))
    assert "<script>" not in drawn
    assert "<i>" not in drawn


def test_a_prefix_of_its_own_keeps_two_sets_on_one_page_apart() -> None:
    version = asked(yes_or_no("first"))
    form = question_form(version, QueryDict("a-first=yes&q-first=no"), prefix="a")
    assert form.is_valid()
    assert form.values == {"first": "yes"}


@pytest.mark.parametrize("code", ["front-door", "ons4", "home-safety", "social-care-screening"])
def test_every_kind_of_question_draws_itself(code: str) -> None:
    drawn = _drawn(question_form(shipped(code)))
    for each in shipped(code):
        assert f'data-question="{each.code}"' in drawn


def _drawn(form: QuestionForm) -> str:
    return " ".join(str(form).split())
