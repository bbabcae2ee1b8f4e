"""Two hundred bad inputs and more: each refused in words that say what to do, and kept as it was typed."""

import datetime
import re

import pytest
from django import forms

from joinedup.identity.sharing.choices import Purpose
from joinedup.support.frontdoor.forms.public import PublicForm
from joinedup.support.frontdoor.forms.refer import ReferralForm
from joinedup.support.frontdoor.rules.files import FileKind, kind_of, name_for
from tests.unit.frontdoor import hostile

TODAY = datetime.date(2026, 11, 22)
GOOD = {
    "purpose": "own_work", "for_whom": "person", "p1_given_name": "Ada", "p1_age": "70",
    "p1_address": "3 Mill Lane", "going_on": "Has not been out.", "agreement": "agreed",
}  # fmt: skip
SAYS_WHAT_TO_DO = re.compile(
    r"\b(?:write|enter|check|choose|say|leave|send|save|shorten|open|give|put|tick)\b", re.I
)
REFUSED = [
    *(("p1_given_name", text) for text in hostile.NAMES),
    *(("p1_born_on", text) for text in hostile.DATES),
    *(("p1_age", text) for text in hostile.AGES),
    *(("p1_postcode", text) for text in hostile.POSTCODES),
    *(("p1_phone", text) for text in hostile.PHONES),
    *(("p1_address", text) for text in hostile.ADDRESSES),
    *(("going_on", text) for text in hostile.TOLD),
    *hostile.CHOICES,
]


def form_with(name: str, text: str) -> ReferralForm:
    data: dict[str, object] = {**GOOD, name: text}
    if name in {"communication", "unsafe_ways"}:
        data[name] = [text]
    if name == "p1_age":
        data.pop("p1_born_on", None)
    return ReferralForm(data, today=TODAY, purposes=[Purpose.OWN_WORK])


def test_there_are_two_hundred() -> None:
    assert len(REFUSED) + len(hostile.REACHES) + len(hostile.FILES) >= 200


@pytest.mark.parametrize(("name", "text"), REFUSED, ids=lambda value: repr(value)[:40])
def test_what_cannot_be_is_refused_kept_and_told_what_to_do(name: str, text: str) -> None:
    """Every refusal says what to do next and keeps what was typed."""
    form = form_with(name, text)
    assert not form.is_valid()
    refused_well(form, name, text)
    others = {each: form[each].value() for each in GOOD if each != name}
    assert others == {each: GOOD[each] for each in others}


def refused_well(form: forms.Form, name: str, text: str) -> None:
    assert list(form.errors) == [name]
    (why,) = form.errors[name]
    assert SAYS_WHAT_TO_DO.search(why), why
    assert why[0].isupper()
    assert len(why) < 220
    kept = form[name].value()
    assert kept in (text, [text])


@pytest.mark.parametrize("text", hostile.REACHES)
def test_how_to_reach_somebody_is_a_number_or_an_address(text: str) -> None:
    data = {"going_on": "I need help", "given_name": "Ada", "age": "70", "sender_reach": text}
    form = PublicForm(data, today=TODAY, themself=True)
    assert not form.is_valid()
    refused_well(form, "sender_reach", text)


@pytest.mark.parametrize(
    ("name", "text"),
    [(name, text) for name, texts in hostile.KEPT.items() for text in texts],
    ids=lambda value: repr(value)[:40],
)
def test_what_is_unusual_and_right_is_taken(name: str, text: str) -> None:
    form = form_with(f"p1_{name}", text)
    assert form.is_valid(), form.errors
    kept = getattr(form.typed().subjects[0], name)
    assert kept is not None
    assert kept != ""
    assert not re.search(r"[\x00-\x1f\u200b-\u200f\u202a-\u202e]", str(kept))


@pytest.mark.parametrize("content", hostile.FILES, ids=range(len(hostile.FILES)))
def test_a_file_is_told_by_what_is_in_it(content: bytes) -> None:
    with pytest.raises(ValueError, match=SAYS_WHAT_TO_DO):
        kind_of(content)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", FileKind.PDF),
        (b"\xff\xd8\xff\xe0 JFIF", FileKind.JPEG),
        (b"\x89PNG\r\n\x1a\n....", FileKind.PNG),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", FileKind.WEBP),
        (b"\x00\x00\x00\x18ftypheic....", FileKind.HEIC),
        (hostile.packed("[Content_Types].xml", "word/document.xml"), FileKind.WORD),
        ("Dear sirs, £40 is owed.\r\n".encode(), FileKind.TEXT),
    ],
)
def test_letters_and_photos_are_taken(content: bytes, kind: FileKind) -> None:
    assert kind_of(content) is kind


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("letter.pdf", "letter.pdf"),
        ("letter.pdf.exe", "letter pdf.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\ada\\scan.PDF", "scan.pdf"),
        ('a"b;c\r\nX: y.pdf', "abcX y.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        ("x" * 400 + ".pdf", "x" * 90 + ".pdf"),
        ("Müller – brief.docx", "Müller – brief.pdf"),
        ("<script>.html", "script.pdf"),
    ],
)
def test_a_name_is_safe_to_write_and_ends_as_what_it_is(name: str, safe: str) -> None:
    assert name_for(name, FileKind.PDF) == safe


def test_several_people_each_have_a_name_and_an_age() -> None:
    data = {**GOOD, "p2_relation": "son", "p3_given_name": ""}
    form = ReferralForm(data, today=TODAY, people=3, purposes=[Purpose.OWN_WORK])
    assert not form.is_valid()
    assert set(form.errors) == {"p2_given_name", "p2_born_on"}


def test_what_is_missing_is_said_once_each() -> None:
    form = ReferralForm({}, today=TODAY, purposes=[Purpose.OWN_WORK])
    assert not form.is_valid()
    assert set(form.errors) == {
        "purpose", "for_whom", "p1_given_name", "p1_born_on", "p1_address", "going_on", "agreement",
    }  # fmt: skip


def test_why_somebody_was_not_told_is_said() -> None:
    """P24."""
    form = form_with("agreement", "not_informed")
    assert not form.is_valid()
    assert set(form.errors) == {"agreement_because"}
