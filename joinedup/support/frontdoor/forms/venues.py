"""What is asked of a venue that hands out cards."""

from collections.abc import Iterable
from typing import Any

from django import forms

from joinedup.foundations.agencies.models import Agency


class VenueForm(forms.Form):
    """A venue and the partner it belongs to."""

    agency_code = forms.ChoiceField(
        label="Which partner’s?", error_messages={"required": "Choose the partner"}
    )
    name = forms.CharField(
        label="Name of the venue", max_length=200,
        error_messages={
            "required": "Enter the name of the venue",
            "max_length": "Write the name in 200 letters or fewer",
        },
    )  # fmt: skip

    def __init__(self, partners: Iterable[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency_code"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"),
            *((agency.code, agency.name) for agency in partners),
        ]
