"""A paragraph of a Word file as one line of characters, each traced back to its run, with the controls in it.

A tab or line break is one character, so is a legacy check box or drop-down list. Text boxes, deleted text, field codes
and page numbers are none: what a person reads as the text of this paragraph, and nothing else.
See ECMA-376 part 1, 17.3 (paragraphs, runs), 17.5.2 (content controls), 17.16 (fields).
"""

import re
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from generator.ooxml import W

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
LEGACY_BOX, LEGACY_LIST = "\ue001", "\ue002"

Element = etree._Element
FieldKind = Literal["form-text", "form-check", "form-list", "merge"]


def w(name: str) -> str:
    """A name in the main namespace, as lxml writes it."""
    return f"{{{W}}}{name}"


P, R, T, TAB, BR, CR, SYM = w("p"), w("r"), w("t"), w("tab"), w("br"), w("cr"), w("sym")
RPR, PPR, SDT, SDT_PR, SDT_CONTENT = w("rPr"), w("pPr"), w("sdt"), w("sdtPr"), w("sdtContent")
_FLD, _INSTR, _SIMPLE = w("fldChar"), w("instrText"), w("fldSimple")
_ONE = {TAB: "\t", w("ptab"): "\t", BR: "\n", CR: "\n", w("noBreakHyphen"): "-"}
_NO_TEXT = frozenset(
    (
        *(PPR, RPR, SDT_PR, w("sdtEndPr"), w("drawing"), w("pict"), w("object"), w("del"), w("moveFrom")),
        *(w("delText"), w("fldData"), f"{{{MC}}}AlternateContent"),
    )
)
_FLDCHARTYPE, _FFDATA, _CHECKBOX, _DDLIST, _INSTR_OF = (
    w("fldCharType"),
    w("ffData"),
    w("checkBox"),
    w("ddList"),
    w("instr"),
)
_PAGE = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES|FORMDROPDOWN|FORMCHECKBOX)\b")
_KINDS: dict[str, FieldKind] = {
    "FORMTEXT": "form-text",
    "FORMCHECKBOX": "form-check",
    "FORMDROPDOWN": "form-list",
    "MERGEFIELD": "merge",
}


@dataclass(slots=True)
class Piece:
    """Characters of one node: `start` is where they begin in the line."""

    start: int
    text: str
    node: Element
    run: Element


@dataclass(slots=True)
class WordField:
    """A form field or merge field: where its result stands, and the runs that hold its marks.

    `data` is the legacy field's `w:ffData`; `simple` the whole `w:fldSimple` where it is written so.
    """

    kind: FieldKind
    instruction: str
    start: int
    end: int
    begin: Element | None = None
    separate: Element | None = None
    finish: Element | None = None
    data: Element | None = None
    simple: Element | None = None


@dataclass(slots=True)
class InlineControl:
    """A content control inside the paragraph, and where its text stands."""

    sdt: Element
    start: int
    end: int


@dataclass(slots=True)
class _Open:
    begin: Element
    data: Element | None
    instruction: str = ""
    separate: Element | None = None
    start: int = -1
    hides: bool = True  # what stands in its code, or is the number of a page


@dataclass(slots=True)
class Line:
    """One paragraph. `pieces` are in order and without gaps; `text` is all of them joined."""

    paragraph: Element
    pieces: list[Piece] = field(default_factory=list)
    fields: list[WordField] = field(default_factory=list)
    controls: list[InlineControl] = field(default_factory=list)
    text: str = ""
    has_picture: bool = False

    @classmethod
    def read(cls, paragraph: Element) -> "Line":
        """The line of a `w:p`."""
        line = cls(paragraph)
        _Reader(line).read()
        return line

    def at(self, place: int) -> Piece | None:
        """The piece that holds the character at `place`, or the last one."""
        for piece in self.pieces:
            if piece.start <= place < piece.start + len(piece.text):
                return piece
        return self.pieces[-1] if self.pieces else None

    def runs(self, start: int, end: int) -> list[Element]:
        """The runs that hold the characters from `start` to `end`, cut so that they hold nothing else."""
        self._cut(start)
        self._cut(end)
        out: list[Element] = []
        for piece in self.pieces:
            if piece.start >= start and piece.start + len(piece.text) <= end and piece.run not in out:
                out.append(piece.run)
        return out

    def _cut(self, place: int) -> None:
        """Make a run begin at `place`."""
        for n, piece in enumerate(self.pieces):
            offset = place - piece.start
            if not 0 <= offset < len(piece.text) or (
                offset == 0 and (n == 0 or self.pieces[n - 1].run is not piece.run)
            ):
                continue
            run, node = piece.run, piece.node
            if offset:
                tail = deepcopy(node)
                tail.tail = None
                _set_text(tail, piece.text[offset:])
                _set_text(node, piece.text[:offset])
                node.addnext(tail)
                node = tail
            after = etree.Element(R)
            for key, value in run.attrib.items():
                after.set(key, value)
            properties = run.find(RPR)
            if properties is not None:
                after.append(deepcopy(properties))
            moved = [node, *node.itersiblings()]
            for one in moved:
                after.append(one)
            run.addnext(after)
            fresh = Line.read(self.paragraph)
            self.pieces, self.fields, self.controls = fresh.pieces, fresh.fields, fresh.controls
            return


