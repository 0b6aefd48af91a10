"""The tags of a Word template, in order, each with the place it stands in.

Word splits "{{ patient.name }}" over several runs after a spell check, so tags are looked for in the text of a
paragraph. The dialect is docxtpl's: {%p %}, {%tr %}, {%tc %}, {%r %}, {{r }}, {{p }}, {%- -%}, {# #}, and cellbg,
colspan, hm, vm.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.ooxml import Paragraph, paragraphs, parse_xml, text_parts

_TAG = re.compile(r"\{(?P<open>[{%#])(?P<body>.*?)(?P<close>[}%#])\}", re.DOTALL)
_CURLY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
CORE = "docProps/core.xml"


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag: `{{` (print), `{%` (statement); its inside without marks; where it stands and the words around it."""

    opens: str
    inside: str
    where: str
    around: str


def tags(parts: Mapping[str, bytes]) -> Iterator[Tag]:
    """All tags of a template, part by part, in the order in which they run; comments are left out."""
    for part in text_parts(parts):
        if b"{" in parts[part]:
            for paragraph in paragraphs(parse_xml(parts[part], part), part):
                yield from _tags_in(paragraph)
    if CORE in parts and b"{" in parts[CORE]:
        for element in parse_xml(parts[CORE], CORE):
            yield from _tags_in(Paragraph(CORE, element.text or "", "the document's properties"))


def part_of(tag: Tag) -> str:
    """The part's name in words, without the place inside it: blocks open and close within one part."""
    return tag.where.partition(",")[0]


def _tags_in(paragraph: Paragraph) -> Iterator[Tag]:
    if "{" not in paragraph.text:
        return
    for found in _TAG.finditer(paragraph.text):
        if found["open"] == "#":
            continue
        inside = found["body"].translate(_CURLY)
        inside = re.sub(r"^(tr|tc|p|r)(?=[\s-])", "", inside.lstrip("-+")) if inside.strip() else inside
        yield Tag("{" + found["open"], inside.strip("-+ \t\n"), paragraph.where, _around(paragraph.text, found))


def _around(text: str, found: re.Match[str]) -> str:
    words = text[max(0, found.start() - 30) : found.end() + 30].strip()
    return " ".join(words.split())
