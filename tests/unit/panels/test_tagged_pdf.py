"""Minutes and plans as files: tagged as PDF/UA-1 asks, as far as their structure tells; planted faults are found."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DecodedStreamObject, NameObject, NumberObject

from joinedup.support.panels.presenters.minutes_pdf import pdf_of
from tests.tagged_pdf import faults, faults_of, headings

SEATS = [["Marian Okoye, chair", "Council", "Coordination"], ["Sam Hartley", "Police", "Police"]]
ITEM: dict[str, Any] = {
    "reference": "P-1", "names": "Ada Ashe", "people": ["Ada Ashe, born 3 May 1980"], "since": [],
    "state": "", "away": ["Dean Whitlock"], "boxes": [["What is asked", "Help\n\nwith the rent"]],
    "checks": [
        {"agency": "Housing", "heading": "Known", "note": "", "lines": [["Since", "1 May 2025"]]}
    ],
    "views": [["Police", "It is late already"]],
    "decisions": [
        {"kind": "Advice", "reasons": "It is early days. " * 40, "by": "In the chair: Marian Okoye",
         "agrees": "Council and Housing", "abstains": "", "dissent": [["Police", "It is late"]],
         "corrects": ""}
    ],
    "actions": [{"number": 1, "words": "Ring", "owner": "Dean Whitlock, Housing", "due": "3 May"}],
    "corrections": [{"agency": "Police", "words": "Late, not too late", "taken": True, "answer": ""}],
}  # fmt: skip
MINUTES = {
    "agency": "Police", "copy_for": "Police", "footer": "TLP/2026/001. Copy 1, made by Sam Hartley.",
    "head": {
        "title": "Minutes of the Transforming Lives panel", "number": "TLP/2026/001",
        "body": "Transforming Lives panel", "held": "19 November 2026", "where": "Hall",
        "chair": "Marian Okoye", "came": SEATS, "apologies": [["Rosa", "Family hubs", ""]],
        "absent": [], "general": [["Actions that are still open", "Dealt with"]], "actions": [],
        "state": "Approved by Marian Okoye",
    },
    "items": [{**ITEM, "place": place} for place in range(1, 6)],
}  # fmt: skip


@pytest.fixture(scope="module")
def minutes() -> bytes:
    return pdf_of(MINUTES)


def test_minutes_of_several_pages_are_tagged_throughout(minutes: bytes) -> None:
    """P29: every piece in a tag, tables with headings, the language, the title, the fonts."""
    assert len(PdfReader(io.BytesIO(minutes)).pages) > 1
    assert faults_of(minutes) == []
    assert headings(minutes)[:4] == [1, 2, 2, 2]


def _no_language(pdf: PdfReader) -> None:
    del _root(pdf)["/Lang"]


def _no_title_shown(pdf: PdfReader) -> None:
    del _root(pdf)["/ViewerPreferences"]


def _no_marks(pdf: PdfReader) -> None:
    del _root(pdf)["/MarkInfo"]


def _no_tree(pdf: PdfReader) -> None:
    del _root(pdf)["/StructTreeRoot"]


def _heading_of_a_table_lost(pdf: PdfReader) -> None:
    for each in _tagged(pdf, "/TH"):
        each[NameObject("/S")] = NameObject("/TD")


def _scope_lost(pdf: PdfReader) -> None:
    del _tagged(pdf, "/TH")[0]["/A"]


def _level_skipped(pdf: PdfReader) -> None:
    for each in _tagged(pdf, "/H2"):
        each[NameObject("/S")] = NameObject("/H4")


def _piece_lost(pdf: PdfReader) -> None:
    _tagged(pdf, "/H1")[0][NameObject("/K")] = ArrayObject()


def _told_of_another(pdf: PdfReader) -> None:
    told = _root(pdf)["/StructTreeRoot"]["/ParentTree"]["/Nums"][1].get_object()
    told[0], told[1] = told[1], told[0]


def _font_left_out(pdf: PdfReader) -> None:
    for font in pdf.pages[0]["/Resources"]["/Font"].values():  # type: ignore[index]
        drawn = font["/DescendantFonts"][0]["/FontDescriptor"]
        for key in ("/FontFile2", "/FontFile3"):
            drawn.pop(key, None)


def _painted_outside(pdf: PdfReader) -> None:
    page = pdf.pages[0]
    more = DecodedStreamObject()
    more.set_data(page.get_contents().get_data() + b"\n0 0 10 10 re f")  # type: ignore[union-attr]
    page[NameObject("/Contents")] = more


def _keyboard_lost(pdf: PdfReader) -> None:
    page = pdf.pages[0]
    page[NameObject("/Annots")] = ArrayObject()
    page.pop("/Tabs", None)


def _no_way_back(pdf: PdfReader) -> None:
    pdf.pages[0][NameObject("/StructParents")] = NumberObject(999)


@pytest.mark.parametrize(
    ("plants", "fault"),
    [
        (_no_language, "language"), (_no_title_shown, "title"), (_no_marks, "marked as tagged"),
        (_no_tree, "structure tree"), (_heading_of_a_table_lost, "no headings"),
        (_scope_lost, "heading of"), (_level_skipped, "level 4 follows"),
        (_piece_lost, "stands in no tag"), (_told_of_another, "another tag"),
        (_font_left_out, "not in the file"), (_painted_outside, "outside every tag"),
        (_keyboard_lost, "keyboard"), (_no_way_back, "from its pieces"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(
    minutes: bytes, plants: Callable[[PdfReader], None], fault: str
) -> None:
    """The check itself: each kind of fault that a screen reader would stumble on."""
    pdf = PdfReader(io.BytesIO(minutes))
    plants(pdf)
    assert any(fault in each for each in faults(pdf)), faults(pdf)


def _root(pdf: PdfReader) -> Any:
    return pdf.trailer["/Root"]


def _tagged(pdf: PdfReader, kind: str) -> list[Any]:
    found: list[Any] = []
    waits = [_root(pdf)["/StructTreeRoot"]]
    while waits:
        tag = waits.pop(0).get_object()
        kids = tag.get("/K", [])
        kids = [each.get_object() for each in (kids if isinstance(kids, list) else [kids])]
        waits = [each for each in kids if isinstance(each, dict) and "/S" in each] + waits
        if tag.get("/S") == kind:
            found.append(tag)
    return found
