"""What did not fit: added sheets with every text in full, numbered, and the words that point to them.

The sheets go to the end of the document, so that no page of the form moves.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.pdf_text.embed import Fonts, number
from generator.pdf_text.fit import wrap
from generator.pdf_text.runs import width
from generator.sheet_mark import Continued, mark_sheets
from generator.sheet_tags import SheetTags

_MARGIN = 54.0
_BODY, _HEAD, _SMALL = 10.0, 14.0, 8.5
_LEADING = 1.35
_WORDS = {
    "en": ("Continuation sheet", "Sheet {sheet} of {sheets}", "see sheet {sheet}, item {item}", "Item {item}: {label}"),
    "es": (
        "Hoja de continuación",
        "Hoja {sheet} de {sheets}",
        "ver hoja {sheet}, punto {item}",
        "Punto {item}: {label}",
    ),
}


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    size: float
    space_before: float = 0.0
    role: str = "P"
    item: int = 0


def add_sheets(
    pdf: pikepdf.Pdf,
    fonts: Fonts,
    items: Sequence[Continued],
    *,
    title: str,
    heading: Sequence[str] = (),
    language: str = "en",
) -> dict[str, str]:
    """Lay the items out in order on pages at the end of `pdf`; gives the pointer of each slot, "see sheet 1, item 3".

    `heading` are the lines of the agency's letterhead. The paper is that of the first page. No items make no pages.
    A tagged form stays tagged: the sheets are a section of it, in their language.
    Every character of every text is on the sheets; a word wider than the page is broken, with nothing left out.
    """
    if not items:
        return {}
    paper = _first_page_size(pdf)
    pages, places = _paginate(items, heading, language, paper)
    words = _WORDS["es" if language == "es" else "en"]
    first = len(pdf.pages)
    tags = SheetTags(pdf, language, words[0])
    for place, lines in enumerate(pages, 1):
        foot = words[1].format(sheet=place, sheets=len(pages))
        head = [*heading[:1], f"{words[0]} \u00b7 {title}" if title else words[0]]
        _add_page(pdf, fonts, tags, head, lines, foot, paper, is_first=place == 1)
    mark_sheets([pdf.pages[number] for number in range(first, len(pdf.pages))], items)
    return {item.slot: words[2].format(sheet=places[n], item=n) for n, item in enumerate(items, 1)}


def _first_page_size(pdf: pikepdf.Pdf) -> tuple[float, float]:
    """Width and height in points of the first page, as it is read."""
    page = pdf.pages[0]
    x0, y0, x1, y1 = (float(v) for v in page.cropbox)
    wide, high = abs(x1 - x0), abs(y1 - y0)
    turned = page.obj.get("/Rotate", 0)
    return (high, wide) if isinstance(turned, int) and turned % 180 else (wide, high)


def _paginate(
    items: Sequence[Continued], heading: Sequence[str], language: str, paper: tuple[float, float]
) -> tuple[list[list[_Line]], dict[int, int]]:
    words = _WORDS["es" if language == "es" else "en"]
    room = paper[0] - 2 * _MARGIN
    high = paper[1] - 2 * _MARGIN - _HEAD * 3 - (_HEAD if heading else 0)
    pages: list[list[_Line]] = [[]]
    places: dict[int, int] = {}
    used = 0.0
    for n, item in enumerate(items, 1):
        title = [
            _Line(line, _BODY + 1, _BODY if i == 0 else 0.0, "H2", n)
            for i, line in enumerate(_broken(words[3].format(item=n, label=item.label), room, _BODY + 1))
        ]
        body = [_Line(line, _BODY, item=n) for line in _broken(item.text, room, _BODY)]
        # A title stays with the first line of its text.
        if used and used + sum(_height(line) for line in [*title, *body[:1]]) > high:
            pages.append([])
            used = 0.0
        places[n] = len(pages)
        for line in [*title, *body]:
            if used + _height(line) > high:
                pages.append([])
                used = 0.0
            pages[-1].append(line)
            used += _height(line)
    return pages, places


def _height(line: _Line) -> float:
    return line.size * _LEADING + line.space_before


def _broken(text: str, room: float, size: float) -> list[str]:
    """Lines of a text; only a word that is wider than the whole page is broken."""
    out: list[str] = []
    for paragraph in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        lines = wrap(paragraph, room, "sans", size)
        if lines is None:
            lines = wrap(" ".join(_pieces(word, room, size) for word in paragraph.split(" ")), room, "sans", size)
        out += lines or (paragraph,)
    return out


def _pieces(word: str, room: float, size: float) -> str:
    pieces = [""]
    for char in word:
        if pieces[-1] and width(pieces[-1] + char, "sans", size) > room:
            pieces.append("")
        pieces[-1] += char
    return " ".join(pieces)


def _add_page(
    pdf: pikepdf.Pdf,
    fonts: Fonts,
    tags: SheetTags,
    head: Sequence[str],
    lines: Sequence[_Line],
    foot: str,
    paper: tuple[float, float],
    *,
    is_first: bool,
) -> None:
    resources: dict[str, pikepdf.Object] = {}
    out: list[bytes] = [b"BT 0 g"]
    marked: list[tuple[str, int]] = []
    opened: list[tuple[str, int] | None] = []

    def put(text: str, x: float, y: float, size: float) -> None:
        shown, used, _ = fonts.show(text, "sans", size)
        resources.update(used)
        out.append(b"1 0 0 1 %s %s Tm %s" % (number(x), number(y), shown))

    def mark(key: tuple[str, int] | None) -> None:
        """What follows belongs to an element; None to none, as what stands on every page (14.8.2.2, artifacts)."""
        if not tags.is_used or opened == [key]:
            return
        if opened:
            out.append(b"EMC")
        if key is None:
            out.append(b"/Artifact <</Type /Pagination>> BDC")
        else:
            out.append(b"/%s <</MCID %d>> BDC" % (key[0].encode(), len(marked)))
            marked.append(key)
        opened[:] = [key]

    y = paper[1] - _MARGIN - _HEAD
    for i, text in enumerate(head):
        mark(("H1", 0) if is_first and i == len(head) - 1 else None)
        put(text, _MARGIN, y, _HEAD if i == len(head) - 1 else _BODY)
        y -= _HEAD * 1.4
    rule = y + _HEAD * 0.7
    y -= _HEAD * 0.3
    for line in lines:
        y -= _height(line)
        mark((line.role, line.item))
        put(line.text, _MARGIN, y, line.size)
    mark(None)
    put(foot, paper[0] - _MARGIN - width(foot, "sans", _SMALL), _MARGIN - _SMALL * 1.5, _SMALL)
    line_ends = (number(v) for v in (_MARGIN, rule, paper[0] - _MARGIN, rule))
    drawn = b"q 0.6 G 0.5 w %s %s m %s %s l S Q" % tuple(line_ends)
    out.append(b"EMC ET /Artifact BMC " + drawn + b" EMC" if tags.is_used else b"ET " + drawn)
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, *(round(v, 2) for v in paper)]),
        Resources=Dictionary(Font=Dictionary(resources)),
        Contents=pdf.make_stream(b"\n".join(out)),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    tags.add_page(pdf.pages[-1], marked)
