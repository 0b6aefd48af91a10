"""A number on every page of a packet: `3 / 12`, small, at the top right, where forms have their margin."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.pdf_text.embed import Fonts, number

_SIZE = 7.0
_DOWN, _IN = 16.0, 20.0
"""Points from the upper and the right edge of the page as it is read."""


def number_pages(data: bytes) -> bytes:
    """The PDF with its pages numbered through. The number is an artifact: it is no content that a reader reads out."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = Fonts(pdf)
        total = len(pdf.pages)
        for n, page in enumerate(pdf.pages, 1):
            shown, used, length = fonts.show(f"{n} / {total}", "sans", _SIZE)
            mark = pdf.make_stream(
                b"BT 0.35 g %s ET" % shown,
                Type=Name.XObject,
                Subtype=Name.Form,
                BBox=Array([0, -_SIZE, length, _SIZE]),
                Resources=Dictionary(Font=Dictionary(used)),
            )
            matrix = b" ".join(number(value) for value in _at_the_top_right(page, length))
            name = page.add_resource(mark, Name.XObject)
            page.contents_add(b"q", prepend=True)
            artifact = b"/Artifact <</Type /Pagination>> BDC"
            page.contents_add(b"Q %s q %s cm %s Do Q EMC" % (artifact, matrix, str(name).encode()))
        fonts.finish()
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _at_the_top_right(page: pikepdf.Page, length: float) -> tuple[float, ...]:
    """The matrix that puts a line of that length at the corner, upright on a page that is turned too (/Rotate)."""
    x0, y0, x1, y1 = (float(v) for v in page.cropbox)
    turned = page.obj.get("/Rotate", 0)
    quarter = int(turned) // 90 % 4 if isinstance(turned, int) else 0
    wide, high = (x1 - x0, y1 - y0) if quarter % 2 == 0 else (y1 - y0, x1 - x0)
    right, up = wide - _IN - length, high - _DOWN
    return (
        (1.0, 0.0, 0.0, 1.0, x0 + right, y0 + up),
        (0.0, 1.0, -1.0, 0.0, x1 - up, y0 + right),
        (-1.0, 0.0, 0.0, -1.0, x1 - right, y1 - up),
        (0.0, -1.0, 1.0, 0.0, x0 + up, y1 - right),
    )[quarter]
