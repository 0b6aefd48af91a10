"""Which cells of a table head a row or a column of answers, and so take none themselves."""

from collections.abc import Mapping, Sequence

from generator.blanks.pdf_page import Word
from generator.slots import Rect

_LOW = 12.0  # room under the words of a cell, in points, that is no place for an answer


def heads(words: Mapping[Rect, Sequence[Word]], answered: Sequence[Rect]) -> set[Rect]:
    """The cells that head others. `words` are those of every cell, `answered` the cells that take an answer whole."""
    out = {cell for cell, inside in words.items() if _can_head(inside) and _heads_row(cell, inside, answered)}
    for row in _rows([cell for cell, inside in words.items() if _can_head(inside)]):
        over = [cell for cell in row if _heads_column(cell, answered)]
        # Where one of a row's captions has no room under it, none of them is meant to have.
        if any(min(w.rect[1] for w in words[cell]) - cell[1] < _LOW for cell in row) or len(row) == 1:
            out |= {cell for cell in over if len(row) > 1 or min(w.rect[1] for w in words[cell]) - cell[1] < _LOW}
    return out | _corners(words, out)


def _can_head(inside: Sequence[Word]) -> bool:
    text = " ".join(w.text for w in inside).rstrip()
    return len(text) > 2 and not text.endswith((":", "#", "$"))


def _heads_row(cell: Rect, inside: Sequence[Word], answered: Sequence[Rect]) -> bool:
    low, top = min(w.rect[1] for w in inside), max(w.rect[3] for w in inside)
    is_level = abs((low - cell[1]) - (cell[3] - top)) < 5  # the words stand in the middle of their cell
    return (low - cell[1] < _LOW or is_level) and any(
        abs(e[0] - cell[2]) < 4 and min(e[3], cell[3]) - max(e[1], cell[1]) > 0.6 * (e[3] - e[1]) for e in answered
    )


def _heads_column(cell: Rect, answered: Sequence[Rect]) -> bool:
    return any(
        abs(e[3] - cell[1]) < 4
        and min(e[2], cell[2]) - max(e[0], cell[0]) > 0.8 * (cell[2] - cell[0])
        and e[3] - e[1] > 8
        for e in answered
    )


def _rows(cells: Sequence[Rect]) -> list[list[Rect]]:
    """Cells of one height beside each other."""
    rows: list[list[Rect]] = []
    for cell in sorted(cells, key=lambda c: (-round(c[1]), c[0])):
        last = rows[-1][-1] if rows else None
        if last and abs(last[1] - cell[1]) < 2 and abs(last[3] - cell[3]) < 2 and abs(last[2] - cell[0]) < 4:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return rows


def _corners(words: Mapping[Rect, Sequence[Word]], headings: set[Rect]) -> set[Rect]:
    """The empty cell where a row of heads meets a column of heads, or of printed numbers; nothing stands left of it."""
    told = [cell for cell, inside in words.items() if inside]
    numbers = [cell for cell in told if " ".join(w.text for w in words[cell]).strip("#().").isdigit()]
    return {
        cell
        for cell, inside in words.items()
        if not inside
        and any(abs(h[0] - cell[2]) < 4 and abs(h[1] - cell[1]) < 3 and abs(h[3] - cell[3]) < 3 for h in headings)
        and any(_is_under(h, cell) for h in [*headings, *numbers])
        and not any(abs(h[2] - cell[0]) < 4 and min(h[3], cell[3]) - max(h[1], cell[1]) > 4 for h in told)
    }


def _is_under(below: Rect, cell: Rect) -> bool:
    return abs(below[3] - cell[1]) < 4 and abs(below[0] - cell[0]) < 4 and abs(below[2] - cell[2]) < 4
