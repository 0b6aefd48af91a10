"""The tags of a Word template, in order, each with the place it stands in.

Word splits "{{ patient.name }}" over several runs after a spell check, so tags are looked for in the text of a
paragraph. The dialect is docxtpl's: {%p %}, {%tr %}, {%tc %}, {%r %}, {{r }}, {{p }}, {%- -%}, {# #}, and cellbg,
colspan, hm, vm.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from generator.ooxml import W, paragraph_text, parse_xml, part_in_words, text_parts

PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")
OPENS = {"{{": "}}", "{%": "%}", "{#": "#}"}
CURLY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_OPEN = re.compile(r"\{[{%#]")
_PREFIX = re.compile(r"(tr|tc|p|r)(?=[\s-])")
_INSIDE = re.compile(r"\}\}|%\}|\{[{%#]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands: its part, its number there (tables counted apart), and its cell.

    `table`, `row`, `cell` count from 1, and are 0 outside of tables; `number` is the paragraph among those of the part
    outside tables, or inside its cell.
    """

    part: str
    number: int
    table: int = 0
    row: int = 0
    cell: int = 0

    @property
    def words(self) -> str:
        """`the document, table 1, row 2, cell 2`."""
        part = part_in_words(self.part)
        if self.part in PROPERTIES:
            return part
        if not self.table:
            return f"{part}, paragraph {self.number}"
        return f"{part}, table {self.table}, row {self.row}, cell {self.cell}"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph's text with its place. `element` is the paragraph (or the property) in the tree it was read from."""

    place: Place
    text: str
    element: etree._Element


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag: `{{` (print), `{%` (statement) or `{#` (comment); its prefix (p, tr, tc, r); its inside without marks.

    `raw` is the whole tag as it is written, `at` its start in the paragraph's text; `closes` is "" for a tag that is
    never closed in its paragraph.
    """

    opens: str
    prefix: str
    inside: str
    raw: str
    at: int
    closes: str
    place: Place
    around: str

    @property
    def where(self) -> str:
        """The place in words."""
        return self.place.words


def tagged_parts(parts: Mapping[str, bytes]) -> tuple[str, ...]:
    """Names of the parts that may hold tags and hold a brace."""
    names = (*text_parts(parts), *(name for name in PROPERTIES if name in parts))
    return tuple(name for name in names if b"{" in parts[name])


def tags(parts: Mapping[str, bytes]) -> Iterator[Tag]:
    """All tags of a template, part by part, in the order in which they run; comments are left out."""
    for part in tagged_parts(parts):
        for text in texts(parse_xml(parts[part], part), part):
            if "{" in text.text:
                yield from (tag for tag in tags_in(text) if tag.opens != "{#")


def texts(root: etree._Element, part: str) -> Iterator[Text]:
    """Every paragraph of a part with its place, those in tables, text boxes and content controls too."""
    if part in PROPERTIES:
        for element in root.iter():
            if element.text and len(element) == 0:
                yield Text(Place(part, 1), element.text, element)
        return
    plain = tables = 0
    open_tables: list[list[int]] = []  # table, row, cell, paragraph in the cell
    for event, element in etree.iterwalk(root, ("start", "end"), (f"{{{W}}}p", *_TABLE)):
        if element.tag == f"{{{W}}}p":
            if event == "start":
                if open_tables:
                    open_tables[-1][3] += 1
                    table, row, cell, number = open_tables[-1]
                    place = Place(part, number, table, row, cell)
                else:
                    plain += 1
                    place = Place(part, plain)
                yield Text(place, paragraph_text(element), element)
        elif element.tag == _TABLE[0]:
            if event == "start":
                tables += 1
                open_tables.append([tables, 0, 0, 0])
            else:
                open_tables.pop()
        elif event == "start" and open_tables:
            if element.tag == _TABLE[1]:
                open_tables[-1][1:] = [open_tables[-1][1] + 1, 0, 0]
            else:
                open_tables[-1][2:] = [open_tables[-1][2] + 1, 0]


_TABLE = (f"{{{W}}}tbl", f"{{{W}}}tr", f"{{{W}}}tc")


def tags_in(text: Text) -> Iterator[Tag]:
    """The tags of one paragraph. One that is not closed runs to the next opening mark, or to the paragraph's end."""
    whole, at = text.text, 0
    while found := _OPEN.search(whole, at):
        opens, start = found[0], found.start()
        end, closes = _end_of(whole, found.end(), opens)
        raw = whole[start:end]
        body = raw[2 : len(raw) - len(closes)] if closes else raw[2:]
        yield _tag(opens, body, raw, start, closes, text)
        at = end


def _end_of(text: str, start: int, opens: str) -> tuple[int, str]:
    """Where a tag ends, and what closes it; braces inside quotes are the author's own."""
    if opens == "{#":
        end = text.find("#}", start)
        return (end + 2, "#}") if end >= 0 else (len(text), "")
    for found in _INSIDE.finditer(text, start):
        mark = found[0]
        if mark in ("}}", "%}"):
            return found.end(), mark
        if mark in OPENS:
            return found.start(), ""
    return len(text), ""


def _tag(opens: str, body: str, raw: str, at: int, closes: str, text: Text) -> Tag:
    inside = html.unescape(body.translate(CURLY)) if opens != "{#" else body
    found = _PREFIX.match(inside.lstrip("-+"))
    prefix = found[1] if found and inside.strip() else ""
    inside = inside.lstrip("-+")[len(prefix) :].strip("-+ \t\n\xa0")
    around = " ".join(text.text[max(0, at - 30) : at + len(raw) + 30].split())
    return Tag(opens, prefix, inside, raw, at, closes, text.place, around)
