"""The faces that forms are written with: glyphs, widths and heights, read once from our own font files.

Only fonts are kept in memory here, never a text.
"""

import struct
import tomllib
import zlib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

_CORE = (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027), 0x20AC, 0x2122, 0x2192)
_SYSTEM_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
_CJK_FILES = (
    "NotoSansCJK*.ttf",
    "DroidSansFallbackFull.ttf",
    "wqy-*.ttf",
    "Arial Unicode.ttf",
    "simhei.ttf",
    "ipag*.ttf",
    "NanumGothic.ttf",
)


@dataclass(frozen=True, eq=False)
class Face:
    """One font. `cmap` maps a character to its glyph; advances and heights are in 1/1000 of the type size."""

    name: str
    data: bytes = field(repr=False)
    cmap: dict[int, int] = field(repr=False)
    advances: tuple[float, ...] = field(repr=False)
    ascent: float
    descent: float
    cap_height: float
    bbox: tuple[int, int, int, int]
    units: int

    def has(self, char: str) -> bool:
        """Whether the face can draw the character."""
        return ord(char) in self.cmap

    def width(self, text: str, size: float) -> float:
        """The width of a text in points, characters that are missing counted as the empty glyph."""
        return sum(self.advances[self.cmap.get(ord(char), 0)] for char in text) * size / 1000


@cache
def face(family: str) -> Face:
    """The face of a family: sans, serif, narrow, wide (the one with the most scripts)."""
    folder = resources.files("generator") / "data" / "fonts"
    record = _record()
    return _read(str(record[family]["file"]).removesuffix(".ttf"), (folder / str(record[family]["file"])).read_bytes())


@cache
def _record() -> dict[str, dict[str, str]]:
    path = resources.files("generator") / "data" / "fonts" / "fonts.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def system_faces() -> tuple[Face, ...]:
    """Faces of this machine for Chinese, Japanese and Korean, where it has any as single TrueType files."""
    found = []
    for path in _system_fonts():
        try:
            found.append(_read(_name_of(path), path.read_bytes()))
        except (OSError, TTLibError, KeyError, struct.error):
            continue
    return tuple(found)


def _system_fonts() -> list[Path]:
    """Font files that are known to hold CJK, sought by name only in the places where systems keep fonts."""
    out = []
    for folder in _SYSTEM_FOLDERS:
        for pattern in _CJK_FILES:
            try:
                out += sorted(Path(folder).expanduser().rglob(pattern))[:1]
            except OSError:
                continue
    return out[:3]


def _name_of(path: Path) -> str:
    return "".join(char for char in path.stem if char.isascii() and char.isalnum()) or "System"


def _read(name: str, data: bytes) -> Face:
    font = TTFont(BytesIO(data), lazy=True, fontNumber=0)
    if "glyf" not in font:
        raise TTLibError("not a font with TrueType outlines")
    head, hhea = font["head"], font["hhea"]
    units, scale = head.unitsPerEm, 1000 / head.unitsPerEm
    os2 = font["OS/2"]
    count, long_metrics = font["maxp"].numGlyphs, hhea.numberOfHMetrics
    raw = font.getTableData("hmtx")
    own = struct.unpack(f">{2 * long_metrics}H", raw[: 4 * long_metrics])[::2]
    advances = [value * scale for value in own] + [own[-1] * scale] * (count - long_metrics)
    order = font.getReverseGlyphMap()
    return Face(
        name=name,
        data=data,
        cmap={code: order[glyph] for code, glyph in font.getBestCmap().items()},
        advances=tuple(advances),
        ascent=hhea.ascent * scale,
        descent=hhea.descent * scale,
        cap_height=getattr(os2, "sCapHeight", 0) * scale or 700,
        bbox=(round(head.xMin * scale), round(head.yMin * scale), round(head.xMax * scale), round(head.yMax * scale)),
        units=units,
    )


@cache
def core_glyphs(font: Face) -> dict[int, str]:
    """The glyphs of a face for Latin text with the character each stands for.

    Nearly every answer needs these and no others, so their subset is made once for all documents (the 106 ms that a
    prototype took for a form were mostly spent on subsetting anew); it tells nothing of what was written.
    """
    out: dict[int, str] = {}
    for code in _CORE:
        if code in font.cmap:
            out.setdefault(font.cmap[code], chr(code))
    return out


