"""Files that are sent in: held in memory alone, never on a disk beside the database, and no more than fits."""

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

LARGEST = 20 * 1024 * 1024
"""Bytes of a file that are kept; of a larger one a byte more, so that whoever reads it can tell."""


class InMemory(FileUploadHandler):
    """Keeps what one request sends, all its files together, up to the largest size and a byte."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._left = LARGEST + 1
        self._parts: list[bytes] = []

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._parts = []

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        kept = raw_data[: self._left]
        self._left -= len(kept)
        self._parts.append(kept)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        content = b"".join(self._parts)
        return InMemoryUploadedFile(
            io.BytesIO(content),
            self.field_name,
            self.file_name or "",
            self.content_type,
            len(content),
            self.charset,
            self.content_type_extra,
        )
