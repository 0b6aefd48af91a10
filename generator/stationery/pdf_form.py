"""A fillable PDF drawn by hand: text, lines and fields with tooltips, in reading order, title and language set.

See ISO 32000-2, 12.7 (forms); fields carry no appearance of a value until they are filled.
"""

import io
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from generator.pdf_text.embed import Fonts, number
from generator.pdf_text.runs import width

PAGE = (612.0, 792.0)
_PRINT = 4


@dataclass
class PdfForm:
    """One page of a form being made. Places are in points from the page's lower left."""

    title: str
    language: str
    colour: tuple[float, float, float]
    _pdf: pikepdf.Pdf = field(default_factory=pikepdf.new)
    _content: list[bytes] = field(default_factory=list)
    _resources: dict[str, pikepdf.Object] = field(default_factory=dict)
    _widgets: list[pikepdf.Object] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._fonts = Fonts(self._pdf)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 9,
        family: str = "sans",
        grey: float = 0.15,
        brand: bool = False,
    ) -> None:
        """A line of text; `brand` in the brand's colour, else a grey (0 is black)."""
        shown, used, _ = self._fonts.show(words, family, size)
        self._resources |= used
        colour = self._rgb(b"rg") if brand else number(grey) + b" g"
        self._content.append(b"BT %s 1 0 0 1 %s %s Tm %s ET" % (colour, number(x), number(y), shown))

    def right(self, x: float, y: float, words: str, *, size: float = 9, grey: float = 0.15) -> None:
        """A line of text that ends at `x`."""
        self.text(x - width(words, "sans", size), y, words, size=size, grey=grey)

    def line(self, x0: float, x1: float, y: float, *, brand: bool = False, weight: float = 0.6) -> None:
        """A rule across."""
        colour = self._rgb(b"RG") if brand else b"0.75 G"
        self._content.append(b"q %s %s w %s %s m %s %s l S Q" % (colour, *(number(v) for v in (weight, x0, y, x1, y))))

    def panel(self, x: float, y: float, wide: float, high: float) -> None:
        """A light ground behind a heading."""
        self._content.append(b"q 0.93 0.955 0.97 rg %s %s %s %s re f Q" % tuple(number(v) for v in (x, y, wide, high)))

    def answer(
        self,
        name: str,
        rect: tuple[float, float, float, float],
        tooltip: str,
        *,
        multiline: bool = False,
        size: float = 0,
    ) -> None:
        """A text field with a thin box. `size` 0 lets the text choose its size."""
        widget = self._widget(name, rect, tooltip)
        widget.FT, widget.DA = Name.Tx, String(f"/Helv {size:g} Tf 0 g")
        if multiline:
            widget.Ff = 1 << 12
        widget.MK = Dictionary(BC=Array([0.72, 0.76, 0.8]))
        widget.BS = Dictionary(W=0.5, S=Name.S)
        self._widgets.append(self._pdf.make_indirect(widget))

    def tick(self, name: str, x: float, y: float, tooltip: str, *, state: str = "Yes", side: float = 10) -> None:
        """A check box."""
        widget = self._widget(name, (x, y, x + side, y + side), tooltip)
        widget.FT, widget.V, widget.AS = Name.Btn, Name.Off, Name.Off
        box = b"q 1 g 0.45 G 0.7 w 0.35 0.35 %s %s re B Q" % (number(side - 0.7), number(side - 0.7))
        mark = box + b" q 0 G %s w 1 J 1 j %s %s m %s %s l %s %s l S Q" % tuple(
            number(v * side) for v in (0.13, 0.22, 0.5, 0.43, 0.26, 0.8, 0.78)
        )
        off, on = self._drawn(box, side), self._drawn(mark, side)
        widget.AP = Dictionary(N=Dictionary({"/Off": off, f"/{state}": on}))
        self._widgets.append(self._pdf.make_indirect(widget))

    def finish(self) -> bytes:
        """The file."""
        pdf = self._pdf
        helvetica = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        )
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, *PAGE]),
            Resources=Dictionary(Font=Dictionary(self._resources)),
            Contents=pdf.make_stream(b"\n".join(self._content)),
            Annots=Array(self._widgets),
            Tabs=Name.S,
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        for widget in self._widgets:
            widget.P = pdf.pages[0].obj
        pdf.Root.AcroForm = Dictionary(
            Fields=Array(self._widgets), DA=String("/Helv 0 Tf 0 g"), DR=Dictionary(Font=Dictionary(Helv=helvetica))
        )
        pdf.Root.Lang = String(self.language)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        self._fonts.finish()
        pdf.docinfo["/Title"] = String(self.title)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()

    def _widget(self, name: str, rect: tuple[float, float, float, float], tooltip: str) -> pikepdf.Dictionary:
        place = Array([round(v, 2) for v in rect])
        return Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, T=String(name), TU=String(tooltip), Rect=place, F=_PRINT
        )

    def _drawn(self, content: bytes, side: float) -> pikepdf.Stream:
        stream = self._pdf.make_stream(content)
        stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, side, side])
        return stream

    def _rgb(self, operator: bytes) -> bytes:
        return b" ".join(number(v) for v in self.colour) + b" " + operator
