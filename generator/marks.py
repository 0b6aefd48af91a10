"""What is put on a document once it is filled: the word DRAFT, its charts, the Part 2 notice. Opens documents: for a worker."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pikepdf

from generator.charts.placing import place_charts
from generator.notice import add_notice, put_notice
from generator.stamp import stamp, stamp_pages


@dataclass(frozen=True, slots=True)
class Marks:
    """What goes on a document.

    `draft` is the language of its watermark, "" for none; `charts` the picture and words of each chart (see
    `place_charts`), None for a form without places for them; `notice` whether each page must carry that of 42 CFR 2.32.
    """

    draft: str = ""
    charts: Mapping[str, tuple[bytes, str]] | None = None
    notice: bool = False


def put_on_pages(pdf: pikepdf.Pdf, marks: Marks, carrying: Collection[int]) -> None:
    """The marks on the pages of an open PDF, charts apart; those numbered in `carrying` (from 0) have the notice already."""
    if marks.draft:
        stamp_pages(pdf, marks.draft)
    if marks.notice:
        put_notice(pdf, [place for place in range(len(pdf.pages)) if place not in carrying])


def marked(document: bytes, marks: Marks) -> bytes:
    """The document with its marks; the same bytes where there is nothing to put on."""
    if marks.draft:
        document = stamp(document, marks.draft)
    if marks.charts is not None:
        document = place_charts(document, marks.charts)
    return add_notice(document) if marks.notice else document
