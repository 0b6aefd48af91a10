"""Whether every code that an appearance shows has a glyph in its font: one that has none is drawn as an empty box, or not at all.

The text of such a page reads right, for it comes from the font's own table of characters (ToUnicode), not from what is
drawn. Composite fonts only (ISO 32000-2, 9.7); of the others each viewer has its own. Read with pypdf and fontTools, which wrote none of it.
"""

import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache

from fontTools.ttLib import TTFont, TTLibError
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject

_SHOWN = re.compile(
    rb"/(?P<font>[^\s()<>\[\]{}/%]+)\s+-?[\d.]+\s+Tf"
    rb"|(?<!<)<(?P<hex>[0-9A-Fa-f\s]*)>(?!>)"
    rb"|\((?P<plain>(?:\\.|[^\\()])*)\)",
    re.DOTALL,
)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)
_PAIR = re.compile(rb"<\s*([0-9A-Fa-f\s]+)>\s*<\s*([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<\s*([0-9A-Fa-f\s]+)>\s*<\s*([0-9A-Fa-f\s]+)>\s*(\[[^\]]*\]|<[0-9A-Fa-f\s]*>)")
UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {
    chr(code) for low, high in ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF)) for code in range(low, high + 1)
}
"""Letters and marks that have no ink of their own (Unicode, DerivedCoreProperties: Default_Ignorable_Code_Point; braille blank)."""


class Glyphs:
    """The fonts of one file, each looked at once."""

    def __init__(self) -> None:
        self._fonts: dict[int, Callable[[int], bool] | None] = {}

    def is_lacking(self, shown: StreamObject) -> bool:
        """Whether an appearance shows a code for which its font has no glyph."""
        resources = _dictionary(shown.get("/Resources"))
        fonts = _dictionary(resources.get("/Font"))
        lacks: Callable[[int], bool] | None = None
        for found in _SHOWN.finditer(shown.get_data()):
            if name := found["font"]:
                lacks = self._font(fonts, f"/{name.decode('latin-1')}")
            elif lacks is not None and any(lacks(code) for code in _codes(found)):
                return True
        return False

    def _font(self, fonts: DictionaryObject, name: str) -> Callable[[int], bool] | None:
        if name not in fonts:
            return None
        number = getattr(fonts.raw_get(name), "idnum", 0)
        if not number:
            return _judge(_dictionary(fonts.get(name)))
        if number not in self._fonts:
            judge = _judge(_dictionary(fonts.get(name)))
            self._fonts[number] = cache(judge) if judge is not None else None  # each code is judged once
        return self._fonts[number]


def _judge(font: DictionaryObject) -> Callable[[int], bool] | None:
    """What says of a code of two bytes whether the font has no glyph for it; None for a font of another build."""
    if font.get("/Subtype") != "/Type0" or not str(font.get("/Encoding", "")).startswith("/Identity-"):
        return None
    listed = font.get("/DescendantFonts")
    array = listed.get_object() if listed is not None else None
    below = _dictionary(array[0]) if isinstance(array, ArrayObject) and array else DictionaryObject()
    program = _program(_dictionary(below.get("/FontDescriptor")))
    meant = _meanings(font.get("/ToUnicode"))
    numbers = _glyph_numbers(below.get("/CIDToGIDMap"))
    if program is None:
        return lambda code: leaves_ink(meant.get(code, "?"))
    has_glyph = _outlines(program)
    return lambda code: not has_glyph(numbers(code), leaves_ink(meant.get(code, "")))


def _outlines(program: TTFont) -> Callable[[int, bool], bool]:
    """Says of a glyph's number whether it is there, and if it is meant to be seen, whether it is drawn."""
    if "glyf" not in program:
        count = int(program["maxp"].numGlyphs) if "maxp" in program else 0
        return lambda number, _: 0 < number < count
    offsets = program["loca"].locations

    def has_glyph(number: int, is_seen: bool) -> bool:
        if not 0 < number < len(offsets) - 1:
            return False
        return not is_seen or offsets[number + 1] > offsets[number]

    return has_glyph


def _program(descriptor: DictionaryObject) -> TTFont | None:
    """The embedded font; None where there is none that can be read."""
    for key in ("/FontFile2", "/FontFile3"):
        stream = descriptor.get(key)
        stream = stream.get_object() if stream is not None else None
        if isinstance(stream, StreamObject):
            try:
                font = TTFont(io.BytesIO(stream.get_data()), lazy=True)
                _outlines(font)
            except (TTLibError, ValueError, KeyError, AssertionError, AttributeError):
                return None
            return font
    return None


def _glyph_numbers(table: PdfObject | None) -> Callable[[int], int]:
    """From a CID to the glyph's number (ISO 32000-2, table 115, CIDToGIDMap)."""
    found = table.get_object() if table is not None else None
    if not isinstance(found, StreamObject):
        return lambda code: code
    data = found.get_data()
    return lambda code: int.from_bytes(data[2 * code : 2 * code + 2], "big")


def _meanings(table: PdfObject | None) -> Mapping[int, str]:
    """What each code stands for, as the font says (ISO 32000-2, 9.10.3)."""
    found = table.get_object() if table is not None else None
    if not isinstance(found, StreamObject):
        return {}
    out: dict[int, str] = {}
    for kind, body in _SECTION.findall(found.get_data()):
        if kind == b"bfchar":
            out |= {_number(code): _text(text) for code, text in _PAIR.findall(body)}
            continue
        for low, high, text in _RANGE.findall(body):
            first, last = _number(low), min(_number(high), _number(low) + 0xFFFF)
            each = re.findall(rb"<([0-9A-Fa-f\s]*)>", text)
            for place, code in enumerate(range(first, last + 1)):
                if len(each) == 1 and not text.startswith(b"["):
                    start = _text(each[0])
                    out[code] = start[:-1] + chr(min(ord(start[-1]) + place, 0x10FFFF)) if start else ""
                elif place < len(each):
                    out[code] = _text(each[place])
    return out


def _codes(found: re.Match[bytes]) -> Iterator[int]:
    if found["hex"] is not None:
        digits = b"".join(found["hex"].split())
        data = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    else:
        data = _ESCAPED.sub(_unescaped, found["plain"])
    return (int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2))


def _unescaped(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    return bytes([int(sign, 8) & 0xFF]) if sign.isdigit() else _SIGNS.get(sign, sign)


def leaves_ink(text: str) -> bool:
    """Whether some ink stands for a text."""
    return any(map(_is_drawn, text))


@lru_cache(4096)
def _is_drawn(char: str) -> bool:
    return unicodedata.category(char)[0] not in "ZC" and char not in UNSEEN


def _number(digits: bytes) -> int:
    return int(b"".join(digits.split()) or b"0", 16)


def _text(digits: bytes) -> str:
    packed = b"".join(digits.split()).decode()
    return bytes.fromhex(packed + "0" * (len(packed) % 2)).decode("utf-16-be", "replace")


def _dictionary(obj: object) -> DictionaryObject:
    found = obj.get_object() if isinstance(obj, PdfObject) else obj
    return found if isinstance(found, DictionaryObject) else DictionaryObject()
