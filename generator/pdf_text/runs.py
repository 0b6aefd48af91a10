"""A line of text as glyphs: which face draws which character, shaped and reordered where a script needs it."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import uharfbuzz as hb
from bidi.algorithm import get_display

from generator.pdf_text.faces import Face, face
from generator.pdf_text.system_fonts import system_face

_OTHERS = ("sans", "wide", "serif", "narrow")
"""What is tried after a family's own face."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph: its number, its advance in 1/1000 of the type size, and the characters it stands for.

    `right` and `up`: how far from its place it is drawn, such as a mark over its letter, in 1/1000 as well.
    """

    number: int
    advance: float
    text: str
    right: float = 0.0
    up: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one face, from left to right."""

    font: Face
    glyphs: tuple[Glyph, ...]

    @property
    def width(self) -> float:
        """In 1/1000 of the type size."""
        return sum(glyph.advance for glyph in self.glyphs)


def drawable(char: str, family: str) -> Face | None:
    """The face that draws a character: the family's own, else another of ours, else one of the system's; None where none can."""
    for name in (family, *_OTHERS):
        if face(name).has(char):
            return face(name)
    return system_face(char)


def missing(text: str, family: str) -> str:
    """The characters of a text that no face at hand can draw; controls and joiners are not drawn at all."""
    if _plain_width(text, face(family)) is not None:
        return ""
    return "".join(sorted(char for char in set(text) if drawable(char, family) is None and not _is_silent(char)))


def runs(line: str, family: str) -> tuple[Run, ...]:
    """The runs of one line from left to right. Characters that no face can draw are left out: see `missing`."""
    own = face(family)
    if _plain_width(line, own) is not None:
        return (Run(own, _plain(line, own)),) if line else ()
    shaped = is_turned(line)
    visual = str(get_display(line)) if shaped else line
    out: list[Run] = []
    for font, text in _by_face(visual, family):
        glyphs = _shape(text, font) if shaped and _needs_shaping(text) else _plain(text, font)
        out.append(Run(font, glyphs))
    return tuple(out)


def width(line: str, family: str, size: float) -> float:
    """The width of a line in points."""
    plain = _plain_width(line, face(family))
    if plain is not None:
        return plain * size / 1000
    return sum(run.width for run in runs(line, family)) * size / 1000


def is_plain(line: str, font: Face) -> bool:
    """Whether one face draws every character, from left to right, each for itself."""
    return _plain_width(line, font) is not None


def is_turned(text: str) -> bool:
    """Whether some of it is written from right to left."""
    return any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in text)


def _plain_width(line: str, font: Face) -> float | None:
    """The width in 1/1000 of a line whose characters all lie in one face and need no turning; None for others."""
    try:
        return sum(map(font.plain.__getitem__, line))
    except KeyError:
        return None


def _by_face(text: str, family: str) -> Sequence[tuple[Face, str]]:
    out: list[tuple[Face, str]] = []
    for char in text:
        font = drawable(char, family)
        if font is None or _is_silent(char):
            continue
        if out and out[-1][0] is font:
            out[-1] = (font, out[-1][1] + char)
        else:
            out.append((font, char))
    return out


def _is_silent(char: str) -> bool:
    return unicodedata.category(char) in ("Cf", "Cc") and char != "\u00ad"


def _needs_shaping(text: str) -> bool:
    return any(unicodedata.bidirectional(char) == "AL" or unicodedata.combining(char) for char in text)


def _plain(text: str, font: Face) -> tuple[Glyph, ...]:
    return tuple(Glyph(number := font.cmap[ord(char)], font.advances[number], char) for char in text)


def _shape(text: str, font: Face) -> tuple[Glyph, ...]:
    """Shape a run that already stands in visual order: give it back to HarfBuzz in logical order, right to left."""
    logical = text[::-1]
    buffer = hb.Buffer()
    buffer.add_str(logical)
    buffer.guess_segment_properties()
    buffer.direction = "rtl"
    # A mark keeps a text of its own, beside that of its letter.
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    hb.shape(_hb_font(font.name), buffer)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    starts = [*sorted({info.cluster for info in infos}), len(logical)]
    ends = {start: starts[i + 1] for i, start in enumerate(starts[:-1])}
    # Where several glyphs draw one piece of text, the widest of them stands for it.
    widest: dict[int, int] = {}
    for place, (info, position) in enumerate(zip(infos, positions, strict=True)):
        known = widest.setdefault(info.cluster, place)
        if position.x_advance > positions[known].x_advance:
            widest[info.cluster] = place
    scale = 1000 / font.units
    return tuple(
        Glyph(
            info.codepoint,
            position.x_advance * scale,
            logical[info.cluster : ends[info.cluster]] if widest[info.cluster] == place else "",
            position.x_offset * scale,
            position.y_offset * scale,
        )
        for place, (info, position) in enumerate(zip(infos, positions, strict=True))
    )


@cache
def _hb_font(name: str) -> hb.Font:
    font = next(face(family) for family in _OTHERS if face(family).name == name)
    return hb.Font(hb.Face(font.data))
