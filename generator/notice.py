"""The notice that goes with a Part 2 programme's papers (42 CFR 2.32), at the foot of every page that lacks it."""

import hashlib
import io
import re
import zipfile
from collections import OrderedDict
from collections.abc import Iterable
from xml.etree import ElementTree

import docx
import pikepdf
import pypdfium2
from docx.oxml.ns import qn
from docx.shared import Pt
from pikepdf import Array, Dictionary, Name

from generator.pdf_text.embed import Fonts, number

PART_2 = "42 CFR part 2 prohibits unauthorized use or disclosure of these records"
_RELATIONS = "word/_rels/document.xml.rels"
_SECTION = re.compile(rb"<w:sectPr\b.*?</w:sectPr>", re.DOTALL)
_FOOTER_KIND = re.compile(rb"<w:footerReference\b[^>]*\bw:type=\"(\w+)\"")
_SIZE, _LOW = 7.0, 12.0  # points


def add_notice(data: bytes) -> bytes:
    """The document (PDF or Word) with the notice on every page; one that carries it already stays as it is."""
    return _on_pdf(data) if b"%PDF-" in data[:1024] else _on_word(data)


def _is_at_every_foot(data: bytes) -> bool:
    """Whether every footer of a Word file carries the notice, and each kind of page has one from the first section on.

    Read off the few parts that say so, not the whole file; any doubt is no.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = set(package.namelist())
        if not {_RELATIONS, "word/settings.xml"} <= names:
            return False
        relations = ElementTree.fromstring(package.read(_RELATIONS))  # noqa: S314 (our own product)
        footers = {f"word/{one.get('Target')}" for one in relations if str(one.get("Type")).endswith("/footer")}
        if not footers or not footers <= names:
            return False
        first = _SECTION.search(package.read("word/document.xml"))
        needed = {b"default"}
        needed |= {b"first"} if first is not None and b"titlePg" in first[0] else set()
        needed |= {b"even"} if b"evenAndOddHeaders" in package.read("word/settings.xml") else set()
        if first is None or not needed <= set(_FOOTER_KIND.findall(first[0])):
            return False
        return all(PART_2 in _text_of(package.read(footer)) for footer in footers)


def _text_of(xml: bytes) -> str:
    texts = ElementTree.fromstring(xml).iter(qn("w:t"))  # noqa: S314 (our own product)
    return " ".join("".join(text.text or "" for text in texts).split())


def _on_pdf(data: bytes) -> bytes:
    lacking = [place for place, is_there in enumerate(pages_with_notice(data)) if not is_there]
    if not lacking:
        return data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        put_notice(pdf, lacking)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def put_notice(pdf: pikepdf.Pdf, places: Iterable[int]) -> None:
    """Write the notice at the foot of pages (numbers from 0) of an open file."""
    fonts = Fonts(pdf)
    words, used, length = fonts.show(f"{PART_2}.", "sans", _SIZE)
    mark = pdf.make_stream(
        b"BT 0.25 g %s ET" % words,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, -_SIZE, length, _SIZE]),
        Resources=Dictionary(Font=Dictionary(used)),
    )
    for place in places:
        page = pdf.pages[place]
        matrix = b" ".join(number(v) for v in _at_foot(page, length))
        name = page.add_resource(mark, Name.XObject)
        page.contents_add(b"q", prepend=True)
        page.contents_add(
            b"Q /Artifact <</Type /Pagination /Subtype /Footer>> BDC q %s cm %s Do Q EMC" % (matrix, str(name).encode())
        )
    fonts.finish()


_known: OrderedDict[str, tuple[bool, ...]] = OrderedDict()  # by the file's hash; of the file only these flags
_MOST = 64


def pages_with_notice(data: bytes) -> tuple[bool, ...]:
    """For each page of a PDF, whether the notice is printed on it; what stands in fields does not count."""
    digest = hashlib.sha256(data).hexdigest()
    if digest not in _known:
        document = pypdfium2.PdfDocument(data)
        try:
            texts = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
        finally:
            document.close()
        _known[digest] = tuple(PART_2 in text for text in texts)
        while len(_known) > _MOST:
            _known.popitem(last=False)
    return _known[digest]


def _at_foot(page: pikepdf.Page, length: float) -> tuple[float, ...]:
    """The matrix that centres the line at the foot of a page as it is read, smaller where the page is narrow."""
    x0, y0, x1, y1 = (float(v) for v in page.cropbox)
    turned = int(page.obj.get("/Rotate", 0)) % 360
    wide = x1 - x0 if turned in (0, 180) else y1 - y0
    scale = min(1.0, (wide - 24) / length)
    start = (wide - length * scale) / 2
    if turned == 90:
        return (0, scale, -scale, 0, x1 - _LOW, y0 + start)
    if turned == 180:
        return (-scale, 0, 0, -scale, x1 - start, y1 - _LOW)
    if turned == 270:
        return (0, -scale, scale, 0, x0 + _LOW, y1 - start)
    return (scale, 0, 0, scale, x0 + start, y0 + _LOW)


def _on_word(data: bytes) -> bytes:
    if _is_at_every_foot(data):
        return data
    document = docx.Document(io.BytesIO(data))
    is_changed = False
    for place, section in enumerate(document.sections):
        footers = [section.footer]
        if section.different_first_page_header_footer:
            footers.append(section.first_page_footer)
        if document.settings.odd_and_even_pages_header_footer:
            footers.append(section.even_page_footer)
        for footer in footers:
            if place and footer.is_linked_to_previous:
                continue
            texts = "".join(text.text or "" for text in footer._element.iter(qn("w:t")))
            if PART_2 in " ".join(texts.split()):
                continue
            first = (
                footer.paragraphs[0] if footer.paragraphs and not footer.paragraphs[0].runs else footer.add_paragraph()
            )
            first.add_run(f"{PART_2}.").font.size = Pt(_SIZE)
            is_changed = True
    if not is_changed:
        return data
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
