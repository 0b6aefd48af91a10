"""What a viewer makes of the fields of a form that asks for it (/NeedAppearances): PDFium's own drawings, to be stored.

The word tells viewers to pass over the stored appearances and to construct their own from values and characteristics
(ISO 32000-2, 12.7.3, table 224). People who opened the blank in Chrome or Edge saw these drawings, so a field that
nobody fills keeps looking as it did when the word is taken out.
"""

import io
import re

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name

from generator.blanks.pdf_fields.fields import Widget, dictionary, items, keys, rect_of
from generator.pdf_open import open_in_memory

_FONT_USED = re.compile(rb"/(\S+)\s+-?[\d.]+\s+Tf")


class Viewer:
    """The drawings of one form, made once, when it is opened."""

    def __init__(self, pdf: pikepdf.Pdf, data: bytes) -> None:
        """`pdf` is the open form that takes the drawings, `data` the file it was opened from."""
        self._pdf = pdf
        self._drawn = _constructed(data)
        self._widgets: dict[tuple[int, int], pikepdf.Object] = {}
        if self._drawn is None:
            return
        # Pages of ours at the end may have been taken off already: the form's own come first.
        for own, drawn in zip(pdf.pages, self._drawn.pages, strict=False):
            for one, other in zip(_annotations(own), _annotations(drawn), strict=False):
                is_pair = isinstance(one, Dictionary) and isinstance(other, Dictionary)
                if is_pair and one.objgen != (0, 0) and rect_of(one) == rect_of(other):
                    self._widgets[one.objgen] = other

    def take_button(self, widget: Widget) -> None:
        """Give a button the viewer's drawings of all its states; one of which the viewer knows other states is left."""
        normal = self._normal(widget)
        if isinstance(normal, pikepdf.Stream):
            _set_normal(widget, self._copied(normal))
            return
        states = {key: one for key in keys(normal) if isinstance(one := normal[key], pikepdf.Stream)}
        if not states or {key[1:] for key in states} - {"Off"} != set(widget.on_states()):
            return
        _set_normal(widget, Dictionary({key: self._copied(stream) for key, stream in states.items()}))

    def text(self, widget: Widget) -> pikepdf.Stream | None:
        """The viewer's drawing of a field of text, not yet put into the widget."""
        normal = self._normal(widget)
        return self._copied(normal) if isinstance(normal, pikepdf.Stream) else None

    def _normal(self, widget: Widget) -> pikepdf.Object:
        annotation = self._widgets.get(widget.annotation.objgen)
        return dictionary(dictionary(dictionary(annotation).get("/AP")).get("/N"))

    def _copied(self, drawn: pikepdf.Stream) -> pikepdf.Stream:
        """The drawing as a stream of the form's own, with the fonts that it names and nothing else.

        The viewer leaves beside them whatever the stored appearance needed; that would come along twice.
        """
        content = drawn.read_bytes()
        fonts = dictionary(dictionary(drawn.get("/Resources")).get("/Font"))
        used = {f"/{name.decode('latin-1')}" for name in _FONT_USED.findall(content)} & set(keys(fonts))
        stream = pikepdf.Stream(self._pdf, content)
        stream["/Type"], stream["/Subtype"] = Name.XObject, Name.Form
        for key in ("/BBox", "/Matrix"):
            if key in drawn:
                stream[key] = Array([float(v) for v in items(drawn[key])])  # type: ignore[arg-type,unused-ignore]
        stream["/Resources"] = Dictionary(Font=Dictionary({name: self._font(fonts[name]) for name in sorted(used)}))
        return stream

    def _font(self, font: pikepdf.Object) -> pikepdf.Object:
        assert self._drawn is not None
        return self._pdf.copy_foreign(font if font.is_indirect else self._drawn.make_indirect(font))


def _constructed(data: bytes) -> pikepdf.Pdf | None:
    """The form with every field drawn by PDFium, as it does on opening; None where it cannot open the file."""
    out = io.BytesIO()
    try:
        with pypdfium2.PdfDocument(data) as document:
            document.init_forms()
            pages = [document[number] for number in range(len(document))]  # loading a page draws its fields
            document.save(out)
            for page in pages:
                page.close()
        return open_in_memory(out.getvalue())
    except (pypdfium2.PdfiumError, pikepdf.PdfError, ValueError, RuntimeError):
        return None


def _annotations(page: pikepdf.Page) -> list[pikepdf.Object]:
    annotations = page.obj.get("/Annots")
    return list(annotations) if isinstance(annotations, Array) else []  # nulls kept: places must agree


def _set_normal(widget: Widget, normal: pikepdf.Object) -> None:
    if not isinstance(widget.annotation.get("/AP"), Dictionary):
        widget.annotation.AP = Dictionary()
    widget.annotation.AP.N = normal
