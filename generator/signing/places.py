"""Where a PDF wants a signature, and the mark put there. Runs in a worker.

A place is a field that asks for a signature, or a printed label with a line beside, below or above it.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Array, Name
from PIL import Image

from generator.errors import SignatureNotPossible
from generator.pdf_text.embed import Fonts, number
from generator.pdf_text.runs import width

_LABEL = re.compile(r"\b(signature|signed by|sign here|firma)\b", re.IGNORECASE)
_NOT_A_PLACE = re.compile(r"\b(date|fecha|printed|print name|signatures)\b", re.IGNORECASE)
_RULE_HEIGHT, _RULE_LENGTH = 2.5, 60.0
_MARK_HEIGHT = 26.0
_CAPTION_SIZE = 6.0
_MOST_PIXELS = 4_000_000

Rect = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class SignaturePlace:
    """A place for a signature: page from 0, the box for the mark in points, what is printed there, its field if any."""

    page: int
    rect: Rect
    label: str
    field: str = ""


def find_places(pdf: bytes) -> tuple[SignaturePlace, ...]:
    """Every place for a signature, in reading order."""
    fields = tuple(_fields(pdf))
    return fields or tuple(_lines(pdf))


def place(pdf: bytes, where: SignaturePlace, image: bytes, typed: str, caption: str) -> bytes:
    """The PDF with a drawn signature (PNG), or a typed one, in its place and a small line of who and when below.

    With neither, only the line is put there ("Declined to sign: ..."). A signature's text field is taken out of the
    form, so that nobody types over it. Raises SignatureNotPossible where the page or picture is none.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if not 0 <= where.page < len(document.pages):
            raise SignatureNotPossible("The document has no such page to sign on.")
        page = document.pages[where.page]
        x0, y0, x1, y1 = where.rect
        if x1 - x0 < 20 or y1 - y0 < 6:
            raise SignatureNotPossible("This place is too small for a signature.")
        fonts = Fonts(document)
        room = y1 - y0 - (_CAPTION_SIZE + 1.5 if image or typed else 0)
        out = [b"q"]
        if image:
            out.append(_drawn(document, page, image, (x0, y1 - room, x1, y1)))
        elif typed:
            size = min(room * 0.8, 14.0, (x1 - x0) / max(width(typed, "serif", 1000) / 1000, 0.1))
            out.append(_text(fonts, page, typed, "serif", size, x0 + 1, y1 - room + room * 0.22, slant=0.22))
        size = min(_CAPTION_SIZE, (x1 - x0) / max(width(caption, "sans", 1000) / 1000, 0.1))
        out.append(_text(fonts, page, caption, "sans", size, x0 + 1, y0 + 1.5, slant=0.0))
        fonts.finish()
        page.contents_add(b"q", prepend=True)
        page.contents_add(b"\n".join([b"Q", *out, b"Q"]))
        if where.field:
            _take_out_field(document, where.field)
        result = io.BytesIO()
        document.save(result, deterministic_id=True)
        return result.getvalue()


def _fields(pdf: bytes) -> Iterator[SignaturePlace]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for number_, page in enumerate(document.pages):
            for widget in page.obj.get("/Annots", Array()):
                if widget.get("/Subtype") != Name.Widget or "/Rect" not in widget:
                    continue
                name, kind, tip = _full_name(widget), _inherited(widget, "/FT"), str(widget.get("/TU", ""))
                words = re.sub(r"[._\-\[\]\d]+|(?<=[a-z])(?=[A-Z])", " ", name) + " " + tip
                is_text = kind == Name.Tx and bool(_LABEL.search(words)) and not _NOT_A_PLACE.search(words)
                if kind == Name.Sig or is_text:
                    a, b, c, d = (float(v) for v in widget.Rect)
                    yield SignaturePlace(number_, (min(a, c), min(b, d), max(a, c), max(b, d)), tip or name, name)


def _lines(pdf: bytes) -> Iterator[SignaturePlace]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number_ in range(len(document)):
            page = document[number_]
            texts = page.get_textpage()
            rules = [*_drawn_rules(page), *_typed_rules(texts)]
            found = []
            for label, box in _text_lines(texts):
                if not _LABEL.search(label) or _NOT_A_PLACE.search(label) or len(label) > 60:
                    continue
                rule = min(
                    (rule for rule in rules if _distance(box, rule) < 40), key=lambda r: _distance(box, r), default=None
                )
                if rule is not None:
                    rules.remove(rule)
                    height = min(_MARK_HEIGHT, page.get_height() - rule[3] - 1)
                    words = re.sub(r"[_:\s]+$", "", label)
                    found.append(
                        SignaturePlace(number_, (rule[0], rule[3] + 0.5, rule[2], rule[3] + 0.5 + height), words)
                    )
            yield from sorted(found, key=lambda one: (-one.rect[1], one.rect[0]))
    finally:
        document.close()


