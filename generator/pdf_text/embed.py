"""Faces embedded into a PDF: Type 0 fonts with Identity-H, only the glyphs used, and a way back to Unicode.

See ISO 32000-2, 9.7 (composite fonts) and 9.10.3 (ToUnicode CMaps).
"""

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.pdf_text.faces import Face, face, subset
from generator.pdf_text.runs import is_plain, runs
from generator.pdf_text.system_fonts import program


class Fonts:
    """The faces used in one file. Ask for text while writing; call `finish` once, after the last text."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._used: dict[Face, tuple[str, pikepdf.Dictionary, dict[int, str]]] = {}
        self._resources: dict[tuple[str, ...], pikepdf.Object] = {}

    def show(self, line: str, family: str, size: float) -> tuple[bytes, dict[str, pikepdf.Object], float]:
        """Operators that show one line from the current point, the fonts they need, and its width in points."""
        own = face(family)
        if line and is_plain(line, own):
            key, font, used = self._font(own)
            numbers = [own.cmap[ord(char)] for char in line]
            used.update(zip(numbers, line, strict=True))
            codes = b"".join(b"%04X" % glyph for glyph in numbers)
            shown = b"/%s %s Tf <%s> Tj" % (key.encode(), number(size), codes)
            return shown, {f"/{key}": font}, sum(own.advances[glyph] for glyph in numbers) * size / 1000
        out: list[bytes] = []
        resources: dict[str, pikepdf.Object] = {}
        total = 0.0
        for run in runs(line, family):
            key, font, used = self._font(run.font)
            resources[f"/{key}"] = font
            for glyph in run.glyphs:
                used.setdefault(glyph.number, glyph.text)
            codes = b"".join(b"%04X" % glyph.number for glyph in run.glyphs)
            out.append(b"/%s %s Tf <%s> Tj" % (key.encode(), number(size), codes))
            total += run.width * size / 1000
        return b"\n".join(out), resources, total

    def finish(self) -> None:
        """Write the font programs and maps of all faces used."""
        for font, (_, dictionary, used) in self._used.items():
            self._finish(font, dictionary, used)

    def resources(self, fonts: dict[str, pikepdf.Object]) -> pikepdf.Object:
        """The resources of a stream that uses these fonts; streams that use the same ones share them."""
        names = tuple(fonts)
        if names not in self._resources:
            self._resources[names] = self._pdf.make_indirect(Dictionary(Font=Dictionary(fonts)))
        return self._resources[names]

    def _font(self, font: Face) -> tuple[str, pikepdf.Object, dict[int, str]]:
        if font not in self._used:
            dictionary = self._pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type0))
            self._used[font] = (f"PS{font.name.replace('-', '')}", dictionary, {})
        return self._used[font]

    def _finish(self, font: Face, dictionary: pikepdf.Dictionary, used: dict[int, str]) -> None:
        base = Name(f"/{_tag(used)}+{font.name}")
        drawn = (program if font.is_of_system else subset)(font, frozenset(used))
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
        widths = b" ".join(b"%d[%s]" % (glyph, number(round(font.advances[glyph], 2))) for glyph in sorted(used))
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=base,
            CIDSystemInfo=Dictionary(
                Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
            ),
            FontDescriptor=self._pdf.make_indirect(descriptor),
            CIDToGIDMap=Name.Identity,
            DW=0,
            W=pikepdf.Object.parse(b"[%s]" % widths),
        )
        dictionary.BaseFont = base
        dictionary.Encoding = Name("/Identity-H")
        dictionary.DescendantFonts = Array([self._pdf.make_indirect(descendant)])
        dictionary.ToUnicode = self._pdf.make_stream(_to_unicode(used))


def number(value: float) -> bytes:
    """A number as content streams write it."""
    text = f"{value:.3f}"
    return (text[:-4] if text.endswith(".000") else text.rstrip("0")).encode()


def _tag(used: dict[int, str]) -> str:
    """Six capitals that differ with the glyphs of the subset (ISO 32000-2, 9.9.2)."""
    rest = sum((place + 1) * glyph for place, glyph in enumerate(sorted(used)))
    letters = []
    for _ in range(6):
        rest, letter = divmod(rest, 26)
        letters.append(chr(65 + letter))
    return "".join(letters)


def _to_unicode(used: dict[int, str]) -> bytes:
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
