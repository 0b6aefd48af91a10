"""The proof of a PDF: values by pypdf, characters inside their boxes by PDFium, after flattening in memory."""

import ctypes
import io
import logging
import struct
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import NamedTuple

import pypdf
import pypdfium2
import pypdfium2.raw as raw
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject

from generator.proof.nouns import Expected, Fault, Proof
from generator.proof.word import squeezed

_SEEN = 0.98
_LEGIBLE = 3.5
"""Points, from the lowest to the highest of a line: what is lower than this nobody reads on paper."""
_BAND = 12.0
"""Points: characters are kept by the band of the page in which they stand."""
_HIDDEN = 1 << 1 | 1 << 5


@dataclass(frozen=True, slots=True)
class _Widget:
    page: int
    rect: tuple[float, float, float, float]
    state: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class _Seen:
    value: str
    widgets: tuple[_Widget, ...]


def prove_pdf(data: bytes, expected: Sequence[Expected]) -> Proof:
    """Look for every answer: its stored value, and its characters inside the field's box as the page would print."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        fields = fields_seen(pypdf.PdfReader(io.BytesIO(data)))
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError):
        return Proof(len(expected), tuple(Fault(one.slot, "the document cannot be read") for one in expected))
    characters = Characters(data)
    faults = []
    for one in expected:
        why = _why_unseen(one, fields.get(one.slot), characters)
        if why:
            faults.append(Fault(one.slot, why))
    return Proof(len(expected), tuple(faults), characters.pages)


def prove_text(data: bytes, expected: Sequence[Expected]) -> Proof:
    """Look for every answer in the text of the pages; for documents without fields."""
    characters = Characters(data)
    text = squeezed(characters.all_text())
    plain = _unhyphenated(text)
    faults = [
        Fault(one.slot, "the text is not on the pages")
        for one in expected
        if squeezed(one.value) not in text and _unhyphenated(squeezed(one.value)) not in plain
    ]
    return Proof(len(expected), tuple(faults), characters.pages)


def _why_unseen(one: Expected, seen: _Seen | None, characters: "Characters") -> str:
    if one.is_continued:
        return "" if squeezed(one.value) in squeezed(characters.all_text()) else "its text is on no added page"
    if seen is None:
        return "the document has no such field"
    if seen.value != one.value:
        return "another value is stored"
    if one.is_button:
        shown = [widget for widget in seen.widgets if widget.state == one.value]
        return "" if shown and not shown[0].is_hidden else "no mark is shown for it"
    if not seen.widgets or all(widget.is_hidden for widget in seen.widgets):
        return "the form hides this field"
    for widget in seen.widgets:
        if widget.is_hidden:
            continue
        inside = characters.inside(widget.page, widget.rect)
        if not _covers("".join([char.text for char in inside]), one.value):
            return "its text is not wholly inside its box"
        if one.value.strip() and max((char.height for char in inside), default=0.0) < _LEGIBLE:
            return "its text is too small to be read"
    return ""


def _covers(found: str, wanted: str) -> bool:
    """Whether nearly all characters are there (right-to-left text by its letters, which stand in another order)."""
    have, want = Counter(_folded(found)), Counter(_folded(wanted))
    total = sum(want.values())
    return total == 0 or sum(min(count, have[char]) for char, count in want.items()) >= _SEEN * total


def _folded(text: str) -> str:
    return squeezed(unicodedata.normalize("NFKC", text))


def _unhyphenated(text: str) -> str:
    return text.replace("-", "").replace("\u00ad", "").replace("\u2010", "")


class Character(NamedTuple):
    """One printed character: the middle of its box, and how high the box is, in points."""

    text: str
    x: float
    y: float
    height: float


class Characters:
    """Every printed character with the middle of its box, page by page, from the document as it would be printed."""

    def __init__(self, data: bytes) -> None:
        self._pages: list[list[Character]] = []
        self._bands: list[dict[int, list[Character]]] = []
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            self.pages = 0
            return
        self.pages = len(document)
        for page in document:
            raw.FPDFPage_Flatten(page, raw.FLAT_PRINT)
        for number in range(self.pages):
            characters = _page_characters(document[number])
            bands: dict[int, list[Character]] = defaultdict(list)
            for one in characters:
                bands[int(one[2] // _BAND)].append(one)
            self._pages.append(characters)
            self._bands.append(bands)

    def all_text(self) -> str:
        """The text of all pages in the order it is drawn."""
        return "\n".join("".join([one.text for one in page]) for page in self._pages)

    def placed(self, page: int) -> Counter[tuple[str, float, float]]:
        """Each visible character of one page (from 0) with its place in points; nothing for a page that is not there."""
        found = self._pages[page] if 0 <= page < len(self._pages) else []
        return Counter((one.text, round(one.x, 1), round(one.y, 1)) for one in found if not one.text.isspace())

    def inside(self, page: int, rect: tuple[float, float, float, float]) -> list[Character]:
        """The characters whose middle lies inside a rectangle, from its foot to its top."""
        if not 0 <= page < len(self._pages):
            return []
        x0, y0, x1, y1 = rect
        bands = self._bands[page]
        low, high = int(y0 // _BAND), int(y1 // _BAND)
        # A rectangle of no sense may be as high as it likes; there are only so many bands with characters.
        near = (
            range(low, high + 1) if high - low < len(bands) else sorted(band for band in bands if low <= band <= high)
        )
        return [one for band in near for one in bands.get(band, ()) if x0 <= one[1] <= x1 and y0 <= one[2] <= y1]


# The same two functions of PDFium, told that they take plain addresses: they are called once for each character, and the
# turning of Python's values into typed pointers took longer than what they do.
_UNICODE_OF = ctypes.CFUNCTYPE(ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(raw.FPDFText_GetUnicode, ctypes.c_void_p).value or 0
)
_BOX_OF = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)
_NO_CHARACTERS = frozenset((0, 0xFFFE, 0xFFFF))
_BOX = struct.Struct("4f")  # FS_RECTF: left, top, right, bottom


def _page_characters(page: pypdfium2.PdfPage) -> list[Character]:
    text = page.get_textpage()
    at = ctypes.cast(text.raw, ctypes.c_void_p).value
    count = text.count_chars()
    boxes = (ctypes.c_char * (_BOX.size * count))()
    start = ctypes.addressof(boxes)
    codes = list(map(_UNICODE_OF, repeat(at, count), range(count)))
    places = range(start, start + _BOX.size * count, _BOX.size)
    found = list(map(_BOX_OF, repeat(at, count), range(count), places))
    made = tuple.__new__  # what Character(...) comes to in the end; a page has thousands
    if not all(is_found or code in _NO_CHARACTERS for code, is_found in zip(codes, found, strict=True)):
        raise pypdfium2.PdfiumError("a character without a box")
    return [
        made(
            Character,
            (
                chr(code),
                (left + right) / 2,
                (bottom + top) / 2,
                top - bottom if top - bottom >= right - left else right - left,
            ),
        )
        for code, (left, top, right, bottom) in zip(codes, _BOX.iter_unpack(boxes), strict=True)
        if code not in _NO_CHARACTERS
    ]


def fields_seen(reader: pypdf.PdfReader) -> dict[str, _Seen]:
    """Every field that has a widget on a page, by its full name: its value, and its widgets in order."""
    out: dict[str, _Seen] = {}
    for number, page in enumerate(reader.pages):
        for annotation in _items(page.get("/Annots")):
            if annotation.get("/Subtype") != "/Widget":
                continue
            name = _name(annotation)
            known = out.get(name)
            value = _value(annotation)
            widget = _Widget(
                number,
                _rect(annotation),
                str(annotation.get("/AS", ""))[1:],
                bool(int(annotation.get("/F", 0)) & _HIDDEN),
            )
            out[name] = _Seen(known.value if known else value, (*(known.widgets if known else ()), widget))
    return out


def _items(obj: object) -> list[DictionaryObject]:
    array = obj.get_object() if hasattr(obj, "get_object") else obj
    if not isinstance(array, ArrayObject):
        return []
    found = [item.get_object() for item in array]
    return [item for item in found if isinstance(item, DictionaryObject)]


def _parents(field: DictionaryObject) -> Iterator[DictionaryObject]:
    here: object = field
    for _ in range(64):
        if not isinstance(here, DictionaryObject):
            return
        yield here
        parent = here.get("/Parent")
        here = parent.get_object() if parent is not None else None


def _name(field: DictionaryObject) -> str:
    return ".".join(reversed([str(one["/T"]) for one in _parents(field) if "/T" in one]))


def _value(field: DictionaryObject) -> str:
    for one in _parents(field):
        if "/V" in one:
            value = one["/V"]
            text = str(value)
            return text[1:] if text.startswith("/") and type(value).__name__ == "NameObject" else text
    return ""


def _rect(field: DictionaryObject) -> tuple[float, float, float, float]:
    try:
        x0, y0, x1, y1 = (float(v) for v in field["/Rect"])  # type: ignore[attr-defined]
    except (KeyError, TypeError, ValueError):
        return (0.0, 0.0, 0.0, 0.0)
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
