"""Faces embedded into a PDF: Type 0 fonts with Identity-H, only the glyphs used, and a way back to Unicode.

See ISO 32000-2, 9.7 (composite fonts) and 9.10.3 (ToUnicode CMaps).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.pdf_text.faces import Face, face, subset
from generator.pdf_text.runs import Run, is_plain, runs
from generator.pdf_text.system_fonts import program


@dataclass(slots=True)
class _Used:
    """A face in one file: its name there, its dictionary, and what each code stands for.

    A code is the glyph's own number, but a glyph that stands for several characters (a Greek Delta and the increment, a
    blank and one that does not break) has a further code for each, so that the text reads back as it was written.
    """

    key: str
    dictionary: pikepdf.Dictionary
    texts: dict[int, str] = field(default_factory=dict)
    glyphs: dict[int, int] = field(default_factory=dict)
    others: dict[tuple[int, str], int] = field(default_factory=dict)

    def code(self, font: Face, number: int, text: str) -> int:
        """The code that shows a glyph and stands for a text."""
        meant = font.meanings.get(number)
        known = self.texts.get(number, text if meant is None else meant)
        if known == text and number not in self.glyphs:
            self.texts[number] = text
            return number
        if (number, text) not in self.others:
            code = next(code for code in range(0xFFFF, 0, -1) if code not in self.texts)
            self.others[number, text], self.glyphs[code], self.texts[code] = code, number, text
        return self.others[number, text]


class Fonts:
    """The faces used in one file. Ask for text while writing; call `finish` once, after the last text."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._used: dict[Face, _Used] = {}
        self._resources: dict[tuple[str, ...], pikepdf.Object] = {}

    def show(self, line: str, family: str, size: float) -> tuple[bytes, dict[str, pikepdf.Object], float]:
        """Operators that show one line from the current point, the fonts they need, and its width in points."""
        own = face(family)
        if line and is_plain(line, own):
            used = self._font(own)
            numbers = [own.cmap[ord(char)] for char in line]
            used.texts.update(zip(numbers, line, strict=True))
            codes = b"".join(b"%04X" % glyph for glyph in numbers)
            shown = b"/%s %s Tf <%s> Tj" % (used.key.encode(), number(size), codes)
            return shown, {f"/{used.key}": used.dictionary}, sum(own.advances[glyph] for glyph in numbers) * size / 1000
        out: list[bytes] = []
        resources: dict[str, pikepdf.Object] = {}
        total = 0.0
        for run in runs(line, family):
            used = self._font(run.font)
            resources[f"/{used.key}"] = used.dictionary
            out.append(b"/%s %s Tf %s" % (used.key.encode(), number(size), _shown(run, used, size)))
            total += run.width * size / 1000
        return b"\n".join(out), resources, total

    def finish(self) -> None:
        """Write the font programs and maps of all faces used."""
        for font, used in self._used.items():
            self._finish(font, used)

    def resources(self, fonts: dict[str, pikepdf.Object]) -> pikepdf.Object:
        """The resources of a stream that uses these fonts; streams that use the same ones share them."""
        names = tuple(fonts)
        if names not in self._resources:
            self._resources[names] = self._pdf.make_indirect(Dictionary(Font=Dictionary(fonts)))
        return self._resources[names]

    def _font(self, font: Face) -> _Used:
        if font not in self._used:
            dictionary = self._pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type0))
            self._used[font] = _Used(f"PS{font.name.replace('-', '')}", dictionary)
        return self._used[font]

    def _finish(self, font: Face, used: _Used) -> None:
        glyphs = {code: used.glyphs.get(code, code) for code in sorted(used.texts)}
        base = Name(f"/{_tag(glyphs)}+{font.name}")
        drawn = (program if font.is_of_system else subset)(font, frozenset(glyphs.values()))
        file = self._pdf.make_stream(drawn, Length1=len(drawn))
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=base,
            Flags=4,
            FontBBox=Array(font.bbox),
            ItalicAngle=0,
            Ascent=round(font.ascent),
            Descent=round(font.descent),
            CapHeight=round(font.cap_height),
            StemV=80,
            FontFile2=file,
        )
        # Parsed at once: built number by number, the list takes ten times as long.
        widths = b" ".join(b"%d[%s]" % (code, number(round(font.advances[glyph], 2))) for code, glyph in glyphs.items())
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=base,
            CIDSystemInfo=Dictionary(
                Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
            ),
            FontDescriptor=self._pdf.make_indirect(descriptor),
            CIDToGIDMap=self._pdf.make_stream(_numbers(glyphs)) if used.glyphs else Name.Identity,
            DW=0,
            W=pikepdf.Object.parse(b"[%s]" % widths),
        )
        used.dictionary.BaseFont = base
        used.dictionary.Encoding = Name("/Identity-H")
        used.dictionary.DescendantFonts = Array([self._pdf.make_indirect(descendant)])
        used.dictionary.ToUnicode = self._pdf.make_stream(_to_unicode(used.texts))


