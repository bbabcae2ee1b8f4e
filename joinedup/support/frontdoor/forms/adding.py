"""A letter or a photo that is added to what somebody types; what is in it is judged where it is kept."""

from django import forms


class FileToAdd(forms.Form):
    """One file; everything else that was typed stays whatever becomes of it."""

    file = forms.FileField(
        label="Add a file",
        help_text="A PDF, a Word document or a photo, up to 20 MB. It is never opened here: whoever "
        "reads what you wrote can download it.",
        allow_empty_file=True,
        error_messages={"required": "Choose a file first."},
    )
