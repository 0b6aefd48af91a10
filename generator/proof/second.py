"""The same proof by another family of viewers: what Poppler printed of a finished PDF, held against the answers.

Viewers disagree: a mark may show in one and not in the other. Runs in the worker, for what Poppler prints comes from the document.
"""

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pypdf
from lxml import etree
from pypdf.errors import PyPdfError

from generator.proof.fields import Rect, WidgetSeen, fields_seen
from generator.proof.nouns import Expected, Fault, Proof
from generator.proof.pdf import folded
from generator.proof.poppler import Printed

_HEADER = re.compile(rb"P5\s+(\d+)\s+(\d+)\s+(\d+)\s")
_STEP = 10
"""Of 255 greys: what differs by less is the same to the eye."""


def with_second(first: Proof, data: bytes, expected: Sequence[Expected], seen: Printed) -> Proof:
    """PDFium's proof with what Poppler does not show: an answer counts as visible where both show it.

    A text needs its characters inside its box and ink there; a button needs ink; what is continued is looked for on all pages.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        looked = _Looked(data, seen)
        unseen = [Fault(one.slot, why) for one in expected if (why := looked.why_unseen(one))]
    except (PyPdfError, etree.XMLSyntaxError, ValueError, KeyError, TypeError, RecursionError):
        unseen = [Fault(one.slot, "Poppler cannot read the document") for one in expected]
    slots = {fault.slot for fault in first.faults}
    more = tuple(fault for fault in unseen if fault.slot not in slots)
    counted = (("PDFium", first.visible), ("Poppler", first.checked - len({fault.slot for fault in unseen})))
    return replace(first, faults=(*first.faults, *more), seen_by=counted)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """How a page lies: its media box in points, and how it is turned."""

    box: Rect
    turned: int

    def as_shown(self, rect: Rect) -> Rect:
        """A rectangle in points from the upper left corner of the page as it is read, downwards."""
        (x0, y0, x1, y1), (left, low, right, top) = rect, self.box
        corners = {
            90: ((y0 - low, x0 - left), (y1 - low, x1 - left)),
            180: ((right - x1, y0 - low), (right - x0, y1 - low)),
            270: ((top - y1, right - x1), (top - y0, right - x0)),
        }.get(self.turned, ((x0 - left, top - y1), (x1 - left, top - y0)))
        return (*corners[0], *corners[1])

    @property
    def longer(self) -> float:
        """Points of the longer side."""
        left, low, right, top = self.box
        return max(right - left, top - low)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    box: Rect


class _Looked:
    def __init__(self, data: bytes, seen: Printed) -> None:
        reader = pypdf.PdfReader(io.BytesIO(data))
        self._fields = fields_seen(reader)
        self._sheets = [_sheet(page) for page in reader.pages]
        self._words = _words(seen.words)
        self._all_text = Counter(folded("".join(word.text for page in self._words for word in page)))
        self._pages, self._blank = _pictures(seen.pages), _pictures(seen.blank)

    def why_unseen(self, one: Expected) -> str:
        """Why Poppler does not show an answer; "" where it does, or was not asked."""
        if one.is_continued:
            return "Poppler shows not all of its text" if Counter(folded(one.value)) - self._all_text else ""
        seen = self._fields.get(one.slot)
        shown = [widget for widget in seen.widgets if not widget.is_hidden] if seen is not None else []
        if one.is_button:
            marked = [widget for widget in shown if widget.state == one.value]
            return "" if marked and self._is_inked(marked[0]) else "Poppler shows no mark for it"
        if not one.value.strip():
            return ""
        if not shown:
            return "Poppler shows no such field"
        return "" if all(self._shows(widget, one.value) for widget in shown) else "Poppler shows not all of its text"

    def _shows(self, widget: WidgetSeen, value: str) -> bool:
        if widget.page >= len(self._words):
            return False
        x0, y0, x1, y1 = self._sheets[widget.page].as_shown(widget.rect)
        inside = [
            word.text
            for word in self._words[widget.page]
            if min(word.box[2], x1) > max(word.box[0], x0) and y0 <= (word.box[1] + word.box[3]) / 2 <= y1
        ]
        return not Counter(folded(value)) - Counter(folded("".join(inside))) and self._is_inked(widget)

    def _is_inked(self, widget: WidgetSeen) -> bool:
        """Whether the pictures of the page with fields and without differ inside a widget; true where there are none."""
        if not self._pages:
            return True
        if widget.page >= min(len(self._pages), len(self._blank)):
            return False
        sheet = self._sheets[widget.page]
        rect = sheet.as_shown(widget.rect)
        before, after = (
            picture.rows(rect, sheet.longer) for picture in (self._blank[widget.page], self._pages[widget.page])
        )
        return any(
            abs(one - other) >= _STEP
            for row, shown in zip(before, after, strict=False)
            if row != shown
            for one, other in zip(row, shown, strict=False)
        )


@dataclass(frozen=True, slots=True)
class _Picture:
    width: int
    height: int
    pixels: memoryview

    def rows(self, rect: Rect, longer: float) -> list[bytes]:
        """The pixels of a rectangle in points from the upper left corner; `longer` are the points of the longer side."""
        scale = max(self.width, self.height) / longer if longer else 1.0
        left, top = max(int(rect[0] * scale), 0), max(int(rect[1] * scale), 0)
        right, low = min(int(rect[2] * scale) + 1, self.width), min(int(rect[3] * scale) + 1, self.height)
        return [bytes(self.pixels[row * self.width + left : row * self.width + right]) for row in range(top, low)]


def _pictures(data: bytes) -> list[_Picture]:
    """Portable grey maps, one after the other (netpbm: pgm, P5)."""
    out: list[_Picture] = []
    at, view = 0, memoryview(data)
    while at < len(data):
        header = _HEADER.match(data, at)
        if header is None or int(header[3]) > 255:
            raise ValueError("not a grey map")
        width, height = int(header[1]), int(header[2])
        out.append(_Picture(width, height, view[header.end() : header.end() + width * height]))
        at = header.end() + width * height
    return out


def _words(printed: bytes) -> list[list[_Word]]:
    """The words of each page. Signs that XML does not know are left out before it is read."""
    clean = re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", printed)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=True)
    root = etree.fromstring(clean, parser)
    pages: list[list[_Word]] = []
    for page in root.iter("{*}page"):
        pages.append([_Word(word.text or "", _place(word)) for word in page.iter("{*}word")])
    return pages


def _place(word: etree._Element) -> Rect:
    x0, y0, x1, y1 = (float(word.get(key) or 0) for key in ("xMin", "yMin", "xMax", "yMax"))
    return (x0, y0, x1, y1)


def _sheet(page: pypdf.PageObject) -> _Sheet:
    box = page.mediabox
    x0, y0, x1, y1 = (float(v) for v in (box.left, box.bottom, box.right, box.top))
    return _Sheet((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), page.rotation % 360)
