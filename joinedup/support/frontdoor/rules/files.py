"""Which files are taken, told by what is in them and never by their names; and what a name may be."""

import io
import re
import unicodedata
import zipfile
from enum import StrEnum
from pathlib import PurePosixPath

LARGEST = 20 * 1024 * 1024
MOST = 10
"""Files of one referral."""
MOST_OF_THE_PUBLIC = 3
"""Files of somebody who is not signed in: a letter and a photo or two (propose)."""


class FileKind(StrEnum):
    """The kinds of file that are taken: letters and photos."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    HEIC = "image/heic"
    WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    TEXT = "text/plain"

    @property
    def ending(self) -> str:
        """How a name of this kind ends."""
        return {
            "PDF": "pdf", "JPEG": "jpg", "PNG": "png", "WEBP": "webp", "HEIC": "heic",
            "WORD": "docx", "TEXT": "txt",
        }[self.name]  # fmt: skip

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "PDF": "PDF", "JPEG": "Photo", "PNG": "Picture", "WEBP": "Picture", "HEIC": "Photo",
            "WORD": "Word document", "TEXT": "Text",
        }[self.name]  # fmt: skip


TAKEN = "a PDF, a Word document, a text, or a photo (JPEG, PNG, WebP or HEIC)"
_STARTS = (
    (0, b"%PDF-", FileKind.PDF),
    (0, b"\xff\xd8\xff", FileKind.JPEG),
    (0, b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (8, b"WEBP", FileKind.WEBP),
    *(
        (4, b"ftyp" + brand, FileKind.HEIC)
        for brand in (b"heic", b"heix", b"mif1", b"hevc", b"msf1")
    ),
)
_RUNS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa\xcf")
_MARKUP = re.compile(
    rb"<\s*(?:!doctype|html|script|svg|\?xml|iframe|body|head|object|embed|meta|style)|<\?php|<%",
    re.I,
)
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\/;&$`\'%#{}]')
_LONGEST_STEM = 90


def kind_of(content: bytes) -> FileKind:
    """The kind of a file by what is in it; raises ValueError with what to do instead."""
    if not content.strip():
        raise ValueError("This file is empty. Choose it again, or leave it out.")
    if len(content) > LARGEST:
        raise ValueError(
            "This file is bigger than 20 MB. Send a smaller copy, or only its first pages."
        )
    if content.startswith(_RUNS):
        raise ValueError(f"This file is a program and is never taken. Send {TAKEN}.")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValueError(
            "This is an old Word or Excel file. Save it as PDF or .docx and send that."
        )
    for at, start, kind in _STARTS:
        if content[at : at + len(start)] == start:
            return kind
    return _packed(content) if content.startswith(b"PK\x03\x04") else _text(content)


def _packed(content: bytes) -> FileKind:
    """A Word document is a packed folder; any other, and one with macros, is not taken."""
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise ValueError("This file is damaged. Open it, save it again and send that.") from None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ValueError("This document has macros in it. Save it as PDF and send that.")
    if "word/document.xml" in names and "[Content_Types].xml" in names:
        return FileKind.WORD
    raise ValueError(f"This is a packed folder or a spreadsheet. Send {TAKEN}.")


def _text(content: bytes) -> FileKind:
    if _MARKUP.search(content[:4096]):
        raise ValueError(f"This is a web page or a program, not a letter. Send {TAKEN}.")
    try:
        read = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        read = "\x00"
    if any(unicodedata.category(c) == "Cc" and c not in "\n\r\t\f" for c in read[:4096]):
        raise ValueError(f"We cannot tell what kind of file this is. Send {TAKEN}.")
    return FileKind.TEXT


def name_for(name: str, kind: FileKind) -> str:
    """A name that is safe to write and to read, with the ending of what is really in the file."""
    plain = unicodedata.normalize("NFC", name)
    plain = "".join(
        c for c in plain if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    last = PurePosixPath(plain.replace("\\", "/")).name
    stem = _NOT_IN_NAMES.sub("", last)
    parts = [part for part in stem.split(".") if part.strip()]
    if len(parts) > 1:
        parts.pop()
    stem = " ".join(" ".join(parts).split())[:_LONGEST_STEM].strip(" -")
    return f"{stem or 'file'}.{kind.ending}"
