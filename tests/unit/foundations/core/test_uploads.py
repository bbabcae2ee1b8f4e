"""A file that is sent is held in memory, and of one that is too large no more than tells that it is."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from joinedup.foundations.core.uploads import LARGEST, InMemory


def sent(content: bytes) -> bytes:
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.bin", content)})
    request.upload_handlers = [InMemory(request)]
    return request.FILES["file"].read()  # type: ignore[no-any-return, union-attr]


def test_a_file_comes_whole() -> None:
    assert sent(b"letter") == b"letter"


def test_a_file_that_is_too_large_is_cut_a_byte_after_the_limit() -> None:
    assert len(sent(b"x" * (LARGEST + 100))) == LARGEST + 1