def _text_lines(texts: pypdfium2.PdfTextPage) -> Iterator[tuple[str, Rect]]:
    """Stretches of text on one line, cut where a wide gap or a run of underscores is, with their boxes."""
    words, box = "", None
    for index in range(texts.count_chars()):
        sign = chr(pdfium.FPDFText_GetUnicode(texts, index))
        if sign in "\r\n_":
            if words.strip() and box is not None:
                yield words.strip(), box
            words, box = "", None
            continue
        here = texts.get_charbox(index)
        is_far = box is not None and (here[0] - box[2] > 18 or abs(here[1] - box[1]) > 8) and bool(sign.strip())
        if is_far and box is not None:
            if words.strip():
                yield words.strip(), box
            words, box = "", None
        words += sign
        if sign.strip():
            box = (
                here
                if box is None
                else (min(box[0], here[0]), min(box[1], here[1]), max(box[2], here[2]), max(box[3], here[3]))
            )
    if words.strip() and box is not None:
        yield words.strip(), box


def _typed_rules(texts: pypdfium2.PdfTextPage) -> Iterator[Rect]:
    run: Rect | None = None
    for index in range(texts.count_chars() + 1):
        is_rule = index < texts.count_chars() and chr(pdfium.FPDFText_GetUnicode(texts, index)) == "_"
        here = texts.get_charbox(index) if is_rule else None
        if here is not None and run is not None and abs(here[1] - run[1]) < 2 and here[0] - run[2] < 4:
            run = (run[0], min(run[1], here[1]), here[2], max(run[3], here[3]))
            continue
        if run is not None and run[2] - run[0] >= _RULE_LENGTH:
            yield run
        run = here


def _drawn_rules(page: pypdfium2.PdfPage) -> Iterator[Rect]:
    for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=4):
        left, bottom, right, top = item.get_bounds()
        if top - bottom <= _RULE_HEIGHT and right - left >= _RULE_LENGTH:
            yield left, bottom, right, top


def _distance(label: Rect, rule: Rect) -> float:
    """How far a rule is from the label it may belong to: on its line to the right, or close above or below it."""
    if abs(rule[1] - label[1]) < 6 and -4 <= rule[0] - label[2] < 120:
        return max(0.0, rule[0] - label[2]) / 4
    overlaps = min(rule[2], label[2]) - max(rule[0], label[0])
    if overlaps <= 0:
        return 1000.0
    gap = rule[1] - label[3] if rule[1] >= label[3] - 2 else label[1] - rule[3]
    return max(gap, 0.0) + 2 if gap < 20 else 1000.0


def _drawn(document: pikepdf.Pdf, page: pikepdf.Page, image: bytes, box: Rect) -> bytes:
    try:
        with Image.open(io.BytesIO(image), formats=("PNG",)) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise SignatureNotPossible("The picture of the signature is too large.")
            ink = opened.convert("RGBA")
    except (OSError, ValueError, Image.DecompressionBombError):
        raise SignatureNotPossible("The picture of the signature cannot be read; draw it again.") from None
    # A white background counts as no ink, so that the line below stays visible.
    flat = Image.new("RGBA", ink.size, "white")
    flat.alpha_composite(ink)
    darkness = flat.convert("L").point(lambda v: 255 - v)
    extent = darkness.getbbox()
    if extent is None:
        raise SignatureNotPossible("Nothing was drawn. Sign in the box, or choose another way.")
    darkness = darkness.crop(extent)
    mask = document.make_stream(
        darkness.tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=darkness.width, Height=darkness.height,
        ColorSpace=Name.DeviceGray, BitsPerComponent=8,
    )  # fmt: skip
    picture = document.make_stream(
        bytes(darkness.width * darkness.height), Type=Name.XObject, Subtype=Name.Image, Width=darkness.width,
        Height=darkness.height, ColorSpace=Name.DeviceGray, BitsPerComponent=8, SMask=mask,
    )  # fmt: skip
    name = page.add_resource(picture, Name.XObject)
    wide, high = box[2] - box[0], box[3] - box[1]
    scale = min(wide / darkness.width, high / darkness.height)
    matrix = [number(v) for v in (darkness.width * scale, 0, 0, darkness.height * scale, box[0], box[1])]
    return b"q %s cm %s Do Q" % (b" ".join(matrix), str(name).encode())


def _text(
    fonts: Fonts, page: pikepdf.Page, words: str, family: str, size: float, x: float, y: float, *, slant: float
) -> bytes:
    shown, used, _ = fonts.show(words, family, size)
    for name, font in used.items():
        page.add_resource(font, Name.Font, Name(name))
    matrix = b" ".join(number(v) for v in (1, 0, slant, 1, x, y))
    return b"BT 0 g %s Tm %s ET" % (matrix, shown)


def _full_name(widget: pikepdf.Object) -> str:
    return ".".join(reversed([str(one.T) for one in _up(widget) if "/T" in one]))


def _inherited(widget: pikepdf.Object, key: str) -> object:
    return next((one[key] for one in _up(widget) if key in one), None)


def _up(widget: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """A widget and the fields above it; a chain that never ends is cut."""
    here: pikepdf.Object | None = widget
    for _ in range(32):
        if here is None:
            return
        yield here
        here = here.get("/Parent")


def _take_out_field(document: pikepdf.Pdf, name: str) -> None:
    for page in document.pages:
        annotations = page.obj.get("/Annots")
        if annotations is not None:
            page.obj.Annots = Array(
                [one for one in annotations if one.get("/Subtype") != Name.Widget or _full_name(one) != name]
            )
    form = document.Root.get("/AcroForm")
    if form is not None and "/Fields" in form:
        form.Fields = Array([one for one in form.Fields if _full_name(one) != name])
