"""Judges whether a PDF is tagged as PDF/UA-1 asks, as far as its own structure tells: every page, tag and font.

No checker of the standard itself (veraPDF) can be had from the registries that this project installs
from. This one reads what the standard's machine-checkable clauses are about; what only a human can
judge, such as whether a heading says what follows, it does not.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject

_PAINTS = {
    b"Tj", b"TJ", b"'", b'"', b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh", b"Do",
    b"INLINE IMAGE",
}  # fmt: skip
_STANDARD = set(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 "
    "H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link "
    "Annot Ruby Warichu Figure Formula Form".split()
)  # fmt: skip
_INSIDE = {
    "LI": {"L"}, "Lbl": {"LI", "Note", "TOCI"}, "LBody": {"LI"}, "TH": {"TR"}, "TD": {"TR"},
    "TR": {"Table", "THead", "TBody", "TFoot"}, "THead": {"Table"}, "TBody": {"Table"},
    "TFoot": {"Table"},
}  # fmt: skip


def faults_of(content: bytes) -> list[str]:
    """What is wrong with a PDF, in sentences; nothing where all holds."""
    return faults(PdfReader(io.BytesIO(content)))


def faults(pdf: PdfReader) -> list[str]:
    """The same of one that is open."""
    root = _at(pdf.trailer["/Root"])
    found = [*_of_document(root), *_of_fonts(pdf)]
    tree = _at(root.get("/StructTreeRoot"))
    if tree is None:
        return [*found, "There is no structure tree."]
    tags = _Tags(tree)
    found += tags.faults
    for number, page in enumerate(pdf.pages, start=1):
        found += [f"Page {number}: {fault}" for fault in _of_page(pdf, page, tags)]
    return found


def headings(content: bytes) -> list[int]:
    """The levels of its headings, in their order."""
    tree = _at(_at(PdfReader(io.BytesIO(content)).trailer["/Root"])["/StructTreeRoot"])
    return _Tags(tree).levels(tree)


def _of_document(root: Any) -> list[str]:
    xmp = _at(root["/Metadata"]).get_data().decode() if "/Metadata" in root else ""
    said = {
        "It is not marked as tagged.": bool(_at(root.get("/MarkInfo", {})).get("/Marked")),
        "Its language is not said.": str(root.get("/Lang", "")) == "en-GB",
        "A reader shows the file's name for its title.": bool(
            _at(root.get("/ViewerPreferences", {})).get("/DisplayDocTitle")
        ),
        "It does not say that it is PDF/UA-1.": re.search(
            r"pdfuaid:part(=\"|>)1", xmp
        ) is not None,
        "It has no title.": re.search(r"<dc:title>.*?<rdf:li[^>]*>\s*\S", xmp, re.S) is not None,
    }  # fmt: skip
    return [fault for fault, holds in said.items() if not holds]


def _of_fonts(pdf: PdfReader) -> Iterator[str]:
    seen: set[int] = set()
    for page in pdf.pages:
        fonts = _at(_at(page.get("/Resources", {})).get("/Font", {}))
        for font in map(_at, fonts.values()):
            if id(font) in seen:
                continue
            seen.add(id(font))
            inner = _at(_at(font["/DescendantFonts"])[0]) if "/DescendantFonts" in font else font
            drawn = _at(inner.get("/FontDescriptor", {}))
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(drawn):
                yield f"The font {font.get('/BaseFont')} is not in the file."
            if "/ToUnicode" not in font:
                yield f"The font {font.get('/BaseFont')} does not say which letters it draws."


class _Tags:
    """The structure tree: what each tag is, and which piece of which page each holds."""

    def __init__(self, tree: Any) -> None:
        self.roles = _at(tree.get("/RoleMap", {}))
        self.parents = dict(_numbers(_at(tree["/ParentTree"])))
        self.holds: set[tuple[int, int]] = set()
        self.owner: dict[tuple[int, int], Any] = {}
        self.faults: list[str] = []
        for each, parent in _below(tree):
            self.faults += self._of_place(each, parent)
            if self.kind(each) == "Table":
                self.faults += self._of_table(each)
            self._hold(each)
        self.faults += self._of_headings(tree)

    def _of_place(self, tag: Any, parent: Any) -> Iterator[str]:
        kind, above = self.kind(tag), self.kind(parent) if "/S" in parent else ""
        if kind not in _STANDARD:
            yield f"{kind} is no tag of the standard."
        if _at(tag.get("/P")) is not parent:
            yield f"{kind} does not know what it stands in."
        if kind in _INSIDE and above not in _INSIDE[kind]:
            yield f"{kind} stands in {above or 'the document itself'}."
        if kind == "Figure" and not str(tag.get("/Alt", "")).strip():
            yield "A figure has no words in its place."

    def _of_headings(self, tree: Any) -> Iterator[str]:
        before = 0
        for level in self.levels(tree):
            if level > before + 1:
                yield f"A heading of level {level} follows one of {before}."
            before = level

    def levels(self, tree: Any) -> list[int]:
        """The levels of the headings, in their order."""
        kinds = [self.kind(each) for each, _ in _below(tree)]
        return [int(kind[1]) for kind in kinds if re.fullmatch("H[1-6]", kind)]

    def kind(self, tag: Any) -> str:
        """What a tag is, by the standard's own names."""
        name = str(tag["/S"])
        for _ in range(5):
            if name[1:] in _STANDARD or name not in self.roles:
                break
            name = str(self.roles[name])
        return name[1:]

    def _of_table(self, table: Any) -> Iterator[str]:
        rows = [each for each, _ in _below(table) if self.kind(each) == "TR"]
        widths = set()
        heads = 0
        for row in rows:
            cells = [cell for cell, parent in _below(row) if parent is row]
            widths.add(sum(_attribute(cell, "/ColSpan") or 1 for cell in cells))
            for cell in cells:
                if self.kind(cell) == "TH":
                    heads += 1
                    if _attribute(cell, "/Scope") not in ("/Column", "/Row", "/Both"):
                        yield "A heading of a table does not say what it is the heading of."
        if not heads:
            yield "A table has no headings."
        if len(widths) > 1:
            yield f"The rows of a table are of different widths: {sorted(widths)}."

    def _hold(self, tag: Any) -> None:
        for kid in _kids(tag):
            piece = _at(kid)
            own = _key(tag.raw_get("/Pg")) if "/Pg" in tag else None
            if isinstance(piece, DictionaryObject):
                if piece.get("/Type") != "/MCR":
                    continue
                own = _key(piece.raw_get("/Pg")) if "/Pg" in piece else own
                piece = piece["/MCID"]
            if own is None or (own, int(piece)) in self.holds:
                self.faults.append(f"{self.kind(tag)} holds a piece of no page, or one held twice.")
                continue
            self.holds.add((own, int(piece)))
            self.owner[own, int(piece)] = tag


