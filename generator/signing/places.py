"""Where a PDF wants a signature, and the mark put there. Runs in a worker.

A place is a field that asks for a signature, or a printed label with a line beside, below or above it.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from generator.errors import SignatureNotPossible
from generator.pdf_text.embed import Fonts, number
from generator.pdf_text.runs import width
from generator.signing.mark import Mark, Signed, whose
from generator.signing.said import MARK

_LABEL = re.compile(r"\b(signature|signed by|sign here|firma)\b", re.IGNORECASE)
_NOT_A_PLACE = re.compile(
    r"\b(date|fecha|printed|print name|signatures|signature (?:name|role|credential)s?)\b", re.IGNORECASE
)
_RULE_HEIGHT, _RULE_LENGTH = 2.5, 60.0
_MARK_HEIGHT = 26.0
_CAPTION_SIZE = 6.0
_ROOM_FOR_BOTH = 110.0
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
        fonts, used = Fonts(document), Dictionary()
        # In a low and wide box the small line stands beside the mark, so that the mark keeps its height.
        is_beside = bool(image or typed) and y1 - y0 < _MARK_HEIGHT and x1 - x0 >= _ROOM_FOR_BOTH
        end = (x0 + x1) / 2 - 2 if is_beside else x1
        room = y1 - y0 - (_CAPTION_SIZE + 1.5 if (image or typed) and not is_beside else 0)
        out, pictures = [], Dictionary()
        if image:
            picture, shown = _drawn(document, image, (x0, y1 - room, end, y1))
            pictures.Im = picture
            out.append(shown)
        elif typed:
            size = min(room * 0.8, 14.0, (end - x0 - 4) / max(width(typed, "serif", 1000) / 1000, 0.1))
            out.append(_text(fonts, used, typed, "serif", size, x0 + 1, y1 - room + room * 0.22, slant=0.22))
        start, wide = (end + 3, x1 - end - 4) if is_beside else (x0 + 1, x1 - x0 - 2)
        lines = _lines_of(caption, wide, y1 - y0) if is_beside else [caption]
        size = min(_CAPTION_SIZE, *(wide / max(width(line, "sans", 1000) / 1000, 0.1) for line in lines))
        low = y0 + (y1 - y0 - size * 1.15 * len(lines)) / 2 if is_beside else y0 + 1.5
        for n, line in enumerate(lines, 1):
            out.append(_text(fonts, used, line, "sans", size, start, low + (len(lines) - n) * size * 1.15, slant=0.0))
        # A form of its own with its own resources: no name of the page's, nor of another mark's, is taken (8.10).
        form = document.make_stream(
            b"\n".join(out),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([x0, y0, x1, y1 + 2]),
            Resources=Dictionary(Font=used, XObject=pictures),
        )
        form[MARK] = String(caption)  # a key of ours: how they signed can then be read back exactly
        fonts.finish()
        page.contents_add(b"q", prepend=True)
        page.contents_add(b"Q q %s Do Q" % str(page.add_resource(form, Name.XObject)).encode())
        if where.field:
            _take_out_field(document, where.field)
        result = io.BytesIO()
        document.save(result, deterministic_id=True)
        return result.getvalue()


def put_marks(pdf: bytes, marks: Sequence[Mark], fields: Mapping[str, int], labels: Mapping[str, str]) -> Signed:
    """The PDF with each mark in its place.

    `fields` are the form's own: field name to the number of the signature that it is for. For the other marks the
    places are those whose words name the signer's role; `labels` are more words for a field than it has itself.
    """
    places = find_places(pdf) if marks else ()
    of_field = {place.field: place for place in places if place.field}
    by_number = {mark.place: mark for mark in marks}
    wanted = [
        (of_field.get(name) or _place_of_field(pdf, name), by_number[number_])
        for name, number_ in fields.items()
        if number_ in by_number
    ]
    left = [mark for mark in marks if mark.place not in fields.values()]
    free = [place for place in places if place.field not in fields]
    words = [f"{place.label} {_spaced(place.field)} {labels.get(place.field, '')}" for place in free]
    wanted += [(free[n], mark) for n, mark in whose(words, left).items()]
    put = []
    for where, mark in wanted:
        if where is None:
            continue
        pdf = place(pdf, where, mark.image, mark.typed, mark.caption)
        put.append(mark.place)
    return Signed(pdf, tuple(put))


def _place_of_field(pdf: bytes, name: str) -> SignaturePlace | None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return next((one for one in _widgets(document) if one.field == name), None)


def _widgets(document: pikepdf.Pdf) -> Iterator[SignaturePlace]:
    """Every widget as if it were a place."""
    for number_, page in enumerate(document.pages):
        for widget in page.obj.get("/Annots", Array()):
            if widget.get("/Subtype") == Name.Widget and "/Rect" in widget:
                a, b, c, d = (float(v) for v in widget.Rect)
                rect = (min(a, c), min(b, d), max(a, c), max(b, d))
                name = _full_name(widget)
                yield SignaturePlace(number_, rect, str(widget.get("/TU", "")) or name, name)


def _spaced(name: str) -> str:
    """A field's name as words."""
    return re.sub(r"[._\-\[\]\d]+|(?<=[a-z])(?=[A-Z])", " ", name)


def _lines_of(caption: str, wide: float, high: float) -> list[str]:
    """A caption broken at its words into as many lines as a low box has room for."""
    most = max(1, int(high / (_CAPTION_SIZE * 1.15)))
    lines = [""]
    for word in caption.split():
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, "sans", _CAPTION_SIZE) > wide and lines[-1] and len(lines) < most:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _fields(pdf: bytes) -> Iterator[SignaturePlace]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for number_, page in enumerate(document.pages):
            for widget in page.obj.get("/Annots", Array()):
                if widget.get("/Subtype") != Name.Widget or "/Rect" not in widget:
                    continue
                name, kind, tip = _full_name(widget), _inherited(widget, "/FT"), str(widget.get("/TU", ""))
                words = f"{_spaced(name)} {tip}"
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


def _drawn(document: pikepdf.Pdf, image: bytes, box: Rect) -> tuple[pikepdf.Object, bytes]:
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
    wide, high = box[2] - box[0], box[3] - box[1]
    scale = min(wide / darkness.width, high / darkness.height)
    matrix = [number(v) for v in (darkness.width * scale, 0, 0, darkness.height * scale, box[0], box[1])]
    return picture, b"q %s cm /Im Do Q" % b" ".join(matrix)


def _text(
    fonts: Fonts, used: Dictionary, words: str, family: str, size: float, x: float, y: float, *, slant: float
) -> bytes:
    shown, faces, _ = fonts.show(words, family, size)
    for name, font in faces.items():
        used[name] = font
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