@cache
def core_program(font: Face) -> tuple[bytes, int]:
    """The subset for `core_glyphs`, Flate-compressed, and its plain length."""
    program = subset(font, frozenset(core_glyphs(font)))
    return zlib.compress(program, 9), len(program)


def subset(font: Face, glyphs: frozenset[int]) -> bytes:
    """The TrueType program with only these glyphs drawn; glyph numbers stay as they are.

    Emptied `glyf` entries keep every number in place, so that a content stream may name glyphs before it is known
    which others follow (Identity CIDToGIDMap, ISO 32000-2, 9.7.4.2).
    """
    tables = _tables(font.data)
    long_offsets = struct.unpack(">h", tables["head"][50:52])[0] == 1
    count = struct.unpack(">H", tables["maxp"][4:6])[0]
    loca = struct.unpack(
        f">{count + 1}{'I' if long_offsets else 'H'}", tables["loca"][: (count + 1) * (4 if long_offsets else 2)]
    )
    offsets = loca if long_offsets else tuple(2 * value for value in loca)
    wanted = _with_components(tables["glyf"], offsets, glyphs | {0})
    pieces: list[bytes] = []
    new: list[int] = []
    here = 0
    for glyph in sorted(wanted):
        new += [here] * (glyph + 1 - len(new))
        piece = tables["glyf"][offsets[glyph] : offsets[glyph + 1]]
        piece += b"\0" * (-len(piece) % 4)
        pieces.append(piece)
        here += len(piece)
    new += [here] * (count + 1 - len(new))
    head = bytearray(tables["head"])
    head[8:12] = b"\0\0\0\0"
    head[50:52] = struct.pack(">h", 1)
    kept: dict[str, bytes] = {
        name: tables[name] for name in ("cvt ", "fpgm", "hhea", "hmtx", "maxp", "prep") if name in tables
    }
    kept |= {"glyf": b"".join(pieces), "loca": struct.pack(f">{count + 1}I", *new), "head": bytes(head)}
    return _assemble(kept)


def _tables(data: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack(">H", data[4:6])
    out = {}
    for i in range(count):
        tag, _, offset, length = struct.unpack(">4sIII", data[12 + 16 * i : 28 + 16 * i])
        out[tag.decode("latin-1")] = data[offset : offset + length]
    return out


def _with_components(glyf: bytes, offsets: tuple[int, ...], glyphs: frozenset[int]) -> set[int]:
    """The glyphs and those that they are composed of (OpenType, glyf: composite glyph description)."""
    found: set[int] = set()
    waiting = [glyph for glyph in glyphs if glyph < len(offsets) - 1]
    while waiting:
        glyph = waiting.pop()
        if glyph in found:
            continue
        found.add(glyph)
        start, end = offsets[glyph], offsets[glyph + 1]
        if end - start < 10 or struct.unpack(">h", glyf[start : start + 2])[0] >= 0:
            continue
        place = start + 10
        while True:
            flags, component = struct.unpack(">HH", glyf[place : place + 4])
            waiting.append(component)
            place += 4 + (4 if flags & 0x1 else 2)
            place += 8 if flags & 0x80 else 4 if flags & 0x40 else 2 if flags & 0x8 else 0
            if not flags & 0x20:
                break
    return found


def _assemble(tables: dict[str, bytes]) -> bytes:
    names = sorted(tables)
    search = 1 << (len(names).bit_length() - 1)
    header = struct.pack(
        ">IHHHH", 0x00010000, len(names), search * 16, search.bit_length() - 1, len(names) * 16 - search * 16
    )
    offset = 12 + 16 * len(names)
    directory, body = b"", b""
    for name in names:
        data = tables[name] + b"\0" * (-len(tables[name]) % 4)
        checksum = sum(struct.unpack(f">{len(data) // 4}I", data)) & 0xFFFFFFFF
        directory += struct.pack(">4sIII", name.encode("latin-1"), checksum, offset, len(tables[name]))
        body += data
        offset += len(data)
    return header + directory + body
