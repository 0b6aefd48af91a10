"""Breaking a text into lines that stay inside a width, and finding the size at which it stays inside a box."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.pdf_text.breaks import pieces
from generator.pdf_text.faces import face
from generator.pdf_text.runs import is_turned, width

SMALLEST = 6.0
"""Points: type never goes below this, unless the form's creator fixed a smaller one."""
LARGEST_AUTO = 12.0
_STEP = 0.5
LEADING = 1.16
_TIGHT = 1.0
_STRETCHES = (1.0, 0.95, 0.9)
"""How far letters are pressed together (Tz, ISO 32000-2, 9.3.4) where nothing else helps; below this they run together."""


_ENDS, _CLOSING = ".!?;:,\u2026", "\"')]\u201d\u2019\u00bb"


@dataclass(frozen=True, slots=True)
class Box:
    """The inside of a place for text, in points. `slack` is what lies between it and the edge, on each side."""

    width: float
    height: float
    is_multiline: bool = False
    slack: float = 0.0

    @property
    def to_the_edge(self) -> "Box":
        """The box with nearly all of its slack used, for what else would not fit."""
        more = max(self.slack - 0.4, 0.0)
        return Box(self.width + 2 * more, self.height + 2 * min(more, 0.8), self.is_multiline)


@dataclass(frozen=True, slots=True)
class FittedText:
    """Lines at a size in a family. `fits` is False where not even the smallest type is small enough.

    `is_tight`: set to the very edge and without air between the lines. `stretch`: how wide the letters are, 1.0 as drawn.
    """

    lines: tuple[str, ...]
    size: float
    family: str
    fits: bool
    is_tight: bool = False
    stretch: float = 1.0

    def width(self, line: str) -> float:
        """The width of one of the lines as it is set, in points."""
        return width(line, self.family, self.size) * self.stretch

    @property
    def step(self) -> float:
        """From one baseline to the next, in points."""
        return self.size * (_TIGHT if self.is_tight else LEADING)


def fit_text(text: str, box: Box, family: str, size: float, largest: float = LARGEST_AUTO) -> FittedText:
    """Break `text` into lines that stay inside `box`; shrink the type, or take the narrow face, where it must.

    `size` 0 chooses the size (at most `largest` points). The order tried: the size asked, the narrow face at that size,
    smaller type, lines in a box meant for one line but tall enough for more, the smallest type set tight, and pressed
    together, and at last lines that end as sentences do run on after each other. Words are never cut, blanks at the end take no room.
    """
    text = text.rstrip()  # blanks at the end are stored, and take no room
    if not text:
        return FittedText((), size or _auto_size(box, largest), family, fits=True)
    floor = min(SMALLEST, size) if size else SMALLEST
    start = size or _auto_size(box, largest)
    own = _Measured(text, family)
    lines = _lines(own, box, family, start, LEADING)
    if lines is not None:
        return FittedText(lines, start, family, fits=True)
    measured = {family: own, "narrow": own if family == "narrow" else _Measured(text, "narrow")}
    # What fits at some size fits at every smaller one.
    small_enough = {
        candidate: words for candidate, words in measured.items() if _lines(words, box, candidate, floor, LEADING)
    }
    step = start
    while small_enough:
        for candidate, words in small_enough.items():
            lines = _lines(words, box, candidate, step, LEADING)
            if lines is not None:
                return FittedText(lines, step, candidate, fits=True)
        step = max(floor, step - _STEP)
    wrapped = None if box.is_multiline else _in_lines(measured, box, start, floor)
    fitted = wrapped or _tight(measured, box, floor)
    if fitted is None and box.is_multiline and (flowing := _in_one_paragraph(text)):
        fitted = _tight({name: _Measured(flowing, name) for name in measured}, box, floor)
    return fitted or FittedText((), floor, family, fits=False)


