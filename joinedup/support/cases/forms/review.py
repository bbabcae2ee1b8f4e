"""What is asked of a review, of supervision, of a sign-off, and of closing a case or opening it again."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.support.cases.choices import Footing
from joinedup.support.cases.choices.level import NeedLevel
from joinedup.support.cases.choices.plan import ActionState, GoalOutcome
from joinedup.support.cases.choices.review import ClosingReason, LeastStep
from joinedup.support.cases.forms.boxes import day_box, radio, text_box
from joinedup.support.cases.forms.plan import pairs
from joinedup.support.cases.models import Goal, PlanAction
from joinedup.support.cases.operations.ending import KEEPS_NO_OUTCOME, ClosingSaid
from joinedup.support.cases.operations.reviews import Held, LevelSaid
from joinedup.support.cases.queries.levels import LevelsToSet
from joinedup.support.cases.rules.reviewing import proposed_level

_PROPOSED = "proposed"


def _proposal(now: NeedLevel) -> str:
    """What the review proposes, whichever step is the least that helps."""
    less, more = (proposed_level(now, step) for step in (LeastStep.LESS, LeastStep.MORE))
    moves = [
        *([f"{less.label} where less would do"] if less != now else []),
        *([f"{more.label} where more is needed"] if more != now else []),
    ]
    return f"As this review proposes: {now.label} as it is, {', '.join(moves)}"


class BookForm(forms.Form):
    """The day of the next review."""

    due_on = day_box("On which day is the next review?")


class HoldForm(forms.Form):
    """What a review came to."""

    edited = forms.IntegerField(widget=forms.HiddenInput)
    held_on = day_box("On which day was it held?")
    present = text_box("Who was there?", "Say who was there, and whether the person was", rows=2)
    person_words = text_box("What did the person say, in their words?",
                         "Write down what they said, or why they were not asked")  # fmt: skip
    found = text_box("What changed since last time, and what does it mean?")
    person_would_choose = text_box(
        "What would the person choose, if it were up to them alone?", rows=2
    )
    least_step = radio(
        "What is the least that helps from here?", pairs(LeastStep), "Choose what the next step is"
    )
    why_not_less = text_box("Could less do? If not, why",
                         help_text="Asked at every review: help is no larger than it has to be.", rows=2)  # fmt: skip
    level = radio("The level of need from now on", [], "Choose the level")
    level_because = text_box("If the level changes, what shows it", rows=2)
    next_on = day_box("The next review (leave empty for the rule’s own day)", required=False)

    def __init__(self, levels: LevelsToSet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.levels = levels
        if not levels.names:
            del self.fields["level"], self.fields["level_because"]
            return
        self.fields["level"].initial = _PROPOSED
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            (_PROPOSED, _proposal(levels.now)),
            *((str(int(level)), f"{level.label}: {name}") for level, name in levels.names.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """More than the least needs a reason, and so does another level."""
        cleaned = super().clean() or {}
        step = cleaned.get("least_step")
        if step and LeastStep(step).needs_reason and not cleaned.get("why_not_less"):
            self.add_error("why_not_less", "Say why less would not do")
        moves = step and self._level(cleaned) not in (None, self.levels.now)
        if moves and not cleaned.get("level_because"):
            self.add_error("level_because", "Say what shows that this is the level now")
        return cleaned

    def _level(self, cleaned: dict[str, Any]) -> NeedLevel | None:
        chosen = cleaned.get("level")
        if chosen == _PROPOSED:
            return proposed_level(self.levels.now, LeastStep(cleaned["least_step"]))
        return NeedLevel(int(chosen)) if chosen else None

    def level_said(self) -> LevelSaid | None:
        """The level that is set with the review."""
        level = self._level(self.cleaned_data)
        return LevelSaid(level, self.cleaned_data["level_because"]) if level else None

    def said(self) -> Held:
        """What the operation takes."""
        said = {name: self.cleaned_data[name] for name in Held.__dataclass_fields__}
        return Held(**said | {"least_step": LeastStep(said["least_step"])})


class SupervisionForm(forms.Form):
    """What was thought through with a supervisor."""

    held_on = day_box("On which day?")
    words = text_box("What was thought through?", "Write down what was thought through", rows=5)
    agreed = text_box("What was agreed?")


class SignForm(forms.Form):
    """A manager's answer."""

    answer = radio(
        "Your answer", [("sign", "I sign it off"), ("back", "I send it back")], "Choose your answer"
    )
    words = text_box("Words to the author; what is to be mended where you send it back")

    def clean(self) -> dict[str, Any]:
        """What is sent back says why."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") == "back" and not cleaned.get("words"):
            self.add_error("words", "Say what is to be mended")
        return cleaned


_ENDS = [(each.value, each.label) for each in ActionState if not each.is_open]


class CloseForm(forms.Form):
    """How a case closes: each goal, each open action, what stays, and what goes out."""

    reason = radio("Why does it close?", pairs(ClosingReason), "Choose why it closes")
    words = text_box("What became of it, for whoever handed it over", "Say what became of it",
                  help_text="They read this and nothing else of the case.")  # fmt: skip
    what_stays = text_box("What goes on after this and why, and whom the person rings")
    practice_words = text_box("A word to the GP practice of each person (optional)",
                           help_text="The practice reads this and nothing else of the case.")  # fmt: skip
    practice_footing = forms.ChoiceField(
        label="Does the person know that the practice is told?", required=False,
        choices=pairs(Footing), initial=Footing.AGREED.value,
    )  # fmt: skip
    practice_because = text_box("If they have not agreed, why the practice is told", rows=2)

    def __init__(
        self, goals: Sequence[Goal], actions: Sequence[PlanAction], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.goals, self.actions = goals, actions
        for goal in goals:
            self.fields[f"goal_{goal.pk}"] = radio(
                f"Goal: {goal.words}",
                pairs(GoalOutcome),
                "Choose what became of it",
                required=False,
            )
            self.fields[f"goal_words_{goal.pk}"] = text_box("How it shows", rows=2)
        for action in actions:
            self.fields[f"action_{action.pk}"] = radio(
                f"Open action: {action.words}", _ENDS, "Choose how it ends"
            )
            self.fields[f"action_words_{action.pk}"] = text_box(
                "What became of it, why it is dropped, or who has it now", rows=2
            )
        first = ("reason", *(name for name in self.fields if name.startswith(("goal_", "action_"))))
        self.order_fields([*first, "words", "what_stays"])

    def clean(self) -> dict[str, Any]:
        """Nothing is left open silently."""
        cleaned = super().clean() or {}
        reason = cleaned.get("reason")
        outcomes = reason and ClosingReason(reason) not in KEEPS_NO_OUTCOME
        for goal in self.goals if outcomes else ():
            for name in (f"goal_{goal.pk}", f"goal_words_{goal.pk}"):
                if not cleaned.get(name):
                    self.add_error(name, "Say of each goal what became of it, and how it shows")
        for action in self.actions:
            state = cleaned.get(f"action_{action.pk}")
            name = f"action_words_{action.pk}"
            if state and ActionState(state).needs_reason and not cleaned.get(name):
                self.add_error(name, "Say why it is dropped, or who has it now")
        return cleaned

    def said(self) -> ClosingSaid:
        """What the operation takes."""
        said = self.cleaned_data
        return ClosingSaid(
            reason=ClosingReason(said["reason"]),
            what_stays=said["what_stays"],
            goals={
                goal.pk: (GoalOutcome(said[f"goal_{goal.pk}"]), said[f"goal_words_{goal.pk}"])
                for goal in self.goals
                if said[f"goal_{goal.pk}"]
            },
            actions={
                each.pk: (ActionState(said[f"action_{each.pk}"]), said[f"action_words_{each.pk}"])
                for each in self.actions
            },
            practice_words=said["practice_words"],
            practice_footing=Footing(said["practice_footing"] or Footing.AGREED),
            practice_because=said["practice_because"],
        )


class ReopenForm(forms.Form):
    """Why a case is opened again, and who leads it."""

    because = text_box("Why is it opened again?", "Say why it is opened again")
    lead = forms.ChoiceField(
        label="Who leads it from now on?", error_messages={"required": "Choose who leads it"}
    )

    def __init__(self, posts: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = list(posts)  # type: ignore[attr-defined]

    @property
    def lead_post_id(self) -> uuid.UUID:
        """The post that leads it."""
        return uuid.UUID(self.cleaned_data["lead"])
