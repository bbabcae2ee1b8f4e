"""How a post wishes to be told: one choice for each kind of notice."""

from typing import Any

from django import forms

from joinedup.foundations.notices.choices import How, NoticeKind
from joinedup.foundations.notices.rules import choices_for


class PreferencesForm(forms.Form):
    """A choice for each kind; what may not be silenced does not offer it."""

    def __init__(self, standing: dict[NoticeKind, How], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in NoticeKind:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.about.name,
                help_text=kind.about.sentence,
                choices=[(how.value, how.label) for how in choices_for(kind)],
                initial=standing[kind].value,
                error_messages={
                    "required": f"Choose how to be told of “{kind.about.name}”",
                    "invalid_choice": f"“{kind.about.name}” cannot be silenced",
                },
            )

    def chosen(self) -> dict[NoticeKind, How]:
        """What was chosen."""
        return {NoticeKind(name): How(value) for name, value in self.cleaned_data.items()}
