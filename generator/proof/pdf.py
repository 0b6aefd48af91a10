"""The proof of a PDF: values by pypdf, characters inside their boxes by PDFium, after flattening in memory."""

import io
import logging
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from operator import itemgetter

import pypdf
import pypdfium2
from pypdf.errors import PyPdfError

from generator.proof.fields import FieldSeen, WidgetSeen, fields_seen, pages_added
from generator.proof.glyphs import Glyphs, leaves_ink
from generator.proof.nouns import Expected, Fault, Proof
from generator.proof.pages import Pages
from generator.proof.word import squeezed

_TO_THE_LEFT = frozenset(("R", "AL", "AN"))
_SPELT_AS_THEY_ARE = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Nd"))
_ASCII_FOLDED = {
    code: "(" if unicodedata.mirrored(chr(code)) else None
    for code in range(128)
    if unicodedata.mirrored(chr(code)) or not leaves_ink(chr(code))
}
_LEGIBLE = 3.5
"""Points, from the lowest to the highest of a line: what is lower than this nobody reads on paper."""


def prove_pdf(data: bytes, expected: Sequence[Expected]) -> Proof:
    """Look for every answer: its stored value, and its characters inside the field's box as the page would print.

    Text is proven four times over: by its value, by its characters and where they stand, by the glyphs that its font has
    for them, and by the ink that is on the page because of them.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        looked = _Looked(data, [one.value for one in expected if one.is_continued])
        looked.look_for_texts(expected)
        whys = {one: looked.why_unseen(one) for one in sorted(expected, key=looked.page_of)}
        faults = [Fault(one.slot, whys[one]) for one in expected if whys[one]]
    except (PyPdfError, pypdfium2.PdfiumError, ValueError, KeyError, TypeError, RecursionError):
        return Proof(len(expected), tuple(Fault(one.slot, "the document cannot be read") for one in expected))
    return Proof(len(expected), tuple(faults), looked.pages)


def prove_text(data: bytes, expected: Sequence[Expected]) -> Proof:
    """Look for every answer in the text of the pages; for documents without fields."""
    pages = Pages(data)
    text = squeezed(pages.all_text())
    plain = _unhyphenated(text)
    faults = [
        Fault(one.slot, "the text is not on the pages")
        for one in expected
        if squeezed(one.value) not in text and _unhyphenated(squeezed(one.value)) not in plain
    ]
    return Proof(len(expected), tuple(faults), pages.count)


class _Looked:
    """One document as it is seen: fields by pypdf, characters and ink by PDFium, glyphs by fontTools."""

    def __init__(self, data: bytes, continued: Sequence[str]) -> None:
        reader = pypdf.PdfReader(io.BytesIO(data))
        self._fields = fields_seen(reader)
        self._added = pages_added(reader) if continued else ()
        self._needed = sum((_signs(text) for text in continued), Counter[str]())
        self._pages = Pages(data)
        self._glyphs = Glyphs()
        self._no_text: dict[tuple[str, str], str] = {}
        """Why the text of an answer (its slot and value) is not seen, for those whose text is not."""
        self.pages = self._pages.count

    def look_for_texts(self, expected: Sequence[Expected]) -> None:
        """Look for every text in every place it has, page by page: one page at a time is open, and a name may be on all."""
        places: list[tuple[int, Expected, WidgetSeen]] = []
        for one in expected:
            seen = self._fields.get(one.slot)
            if seen is not None and seen.value == one.value and not (one.is_button or one.is_continued):
                places += [(widget.page, one, widget) for widget in seen.widgets if not widget.is_hidden]
        for _, one, widget in sorted(places, key=itemgetter(0)):
            if (one.slot, one.value) not in self._no_text and (why := self._why_no_text(widget, one.value)):
                self._no_text[one.slot, one.value] = why

    def page_of(self, one: Expected) -> int:
        """The page on which an answer is looked for first."""
        seen = self._fields.get(one.slot)
        return seen.widgets[0].page if seen is not None else -1

    def why_unseen(self, one: Expected) -> str:
        """Why an answer is not seen as it should be; "" where it is."""
        seen = self._fields.get(one.slot)
        if one.is_continued:
            return "" if self._is_on_sheets(one.value) else "its text is not whole on the added pages"
        if seen is None:
            return "the document has no such field"
        if seen.value != one.value:
            return "another value is stored"
        if one.is_button:
            return self._why_no_mark(seen, one.value)
        if not seen.widgets or all(widget.is_hidden for widget in seen.widgets):
            return "the form hides this field"
        return self._no_text.get((one.slot, one.value), "")

    @cached_property
    def _sheets(self) -> str:
        """The text of the added pages, which are marked as such; of all pages where none is."""
        return squeezed(self._pages.all_text(self._added))

    @cached_property
    def _lost(self) -> Counter[str]:
        """What all continued texts taken together need, and the added pages do not have."""
        return self._needed - Counter(folded(self._sheets))

    def _is_on_sheets(self, text: str) -> bool:
        """As it stands, or, where the end of a page parts it or it runs to the left, by its characters."""
        return squeezed(text) in self._sheets or not _signs(text) & self._lost

    def _why_no_mark(self, seen: FieldSeen, state: str) -> str:
        on = [widget for widget in seen.widgets if widget.state == state]
        if not on or on[0].is_hidden:
            return "no mark is shown for it"
        if any(widget.state not in ("", "Off", state) for widget in seen.widgets):
            return "another choice is marked as well"
        return "" if self._is_marked(on[0]) else "its mark draws nothing"

    def _is_marked(self, widget: WidgetSeen) -> bool:
        page = self._pages.page(widget.page)
        if widget.shown is None or page is None:
            return False
        if widget.off is not None and widget.off.get_data().strip() == widget.shown.get_data().strip():
            return widget.off.get("/Resources") != widget.shown.get("/Resources")
        return page.is_changed(widget.rect)

    def _why_no_text(self, widget: WidgetSeen, value: str) -> str:
        page = self._pages.page(widget.page)
        inside = page.in_field(widget.rect) if page is not None else []
        if page is None or not _covers("".join([char.text for char in inside]), value):
            return "its text is not wholly inside its box"
        if not value.strip():
            return ""
        if max((char.height for char in inside), default=0.0) < _LEGIBLE:
            return "its text is too small to be read"
        if widget.shown is not None and self._glyphs.is_lacking(widget.shown):
            return "its font has no glyph for some of its letters"
        return "some of its letters leave no ink on the page" if page.unseen(inside) else ""


def _covers(found: str, wanted: str) -> bool:
    """Whether every character is there (right-to-left text by its letters, which stand in another order)."""
    return not _signs(wanted) - Counter(folded(found))


def _signs(text: str) -> Counter[str]:
    """The characters of a text that must be found, each as often as it is there.

    Amid right-to-left letters PDFium turns brackets round and spells signs out (one eighth as 1/8), so that only letters,
    marks and digits are asked for there; that the others are drawn is for the glyphs and the ink to tell.
    """
    if text.isascii():
        return Counter(folded(text))
    if any(unicodedata.bidirectional(char) in _TO_THE_LEFT for char in text):
        text = "".join([char for char in text if unicodedata.category(char) in _SPELT_AS_THEY_ARE])
    signs = Counter(folded(text))
    # Marks over one place are told once, however often they are written.
    return Counter({char: 1 if unicodedata.category(char) in ("Mn", "Me") else n for char, n in signs.items()})


def folded(text: str) -> str:
    """A text for comparing: ligatures, other shapes and letters with marks taken apart, without what leaves no ink.

    Signs that have a left and a right form are one: near right-to-left letters readers take them for each other.
    """
    if text.isascii():
        return text.translate(_ASCII_FOLDED)
    apart = (char for char in unicodedata.normalize("NFKD", text) if leaves_ink(char))
    return "".join(["(" if unicodedata.mirrored(char) else char for char in apart])


def _unhyphenated(text: str) -> str:
    return text.replace("-", "").replace("\u00ad", "").replace("\u2010", "")
