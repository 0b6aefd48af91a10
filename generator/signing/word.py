"""Marks of signatures in a Word document: a picture or the typed name, with the small line below it. Runs in a worker.

A place is where the document says how somebody signed, in a row with their name, or where a marker was put into
the blank of a form (`marker_for`).
"""

import io
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy

import docx
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.oxml.text.run import CT_R
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

from generator.ooxml import SIGNED_STYLE
from generator.signing.mark import Mark, Signed

_HIGH, _WIDE = 28.0, 170.0  # points, at most
_CAPTION, _TYPED = 7.0, 14.0


def marker_for(place: int) -> str:
    """What stands in a form's blank until its mark is put there."""
    return f"⟦{place}⟧"


def put_marks(data: bytes, marks: Sequence[Mark]) -> Signed:
    """The document with each mark in its place; in every place where the document prints that signature."""
    document = docx.Document(io.BytesIO(data))
    paragraphs = list(document.element.body.iter(qn("w:p")))
    put = []
    for mark in marks:
        found = [one for one in paragraphs if marker_for(mark.place) in _text(one)] or list(_printed(paragraphs, mark))
        for element in found:
            paragraph = Paragraph(element, document._body)
            if marker_for(mark.place) in _text(element):
                _put_at_marker(paragraph, mark)
            else:
                for run in paragraph.runs:
                    run.font.hidden = True  # the form's own words, for who reads the document back
                _put(paragraph, mark)
        if found:
            put.append(mark.place)
    out = io.BytesIO()
    document.save(out)
    return Signed(out.getvalue(), tuple(put))


def _printed(paragraphs: Sequence[CT_P], mark: Mark) -> Iterator[CT_P]:
    """Where the document says that they signed: "Signed (drawn)", in their row of a table."""
    word = re.escape(mark.said)
    said = re.compile(rf"[^()]{{0,24}}\({word}\)|{word}") if word else None
    name = " ".join(mark.name.split()).casefold()
    for element in paragraphs:
        text = _text(element)
        if said is None or not said.fullmatch(text.strip()):
            continue
        row = next(element.iterancestors(qn("w:tr")), None)
        if row is not None and name in " ".join(_text(row).split()).casefold():
            yield element


def _put_at_marker(paragraph: Paragraph, mark: Mark) -> None:
    marker = marker_for(mark.place)
    for run in paragraph.runs:
        if marker in run.text:
            before, _, after = run.text.partition(marker)
            run.text = before
            rest = deepcopy(run._r)
            run._r.addnext(rest)
            Run(rest, paragraph).text = after
            _put_into(Run(_fresh_after(run), paragraph), mark)
            return
    # the marker lies over several runs, or in a content control's own
    whole = _text(paragraph._p)
    _take_out_runs(paragraph._p)
    before, _, after = whole.partition(marker)
    if before:
        paragraph.add_run(before)
    _put_into(paragraph.add_run(), mark)
    if after:
        paragraph.add_run(after)


def _fresh_after(run: Run) -> CT_R:
    """A new run after this one, with its look."""
    fresh = deepcopy(run._r)
    for child in list(fresh):
        if child.tag != qn("w:rPr"):
            fresh.remove(child)
    run._r.addnext(fresh)
    return fresh


def _take_out_runs(element: CT_P) -> None:
    for run in list(element.iter(qn("w:r"))):
        holder = run.getparent()
        if holder is not None:
            holder.remove(run)


def _put(paragraph: Paragraph, mark: Mark) -> None:
    """Instead of the paragraph's words: the mark, and its words below it."""
    if mark.image or mark.typed:
        above = _named(paragraph.add_run())
        _put_mark(above, mark)
        above.add_break()
    caption = _named(paragraph.add_run(mark.caption))
    caption.font.size = Pt(_CAPTION)


def _named(run: Run) -> Run:
    """The run, with a style's name by which a reader knows that it is none of the form's words."""
    run._r.get_or_add_rPr().style = SIGNED_STYLE
    return run


def _put_into(run: Run, mark: Mark) -> None:
    """Within a line of a form: the mark, then its words beside it."""
    _named(run)
    if mark.image or mark.typed:
        _put_mark(run, mark)
    beside = Run(_fresh_after(run), run._parent)
    beside.text = f" {mark.caption}" if mark.image or mark.typed else mark.caption
    beside.font.size = Pt(_CAPTION)
    beside.font.italic = False


def _put_mark(run: Run, mark: Mark) -> None:
    if not mark.image:
        run.text = mark.typed
        run.font.italic = True
        run.font.size = Pt(_TYPED)
        run.font.name = "Liberation Serif"
        return
    picture = run.add_picture(io.BytesIO(mark.image), height=Pt(_HIGH))
    if picture.width > Pt(_WIDE):
        picture.height = round(picture.height * Pt(_WIDE) / picture.width)
        picture.width = Pt(_WIDE)
    picture._inline.docPr.set("descr", mark.caption)


def _text(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))
