"""What is asked of a panel: how it meets, who keeps it, its terms of reference, who sits on it."""

from typing import Any

from django import forms

from joinedup.foundations.agencies.choices import Discipline
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.places.models import Practice
from joinedup.support.cases.choices import ForWhom
from joinedup.support.cases.forms.boxes import day_box, text_box
from joinedup.support.panels.choices import DecisionKind, PanelTemplate, Rhythm
from joinedup.support.panels.models import Panel, TermsOfReference
from joinedup.support.panels.operations.panel import PanelWords, TermsWords
from joinedup.support.panels.rules.templates import TEMPLATES

WEEKDAYS = (
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
)


def post_words(post: Post) -> str:
    """A post as a choice: who, in which team of which agency."""
    return f"{post.user.name}, {post.team.name}, {post.team.agency.name}"


class _ByPost(forms.ChoiceField):
    """One of these posts, by name, team and agency."""

    def __init__(self, label: str, missing: str, **more: Any) -> None:
        self.posts: dict[str, Post] = {}
        super().__init__(
            label=label, error_messages={"required": missing, "invalid_choice": missing}, **more
        )

    def offer(self, posts: list[Post], nobody: str = "") -> None:
        """Offer these, and nobody by these words where that is a choice."""
        self.posts = {str(post.pk): post for post in posts}
        empty = [("", nobody or "Choose")]
        self.choices = empty + [(key, post_words(post)) for key, post in self.posts.items()]