def _shown(run: Run, used: _Used, size: float) -> bytes:
    """The operators that show the glyphs of a run where shaping put them (ISO 32000-2, 9.4.3: TJ; 9.3.7: Ts)."""
    out: list[bytes] = []
    parts: list[bytes] = []
    rise, behind = 0.0, 0.0  # `behind`: how far the next glyph is to be moved, in 1/1000
    for glyph in run.glyphs:
        if glyph.up != rise:
            out += [b"[%s] TJ" % b"".join(parts)] if parts else []
            out.append(number(glyph.up * size / 1000) + b" Ts")
            parts, rise = [], glyph.up
        if move := behind + glyph.right:
            parts.append(b" %s " % number(-move))
        code = b"%04X" % used.code(run.font, glyph.number, glyph.text)
        if parts and parts[-1].endswith(b">"):
            parts[-1] = parts[-1][:-1] + code + b">"
        else:
            parts.append(b"<" + code + b">")
        behind = glyph.advance - run.font.advances[glyph.number] - glyph.right
    if behind:
        parts.append(b" %s " % number(-behind))
    if len(parts) == 1 and not out:
        return parts[0] + b" Tj"
    out.append(b"[%s] TJ" % b"".join(parts))
    return b" ".join(out) + (b" 0 Ts" if rise else b"")


def number(value: float) -> bytes:
    """A number as content streams write it."""
    text = f"{value:.3f}"
    return (text[:-4] if text.endswith(".000") else text.rstrip("0")).encode()


def _numbers(glyphs: Mapping[int, int]) -> bytes:
    """The glyph of every code up to the last one used, two bytes each (ISO 32000-2, table 115, CIDToGIDMap)."""
    table = bytearray(2 * (max(glyphs) + 1))
    for code, glyph in glyphs.items():
        table[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
    return bytes(table)


def _tag(used: Mapping[int, int]) -> str:
    """Six capitals that differ with the glyphs of the subset (ISO 32000-2, 9.9.2)."""
    rest = sum((place + 1) * glyph for place, glyph in enumerate(sorted(used)))
    letters = []
    for _ in range(6):
        rest, letter = divmod(rest, 26)
        letters.append(chr(65 + letter))
    return "".join(letters)


def _to_unicode(used: Mapping[int, str]) -> bytes:
    pairs = [(glyph, text) for glyph, text in sorted(used.items()) if text]
    lines = [
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        b"/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    for group in _groups(pairs, 100):
        lines.append(b"%d beginbfchar" % len(group))
        lines += [b"<%04X> <%s>" % (glyph, text.encode("utf-16-be").hex().upper().encode()) for glyph, text in group]
        lines.append(b"endbfchar")
    lines.append(b"endcmap CMapName currentdict /CMap defineresource pop end end")
    return b"\n".join(lines)


def _groups(pairs: Sequence[tuple[int, str]], size: int) -> list[Sequence[tuple[int, str]]]:
    return [pairs[i : i + size] for i in range(0, len(pairs), size)]
