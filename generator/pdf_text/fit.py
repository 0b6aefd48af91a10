"""Breaking a text into lines that stay inside a width, and finding the size at which it stays inside a box."""

from dataclasses import dataclass

from generator.pdf_text.faces import face
from generator.pdf_text.runs import width

SMALLEST = 6.0
"""Points: type never goes below this, unless the form's creator fixed a smaller one."""
LARGEST_AUTO = 12.0
_STEP = 0.5
LEADING = 1.16


@dataclass(frozen=True, slots=True)
class Box:
    """The inside of a place for text, in points."""

    width: float
    height: float
    is_multiline: bool = False


@dataclass(frozen=True, slots=True)
class FittedText:
    """Lines at a size in a family. `fits` is False where not even the smallest type is small enough."""

    lines: tuple[str, ...]
    size: float
    family: str
    fits: bool


def fit_text(text: str, box: Box, family: str, size: float) -> FittedText:
    """Break `text` into lines that stay inside `box`; shrink the type, or take the narrow face, where it must.

    `size` 0 chooses the size (at most 12 pt). The order tried: the size asked, the narrow face at that size, smaller
    type, smaller type in the narrow face. Words are never cut.
    """
    floor = min(SMALLEST, size) if size else SMALLEST
    start = size or _auto_size(box)
    step = start
    while True:
        for candidate in dict.fromkeys((family, "narrow")):
            lines = _lines(text, box, candidate, step)
            if lines is not None:
                return FittedText(lines, step, candidate, fits=True)
        if step <= floor:
            return FittedText((), floor, family, fits=False)
        step = max(floor, step - _STEP)


def wrap(text: str, room: float, family: str, size: float) -> tuple[str, ...] | None:
    """Lines no wider than `room` points; None where one word alone is wider."""
    out: list[str] = []
    for paragraph in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = ""
        for word in paragraph.replace("\t", "    ").split(" "):
            longer = f"{line} {word}" if line else word
            if line and width(longer, family, size) > room:
                out.append(line)
                longer = word
            line = longer
            if width(line, family, size) > room:
                return None
        out.append(line)
    return tuple(out)


def line_height(family: str, size: float) -> float:
    """From one baseline to the next, in points."""
    return size * LEADING


def ink_height(family: str, size: float) -> float:
    """From the lowest to the highest ink of a usual line, in points."""
    font = face(family)
    return (font.cap_height * 1.05 - font.descent) * size / 1000


def _auto_size(box: Box) -> float:
    if box.is_multiline:
        return LARGEST_AUTO
    size = min(LARGEST_AUTO, box.height / 1.15)
    return max(SMALLEST, int(size * 2) / 2)


def _lines(text: str, box: Box, family: str, size: float) -> tuple[str, ...] | None:
    if not box.is_multiline:
        line = " ".join(text.replace("\r", "\n").split("\n"))
        return (
            (line,) if width(line, family, size) <= box.width and ink_height(family, size) <= box.height + 2 else None
        )
    lines = wrap(text, box.width, family, size)
    if lines is None:
        return None
    needed = line_height(family, size) * (len(lines) - 1) + ink_height(family, size)
    return lines if needed <= box.height else None
