"""What did not fit: added sheets with every text in full, numbered, and the words that point to them.

The sheets go to the end of the document, so that no page of the form moves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from generator.pdf_text.embed import Fonts, number
from generator.pdf_text.fit import wrap
from generator.pdf_text.runs import width

_MARGIN = 54.0
_BODY, _HEAD, _SMALL = 10.0, 14.0, 8.5
_LEADING = 1.35
_MARK = "/planscribe"
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
class Continued:
    """One text that goes to a sheet: the slot it belongs to, what a person calls that slot, and the whole text."""

    slot: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheets:
    """Added pages laid out: the lines of each, and the pointer for each slot, such as "see sheet 1, item 3"."""

    items: tuple[Continued, ...]
    pointers: dict[str, str]
    _pages: tuple[tuple["_Line", ...], ...]
    _head: tuple[str, ...]
    _language: str
    _paper: tuple[float, float]

    @property
    def pages(self) -> int:
        """How many pages they are."""
        return len(self._pages)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    size: float
    space_before: float = 0.0


def continuation_sheets(
    items: Sequence[Continued],
    *,
    title: str,
    heading: Sequence[str] = (),
    language: str = "en",
    paper: tuple[float, float] = (612.0, 792.0),
) -> Sheets:
    """Lay the items out in order. `heading` are the lines of the agency's letterhead, `paper` width and height in points.

    Nothing is drawn yet. Every character of every text is on the sheets; a word wider than the page is broken, with nothing left out.
    """
    pages, places = _paginate(items, heading, language, paper)
    words = _WORDS["es" if language == "es" else "en"]
    head = (*heading[:1], f"{words[0]} \u00b7 {title}" if title else words[0])
    pointers = {item.slot: words[2].format(sheet=places[n], item=n) for n, item in enumerate(items, 1)}
    return Sheets(tuple(items), pointers, tuple(tuple(lines) for lines in pages), head, language, paper)


def draw_sheets(pdf: pikepdf.Pdf, fonts: Fonts, sheets: Sheets, stored: Mapping[str, str]) -> None:
    """Add the sheets to the end of a document, marked as ours, so that a later filling can take them up again.

    `stored` is what the field of each continued slot now holds. Finish `fonts` afterwards.
    """
    words = _WORDS["es" if sheets._language == "es" else "en"]
    for place, lines in enumerate(sheets._pages, 1):
        foot = words[1].format(sheet=place, sheets=sheets.pages)
        _add_page(pdf, fonts, sheets._head, lines, foot, sheets._paper)
        noted = Array()
        for item in sheets.items if place == 1 else ():
            held = {"/Held": String(stored[item.slot])} if item.slot in stored else {}
            noted.append(
                Dictionary(
                    {"/Slot": String(item.slot), "/Label": String(item.label), "/Text": String(item.text), **held}
                )
            )
        # Page-piece data is where a program keeps what only it needs (ISO 32000-2, 14.5).
        piece = Dictionary(LastModified=String("D:20000101000000Z"), Private=Dictionary(Items=noted))
        pdf.pages[-1].obj.PieceInfo = Dictionary({_MARK: piece})


def take_sheets(pdf: pikepdf.Pdf) -> tuple[tuple[Continued, str | None], ...]:
    """Take the sheets that an earlier filling added out of a document: their items, with what each field held then."""
    out: list[tuple[Continued, str | None]] = []
    for place in reversed(range(len(pdf.pages))):
        mark = _marked(pdf.pages[place].obj)
        if mark is None:
            continue
        found = [_item(entry) for entry in mark if isinstance(entry, Dictionary)]
        out = [*found, *out]
        del pdf.pages[place]
    return tuple(out)


def first_page_size(pdf: pikepdf.Pdf) -> tuple[float, float]:
    """Width and height in points of the first page, as it is read; US letter where it says nothing usable."""
    try:
        page = pdf.pages[0]
        x0, y0, x1, y1 = (float(v) for v in page.cropbox)
        wide, high = abs(x1 - x0), abs(y1 - y0)
        turned = int(page.obj.get("/Rotate", 0)) % 180
    except (ValueError, TypeError, IndexError, AttributeError):
        return (612.0, 792.0)
    if min(wide, high) < 300 or max(wide, high) > 2000:
        return (612.0, 792.0)
    return (high, wide) if turned else (wide, high)


def _marked(page: pikepdf.Object) -> pikepdf.Array | None:
    here: object = page
    for key in ("/PieceInfo", _MARK, "/Private", "/Items"):
        here = here.get(key) if isinstance(here, Dictionary) else None
    return here if isinstance(here, Array) else None


def _item(entry: pikepdf.Object) -> tuple[Continued, str | None]:
    slot, label, text = (str(entry.get(key, "")) for key in ("/Slot", "/Label", "/Text"))
    return Continued(slot, label, text), str(entry["/Held"]) if "/Held" in entry else None


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
            _Line(line, _BODY + 1, _BODY if i == 0 else 0.0)
            for i, line in enumerate(_broken(words[3].format(item=n, label=item.label), room, _BODY + 1))
        ]
        body = [_Line(line, _BODY) for line in _broken(item.text, room, _BODY)]
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
    pdf: pikepdf.Pdf, fonts: Fonts, head: Sequence[str], lines: Sequence[_Line], foot: str, paper: tuple[float, float]
) -> None:
    resources: dict[str, pikepdf.Object] = {}
    out: list[bytes] = [b"BT 0 g"]

    def put(text: str, x: float, y: float, size: float) -> None:
        shown, used, _ = fonts.show(text, "sans", size)
        resources.update(used)
        out.append(b"1 0 0 1 %s %s Tm %s" % (number(x), number(y), shown))

    y = paper[1] - _MARGIN - _HEAD
    for i, text in enumerate(head):
        put(text, _MARGIN, y, _HEAD if i == len(head) - 1 else _BODY)
        y -= _HEAD * 1.4
    rule = y + _HEAD * 0.7
    y -= _HEAD * 0.3
    for line in lines:
        y -= _height(line)
        put(line.text, _MARGIN, y, line.size)
    put(foot, paper[0] - _MARGIN - width(foot, "sans", _SMALL), _MARGIN - _SMALL * 1.5, _SMALL)
    out.append(
        b"ET q 0.6 G 0.5 w %s %s m %s %s l S Q"
        % (number(_MARGIN), number(rule), number(paper[0] - _MARGIN), number(rule))
    )
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, *(round(v, 2) for v in paper)]),
        Resources=Dictionary(Font=Dictionary(resources)),
        Contents=pdf.make_stream(b"\n".join(out)),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