def _of_page(pdf: PdfReader, page: Any, tags: _Tags) -> Iterator[str]:
    key = _key(page.indirect_reference)
    held = {piece for of, piece in tags.holds if of == key}
    met: set[int] = set()
    yield from _of_content(pdf, page, met)
    for piece in sorted(met - held):
        yield f"piece {piece} stands in no tag"
    for piece in sorted(held - met):
        yield f"a tag holds piece {piece}, which is not there"
    told = _at(tags.parents.get(page.get("/StructParents")))
    if met and told is None:
        yield "nothing tells from its pieces to their tags"
        return
    for piece in sorted(met & held):
        if piece >= len(told) or _at(told[piece]) is not tags.owner[key, piece]:
            yield f"piece {piece} is told to be another tag's"
    yield from _of_links(page, tags)


def _of_links(page: Any, tags: _Tags) -> Iterator[str]:
    for each in map(_at, _at(page.get("/Annots", []))):
        link = _at(tags.parents.get(each.get("/StructParent")))
        if each.get("/Subtype") == "/Link" and (link is None or tags.kind(link) != "Link"):
            yield "a link stands in no tag of its own"
    if "/Annots" in page and page.get("/Tabs") != "/S":
        yield "the keyboard does not follow its order"


def _of_content(pdf: PdfReader, page: Any, met: set[int]) -> Iterator[str]:
    """What is painted outside every tag and is not marked as decoration; the pieces go into `met`."""
    marks: list[str] = []
    for operands, operator in ContentStream(page.get_contents(), pdf).operations:
        if operator in (b"BDC", b"BMC"):
            yield from _begun(operands, marks, met)
        elif operator == b"EMC":
            if not marks:
                yield "more ends than begins"
                return
            marks.pop()
        elif operator in _PAINTS and not any(marks):
            yield f"{operator.decode()} paints outside every tag"
    if marks:
        yield "more begins than ends"


def _begun(operands: Any, marks: list[str], met: set[int]) -> Iterator[str]:
    piece = _at(operands[1]).get("/MCID") if len(operands) > 1 else None
    mark = "artifact" if operands[0] == "/Artifact" else "piece" if piece is not None else ""
    if mark and any(marks):
        yield f"a {mark} stands in another mark"
    if mark == "piece":
        if int(piece) in met:
            yield f"piece {piece} is there twice"
        met.add(int(piece))
    marks.append(mark)


def _below(tag: Any) -> Iterator[tuple[Any, Any]]:
    """Each tag below with what it stands in, in the order in which they are read."""
    for kid in map(_at, _kids(tag)):
        if isinstance(kid, DictionaryObject) and "/S" in kid:
            yield kid, tag
            yield from _below(kid)


def _kids(tag: Any) -> list[Any]:
    kids = _at(tag.get("/K", []))
    return list(kids) if isinstance(kids, list) else [tag.raw_get("/K")]


def _numbers(node: Any) -> Iterator[tuple[int, Any]]:
    for kid in _at(node.get("/Kids", [])):
        yield from _numbers(_at(kid))
    pairs = list(_at(node.get("/Nums", [])))
    yield from zip(map(int, pairs[::2]), pairs[1::2], strict=True)


def _attribute(tag: Any, name: str) -> Any:
    said = _at(tag.get("/A", []))
    for each in map(_at, said if isinstance(said, list) else [said]):
        if isinstance(each, DictionaryObject) and name in each:
            return each[name]
    return None


def _key(reference: Any) -> int:
    return int(reference.idnum)


def _at(thing: Any) -> Any:
    return thing.get_object() if isinstance(thing, IndirectObject) else thing
