"""Write a confirmed map into a Word form as tags, so that its authors go on in Word. Rows of one list become a loop.

Knows tags and places, not plans: what a tag says is given.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from generator.blanks.word_form import open_word_form
from generator.ooxml import NAMESPACES, W, open_package, parse_xml, write_package
from generator.slots import Fill, Slot, SlotKind, Status

_GLYPHS = "☐□❏❑❒▢○◻\uf0a8\uf06f\uf071"
_Root = Callable[[str], etree._Element]
_ROW = re.compile(r"(.*/w:tr\[\d+\])")


@dataclass(frozen=True, slots=True)
class Loop:
    """A table whose rows take a list: `head` opens the loop, `cells` are slot → tag of the first row, `others` the slots of the rest."""

    head: str
    cells: Mapping[str, str]
    others: Sequence[str]


@dataclass(frozen=True, slots=True)
class Tagged:
    """The tagged template, and the slots whose tag could not be written (with the reason)."""

    data: bytes
    left: Mapping[str, str]


def write_tags(data: bytes, tags: Mapping[str, str], loops: Sequence[Loop]) -> Tagged:
    """Put each tag in its slot, in the slot's own formatting. Boxes get theirs in place of the glyph."""
    form = open_word_form(data)
    slots = {slot.id: slot for slot in form.slots}
    texts = {**tags, **{slot: tag for loop in loops for slot, tag in loop.cells.items()}}
    boxes = {name: tag for name, tag in texts.items() if name in slots and slots[name].kind is SlotKind.CHECK}
    left = {name: "there is no such place" for name in texts if name not in slots}
    filled = form.fill([Fill(name, tag) for name, tag in texts.items() if name in slots and name not in boxes])
    left |= {o.slot: o.why for o in filled.outcomes if o.status not in (Status.FILLED, Status.SHRUNK)}
    parts = dict(open_package(filled.data))
    roots: dict[str, etree._Element] = {}

    def root(part: str) -> etree._Element:
        if part not in roots:
            roots[part] = parse_xml(parts[part], part)
        return roots[part]

    for loop in loops:
        _write_loop(loop, slots, root)
    left |= _write_boxes(boxes, slots, root)
    for part, element in roots.items():
        parts[part] = etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
    return Tagged(write_package(parts), left)


def _write_boxes(boxes: Mapping[str, str], slots: Mapping[str, Slot], root: _Root) -> dict[str, str]:
    """The n-th glyph of a paragraph is its n-th box; texts that were written meanwhile hold no glyphs."""
    places: dict[tuple[str, str], list[Slot]] = {}
    for slot in slots.values():
        if slot.kind is SlotKind.CHECK and slot.regions:
            places.setdefault((slot.regions[0].part, slot.regions[0].path), []).append(slot)
    left: dict[str, str] = {}
    for (part, path), here in places.items():
        ordered = sorted(here, key=lambda slot: slot.regions[0].start)
        found = _at(root(part), path)
        glyphs = _glyphs(found) if found is not None else []
        for n, slot in enumerate(ordered):
            if slot.id not in boxes:
                continue
            if len(glyphs) == len(ordered):
                glyphs[n].put(boxes[slot.id])
            else:
                left[slot.id] = "this kind of box takes no tag; type it in Word"
    return left


@dataclass(slots=True)
class _Glyph:
    element: etree._Element
    at: int | None

    def put(self, tag: str) -> None:
        """Put the tag where the glyph is; a symbol becomes text."""
        if self.at is None:
            text = etree.Element(f"{{{W}}}t")
            text.text = tag
            parent = self.element.getparent()
            if parent is not None:
                parent.replace(self.element, text)
            return
        before = self.element.text or ""
        self.element.text = before[: self.at] + tag + before[self.at + 1 :]
        self.element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _glyphs(paragraph: etree._Element) -> list[_Glyph]:
    """The boxes of a paragraph in order. A text with several is taken apart first, so that each has its own."""
    for text in list(paragraph.iter(f"{{{W}}}t")):
        pieces = re.findall(rf"[{_GLYPHS}]|[^{_GLYPHS}]+", text.text or "")
        if sum(piece in _GLYPHS for piece in pieces) < 2:
            continue
        parent = text.getparent()
        if parent is None:
            continue
        for piece in pieces:
            copy = deepcopy(text)
            copy.text = piece
            copy.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            text.addprevious(copy)
        parent.remove(text)
    out: list[_Glyph] = []
    for element in paragraph.iter(f"{{{W}}}t", f"{{{W}}}sym"):
        if element.tag == f"{{{W}}}sym":
            out.append(_Glyph(element, None))
        else:
            out += [_Glyph(element, n) for n, char in enumerate(element.text or "") if char in _GLYPHS]
    return out


def _write_loop(loop: Loop, slots: Mapping[str, Slot], root: _Root) -> None:
    rows = [row for name in loop.cells if (row := _row_of(slots[name], root)) is not None]
    if not rows:
        return
    first = rows[0]
    rest = {id(row): row for name in loop.others if name in slots and (row := _row_of(slots[name], root)) is not None}
    for row in rest.values():
        parent = row.getparent()
        if row is not first and parent is not None:
            parent.remove(row)
    first.addprevious(_row_with(first, "{%tr " + loop.head + " %}"))
    first.addnext(_row_with(first, "{%tr endfor %}"))


def _row_of(slot: Slot, root: _Root) -> etree._Element | None:
    found = _ROW.match(slot.regions[0].path) if slot.regions else None
    return _at(root(slot.regions[0].part), found[1]) if found else None


def _at(root: etree._Element, path: str) -> etree._Element | None:
    found = root.xpath(path, namespaces=NAMESPACES)
    first = found[0] if isinstance(found, list) and found else None
    return first if isinstance(first, etree._Element) else None


def _row_with(row: etree._Element, text: str) -> etree._Element:
    """A row like this one with only a text in its first cell."""
    copy = deepcopy(row)
    cells = copy.findall(f"{{{W}}}tc")
    for n, cell in enumerate(cells):
        for paragraph in cell.findall(f"{{{W}}}p")[1:]:
            cell.remove(paragraph)
        for child in list(cell):
            if child.tag not in (f"{{{W}}}tcPr", f"{{{W}}}p"):
                cell.remove(child)
        for paragraph in cell.findall(f"{{{W}}}p"):
            for child in list(paragraph):
                if child.tag != f"{{{W}}}pPr":
                    paragraph.remove(child)
            if n == 0:
                run = etree.SubElement(paragraph, f"{{{W}}}r")
                etree.SubElement(run, f"{{{W}}}t").text = text
    return copy
