"""Minutes as a DOCX that agencies file: headings, lists, tables with a heading row, its language said."""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt


def docx_of(content: dict[str, Any]) -> bytes:
    """The minutes as a DOCX; it has no picture, so that none wants a description."""
    head = content["head"]
    document = Document()
    _begin(document, f"{head['title']}, {head['number']}", content)
    document.add_heading(head["title"], 1)
    document.add_paragraph(f"{head['number']}. {head['state']}")
    for name, words in (
        ("Held", head["held"]), ("Where", head["where"]), ("In the chair", head["chair"]),
        ("Copy for", content["copy_for"]),
    ):  # fmt: skip
        _named(document, name, words)
    _attendance(document, head)
    if head["general"] or head["actions"]:
        document.add_heading("General", 2)
        _list(document, [f"{title}: {state}" for title, state in head["general"]])
        _actions(document, head["actions"])
    for item in content["items"]:
        _item(document, item)
    if not content["items"]:
        document.add_paragraph("None of its items is for your agency to read.")
    document.add_paragraph("What is not shown is not to be read as no risk.")
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _begin(document: Doc, title: str, content: dict[str, Any]) -> None:
    properties = document.core_properties
    properties.title, properties.author = title, content["agency"]
    properties.language, properties.comments = "en-GB", ""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    normal.element.get_or_add_rPr().append(language)
    document.sections[0].footer.paragraphs[0].text = content["footer"]


def _attendance(document: Doc, head: dict[str, Any]) -> None:
    document.add_heading("Who came", 2)
    if head["came"]:
        _table(document, ["Name", "Agency", "For"], head["came"])
    else:
        document.add_paragraph("Nobody is recorded as present.")
    for name, key in (("Apologies", "apologies"), ("Not there", "absent")):
        _named(document, name, "; ".join(f"{each[0]}, {each[1]}" for each in head[key]))


def _item(document: Doc, item: dict[str, Any]) -> None:
    document.add_heading(f"Item {item['place']}: {item['names']}", 2)
    document.add_paragraph(f"{item['reference']}. {'; '.join(item['people'])}")
    for each in item.get("since", ()):
        document.add_paragraph(each)
    _named(document, "Did not sit at it, because of an interest", ", ".join(item["away"]))
    if item["state"]:
        document.add_paragraph(item["state"])
    for name, words in item["boxes"]:
        document.add_heading(name, 3)
        document.add_paragraph(words)
    _checks(document, item["checks"])
    if item["views"]:
        document.add_heading("What agencies think", 3)
        _list(document, [f"{agency}: {words}" for agency, words in item["views"]])
    for decision in item["decisions"]:
        _decision(document, decision)
    if item["actions"]:
        document.add_heading("Actions", 3)
        _actions(document, item["actions"])
    if item["corrections"]:
        document.add_heading("Corrections beside this", 3)
        _list(
            document,
            [
                f"{each['agency']}: {each['words']} "
                f"{'Taken.' if each['taken'] else 'Not taken.'} {each['answer']}"
                for each in item["corrections"]
            ],
        )


def _checks(document: Doc, checks: Sequence[dict[str, Any]]) -> None:
    if checks:
        document.add_heading("What agencies answered before the meeting", 3)
    for check in checks:
        _named(document, f"{check['agency']}: {check['heading']}", check["note"])
        _list(document, [f"{name}: {words}" for name, words in check["lines"]])


def _decision(document: Doc, decision: dict[str, Any]) -> None:
    corrects = decision["corrects"]
    document.add_heading("Decision, correcting the one before" if corrects else "Decision", 3)
    document.add_paragraph().add_run(decision["kind"]).bold = True
    _named(document, "Stands", decision.get("effect", ""))
    document.add_paragraph(decision["reasons"])
    _named(document, "Why it was corrected", corrects)
    _named(document, "Agree", decision["agrees"])
    _named(document, "Abstain", decision["abstains"])
    for agency, words in decision["dissent"]:
        _named(document, f"Dissent of {agency}", words)
    for each in decision.get("approvals", ()):
        document.add_paragraph(each)
    document.add_paragraph(decision["by"])


def _actions(document: Doc, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        said = [[str(each["number"]), each["words"], each["owner"], each["due"]] for each in rows]
        _table(document, ["No.", "What", "Who", "By"], said)


def _named(document: Doc, name: str, words: str) -> None:
    if words:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(words)


def _list(document: Doc, lines: Sequence[str]) -> None:
    for line in lines:
        document.add_paragraph(line, style="List Bullet")


def _table(document: Doc, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    made = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    heading = made.rows[0]
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    heading._tr.get_or_add_trPr().append(repeated)
    for cell, words in zip(heading.cells, columns, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(words).bold = True
    for row in rows:
        for cell, words in zip(made.add_row().cells, row, strict=True):
            cell.text = words
