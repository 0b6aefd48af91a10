"""What a PDF may be before a task works on it: openable, and no larger in pages, fields, annotations and drawing than papers are.

Only the skeleton is walked (page tree, field tree, lists of annotations), and how much each page draws is measured.
Measured on 65 genuine forms: at most 13 pages, 733 annotations and 2,568 objects; a page draws 1.3 MB at most, usually 40 KB.
See ISO 32000-2, 7.7.3 (page tree), 12.7.3 (interactive form dictionary), 12.5.2 (annotations).
"""

from collections.abc import Callable, Iterator

import pikepdf

from generator.errors import BlankIsEncrypted, BlankNotReadable, FileTooLarge
from generator.pdf_drawing import Drawing
from generator.pdf_open import open_in_memory

MOST_PAGES = 2_000
MOST_FIELDS = 10_000
MOST_OBJECTS = 200_000
MOST_DRAWN = 8_000_000
"""Bytes of operators on one page: PDFium holds up to 80 bytes of memory for each."""
_DAMAGED = "This file is not a PDF, or it is damaged. Get the form again and try with that."


def check_pdf(data: bytes) -> None:
    """Nothing for a PDF that a task may work on.

    Raises BlankIsEncrypted (needs a password), BlankNotReadable (no PDF, or damaged), FileTooLarge (over 2,000 pages,
    10,000 fields or annotations, 200,000 objects, or 8 MB of drawing on one page; a tree that leads back into itself is
    told the same).
    """
    try:
        with open_in_memory(data) as pdf:
            _measure(pdf)
    except pikepdf.PasswordError:
        raise BlankIsEncrypted(
            "This PDF needs a password to be opened. Open it with the password, save a copy without one, and use that copy."
        ) from None
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError, OSError):
        raise BlankNotReadable(_DAMAGED) from None


def _measure(pdf: pikepdf.Pdf) -> None:
    if int(pdf.trailer.get("/Size", 0)) > MOST_OBJECTS:
        raise _too_large(f"{MOST_OBJECTS:,} parts")
    annotations = 0
    drawing = Drawing(MOST_DRAWN)
    nodes = _leaves(pdf.Root.get("/Pages"), 2 * MOST_PAGES, lambda: _too_large(f"{MOST_PAGES:,} pages"))
    for pages, node in enumerate(nodes, 1):
        listed = node.get("/Annots")
        annotations += len(listed) if isinstance(listed, pikepdf.Array) else 0
        if pages > MOST_PAGES:
            raise _too_large(f"{MOST_PAGES:,} pages")
        if annotations > MOST_FIELDS:
            raise _too_large(f"{MOST_FIELDS:,} fields")
        if drawing.of_page(node) > MOST_DRAWN:
            raise FileTooLarge("A page of this PDF draws far more than any form does. It was not used. Check the file.")
    form = pdf.Root.get("/AcroForm")
    roots = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    for _ in _leaves(roots, 2 * MOST_FIELDS, lambda: _too_large(f"{MOST_FIELDS:,} fields")):
        continue


def _leaves(root: object, most: int, refusal: Callable[[], FileTooLarge]) -> Iterator[pikepdf.Dictionary]:
    """The nodes without /Kids below a node or a list of nodes; `refusal` where there are more than `most` nodes in all."""
    waiting = [root]
    count = 0
    while waiting:
        here = waiting.pop()
        kids: object = here
        if isinstance(here, pikepdf.Dictionary):
            kids = here.get("/Kids")
            if not isinstance(kids, pikepdf.Array):
                yield here
                continue
        if isinstance(kids, pikepdf.Array):
            count += len(kids)
            if count > most:
                raise refusal()
            waiting.extend(kids)


def _too_large(what: str) -> FileTooLarge:
    return FileTooLarge(f"This PDF has more than {what}; no form has so many. It was not used. Check the file.")
