"""The lines that stand with the signatures of a finished document, as they were put there. Runs in a worker.

Only what signing itself put there is taken: a goal that happens to read like such a line is none.
"""

from collections.abc import Iterator

import pikepdf

from generator.ooxml import SIGNED_STYLE, W, open_package, parse_xml
from generator.pdf_open import open_in_memory

MARK = "/PlanscribeSigned"
"""The key of a mark's form XObject that holds its line."""


def captions_in(data: bytes) -> tuple[str, ...]:
    """Each text that signing put there, once and in the document's order: lines, and names that were typed."""
    return tuple(dict.fromkeys(_in_pdf(data) if b"%PDF-" in data[:1024] else _in_word(data)))


def _in_pdf(data: bytes) -> Iterator[str]:
    with open_in_memory(data) as pdf:
        for page in pdf.pages:
            drawings = page.obj.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary())
            for drawing in drawings.values():
                if isinstance(drawing, pikepdf.Stream) and isinstance(drawing.get(MARK), pikepdf.String):
                    yield str(drawing[MARK])


def _in_word(data: bytes) -> Iterator[str]:
    parts = open_package(data, refuse_acting=False)
    root = parse_xml(parts["word/document.xml"], "word/document.xml")
    for style in root.iter(f"{{{W}}}rStyle"):
        run = next(style.iterancestors(f"{{{W}}}r"), None)
        if run is not None and style.get(f"{{{W}}}val") == SIGNED_STYLE:
            yield "".join(text.text or "" for text in run.iter(f"{{{W}}}t")).strip()
