"""Which letters the bytes of a file stand for, and the file as UTF-8 whatever it was."""

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from joinedup.pipeline.deliveries.reading.blocks import Refused

CHUNK = 4 * 1024 * 1024
UTF_8 = "utf-8"
WINDOWS = "cp1252"
UTF_16 = "utf-16"

_BEGINNINGS = {
    b"PK\x03\x04": "This is a spreadsheet or a packed file, not text: open it and save it as “CSV UTF-8”.",
    b"\xd0\xcf\x11\xe0": "This is an old spreadsheet, not text: open it and save it as “CSV UTF-8”.",
    b"\x1f\x8b": "This file is packed (gzip): unpack it and send it again.",
    b"%PDF": "This is a PDF, not text: send the data as CSV or Parquet.",
    b"PAR1": "This is a Parquet file: end its name in .parquet.",
    codecs.BOM_UTF32_LE: "This file is in UTF-32: save it as UTF-8.",
    codecs.BOM_UTF32_BE: "This file is in UTF-32: save it as UTF-8.",
}
NOTHING_IN_IT = "The file is empty. Send it with its heading and rows; nothing was changed by it."


@dataclass(frozen=True)
class Letters:
    """How a file is to be read."""

    encoding: str
    mark: int
    """Bytes of byte-order mark to pass over."""
    sha256: str


def sha256_of(path: Path) -> str:
    """The fingerprint of a file, by which the same file is known again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def find_letters(path: Path) -> Letters:
    """Read the whole file once to learn its encoding and fingerprint; raises Refused."""
    with path.open("rb") as file:
        beginning = file.read(64)
    if not beginning:
        raise Refused(NOTHING_IN_IT)
    for start, sentence in _BEGINNINGS.items():
        if beginning.startswith(start):
            raise Refused(sentence)
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Letters(UTF_16, 0, sha256_of(path))
    if beginning[1:12:2] == b"\x00" * 6 or beginning[0:12:2] == b"\x00" * 6:
        raise Refused("This file is in UTF-16 without saying so: save it as UTF-8.")
    mark = len(codecs.BOM_UTF8) if beginning.startswith(codecs.BOM_UTF8) else 0
    encoding, fingerprint = _utf_8_or_windows(path, marked=bool(mark))
    return Letters(encoding, mark, fingerprint)


def _utf_8_or_windows(path: Path, *, marked: bool) -> tuple[str, str]:
    """UTF-8 where every byte agrees, or where the letters that do outnumber those that do not.

    A few broken letters in a good UTF-8 file must not turn every other accented name into noise.
    """
    digest = hashlib.sha256()
    valid = broken = 0
    decoder = codecs.getincrementaldecoder(UTF_8)("replace")
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            if chunk.isascii() and not decoder.getstate()[0]:
                continue
            text = decoder.decode(chunk)
            # A mark of loss that is in the file already is a letter like any other.
            bad = max(text.count("\ufffd") - chunk.count(b"\xef\xbf\xbd"), 0)
            broken += bad
            valid += len(text) - len(text.encode("ascii", "ignore")) - bad
    broken += len(decoder.decode(b"", final=True))
    return (UTF_8 if marked or valid >= broken else WINDOWS), digest.hexdigest()


def as_utf_8(path: Path, letters: Letters) -> Iterator[bytes]:
    """The file in pieces of UTF-8, cut anywhere; bytes that are not UTF-8 stay as they are."""
    with path.open("rb") as file:
        file.seek(letters.mark)
        if letters.encoding == UTF_8:
            while chunk := file.read(CHUNK):
                yield chunk
            return
        # What Windows-1252 leaves undefined stays a byte that is not UTF-8, and is told by its row.
        errors = "surrogateescape" if letters.encoding == WINDOWS else "replace"
        decoder = codecs.getincrementaldecoder(letters.encoding)(errors)
        while chunk := file.read(CHUNK):
            yield decoder.decode(chunk).encode(UTF_8, "surrogateescape")
        yield decoder.decode(b"", final=True).encode(UTF_8, "surrogateescape")
