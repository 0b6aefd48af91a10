"""Pages as pictures, drawn by PDFium. It ends the process when memory runs out, so it runs in a worker only."""

import ctypes
import io
from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw
from PIL import Image, ImageDraw

from generator.errors import BlankNotReadable


def draw_pages(pdf: bytes, dpi: int, pages: Sequence[int] | None) -> tuple[bytes, ...]:
    """PNG pictures of the pages asked for (from 0), fields drawn as a viewer would."""
    try:
        document = pypdfium2.PdfDocument(pdf)
        document.init_forms()
        out = []
        for number in range(len(document)) if pages is None else pages:
            bitmap = document[number].render(scale=dpi / 72, may_draw_forms=True)
            file = io.BytesIO()
            bitmap.to_pil().save(file, "PNG")
            out.append(file.getvalue())
        return tuple(out)
    except (pypdfium2.PdfiumError, ctypes.ArgumentError, IndexError):
        raise BlankNotReadable(
            "This PDF cannot be shown; it is damaged. Get the form again and try with that."
        ) from None


def draw_numbered(
    pdf: bytes, dpi: int, places: Sequence[tuple[int, int, float, float, float, float]]
) -> tuple[bytes, ...]:
    """Pictures of all pages with a frame and its number at every place.

    A place is its number, its page (from 0), and left, top, width and height as shares of the page. Raises
    BlankNotReadable.
    """
    out = []
    for page, png in enumerate(draw_pages(pdf, dpi, None)):
        picture = Image.open(io.BytesIO(png)).convert("RGB")
        pen = ImageDraw.Draw(picture)
        for number, on, left, top, wide, high in places:
            if on == page:
                x, y = left * picture.width, top * picture.height
                pen.rectangle((x, y, x + wide * picture.width, y + high * picture.height), outline=_FRAME)
                size = max(8.0, min(0.13 * dpi, 0.8 * high * picture.height))
                about = pen.textbbox((x + 2, y + 1), str(number), font_size=size)
                pen.rectangle((about[0] - 1, about[1] - 1, about[2] + 1, about[3] + 1), fill="white")
                pen.text((x + 2, y + 1), str(number), fill=_FRAME, font_size=size)
        file = io.BytesIO()
        picture.save(file, "PNG")
        out.append(file.getvalue())
    return tuple(out)


_FRAME = (176, 0, 90)
