"""A line of text as glyphs: which face draws which character, shaped and reordered where a script needs it.

Widths come from tables of single characters, so that a text is measured at a cost of one look-up a character; only
lines with right-to-left letters or combining marks are shaped (Unicode Annex 9 for their order, HarfBuzz for their forms).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import uharfbuzz as hb
from bidi.algorithm import get_display

from generator.pdf_text.faces import Face, face, system_faces

_COMPLEX = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\u20d0-\u20ff\ufb1d-\ufdff\ufe20-\ufe2f\ufe70-\ufefc]"
)


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph: its number, its advance in 1/1000 of the type size, and the characters it stands for."""

    number: int
    advance: float
    text: str
    rise: float = 0.0
    shift: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one face, from left to right."""

    font: Face
    glyphs: tuple[Glyph, ...]

    @property
    def width(self) -> float:
        """In 1/1000 of the type size."""
        return sum(glyph.advance for glyph in self.glyphs)


class _Drawn(dict[str, tuple[Face, Glyph] | None]):
    """For a family: each character's face and glyph, None where it is not drawn. Filled as characters are met."""

    def __init__(self, family: str) -> None:
        super().__init__()
        self._family = family

    def __missing__(self, char: str) -> tuple[Face, Glyph] | None:
        font = None if _is_silent(char) else drawable(char, self._family)
        found = None
        if font is not None:
            number = font.cmap[ord(char)]
            found = (font, Glyph(number, font.advances[number], char))
        self[char] = found
        return found


class _Advances(dict[str, float]):
    """For a family: each character's advance in 1/1000 of the type size."""

    def __init__(self, family: str) -> None:
        super().__init__()
        self._drawn = _drawn(family)

    def __missing__(self, char: str) -> float:
        found = self._drawn[char]
        self[char] = advance = found[1].advance if found else 0.0
        return advance


@cache
def _drawn(family: str) -> _Drawn:
    return _Drawn(family)


@cache
def _advances(family: str) -> _Advances:
    return _Advances(family)


def drawable(char: str, family: str) -> Face | None:
    """The face that draws a character: the family's own, else sans, else the wide one, else one of the system's."""
    for name in (family, "sans", "wide"):
        if face(name).has(char):
            return face(name)
    if ord(char) < 0x1100:
        return None
    return next((font for font in system_faces() if font.has(char)), None)


def missing(text: str, family: str) -> str:
    """The characters of a text that no face at hand can draw; controls and joiners are not drawn at all."""
    drawn = _drawn(family)
    return "".join(sorted(char for char in set(text) if drawn[char] is None and not _is_silent(char)))


def is_complex(text: str) -> bool:
    """Whether a text must be shaped: it has right-to-left letters, or marks that stand over others."""
    return not text.isascii() and _COMPLEX.search(text) is not None


def runs(line: str, family: str) -> tuple[Run, ...]:
    """The runs of one line from left to right. Characters that no face can draw are left out: see `missing`."""
    if not is_complex(line):
        return _plain_runs(line, family)
    line = unicodedata.normalize("NFC", line)
    from_right = any(unicodedata.bidirectional(char) in ("R", "AL", "AN", "RLE", "RLO", "RLI") for char in line)
    visual = str(get_display(line)) if from_right else line
    out: list[Run] = []
    for font, text in _by_face(visual, family):
        if is_complex(text):
            out.append(Run(font, _shape(text, font, from_right=from_right)))
        else:
            out += _plain_runs(text, family)
    return tuple(out)


def unit_width(text: str, family: str) -> float:
    """The width of a text in 1/1000 of the type size."""
    if is_complex(text):
        return sum(run.width for run in runs(text, family))
    return sum(map(_advances(family).__getitem__, text))


def width(line: str, family: str, size: float) -> float:
    """The width of a line in points."""
    return unit_width(line, family) * size / 1000


def _plain_runs(text: str, family: str) -> tuple[Run, ...]:
    out: list[tuple[Face, list[Glyph]]] = []
    drawn = _drawn(family)
    for char in text:
        found = drawn[char]
        if found is None:
            continue
        font, glyph = found
        if out and out[-1][0] is font:
            out[-1][1].append(glyph)
        else:
            out.append((font, [glyph]))
    return tuple(Run(font, tuple(glyphs)) for font, glyphs in out)


def _by_face(text: str, family: str) -> Sequence[tuple[Face, str]]:
    """A complex line by face. A mark stays with the letter before it where that face has it, so that it is placed."""
    out: list[tuple[Face, str]] = []
    for char in text:
        found = _drawn(family)[char]
        if found is None:
            continue
        font = found[0]
        if out and (out[-1][0] is font or char == " " or (unicodedata.combining(char) and out[-1][0].has(char))):
            out[-1] = (out[-1][0], out[-1][1] + char)
        else:
            out.append((font, char))
    return out


@cache
def _is_silent(char: str) -> bool:
    return unicodedata.category(char) in ("Cf", "Cc", "Zl", "Zp") and char != "\u00ad"


def _shape(text: str, font: Face, *, from_right: bool) -> tuple[Glyph, ...]:
    """Shape a run that stands in visual order; right to left it is given to HarfBuzz in logical order again."""
    logical = text[::-1] if from_right else text
    buffer = hb.Buffer()
    buffer.add_str(logical)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if from_right else "ltr"
    hb.shape(_hb_font(font), buffer)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    starts = [*sorted({info.cluster for info in infos}), len(logical)]
    ends = {start: starts[i + 1] for i, start in enumerate(starts[:-1])}
    seen: set[int] = set()
    out = []
    scale = 1000 / font.units
    for info, position in zip(infos, positions, strict=True):
        piece = "" if info.cluster in seen else logical[info.cluster : ends[info.cluster]]
        seen.add(info.cluster)
        out.append(
            Glyph(
                info.codepoint,
                position.x_advance * scale,
                piece,
                position.y_offset * scale,
                position.x_offset * scale,
            )
        )
    return tuple(out)


@cache
def _hb_font(font: Face) -> hb.Font:
    return hb.Font(hb.Face(font.data))
