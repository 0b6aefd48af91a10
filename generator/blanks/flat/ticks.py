"""Where a page is ticked: squares, rings, glyphs, four short rules, low boxes, brackets and short lines before words."""

from collections.abc import Sequence

from generator.blanks.flat.drawing import Drawing
from generator.blanks.flat.rects import is_square, middle_in, overlaps, without_doubles, without_nested
from generator.blanks.pdf_page import BOX_GLYPHS, Box, Word
from generator.slots import Rect

_NO_ANSWER = ".,|•·▪■[]()"  # letters that may stand in an empty box
_PAIRS = {"[": "]", "(": ")"}
_BRACKET_WIDTHS = (5.0, 24.0)
_SHORT_LINE = 26.0


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
    found += _brackets(drawing)
    found += _short_lines(drawing, found)
    found = without_nested(without_doubles(found))
    found = [r for r in found if not any(middle_in(w.rect, r) and w.text.strip(_NO_ANSWER) for w in drawing.words)]
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


def _brackets(drawing: Drawing) -> list[Rect]:
    """ "[ ] Individual" and "( ) Group": a pair of brackets with nothing in them, right before a word."""
    out: list[Rect] = []
    for word in drawing.words:
        if word.text in ("[]", "()"):
            rect = word.rect
        elif word.text[-1:] in _PAIRS and (closing := _closing(drawing, word)) is not None:
            each = (word.rect[2] - word.rect[0]) / len(word.text)
            end = closing.rect[0] + (closing.rect[2] - closing.rect[0]) / len(closing.text)
            rect = (word.rect[2] - each, word.rect[1], end, word.rect[3])
        else:
            continue
        wide = rect[2] - rect[0]
        if _BRACKET_WIDTHS[0] <= wide <= _BRACKET_WIDTHS[1] and _is_before_a_word(drawing, rect):
            out.append(rect)
    return out


def _closing(drawing: Drawing, opening: Word) -> Word | None:
    """The word right of an opening bracket, where it begins with the closing one."""
    level = [w for w in drawing.words if abs(w.rect[1] - opening.rect[1]) < 2 and w.rect[0] >= opening.rect[2] - 0.5]
    following = min(level, key=lambda w: w.rect[0], default=None)
    is_closing = following is not None and following.text.startswith(_PAIRS[opening.text[-1]])
    return following if is_closing else None


def _is_before_a_word(drawing: Drawing, rect: Rect) -> bool:
    middle = (rect[1] + rect[3]) / 2
    following = [
        w
        for w in drawing.page.words
        if -6 <= w.rect[0] - rect[2] < 14 and w.rect[1] <= middle <= w.rect[3] and w.rect[2] > rect[2] + 2
    ]
    first = min(following, key=lambda w: w.rect[0], default=None)
    return first is not None and first.text.strip("[]()")[:1].isalpha()


def _short_lines(drawing: Drawing, boxes: Sequence[Rect]) -> list[Rect]:
    """ "___ Individual   ___ Group": short lines, each before its word and apart from the word before it."""
    out: list[Rect] = []
    for run in drawing.runs:
        middle = (run[1] + run[3]) / 2
        before = [w.rect[2] for w in drawing.words if w.rect[1] <= middle <= w.rect[3] and w.rect[2] <= run[0] + 2]
        is_apart = not before or run[0] - max(before) > 7
        if any(overlaps(run, box, 1.0) for box in boxes):
            continue  # it only underlines a box
        if run[2] - run[0] <= _SHORT_LINE and is_apart and _is_before_a_word(drawing, run):
            out.append(run)
    return out if len(out) > 1 else []
