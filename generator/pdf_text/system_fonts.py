"""Faces for Chinese, Japanese and Korean from the fonts of this machine; ours hold none, for they would be larger than all the rest.

Looked for in the folders where systems keep fonts, once, and only when such a character is met. Their glyphs are drawn
anew as TrueType outlines, whatever the font's own kind, so that one way of embedding serves all.
"""

import logging
import os
import re
import struct
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, TTLibError
from fontTools.ttLib.tables._g_l_y_f import table__g_l_y_f

from generator.pdf_text.faces import Face, assembled

_SUFFIXES = (".ttf", ".ttc", ".otf", ".otc")
_KNOWN = (
    r"notosans(mono)?cjk|notosans(sc|tc|hk|jp|kr)", r"sourcehansans", r"pingfang|hiragino|applesdgothic|stheiti|heiti",
    r"msyh|yugoth|meiryo|malgun|msjh|msgothic", r"wqy|droidsansfallback|ipa(ex)?g|takao|vl-?gothic|nanumgothic|unfonts|undotum",
    r"cjk|simsun|simhei|mingliu|gulim|batang|arialuni|arphic|uming|ukai|notoserif",
)  # fmt: skip
"""Families that are known to hold these scripts, those drawn most like ours first."""
_HEAVY = re.compile(r"bold|black|heavy|light|thin|medium|mono|serif|italic", re.IGNORECASE)
_MOST_FILES, _MOST_OTHERS = 5_000, 40
_CJK_BITS = (48, 49, 50, 51, 52, 56, 59, 68)
"""OpenType OS/2, ulUnicodeRange: signs, kana, bopomofo, hangul, unified ideographs, full and half widths."""
_NO_EMBEDDING, _NO_SUBSET, _BITMAPS_ONLY = 0x0002, 0x0100, 0x0200
_LARGEST_ERROR = 0.001
"""Of the em: how far a quadratic curve may lie from the cubic one that it stands for."""


def is_cjk(char: str) -> bool:
    """Whether it belongs to the scripts that are looked for among the fonts of the system."""
    return ord(char) >= 0x1100 and unicodedata.east_asian_width(char) in "WFH"


def system_face(char: str) -> Face | None:
    """The face of this machine that draws a character; None where none may be embedded that can."""
    return next((font for font in _faces() if font.has(char)), None) if is_cjk(char) else None


def forget_system_fonts() -> None:
    """Look for fonts anew when the next such character is met."""
    _files.cache_clear()
    _face.cache_clear()
    _opened.cache_clear()


def program(font: Face, glyphs: frozenset[int]) -> bytes:
    """A TrueType program with only these glyphs drawn, under the numbers that they have in the font."""
    source = _opened(*_place(font))
    outlines, order = source.getGlyphSet(), source.getGlyphOrder()
    is_cubic = "glyf" not in source
    count = max(glyphs, default=0) + 1
    pieces: list[bytes] = []
    offsets, here = [0], 0
    metrics = bytearray(4 * count)
    largest = [0, 0]  # points and contours, for maxp
    for number in range(count):
        if number in glyphs or number == 0:
            piece = _outline(outlines, order[number], font.units, is_cubic=is_cubic, largest=largest)
            pieces.append(piece)
            here += len(piece)
            # A glyph begins where its left side bearing says, so that must be where it is drawn (OpenType, hmtx).
            left = struct.unpack_from(">h", piece, 2)[0] if piece else 0
            struct.pack_into(">Hh", metrics, 4 * number, round(font.advances[number] * font.units / 1000), left)
        offsets.append(here)
    return assembled(
        {
            "head": _head(font),
            "hhea": _hhea(font, count),
            "maxp": struct.pack(">IH13H", 0x00010000, count, *largest, 0, 0, 2, *[0] * 8),
            "hmtx": bytes(metrics),
            "loca": struct.pack(f">{count + 1}I", *offsets),
            "glyf": b"".join(pieces),
        }
    )


def _outline(outlines: object, name: str, units: int, *, is_cubic: bool, largest: list[int]) -> bytes:
    drawn = DecomposingRecordingPen(outlines)
    outlines[name].draw(drawn)  # type: ignore[index]
    pen = TTGlyphPen(None)
    # The outer line of a cubic font goes the other way round (OpenType, glyf and CFF).
    drawn.replay(Cu2QuPen(pen, units * _LARGEST_ERROR, reverse_direction=is_cubic))
    glyph = pen.glyph()
    if glyph.numberOfContours <= 0:
        return b""
    largest[0] = max(largest[0], len(glyph.coordinates))
    largest[1] = max(largest[1], glyph.numberOfContours)
    table = table__g_l_y_f()
    glyph.recalcBounds(table)
    data = bytes(glyph.compile(table, recalcBBoxes=False))
    return data + b"\0" * (-len(data) % 4)


