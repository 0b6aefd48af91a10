"""What of a page is for the office, the court or a notary, who write there themselves."""

from generator.blanks.flat.drawing import Drawing
from generator.blanks.flat.rects import area, middle_in
from generator.slots import Near, Rect

_SAYS_SO = (
    "use only",
    "office use",
    "agency use",
    "official use",
    "staff use",
    "staff only",
    "worker use",
    "uso de la oficina",
    "uso oficial",
    "uso exclusivo",
    "uso interno",
)
_BY_OTHERS = (*_SAYS_SO[1:], "court use only", "clerk fills", "do not write", "no escriba", "for irs use", "notary")
_LOWEST_PART = 110.0  # how far down what is headed so goes at most, in points


def office_parts(drawing: Drawing) -> list[Rect]:
    """Where the office writes: a box that says so, or the cells under a heading that does."""
    out = []
    for box in drawing.page.boxes:
        x0, y0, x1, y1 = box.rect
        if area(box.rect) > 0.25 * drawing.page.width * drawing.page.height or x1 - x0 < 40:
            continue
        text = " ".join(w.text for w in drawing.words if middle_in(w.rect, box.rect)).lower()
        is_dark = box.fill is not None and box.fill < 0.4 and y1 - y0 < 26
        if is_dark and ("use" in text.split() or "use:" in text.split()):
            out.append((x0, y0 - 44, x1, y1))
        elif any(said in text for said in _SAYS_SO):
            out.append(box.rect)
    return out + _under_headings(drawing)


def _under_headings(drawing: Drawing) -> list[Rect]:
    """The part of a table under a row that says that it is the office's, down to the next such row."""
    cells = drawing.cells()
    out: list[Rect] = []
    for head in cells:
        text = " ".join(w.text for w in drawing.words_in(head)).lower()
        if len(text) > 90 or head[3] - head[1] > 30 or not any(said in text for said in _SAYS_SO):
            continue
        bottom = head[1]
        for cell in sorted(cells, key=lambda c: -c[3]):
            is_next = abs(cell[3] - bottom) < 4 or cell[3] > bottom > cell[1]
            is_row = cell[2] - cell[0] > 0.9 * (head[2] - head[0]) and drawing.words_in(cell)
            if not is_next or cell[0] < head[0] - 3 or cell[2] > head[2] + 3 or cell is head:
                continue
            if is_row or head[1] - cell[1] > _LOWEST_PART:
                break
            bottom = min(bottom, cell[1])
        if bottom < head[1]:
            out.append((head[0], bottom, head[2], head[3]))
    return out


def is_for_the_office(near: Near) -> bool:
    """Whether a place is for the office, court or notary, who write there themselves."""
    text = " ".join((near.left, near.above, near.inside, near.section)).lower()
    beside = f"{near.right} {near.below}".lower()
    return any(said in text for said in _BY_OTHERS) or "notary public" in beside or "notario" in beside
