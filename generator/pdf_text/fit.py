"""Breaking a text into lines that stay inside a width, and finding the size at which it stays inside a box."""

import re
from dataclasses import dataclass
from functools import cache

from generator.pdf_text.faces import face
from generator.pdf_text.runs import is_complex, unit_width

SMALLEST = 6.0
"""Points: type never goes below this, unless the form's creator fixed a smaller one."""
LARGEST_AUTO = 12.0
LEADING = 1.16
_TIGHT = 1.0
_STEP = 0.5
# Chinese, Japanese and Korean are written without spaces; a line may end after each of their characters.
_BREAKABLE = re.compile(
    "([\u2e80-\u2fdf\u3001-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff])"
)


@dataclass(frozen=True, slots=True)
class Box:
    """The inside of a place for text, in points."""

    width: float
    height: float
    is_multiline: bool = False


@dataclass(frozen=True, slots=True)
class FittedText:
    """Lines at a size in a family, `leading` times the size apart. `fits` is False where not even the smallest type does."""

    lines: tuple[str, ...]
    size: float
    family: str
    fits: bool
    leading: float = LEADING


def fit_text(text: str, box: Box, family: str, size: float) -> FittedText:
    """Break `text` into lines that stay inside `box`; shrink the type, or take the narrow face, where it must.

    `size` 0 chooses the size (at most 12 pt). The order tried: the size asked, the narrow face at that size, smaller
    type, smaller type in the narrow face; at the smallest, lines that stand closer. A box too low for two lines shows
    its paragraphs one after the other. Words are never cut; blanks at the end take no room.
    """
    floor = min(SMALLEST, size) if size else SMALLEST
    start = size or _auto_size(box)
    text = text.rstrip()
    if not text:
        return FittedText((), start, family, fits=True)
    measured = [_Measured(text, name, box) for name in dict.fromkeys((family, "narrow"))]
    if not any(one.lines(floor, _TIGHT) for one in measured):
        return FittedText((), floor, family, fits=False)
    step = start
    while True:
        for leading in (LEADING, _TIGHT) if step <= floor else (LEADING,):
            for one in measured:
                lines = one.lines(step, leading)
                if lines is not None:
                    return FittedText(lines, step, one.family, fits=True, leading=leading)
        if step <= floor:
            return FittedText((), floor, family, fits=False)
        step = max(floor, step - _STEP)


class _Measured:
    """A text with the widths of its words in one family, to be laid into a box at any size."""

    def __init__(self, text: str, family: str, box: Box) -> None:
        self.family = family
        self._box = box
        line = _one_line(text)
        self._line, self._line_width = line, unit_width(line, family)
        self._paragraphs = [_words(paragraph, family) for paragraph in _paragraphs(text)] if box.is_multiline else []
        self._widest = max((wide for words in self._paragraphs for _, wide, _ in words), default=0.0)

    def lines(self, size: float, leading: float) -> tuple[str, ...] | None:
        box = self._box
        ink = ink_height(self.family, size)
        if not box.is_multiline or ink + size * leading > box.height:
            fits = self._line_width * size / 1000 <= box.width and ink <= box.height + 2
            return (self._line,) if fits else None
        if self._widest * size / 1000 > box.width:
            return None
        most = int((box.height - ink) / (size * leading) + 1e-6) + 1
        return _wrapped(self._paragraphs, box.width * 1000 / size, self.family, most)


def wrap(text: str, room: float, family: str, size: float) -> tuple[str, ...] | None:
    """Lines no wider than `room` points; None where one word alone is wider."""
    paragraphs = [_words(paragraph, family) for paragraph in _paragraphs(text)]
    unit = room * 1000 / size
    if any(wide > unit for words in paragraphs for _, wide, _ in words):
        return None
    return _wrapped(paragraphs, unit, family, None)


def ink_height(family: str, size: float) -> float:
    """From the lowest to the highest ink of a usual line, in points."""
    return _ink(family) * size


@cache
def _ink(family: str) -> float:
    font = face(family)
    return (font.cap_height * 1.05 - font.descent) / 1000


def _paragraphs(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n").split("\n")


def _one_line(text: str) -> str:
    return " ".join(_paragraphs(text)).replace("\t", "    ")


def _words(paragraph: str, family: str) -> list[tuple[str, float, bool]]:
    """Each word with its width in 1/1000 of the type size, and whether a blank stands before it."""
    out = []
    for i, word in enumerate(paragraph.replace("\t", "    ").split(" ")):
        pieces = [word] if word.isascii() else [p for p in _BREAKABLE.split(word) if p] or [""]
        out += [(piece, unit_width(piece, family), i > 0 and j == 0) for j, piece in enumerate(pieces)]
    return out


def _wrapped(
    paragraphs: list[list[tuple[str, float, bool]]], room: float, family: str, most: int | None
) -> tuple[str, ...] | None:
    """Lines no wider than `room`; None where there would be more than `most`."""
    blank = unit_width(" ", family)
    out: list[str] = []
    for words in paragraphs:
        line: list[str] = []
        used = 0.0
        for word, wide, after_blank in words:
            gap = blank if after_blank and line else 0.0
            if line and used + gap + wide > room and not (word == "" and after_blank):
                out.append("".join(line))
                if most is not None and len(out) >= most:
                    return None
                line, used, gap = [], 0.0, 0.0
            elif after_blank and line:
                line.append(" ")
            line.append(word)
            used += gap + wide
        out.append("".join(line))
        if most is not None and len(out) > most:
            return None
    # Letters that join or kern over a line may stand a little wider than their words alone.
    if any(is_complex(line) and unit_width(line, family) > room * 1.001 for line in out):
        return None
    return tuple(out)


def _auto_size(box: Box) -> float:
    if box.is_multiline:
        return LARGEST_AUTO
    size = min(LARGEST_AUTO, box.height / 1.15)
    return max(SMALLEST, int(size * 2) / 2)