def _head(font: Face) -> bytes:
    box = [round(v * font.units / 1000) for v in font.bbox]
    return struct.pack(
        ">IIIIHHqqhhhhHHhhh", 0x00010000, 0x00010000, 0, 0x5F0F3CF5, 3, font.units, 0, 0, *box, 0, 6, 2, 1, 0
    )


def _hhea(font: Face, count: int) -> bytes:
    up, down = (round(v * font.units / 1000) for v in (font.ascent, font.descent))
    return struct.pack(">IhhhH11hH", 0x00010000, up, down, 0, font.units, *[0] * 3, 1, *[0] * 7, count)


def _faces() -> Iterator[Face]:
    for path, number in _files():
        found = _face(path, number)
        if found is not None:
            yield found


@cache
def _files() -> tuple[tuple[str, int], ...]:
    """Font files that hold such scripts, with the number of the face in a collection; those to be tried first come first."""
    known: list[tuple[int, bool, str]] = []
    others: list[str] = []
    for path in _every_file():
        name = path.name.lower()
        rank = next((place for place, pattern in enumerate(_KNOWN) if re.search(pattern, name)), None)
        if rank is not None:
            known.append((rank, bool(_HEAVY.search(name)), str(path)))
        elif _says_cjk(path):
            others.append(str(path))
    places = [path for *_, path in sorted(known)] + sorted(others)[:_MOST_OTHERS]
    return tuple((path, _number_in(path)) for path in places)


def _every_file() -> Iterator[Path]:
    seen = 0
    for folder in _folders():
        for place, _, names in os.walk(folder):
            for name in sorted(names):
                if name.lower().endswith(_SUFFIXES):
                    seen += 1
                    if seen > _MOST_FILES:
                        return
                    yield Path(place, name)


def _folders() -> tuple[Path, ...]:
    """Where the system keeps fonts (on Linux the folders of fontconfig's own configuration)."""
    home = Path.home()
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    if sys.platform == "win32":
        return (
            Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "Fonts"),
            home / "AppData/Local/Microsoft/Windows/Fonts",
        )
    return (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts")


def _says_cjk(path: Path) -> bool:
    """Whether a font says of itself that it is made for these scripts."""
    try:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            ranges = font["OS/2"].getUnicodeRanges()
    except (TTLibError, OSError, KeyError, ValueError, struct.error, AttributeError):
        return False
    return any(bit in ranges for bit in _CJK_BITS)


def _number_in(path: str) -> int:
    """In a collection the face of simplified Chinese, which holds the other scripts too; else the first."""
    if not path.lower().endswith("c"):
        return 0
    try:
        with open(path, "rb") as file:  # noqa: PTH123 (a name that the walk gave)
            count = struct.unpack(">4sII", file.read(12))[2]
        for number in range(min(count, 16)):
            with TTFont(path, fontNumber=number, lazy=True) as font:
                if re.search(r"\bSC\b", str(font["name"].getBestFamilyName())):
                    return number
    except (TTLibError, OSError, KeyError, ValueError, struct.error):
        return 0
    return 0


@cache
def _face(path: str, number: int) -> Face | None:
    """The face in a file; None where it cannot be read, or its maker forbids that it is embedded (OS/2, fsType)."""
    try:
        font = _opened(path, number)
        os2, hhea, head = font["OS/2"], font["hhea"], font["head"]
        if os2.fsType & (_NO_EMBEDDING | _NO_SUBSET | _BITMAPS_ONLY):
            return None
        units, order = head.unitsPerEm, font.getGlyphOrder()
        numbers = {glyph: place for place, glyph in enumerate(order)}
        scale = 1000 / units
        metrics = font["hmtx"].metrics
        return Face(
            name=re.sub(r"[^A-Za-z0-9]", "", str(font["name"].getDebugName(6) or Path(path).stem)) or "System",
            data=f"{number}:{path}".encode(),
            cmap={code: numbers[glyph] for code, glyph in font.getBestCmap().items()},
            advances=tuple(metrics[glyph][0] * scale for glyph in order),
            ascent=hhea.ascent * scale,
            descent=hhea.descent * scale,
            cap_height=700,
            bbox=tuple(round(v * scale) for v in (head.xMin, head.yMin, head.xMax, head.yMax)),
            units=units,
            plain={},
            meanings={},
            is_of_system=True,
        )
    except (TTLibError, OSError, KeyError, ValueError, TypeError, AttributeError, struct.error):
        return None


def _place(font: Face) -> tuple[str, int]:
    number, _, path = font.data.decode().partition(":")
    return path, int(number)


@lru_cache(maxsize=4)
def _opened(path: str, number: int) -> TTFont:
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # it tells of dates that old fonts have wrong
    return TTFont(path, fontNumber=number, lazy=True)
