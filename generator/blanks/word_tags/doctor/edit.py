"""Changing a paragraph's text where it stands, run by run, so that its look stays."""

import copy

from lxml import etree

from generator.blanks.word_tags.doctor.nouns import Edit
from generator.ooxml import W

_T, _TAB, _BR, _P, _R = (f"{{{W}}}{name}" for name in ("t", "tab", "br", "p", "r"))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def change_text(element: etree._Element, edits: list[Edit]) -> None:
    """Make the edits in a paragraph (or a property). New text takes the look of the first character it replaces."""
    for edit in sorted(edits, key=lambda one: -one.at):
        if element.tag != _P:
            text = element.text or ""
            element.text = text[: edit.at] + edit.new + text[edit.at + edit.length :]
            continue
        _replace(element, edit)


def _replace(paragraph: etree._Element, edit: Edit) -> None:
    at, placed = 0, False
    end = edit.at + edit.length
    pieces = _pieces(paragraph)
    for node in pieces:
        is_text = node.tag == _T
        text = (node.text or "") if is_text else "\n"
        start, stop = at, at + len(text)
        at = stop
        is_last = node is pieces[-1]
        touches = start < end and stop > edit.at
        inserts = (
            edit.length == 0
            and is_text
            and (start <= edit.at <= stop)
            and (edit.at < stop or is_last or stop == edit.at)
        )
        if not touches and not (inserts and not placed):
            continue
        if not is_text:
            parent = node.getparent()
            if parent is not None:
                parent.remove(node)
            continue
        low, high = max(edit.at - start, 0), min(end - start, len(text))
        node.text = text[:low] + ("" if placed else edit.new) + text[max(high, low) :]
        node.set(_SPACE, "preserve")
        placed = True


def _pieces(paragraph: etree._Element) -> list[etree._Element]:
    """The text nodes, tabs and breaks that `ooxml.paragraph_text` counts, in order."""
    out = []
    for node in paragraph.iter(_T, _TAB, _BR):
        if next(node.iterancestors(_P), None) is not paragraph:
            continue
        parent = node.getparent()
        if node.tag == _T or (parent is not None and parent.tag == _R):
            out.append(node)
    return out


def pieces_of(paragraph: etree._Element, at: int, length: int) -> int:
    """Over how many text nodes a span of a paragraph's text is spread."""
    position = count = 0
    for node in _pieces(paragraph):
        size = len(node.text or "") if node.tag == _T else 1
        count += node.tag == _T and position < at + length and position + size > at
        position += size
    return count


def row_with(row: etree._Element, text: str) -> etree._Element:
    """A copy of a table row that holds nothing but a tag, in its first cell."""
    new = copy.deepcopy(row)
    first = True
    for cell in new.findall(f"{{{W}}}tc"):
        for child in list(cell):
            if child.tag != f"{{{W}}}tcPr":
                cell.remove(child)
        paragraph = etree.SubElement(cell, _P)
        if first:
            run = etree.SubElement(paragraph, _R)
            node = etree.SubElement(run, _T)
            node.text = text
            node.set(_SPACE, "preserve")
        first = False
    return new
