"""Pages as pictures, drawn by PDFium. It ends the process when memory runs out, so it runs in a worker only."""

import ctypes
import io
from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw

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
