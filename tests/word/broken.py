"""Broken templates, made one fault at a time: each stands in the body, in a table's cell, and in the header."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.table import Table

PLACES = ("body", "cell", "header")
LOOP = ("{%p for p in problems %}", "{{ p.title }}", "{%p endfor %}")


@dataclass(frozen=True)
class Broken:
    """A fault: the rule that should say it, the paragraphs that hold it, which of them, and whether it can be repaired."""

    name: str
    rule: str
    lines: tuple[str | tuple[str, ...], ...]  # a tuple is one paragraph in several runs
    at: int = 0
    repairs: bool = True


FAULTS = (
    Broken("a tag with one closing brace", "unclosed-tag", ("Name: {{ patient.name.full }",)),
    Broken("a tag that is never closed", "unclosed-tag", ("Name: {{ patient.name.full",)),
    Broken("a value tag closed as a statement", "unclosed-tag", ("Name: {{ patient.name.full %}",)),
    Broken("a statement closed as a value", "unclosed-tag", ("{% if patient.phone }}Phone{% endif %}",)),
    Broken("a tag that was never opened", "unclosed-tag", ("Name: patient.name.full }}",)),
    Broken("single braces", "single-brace", ("Name: {patient.name.full}",)),
    Broken("braces apart", "braces-apart", ("Name: { { patient.name.full } }",)),
    Broken("another program's marks", "other-marks", ("Name: <<patient.name.full>> and [[patient.phone]]",)),
    Broken("quotes of another country", "smart-quotes", ("Born {{ patient.dob | date(„m/d/yy“) }}",)),
    Broken("French quotes", "smart-quotes", ("Born {{ patient.dob | date(«m/d/yy») }}",)),
    Broken("typographic quotes", "smart-quotes", ("Born {{ patient.dob | date(“m/d/yy”) }}",)),
    Broken("a tag in pieces", "split-tag", (("Name: {{ pat", "ient.na", "me.full }", "}"),)),
    Broken("a misspelt name", "unknown-name", ("Name: {{ patient.name.frist }}",)),
    Broken("a misspelt section", "unknown-name", ("Name: {{ pateint.name.full }}",)),
    Broken("a name in camel case", "unknown-name", ("Record: {{ patient.recordNumber }}",)),
    Broken("a name that is nowhere", "unknown-name", ("{{ zodiac.sign.rising }}",), repairs=False),
    Broken("a misspelt name in a loop", "unknown-name", ("{%p for p in problems %}", "{{ p.titel }}", "{%p endfor %}"), at=1),
    Broken("a misspelt filter", "unknown-filter", ("Born {{ patient.dob | dat }}",)),
    Broken("another program's filter", "unknown-filter", ("Born {{ patient.dob | strftime('%m/%d/%Y') }}",)),
    Broken("a date without a filter", "date-without-filter", ("Born {{ patient.dob }}",)),
    Broken("a flag without a filter", "flag-without-filter", ("Copy offered: {{ participation.copy_offered }}",)),
    Broken("a list without a filter", "list-without-filter", ("Strengths: {{ snap.strengths }}",)),
    Broken("a list of entries printed as one lump", "list-without-loop", ("Problems: {{ problems }}",), repairs=False),
    Broken("a dot too many", "syntax", ("Name: {{ patient.name. }}",), repairs=False),
    Broken("one equals sign", "syntax", ("{% if legal.status = 'voluntary' %}Voluntary{% endif %}",)),
    Broken("signs for and", "syntax", ("{% if patient.phone && patient.email %}both{% endif %}",)),
    Broken("a loop without in", "syntax", ("{% for p of problems %}{{ p.title }}{% endfor %}",)),
    Broken("a quote that is not closed", "syntax", ('Born {{ patient.dob | date("m/d/yy) }}',)),
    Broken("a statement in value braces", "syntax", ("{{ if patient.phone }}Phone{% endif %}",)),
    Broken("a value in statement braces", "unknown-tag", ("Name: {% patient.name.full %}",)),
    Broken("a misspelt keyword", "unknown-tag", ("{% fi patient.phone %}Phone{% endif %}",)),
    Broken("an end in two words", "unknown-tag", ("{% if patient.phone %}Phone{% end if %}",)),
    Broken("elseif", "unknown-tag", ("{% if patient.phone %}a{% elseif patient.email %}b{% endif %}",)),
    Broken("an if that is never closed", "unclosed-block", ("{% if patient.phone %}Phone {{ patient.phone }}",)),
    Broken("a loop that is never closed", "unclosed-block", ("{%p for p in problems %}", "{{ p.title }}"), repairs=False),
    Broken("an end too many", "stray-end", ("Phone {{ patient.phone }}{% endif %}",)),
    Broken("the wrong end", "stray-end", ("{% if patient.phone %}Phone{% endfor %}",)),
    Broken("a space before the prefix", "prefix-space", ("{% p if patient.phone %}", "Phone", "{%p endif %}")),
    Broken("two prefixes", "prefix-mismatch", ("{%p if patient.phone %}", "Phone", "{% endif %}"), at=2),
    Broken("a paragraph block in one paragraph", "block-in-one-paragraph", ("{%p if patient.phone %}Phone{%p endif %}",)),
    Broken("words beside a paragraph tag", "text-beside-prefix", ("Phone {%p if patient.phone %}", "Phone", "{%p endif %}"), repairs=False),
    Broken("an if alone in its paragraph", "lone-block", ("{% if patient.phone %}", "Phone", "{% endif %}", "")),
    Broken("rich text that is none", "rich-prefix", ("Name: {{r patient.name.full }}",)),
    Broken("code", "unsafe", ("{{ patient.__class__ }}",), repairs=False),
)  # fmt: skip


def _rows_in_one(table: Table) -> None:
    table.rows[1].cells[0].text = "{% for d in diagnoses %}{{ d.icd10cm }}"
    table.rows[1].cells[1].text = "{{ d.description }}{% endfor %}"


def _rows_of_their_own(table: Table) -> None:
    table.add_row(), table.add_row()
    table.rows[1].cells[0].text = "{% for d in diagnoses %}"
    table.rows[2].cells[0].text = "{{ d.icd10cm }}"
    table.rows[2].cells[1].text = "{{ d.description }}"
    table.rows[3].cells[0].text = "{% endfor %}"


def _tr_in_one(table: Table) -> None:
    table.rows[1].cells[0].text = "{%tr for d in diagnoses %}{{ d.icd10cm }}"
    table.rows[1].cells[1].text = "{{ d.description }}{%tr endfor %}"


TABLES: tuple[tuple[str, str, Callable[[Table], None], int], ...] = (
    ("a row loop without tr in its row", "loop-without-tr", _rows_in_one, 2),
    ("a row loop without tr in rows of its own", "loop-without-tr", _rows_of_their_own, 2),
    ("a row loop that opens and closes in one row", "block-in-one-row", _tr_in_one, 2),
)
"""Faults that only tables have: name, rule, maker, the row that holds it."""


def make(fault: Broken, place: str) -> tuple[bytes, str]:
    """The template with the fault in one place, and that place in words."""
    document = docx.Document()
    document.add_paragraph("{{ patient.name.full }}")
    table = document.add_table(2, 2)
    header = document.sections[0].header
    where = {
        "body": "the document, paragraph",
        "cell": "the document, table 1, row 2, cell 2",
        "header": "a header (header1), paragraph",
    }[place]
    container = {"body": document, "cell": table.rows[1].cells[1], "header": header}[place]
    first = 1
    if place == "cell":
        container.paragraphs[0].text = "Before"
    elif place == "header":
        container.paragraphs[0].text = "Harbor Light"
    for line in fault.lines:
        paragraph = container.add_paragraph()
        for n, piece in enumerate((line,) if isinstance(line, str) else line):
            run = paragraph.add_run(piece)
            run.bold = bool(n % 2) or None
    if place == "cell":
        container.add_paragraph("After")
    else:
        number = first + 1 + fault.at
        where = f"{where} {number}"
    return _saved(document), where


def make_table(maker: Callable[[Table], None], row: int, place: str) -> tuple[bytes, str]:
    """A table with the fault in the body, inside a cell of another table, or in the header."""
    document = docx.Document()
    document.add_paragraph("{{ patient.name.full }}")
    if place == "body":
        table, number, part = document.add_table(2, 2), 1, "the document"
    elif place == "cell":
        outer = document.add_table(1, 1)
        table, number, part = outer.rows[0].cells[0].add_table(2, 2), 2, "the document"
    else:
        table, number, part = document.sections[0].header.add_table(2, 2, 4_000_000), 1, "a header (header1)"
    for cell, text in zip(table.rows[0].cells, ("Code", "Words"), strict=True):
        cell.text = text
    maker(table)
    return _saved(document), f"{part}, table {number}, row {row}"


def _saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
