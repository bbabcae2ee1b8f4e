"""Minutes set as a PDF that a screen reader reads: headings, lists, tables with headings of their own."""

import json
from pathlib import Path
from typing import Any

import fontpkg_source_sans_3
import typst

_TEMPLATE = Path(__file__).parent.parent / "templates" / "panels" / "minutes.typ"
_FONTS = Path(fontpkg_source_sans_3.__file__).parent / "files"


def pdf_of(content: dict[str, Any]) -> bytes:
    """The minutes as a PDF/UA; their words go in as data, so that none of them is read as a command."""
    made: bytes = typst.compile(
        str(_TEMPLATE),
        font_paths=[str(_FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(content)},
        pdf_standards="ua-1",
    )
    return made