class _Reader:
    """Walks one paragraph; fields are a small machine of begin, separate and end (ECMA-376 part 1, 17.16.18)."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.length = 0
        self.open: list[_Open] = []

    def read(self) -> None:
        self._walk(self.line.paragraph, None)
        for one in reversed(self.open):  # a field that ends in a later paragraph
            self._close(one, None)
        self.line.text = "".join(piece.text for piece in self.line.pieces)

    def _walk(self, node: Element, run: Element | None) -> None:
        for child in node:
            tag = child.tag
            if tag == R:
                self._walk(child, child)
            elif tag == T:
                if child.text and run is not None and not self._is_hidden():
                    self._add(child.text, child, run)
            elif tag in _ONE:
                if run is not None and not self._is_hidden():
                    self._add(_ONE[tag], child, run)
            elif tag in _NO_TEXT or not isinstance(tag, str):
                if tag not in (RPR, PPR) and isinstance(tag, str):
                    self.line.has_picture = self.line.has_picture or tag in _PICTURES
            elif tag == SYM:
                if run is not None:
                    self._add(_symbol(child), child, run)
            elif tag == _FLD:
                self._field_mark(child, run if run is not None else child)
            elif tag == _INSTR:
                if self.open:
                    self.open[-1].instruction += child.text or ""
            elif tag == SDT:
                start = self.length
                self._walk(child, None)
                self.line.controls.append(InlineControl(child, start, self.length))
            elif tag == _SIMPLE:
                self._simple(child)
            else:
                self._walk(child, run)

    def _simple(self, node: Element) -> None:
        instruction = node.get(_INSTR_OF) or ""
        if _PAGE.match(instruction):
            return
        start = self.length
        self._walk(node, None)
        kind = _KINDS.get(_first_word(instruction))
        if kind is not None:
            self.line.fields.append(WordField(kind, instruction, start, self.length, simple=node))

    def _field_mark(self, node: Element, run: Element) -> None:
        kind = node.get(_FLDCHARTYPE)
        if kind == "begin":
            data = node.find(_FFDATA)
            self.open.append(_Open(run, data))
            if data is not None and data.find(_CHECKBOX) is not None:
                self._add(LEGACY_BOX, node, run)
            elif data is not None and data.find(_DDLIST) is not None:
                self._add(LEGACY_LIST, node, run)
        elif kind == "separate" and self.open:
            one = self.open[-1]
            one.separate, one.start = run, self.length
            one.hides = _PAGE.match(one.instruction) is not None
        elif kind == "end" and self.open:
            self._close(self.open.pop(), run)

    def _close(self, one: _Open, finish: Element | None) -> None:
        kind = _KINDS.get(_first_word(one.instruction))
        if kind is None:
            return
        start = one.start if one.start >= 0 else self.length
        end = self.length
        if kind in ("form-check", "form-list"):
            marks = [
                piece
                for piece in self.line.pieces
                if piece.run is one.begin and piece.text in (LEGACY_BOX, LEGACY_LIST)
            ]
            start, end = (marks[-1].start, marks[-1].start + 1) if marks else (self.length, self.length)
        self.line.fields.append(WordField(kind, one.instruction, start, end, one.begin, one.separate, finish, one.data))

    def _is_hidden(self) -> bool:
        """Inside a field code, or the number of a page."""
        return bool(self.open) and any(one.hides for one in self.open)

    def _add(self, text: str, node: Element, run: Element) -> None:
        self.line.pieces.append(Piece(self.length, text, node, run))
        self.length += len(text)


_PICTURES = frozenset((w("drawing"), w("pict"), w("object"), f"{{{MC}}}AlternateContent"))


def _first_word(instruction: str) -> str:
    return instruction.strip().partition(" ")[0].upper()


def _symbol(node: Element) -> str:
    try:
        return chr(int(node.get(w("char")) or "25a1", 16))
    except ValueError:
        return "\u25a1"


def _set_text(node: Element, text: str) -> None:
    node.text = text
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
