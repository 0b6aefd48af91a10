"""Texts that a Word form has no place for, after its last paragraph: a heading, then a title and a text each."""

from collections.abc import Sequence

from lxml import etree

from generator.blanks.word_text.line import PPR, RPR, R, w
from generator.blanks.word_text.write import fill_run, new_run, printable, set_property
from generator.ooxml import open_package, parse_xml
from generator.ooxml_zip import frame

_DOCUMENT = "word/document.xml"


def with_added_texts(data: bytes, texts: Sequence[tuple[str, str]], heading: str) -> bytes:
    """The document with the texts at its end, in its own default style; nothing before them changes."""
    parts = open_package(data)
    root = parse_xml(parts[_DOCUMENT], _DOCUMENT)
    body = root.find(w("body"))
    if body is None:
        return data
    last = body.find(w("sectPr"))
    for title, text in [(heading, ""), *texts]:
        paragraph = etree.Element(w("p"))
        spacing = etree.SubElement(etree.SubElement(paragraph, PPR), w("spacing"))
        spacing.set(w("before"), "120")
        bold = etree.Element(RPR)
        set_property(bold, "b")
        paragraph.append(new_run(printable(title), bold))
        if text:
            run = etree.SubElement(paragraph, R)
            fill_run(run, "\n" + printable(text))
        if last is not None:
            last.addprevious(paragraph)
        else:
            body.append(paragraph)
    changed = {_DOCUMENT: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)}
    return frame(data, parts, anew=changed).write(changed, level=6)
