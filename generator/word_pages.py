"""A finished Word document as pages: LibreOffice's PDF, and whether its pages show every answer too.

LibreOffice loses the rest of a table whose first row may not part, where that row meets the foot of a page under a heading row
that repeats and is kept with it. So a document whose pages lack answers is made once more with tables that are held nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from generator.convert import word_to_pdf
from generator.proof import Expected, Fault, Proof
from generator.worker import call


@dataclass(frozen=True, slots=True)
class WordPages:
    """The PDF, and the document's proof with the pages' own faults and their number."""

    pdf: bytes
    proof: Proof


def word_pages(document: bytes, proof: Proof, expected: Sequence[Expected], *, title: str, language: str) -> WordPages:
    """The pages of a document that was proven itself. Raises what `word_to_pdf` raises."""
    texts = [one for one in expected if not one.is_button and one.value.strip()]
    pdf = word_to_pdf(document, title=title, language=language).data
    shown = _shown(pdf, texts)
    if shown.faults:
        loose = cast("bytes", call("let-tables-flow", document))
        again = word_to_pdf(loose, title=title, language=language).data if loose else b""
        shown_again = _shown(again, texts) if again else shown
        if len(shown_again.faults) < len(shown.faults):
            pdf, shown = again, shown_again
    known = {fault.slot for fault in proof.faults}
    more = tuple(Fault(one.slot, "the PDF does not show it") for one in shown.faults if one.slot not in known)
    return WordPages(pdf, Proof(proof.checked, (*proof.faults, *more), shown.pages))


def _shown(pdf: bytes, texts: Sequence[Expected]) -> Proof:
    return cast("Proof", call("prove-pdf-text", pdf, texts))
