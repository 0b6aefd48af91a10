"""The word DRAFT across every page of a document that is not ready to be signed."""

import io
import math

import docx
import pikepdf
from docx.oxml import parse_xml
from pikepdf import Dictionary, Name

from generator.pdf_text.embed import Fonts, number
from generator.pdf_text.runs import width

_WORD = {"en": "DRAFT", "es": "BORRADOR"}
_SHAPE = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office"><w:pict>'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="planscribeDraft{n}" o:spid="_x0000_s{id}" type="#_x0000_t136" alt="{word}" '
    'style="position:absolute;margin-left:0;margin-top:0;width:{wide}pt;height:110pt;rotation:315;z-index:-251658752;'
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
    'mso-position-vertical-relative:margin" fillcolor="#d9d9d9" stroked="f"><v:fill opacity=".5"/>'
    '<v:textpath style="font-family:&quot;Liberation Sans&quot;;font-size:1pt" string="{word}"/></v:shape></w:pict></w:r>'
)


def stamp(data: bytes, language: str) -> bytes:
    """The document (PDF or Word) with the word behind or over its pages, light enough to read through."""
    word = _WORD.get(language, _WORD["en"])
    return _stamp_pdf(data, word) if b"%PDF-" in data[:1024] else _stamp_word(data, word)


def _stamp_pdf(data: bytes, word: str) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = Fonts(pdf)
        for page in pdf.pages:
            x0, y0, x1, y1 = (float(v) for v in page.cropbox)
            turned = int(page.obj.get("/Rotate", 0)) % 360
            wide, high = x1 - x0, y1 - y0
            size = 0.62 * math.hypot(wide, high) / (width(word, "sans", 1000) / 1000)
            angle = math.atan2(high, wide) + math.radians(turned)
            shown, used, length = fonts.show(word, "sans", size)
            cos, sin = math.cos(angle), math.sin(angle)
            left = (x0 + x1) / 2 - cos * length / 2 + sin * size * 0.35
            low = (y0 + y1) / 2 - sin * length / 2 - cos * size * 0.35
            matrix = b" ".join(number(v) for v in (cos, sin, -sin, cos, left, low))
            for name, font in used.items():
                page.add_resource(font, Name.Font, Name(name))
            page.add_resource(Dictionary(Type=Name.ExtGState, ca=0.18, CA=0.18), Name.ExtGState, Name("/PSDraft"))
            page.contents_add(b"q", prepend=True)
            artifact = b"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC"
            page.contents_add(b"Q %s q /PSDraft gs BT 0.35 g %s Tm %s ET Q EMC" % (artifact, matrix, shown))
        fonts.finish()
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def _stamp_word(data: bytes, word: str) -> bytes:
    document = docx.Document(io.BytesIO(data))
    n = 0
    for section in document.sections:
        headers = [section.header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        if document.settings.odd_and_even_pages_header_footer:
            headers.append(section.even_page_header)
        for header in headers:
            if n and header.is_linked_to_previous:
                continue
            n += 1
            paragraph = header.paragraphs[0] if header.paragraphs else header.add_paragraph()
            shape = _SHAPE.format(n=n, id=2048 + n, word=word, wide=330 if len(word) < 7 else 430)
            paragraph._p.append(parse_xml(shape))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