def _in_one_paragraph(text: str) -> str:
    """The lines of a text after each other, where each ends as a sentence does, so that none is read into the next; else ""."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    ends = (line.rstrip(_CLOSING)[-1:] for line in lines[:-1])
    return " ".join(lines) if len(lines) > 1 and all(end and end in _ENDS for end in ends) else ""


def _in_lines(measured: Mapping[str, "_Measured"], box: Box, start: float, floor: float) -> FittedText | None:
    """Two lines or more in a box that is meant for one but is tall enough."""
    step = min(start, max(floor, box.height / 2))
    while True:
        for candidate, words in measured.items():
            lines = _wrapped(words, box, step, LEADING, ink_height(candidate, step))
            if lines is not None:
                return FittedText(lines, step, candidate, fits=True)
        if step <= floor:
            return None
        step = max(floor, step - _STEP)


def _tight(measured: Mapping[str, "_Measured"], box: Box, size: float) -> FittedText | None:
    edge = box.to_the_edge
    for stretch in _STRETCHES:
        room = replace(edge, width=edge.width / stretch)
        for candidate, words in measured.items():
            lines = _lines(words, room, candidate, size, _TIGHT)
            if lines is None:
                lines = _wrapped(words, room, size, _TIGHT, ink_height(candidate, size))
            if lines is not None:
                return FittedText(lines, size, candidate, fits=True, is_tight=True, stretch=stretch)
    return None


def wrap(text: str, room: float, family: str, size: float) -> tuple[str, ...] | None:
    """Lines no wider than `room` points; None where one word alone is wider."""
    return _Measured(text, family).wrap(room * 1000 / size)


class _Measured:
    """A text's words with their widths in one family, measured once for all sizes (in 1/1000 of the size).

    A word comes with the blank before it, which is nothing between signs of scripts that write none (`breaks`).
    """

    def __init__(self, text: str, family: str) -> None:
        space = width(" ", family, 1000)
        lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ").split("\n")
        is_plain = text.isascii()
        self._family = family
        self._is_shaped = not is_plain and is_turned(text)
        self.paragraphs = tuple(
            tuple(
                (piece, width(piece, family, 1000), 0.0 if place else space)
                for word in paragraph.split(" ")
                for place, piece in enumerate((word,) if is_plain else pieces(word))
            )
            for paragraph in lines
        )

    def wrap(self, room: float) -> tuple[str, ...] | None:
        """Lines no wider than `room`; None where one word alone is wider."""
        out: list[str] = []
        for words in self.paragraphs:
            first = 0
            while first < len(words):
                used, after = words[first][1], first + 1
                if used > room:
                    return None
                while after < len(words) and used + words[after][1] + words[after][2] <= room:
                    used += words[after][1] + words[after][2]
                    after += 1
                # Letters that join, and signs that turn with their neighbours, may be wider together than word by word.
                while self._is_shaped and width(_joined(words[first:after]), self._family, 1000) > room:
                    after -= 1
                    if after == first:
                        return None
                out.append(_joined(words[first:after]))
                first = after
        return tuple(out)

    def in_one_line(self) -> tuple[str, float]:
        """All words in one line, and its width."""
        words = [one for paragraph in self.paragraphs for one in paragraph]
        said = _joined(words)
        if self._is_shaped:
            return said, width(said, self._family, 1000)
        return said, sum(wide + blank for _, wide, blank in words) - (words[0][2] if words else 0.0)


def _joined(words: Sequence[tuple[str, float, float]]) -> str:
    return "".join([f" {word}" if blank and place else word for place, (word, _, blank) in enumerate(words)])


def ink_height(family: str, size: float) -> float:
    """From the lowest to the highest ink of a usual line, in points."""
    font = face(family)
    return (font.cap_height * 1.05 - font.descent) * size / 1000


def _auto_size(box: Box, largest: float) -> float:
    if box.is_multiline:
        return largest
    size = min(largest, box.height / 1.15)
    return max(SMALLEST, int(size * 2) / 2)


def _lines(words: _Measured, box: Box, family: str, size: float, leading: float) -> tuple[str, ...] | None:
    if not box.is_multiline:
        line, wide = words.in_one_line()
        fits = wide * size / 1000 <= box.width and ink_height(family, size) <= box.height + 2
        return (line,) if fits else None
    return _wrapped(words, box, size, leading, ink_height(family, size))


def _wrapped(words: _Measured, box: Box, size: float, leading: float, ink: float) -> tuple[str, ...] | None:
    most = int((box.height - ink) / (size * leading) + 1e-9) + 1 if box.height >= ink else 0
    lines = words.wrap(box.width * 1000 / size) if most > (0 if box.is_multiline else 1) else None
    return lines if lines is not None and len(lines) <= most else None
