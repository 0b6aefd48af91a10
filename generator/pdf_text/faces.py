"""The faces that forms are written with: glyphs, widths and heights, read once from our own font files.

Only fonts are kept in memory here, never a text.
"""

import struct
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from io import BytesIO

from fontTools.ttLib import TTFont

_TURNS = 0x590
"""From here on scripts may run from right to left, or join their letters."""
FAMILIES = ("sans", "serif", "narrow", "wide")


@dataclass(frozen=True, eq=False)
class Face:
    """One font. `cmap` maps a character to its glyph; advances and heights are in 1/1000 of the type size.

    `plain` has the advances of the characters that stand for themselves, one after the other from left to right. `meanings`
    has, of their glyphs, the one character of those that each stands for. A face `is_of_system` where it is one of this machine's fonts (`system_fonts`); its `data` then only says where it lies.
    """

    name: str
    data: bytes = field(repr=False)
    cmap: dict[int, int] = field(repr=False)
    advances: tuple[float, ...] = field(repr=False)
    ascent: float
    descent: float
    cap_height: float
    bbox: tuple[int, int, int, int]
    units: int
    plain: dict[str, float] = field(repr=False)
    meanings: dict[int, str] = field(repr=False)
    is_of_system: bool = False

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
    record = tomllib.loads((folder / "fonts.toml").read_text(encoding="utf-8"))
    return _read(str(record[family]["file"]).removesuffix(".ttf"), (folder / str(record[family]["file"])).read_bytes())


def _read(name: str, data: bytes) -> Face:
    font = TTFont(BytesIO(data), lazy=True)
    units = font["head"].unitsPerEm
    order = {glyph: i for i, glyph in enumerate(font.getGlyphOrder())}
    metrics = font["hmtx"].metrics
    scale = 1000 / units
    cmap = font.getBestCmap()
    os2, hhea, head = font["OS/2"], font["hhea"], font["head"]
    # Of characters that share a glyph only the first is plain: the others need a code of their own.
    meanings: dict[int, str] = {}
    for code in sorted(cmap):
        if 32 <= code < _TURNS:
            meanings.setdefault(order[cmap[code]], chr(code))
    return Face(
        name=name,
        data=data,
        cmap={code: order[glyph] for code, glyph in cmap.items()},
        advances=tuple(metrics[glyph][0] * scale for glyph in font.getGlyphOrder()),
        ascent=hhea.ascent * scale,
        descent=hhea.descent * scale,
        cap_height=getattr(os2, "sCapHeight", 0) * scale or 700,
        bbox=tuple(round(v * scale) for v in (head.xMin, head.yMin, head.xMax, head.yMax)),
        units=units,
        plain={char: metrics[font.getGlyphName(glyph)][0] * scale for glyph, char in meanings.items()},
        meanings=meanings,
    )


def subset(font: Face, glyphs: frozenset[int]) -> bytes:
    """The TrueType program with only these glyphs drawn; glyph numbers stay as they are.

    Emptied `glyf` entries keep every number in place up to the last one used, so that a content stream may name glyphs before it is known
    which others follow (Identity CIDToGIDMap, ISO 32000-2, 9.7.4.2).
    """
    tables, offsets = _program(font)
    wanted = _with_components(tables["glyf"], offsets, glyphs | {0})
    count = max(wanted) + 1
    pieces: list[bytes] = []
    new, here = [0], 0
    for glyph in range(count):
        if glyph in wanted:
            piece = tables["glyf"][offsets[glyph] : offsets[glyph + 1]]
            piece += b"\0" * (-len(piece) % 4)
            pieces.append(piece)
            here += len(piece)
        new.append(here)
    head, maxp, hhea = bytearray(tables["head"]), bytearray(tables["maxp"]), bytearray(tables["hhea"])
    head[8:12] = b"\0\0\0\0"
    head[50:52] = struct.pack(">h", 1)
    maxp[4:6] = struct.pack(">H", count)
    metrics = min(struct.unpack(">H", hhea[34:36])[0], count)
    hhea[34:36] = struct.pack(">H", metrics)
    kept: dict[str, bytes] = {name: tables[name] for name in ("cvt ", "fpgm", "prep") if name in tables}
    kept |= {"glyf": b"".join(pieces), "loca": struct.pack(f">{count + 1}I", *new)}
    kept |= {"hmtx": tables["hmtx"][: 4 * metrics + 2 * (count - metrics)]}
    kept |= {"head": bytes(head), "maxp": bytes(maxp), "hhea": bytes(hhea)}
    return assembled(kept)


@cache
def _program(font: Face) -> tuple[dict[str, bytes], tuple[int, ...]]:
    """The tables of a font file, and where each glyph begins in `glyf`."""
    tables = _tables(font.data)
    long_offsets = struct.unpack(">h", tables["head"][50:52])[0] == 1
    count = struct.unpack(">H", tables["maxp"][4:6])[0]
    loca = struct.unpack(
        f">{count + 1}{'I' if long_offsets else 'H'}", tables["loca"][: (count + 1) * (4 if long_offsets else 2)]
    )
    return tables, loca if long_offsets else tuple(2 * value for value in loca)


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


def assembled(tables: dict[str, bytes]) -> bytes:
    """A font file of these tables (OpenType, the organization of a font)."""
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
