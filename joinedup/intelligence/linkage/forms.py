"""What a reviewer is asked."""

from django import forms

from joinedup.intelligence.linkage.choices import Answer

ANSWERS = (
    (Answer.SAME, "Same person"),
    (Answer.NOT_SAME, "Not the same"),
    (Answer.CANNOT_TELL, "Cannot tell"),
)


class AnswerForm(forms.Form):
    """The answer is the button that was pressed; the reason may be left out."""

    answer = forms.ChoiceField(
        choices=[(answer.value, text) for answer, text in ANSWERS],
        error_messages={"required": "Choose an answer", "invalid_choice": "Choose an answer"},
    )
    reason = forms.CharField(
        label="Reason (optional)",
        required=False,
        max_length=500,
        help_text="What decided it. Helps a second reviewer.",
        error_messages={"max_length": "Give the reason in 500 characters or fewer"},
    )
