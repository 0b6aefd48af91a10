"""Where a page is ticked: squares, rings, glyphs, four short rules, and low boxes before words."""

from generator.blanks.flat.drawing import Drawing
from generator.blanks.flat.rects import is_square, middle_in, without_doubles, without_nested
from generator.blanks.pdf_page import BOX_GLYPHS, Box
from generator.slots import Rect


def find_checks(drawing: Drawing) -> list[Rect]:
    """Squares and rings to tick: drawn ones, glyphs, and four short rules."""
    found: list[Rect] = []
    for word in drawing.page.words:
        if word.text in BOX_GLYPHS:
            x0, y0, x1, y1 = word.rect
            if 3.5 <= x1 - x0 <= 22 and 3.5 <= y1 - y0 <= 22:
                found.append(word.rect)
    for box in drawing.page.boxes:
        if (is_square(box.rect) and _is_tickable(drawing, box)) or _is_wide_tick(drawing, box):
            found.append(box.rect)
    found += drawing.squares_of_rules()
    found = without_nested(without_doubles(found))
    found = [r for r in found if not any(middle_in(w.rect, r) and w.text.strip(".,|•·▪■") for w in drawing.words)]
    combs = {id(r) for row in drawing.combs(found) for r in row}
    return [r for r in found if id(r) not in combs]


def _is_wide_tick(drawing: Drawing, box: Box) -> bool:
    """A low box wider than high, right before words, is ticked as well (the forms of California's courts)."""
    x0, y0, x1, y1 = box.rect
    wide, high = x1 - x0, y1 - y0
    if not (box.is_stroked and 6.5 <= high <= 15 and 1.5 < wide / high <= 2.8 and wide <= 32):
        return False
    middle = (y0 + y1) / 2
    level = [w for w in drawing.words if w.rect[1] - 1 <= middle <= w.rect[3] + 1]
    return any(0 <= w.rect[0] - x1 < 14 for w in level) and not any(
        0 <= x0 - w.rect[2] < 6 and w.text.endswith(":") for w in level
    )


def _is_tickable(drawing: Drawing, box: Box) -> bool:
    if box.is_stroked:
        return True
    return box.fill is not None and (box.fill > 0.75 or box.is_round) and drawing.lies_on_shade(box)