class PanelForm(forms.Form):
    """What a panel is called, who keeps it, when it meets."""

    name = forms.CharField(
        label="Name", max_length=200, error_messages={"required": "Give the panel a name"}
    )
    coordinator = _ByPost("Coordinator", "Choose who coordinates it")
    chair = _ByPost("Chair", "Choose who chairs it")
    chair_cover = _ByPost("Chair when the chair is away", "", required=False)
    rhythm = forms.ChoiceField(
        label="How often", choices=[(each.value, each.label) for each in Rhythm]
    )
    weekday = forms.ChoiceField(label="Day", choices=WEEKDAYS)
    at_time = forms.TimeField(
        label="Time", help_text="For example, 14:00", input_formats=["%H:%M", "%H.%M", "%H%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"}),
        error_messages={"required": "Give the time", "invalid": "Write the time like 14:00"},
    )  # fmt: skip
    minutes = forms.IntegerField(
        label="Minutes a meeting", min_value=10, max_value=600,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )  # fmt: skip
    minutes_an_item = forms.IntegerField(
        label="Minutes an item", min_value=1, max_value=180,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )  # fmt: skip
    place = forms.CharField(label="Where", max_length=300, required=False)
    before_agreement_basis = text_box(
        "On which basis it considers somebody who has not agreed", rows=3,
        help_text="Leave it empty where nobody is considered before they agree.",
    )  # fmt: skip

    def __init__(
        self, coordinators: list[Post], members: list[Post], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["coordinator"].offer(coordinators)  # type: ignore[attr-defined]
        self.fields["chair"].offer(members)  # type: ignore[attr-defined]
        self.fields["chair_cover"].offer(members, "Nobody yet")  # type: ignore[attr-defined]

    def said(self) -> PanelWords:
        """What the form says, for the operation."""
        said = dict(self.cleaned_data)
        for name in ("coordinator", "chair", "chair_cover"):
            said[name] = self.fields[name].posts.get(said[name])  # type: ignore[attr-defined]
        said["weekday"], said["rhythm"] = int(said["weekday"]), Rhythm(said["rhythm"])
        known = PanelWords.__dataclass_fields__
        return PanelWords(**{name: value for name, value in said.items() if name in known})


class NewPanelForm(PanelForm):
    """A new panel: also its short name, its practice, what it succeeds, and from when."""

    code = forms.RegexField(
        r"^[a-z][a-z0-9-]{1,39}$",
        label="Short name",
        help_text="Small letters, figures and hyphens: it stands in addresses",
        error_messages={
            "required": "Give a short name",
            "invalid": "Use small letters, figures and hyphens, such as tl-panel",
        },
    )
    practice = forms.ModelChoiceField(
        Practice.objects.none(), label="Practice", required=False, empty_label="Choose"
    )
    succeeds = forms.ModelChoiceField(
        Panel.objects.none(), label="It succeeds", required=False, empty_label="No panel before it",
        help_text="It takes over the queue, and the history is read from both.",
    )  # fmt: skip
    starts_on = day_box("First day")
    field_order = ("name", "code", "practice", "succeeds", "starts_on")

    def __init__(
        self, template: PanelTemplate, practices: Any, before: Any, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if template is PanelTemplate.CARE_TEAM:
            self.fields["practice"].queryset = practices  # type: ignore[attr-defined]
        else:
            del self.fields["practice"]
        self.fields["succeeds"].queryset = before  # type: ignore[attr-defined]
        if not TEMPLATES[template].decides_before_agreement:
            del self.fields["before_agreement_basis"]


class TermsForm(forms.Form):
    """The next version of terms of reference."""

    words = text_box("What the panel is for and how it works", "Write the terms", rows=8)
    quorum = forms.IntegerField(
        label="How many agencies must be there", min_value=2, max_value=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages={"required": "Give the quorum", "min_value": "A panel decides with at least two agencies there"},
    )  # fmt: skip
    required_disciplines = forms.MultipleChoiceField(
        label="Disciplines without which no item opens", required=False,
        choices=[(each.value, each.label) for each in Discipline],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    case_types = forms.MultipleChoiceField(
        label="For whom it may be asked", choices=[(each.value, each.label) for each in ForWhom],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Say for whom it may be asked"},
    )  # fmt: skip
    question_sets = forms.MultipleChoiceField(
        label="Forms that an item brings along", required=False, widget=forms.CheckboxSelectMultiple
    )
    decisions = forms.MultipleChoiceField(
        label="What it may decide", choices=[(each.value, each.label) for each in DecisionKind],
        widget=forms.CheckboxSelectMultiple, error_messages={"required": "Say what it may decide"},
    )  # fmt: skip
    correction_days = forms.IntegerField(
        label="Working days to correct minutes", min_value=1, max_value=20, initial=5,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )  # fmt: skip
    starts_on = day_box("It holds from")

    def __init__(self, sets: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question_sets"].choices = sets  # type: ignore[attr-defined]
        if not sets:
            del self.fields["question_sets"]

    def said(self) -> TermsWords:
        """What the form says, for the operation."""
        said = self.cleaned_data
        return TermsWords(
            words=said["words"], quorum=said["quorum"],
            required=tuple(Discipline(each) for each in said["required_disciplines"]),
            case_types=tuple(ForWhom(each) for each in said["case_types"]),
            decisions=tuple(DecisionKind(each) for each in said["decisions"]),
            question_sets=tuple(said.get("question_sets", ())),
            correction_days=said["correction_days"],
        )  # fmt: skip


def from_terms(terms: TermsOfReference) -> dict[str, Any]:
    """What a form of the next version begins with: the version before."""
    names = (
        "words", "quorum", "required_disciplines", "case_types", "decisions", "question_sets",
        "correction_days",
    )  # fmt: skip
    return {name: getattr(terms, name) for name in names}


def from_panel(panel: Panel) -> dict[str, Any]:
    """What a form of changes begins with."""
    names = (
        "name", "rhythm", "weekday", "at_time", "minutes", "minutes_an_item", "place",
        "before_agreement_basis",
    )  # fmt: skip
    return {name: getattr(panel, name) for name in names} | {
        "coordinator": str(panel.coordinator_id), "chair": str(panel.chair_id),
        "chair_cover": str(panel.chair_cover_id or ""), "weekday": str(panel.weekday),
    }  # fmt: skip


def from_template(template: PanelTemplate) -> dict[str, Any]:
    """What a new panel of that template begins with."""
    usual = TEMPLATES[template]
    return {
        "name": template.label, "rhythm": usual.rhythm, "weekday": "3", "minutes": usual.minutes,
        "minutes_an_item": usual.minutes_an_item,
    }  # fmt: skip


class MemberForm(forms.Form):
    """Who sits on a panel, for which discipline, and who covers."""

    post = _ByPost("Who", "Choose who sits on the panel")
    discipline = forms.ChoiceField(
        label="Discipline", choices=[("", "Choose"), *((each.value, each.label) for each in Discipline)],
        error_messages={"required": "Choose their discipline"},
    )  # fmt: skip
    cover = _ByPost("Who sits instead when they are away", "", required=False)
    checks = forms.BooleanField(
        label="Answers their agency’s checks before a meeting", required=False, initial=True
    )

    def __init__(self, posts: list[Post], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].offer(posts)  # type: ignore[attr-defined]
        self.fields["cover"].offer(posts, "Nobody yet")  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """What the form says, for the operation."""
        said = self.cleaned_data
        posts = self.fields["post"].posts  # type: ignore[attr-defined]
        return {
            "post_id": posts[said["post"]].pk, "discipline": Discipline(said["discipline"]),
            "cover_id": posts[said["cover"]].pk if said["cover"] else None,
            "checks": said["checks"],
        }  # fmt: skip


class AskForMemberForm(forms.Form):
    """Which agency is asked to send somebody, and of which discipline."""

    agency = forms.ChoiceField(label="Agency", error_messages={"required": "Choose the agency"})
    discipline = forms.ChoiceField(
        label="Discipline", choices=[("", "Choose"), *((each.value, each.label) for each in Discipline)],
        error_messages={"required": "Choose the discipline"},
    )  # fmt: skip
    as_what = forms.CharField(
        label="In which role", max_length=120, required=False,
        help_text="For example, a clinical director",
    )  # fmt: skip

    def __init__(self, agencies: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "Choose"), *agencies]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """What the form says, for the operation."""
        return self.cleaned_data | {"discipline": Discipline(self.cleaned_data["discipline"])}


class NominateMemberForm(forms.Form):
    """Who sits on a panel for one's own agency."""

    post = _ByPost("Who", "Choose who sits there")

    def __init__(self, posts: list[Post], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].offer(posts)  # type: ignore[attr-defined]
