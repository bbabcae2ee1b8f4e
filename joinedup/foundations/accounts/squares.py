"""An address as a square to photograph: how an app for codes learns its seed."""

import segno
from django.utils.safestring import SafeString, mark_safe


def square_of(address: str) -> SafeString:
    """The address drawn as SVG, without a style of its own."""
    square = segno.make(address, error="m")
    return mark_safe(
        square.svg_inline(
            scale=5, border=4, light="#fff", svgclass="square", lineclass=None, omitsize=False
        )
    )
