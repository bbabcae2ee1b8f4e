"""What is asked of a plan: what matters, goals, milestones, actions, help that is given, answers, copies."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.support.cases.choices import Footing
from joinedup.support.cases.choices.plan import (
    ActionState,
    Aim,
    CopyLayout,
    GivenHow,
    GoalOutcome,
    HiddenBecause,
    InterventionKind,
    PlanAnswer,
    PlanKind,
    SpokenBy,
    WhoseGoal,
)
from joinedup.support.cases.forms.boxes import day_box, radio, text_box
from joinedup.support.cases.forms.row import RowForm
from joinedup.support.cases.operations.referring_out import Asking
from joinedup.support.cases.rules.plan_answers import Answered

Pairs = Sequence[tuple[str, str]]
ALL = ("", "All of them")
_READ = "They let the other adults of this case read it"
_READ_HINT = "Without this it stands in nobody else’s copy."


def pairs(of: Any) -> list[tuple[str, str]]:
    """Each coded word with its label."""
    return [(each.value, each.label) for each in of]


def line(label: str, missing: str = "", *, longest: int = 200, **more: Any) -> forms.CharField:
    """One line of words."""
    return forms.CharField(
        label=label, max_length=longest, required=bool(missing),
        error_messages={"required": missing, "max_length": f"Say it in {longest} letters or fewer"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}), **more,
    )  # fmt: skip


def _hidden() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Keep this line out of the copy and the page of whoever it is about", required=False,
        choices=[("", "No: it is theirs to read"), *pairs(HiddenBecause)],
    )  # fmt: skip


def _person(value: str) -> uuid.UUID | None:
    return uuid.UUID(value) if value else None


class PlanForm(RowForm):
    """What matters, and what to do when it gets worse."""

    names = ("kind", "what_matters", "signs", "what_to_do", "whom_to_ring")
    kind = radio("What sort of plan is it?", pairs(PlanKind), "Choose what sort of plan it is",
                 help_text="How soon it is reviewed hangs on this.")  # fmt: skip
    what_matters = text_box("What matters to them, and what is strong already, in their own words")
    signs = text_box("How it shows that it gets worse")
    what_to_do = text_box("What to do then, and who does it")
    whom_to_ring = text_box("Whom to ring, by day and by night")


class GoalForm(RowForm):
    """A goal in somebody's own words."""

    names = ("words", "whose", "person", "aim", "is_self_managed", "is_released", "hidden")
    words = text_box(
        "What do they want, in their own words?", "Write the goal in their own words", rows=2
    )
    whose = radio("Whose goal is it?", pairs(WhoseGoal), "Choose whose goal it is")
    person = forms.ChoiceField(label="Who is it about?", required=False)
    aim = forms.ChoiceField(label="What part of life is it?", choices=pairs(Aim))
    is_self_managed = forms.BooleanField(label="They work at this themselves", required=False)
    is_released = forms.BooleanField(label=_READ, help_text=_READ_HINT, required=False)
    hidden = _hidden()

    def __init__(self, persons: Pairs, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [ALL, *persons]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One person's goal says whose."""
        cleaned = super().clean() or {}
        if cleaned.get("whose") == WhoseGoal.PERSON and not cleaned.get("person"):
            self.add_error("person", "Choose whose goal it is")
        return cleaned

    @staticmethod
    def of(row: Any) -> dict[str, Any]:
        """A saved goal as this form holds it."""
        return {
            "words": row.words, "whose": row.whose, "person": str(row.person_id or ""), "aim": row.aim,
            "is_self_managed": row.is_self_managed, "is_released": row.is_released,
            "hidden": row.hidden_from_person,
        }  # fmt: skip

    def said(self) -> dict[str, Any]:
        """What the operation takes."""
        said = dict(self.written)
        said["person_id"] = _person(said.pop("person"))
        said["hidden_from_person"] = said.pop("hidden")
        return said


class EndGoalForm(forms.Form):
    """What became of a goal."""

    outcome = radio("What became of it?", pairs(GoalOutcome), "Choose what became of it")
    words = text_box("In words: what is different, and how it shows", "Say how it shows")


class MilestoneForm(RowForm):
    """A dated step towards a goal, and whether it is met."""

    names = ("words", "due_on", "agreed_by", "met_on", "evidence", "given_up_because")
    words = line("What is the step?", "Say what the step is", longest=500)
    due_on = day_box("By when?")
    agreed_by = line("Who agreed it?", "Say who agreed it")
    met_on = day_box("Met on (leave empty while it is not)", required=False)
    evidence = text_box("How it shows that it is met")
    given_up_because = text_box("Given up, and why", rows=2)


class ActionForm(RowForm):
    """An action: what, who, by when, where it stands."""

    names = (
        "words",
        "owner",
        "due_on",
        "goal",
        "person",
        "state",
        "became",
        "is_released",
        "hidden",
    )
    words = line("What will be done?", "Say what will be done", longest=500)
    owner = forms.ChoiceField(
        label="Who does it?",
        help_text="Family, volunteers and the people themselves need no sign-in.",
        error_messages={"required": "Choose who does it", "invalid_choice": "Choose who does it"},
    )
    due_on = day_box("By when?", required=False)
    goal = forms.ChoiceField(label="Which goal does it serve?", required=False)
    person = forms.ChoiceField(label="Who is it about?", required=False)
    state = radio("Where does it stand?", pairs(ActionState), "Choose where it stands")
    became = text_box("What became of it; why it was dropped, or who has it now", rows=2)
    is_released = forms.BooleanField(label=_READ, help_text=_READ_HINT, required=False)
    hidden = _hidden()

    def __init__(
        self, owners: Pairs, goals: Pairs, persons: Pairs, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "Choose"), *owners]  # type: ignore[attr-defined]
        self.fields["goal"].choices = [("", "No one goal"), *goals]  # type: ignore[attr-defined]
        self.fields["person"].choices = [ALL, *persons]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What is dropped or handed on says why."""
        cleaned = super().clean() or {}
        state = cleaned.get("state")
        if state and ActionState(state).needs_reason and not cleaned.get("became"):
            self.add_error("became", "Say why it was dropped, or who has it now")
        return cleaned

    @staticmethod
    def of(row: Any) -> dict[str, Any]:
        """A saved action as this form holds it."""
        key = row.owner_post_id or row.owner_member_id or row.owner_person_id
        return {
            "words": row.words, "owner": f"{row.owner}:{key}", "due_on": row.due_on,
            "goal": str(row.goal_id or ""), "person": str(row.person_id or ""), "state": row.state,
            "became": row.became, "is_released": row.is_released, "hidden": row.hidden_from_person,
        }  # fmt: skip

    def said(self) -> dict[str, Any]:
        """What the operation takes, but for who owns it."""
        said = dict(self.written)
        said["goal_id"], said["person_id"] = _person(said.pop("goal")), _person(said.pop("person"))
        said["hidden_from_person"] = said.pop("hidden")
        return said


class HelpForm(forms.Form):
    """Help that an agency or a service gives."""

    kind = forms.ChoiceField(label="What sort of help is it?", choices=pairs(InterventionKind))
    agency = forms.ChoiceField(label="Which agency gives it?", required=False)
    provider = line("Or which service, by its name")
    words = line("What it is, in a line (optional)", longest=300)
    person = forms.ChoiceField(label="For whom?", required=False)
    starts_on = day_box("Since when?")

    def __init__(self, agencies: Pairs, persons: Pairs, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "None of these"), *agencies]  # type: ignore[attr-defined]
        self.fields["person"].choices = [ALL, *persons]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """What the operation takes."""
        said = self.cleaned_data
        return {
            "kind": InterventionKind(said["kind"]), "agency_code": said["agency"],
            "provider": said["provider"], "words": said["words"], "person_id": _person(said["person"]),
            "starts_on": said["starts_on"],
        }  # fmt: skip


class StopForm(forms.Form):
    """That help stopped, and why."""

    ends_on = day_box("On which day did it stop?")
    why = line("Why?", "Say why it stopped", longest=300)


class AskForm(forms.Form):
    """What is asked of a service for an action."""

    person = radio("Who is to be helped?", [], "Choose who is to be helped")
    team = forms.ChoiceField(label="Which team is asked?", required=False)
    service = line("Or which service, by its name",
                   help_text="Outside the partnership it is written down that the way was shown.")  # fmt: skip
    words = text_box("What is needed, in words they can act on",
                  "Say what is needed", help_text="They read this, and nothing else of the case.")  # fmt: skip
    footing = radio(
        "Does the person know?", pairs(Footing), "Choose whether the person knows and agrees"
    )
    because = text_box("If they have not agreed, why it is asked all the same", rows=2)

    def __init__(self, teams: Pairs, persons: Pairs, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", "None of these"), *teams]  # type: ignore[attr-defined]
        self.fields["person"].choices = list(persons)  # type: ignore[attr-defined]
        if len(persons) == 1:
            self.fields["person"].initial = persons[0][0]

    def said(self) -> Asking:
        """What the operation takes."""
        said = self.cleaned_data
        return Asking(
            person_id=uuid.UUID(said["person"]), words=said["words"], footing=Footing(said["footing"]),
            because=said["because"], to_team_id=int(said["team"]) if said["team"] else None,
            service=said["service"],
        )  # fmt: skip


class ResultForm(forms.Form):
    """What became of it."""

    words = text_box("What became of it?", "Say what became of it")


class AnswerForm(forms.Form):
    """What somebody says to a version of the plan."""

    said_now = radio("What do they say to this plan?", pairs(PlanAnswer), "Choose what they say")
    words = text_box("Their own words", help_text="What they do not agree with stays readable.")
    said_on = day_box("On which day?")
    spoken_by = radio(
        "Who spoke?", pairs(SpokenBy), "Choose who spoke", initial=SpokenBy.ITSELF.value
    )
    speaker = line("If somebody else spoke: who, and which paper you saw")
    assessed_by = line("If they cannot decide this one thing: who assessed that")
    assessed_on = day_box("And on which day", required=False)
    best_interests = text_box("What is in their best interests, who was asked, and why")

    def said(self) -> Answered:
        """What the operation takes."""
        said = dict(self.cleaned_data)
        return Answered(
            said=PlanAnswer(said.pop("said_now")), spoken_by=SpokenBy(said.pop("spoken_by")), **said
        )


class CopyForm(forms.Form):
    """A copy for somebody, and how it is set."""

    person = radio("For whom?", [], "Choose for whom")
    layout = radio(
        "How is it set?", pairs(CopyLayout), "Choose how it is set", initial=CopyLayout.PLAIN.value
    )

    def __init__(self, persons: Pairs, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = list(persons)  # type: ignore[attr-defined]


class GivenForm(forms.Form):
    """How a copy was given, and when."""

    how = radio("How was it given?", pairs(GivenHow), "Choose how it was given")
    on = day_box("On which day?")
