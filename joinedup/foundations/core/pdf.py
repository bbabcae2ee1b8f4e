"""A document set as a PDF that a screen reader reads (PDF/UA), from a template of its own and data."""

import json
from pathlib import Path
from typing import Any

import fontpkg_source_sans_3
import typst

_FONTS = Path(fontpkg_source_sans_3.__file__).parent / "files"


def tagged_pdf(template: Path, data: dict[str, Any]) -> bytes:
    """The document; its words go in as data, so that none of them is read as a command."""
    made: bytes = typst.compile(
        str(template),
        font_paths=[str(_FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
        pdf_standards="ua-1",
    )
    return made
