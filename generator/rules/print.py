"""What must not be left on paper: tags, blanks, pages without a name, text cut off by its box."""

import re
from collections.abc import Iterator

from generator.plan.base import is_blank
from generator.rules.engine import Fault, rule
from generator.rules.view import View

_LEFT = re.compile(r"\{\{|\{%|\{[^{}\x00]*[^\W\d_][^{}\x00]*\}|\[\s*insert|_{3,}", re.IGNORECASE)
_TAG = re.compile(r"\{\{|\{%|\{[^\W\d_][^{}]*\}|\[\s*insert", re.IGNORECASE)
_PAGE_OF = re.compile(r"(?:page|p[aá]gina)\s*(\d+)\s*(?:of|de)\s*(\d+)", re.IGNORECASE)


@rule("page-without-identity-or-tag-left")
def page_without_identity_or_tag_left(view: View) -> Iterator[Fault]:
    """No tag and no open fill-in stands in a text; every page of a finished document says whose it is."""
    for text, _ in view.texts_with(_LEFT, "{", "[", "___"):
        yield Fault(text.path, "A tag or a blank to fill in is left in this text.")
    document = view.context.document
    if document is None:
        return
    name, number = view.plan.patient.name, view.plan.patient.record_number
    for page, text_of_page in enumerate(document.pages, 1):
        where = f"page {page}" if document.is_paged else "document"
        squeezed = _squeezed(text_of_page)
        if _TAG.search(text_of_page):
            yield Fault(where, "A tag or a blank to fill in is left on page {page}.", {"page": page})
        if any(part and _squeezed(part) not in squeezed for part in (name.first, name.last)):
            yield Fault(where, "Page {page} does not show the client's name.", {"page": page})
        if not is_blank(number) and _squeezed(number or "") not in squeezed:
            yield Fault(where, "Page {page} does not show the record number.", {"page": page})
        if document.is_paged and not _PAGE_OF.search(text_of_page):
            yield Fault(where, "Page {page} does not say which page of how many it is.", {"page": page})


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


@rule("text-cut-off")
def text_cut_off(view: View) -> Iterator[Fault]:
    """No text of the finished document is cut off by its box."""
    document = view.context.document
    for box in document.cut_off if document is not None else ():
        yield Fault(box, "The text in box {box} is cut off.", {"box": box})
