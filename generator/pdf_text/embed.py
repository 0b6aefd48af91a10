"""Faces embedded into a PDF: Type 0 fonts with Identity-H, only the glyphs used, and a way back to Unicode.

See ISO 32000-2, 9.7 (composite fonts) and 9.10.3 (ToUnicode CMaps).
"""

import zlib
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.pdf_text.faces import Face, core_glyphs, core_program, subset
from generator.pdf_text.runs import Run, runs


class Fonts:
    """The faces used in one file. Ask for text while writing; call `finish` once, after the last text."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._used: dict[str, tuple[Face, pikepdf.Dictionary, dict[int, str]]] = {}

    def show(self, line: str, family: str, size: float) -> tuple[bytes, dict[str, pikepdf.Object], float]:
        """Operators that show one line from the current point, the fonts they need, and its width in points."""
        out: list[bytes] = []
        resources: dict[str, pikepdf.Object] = {}
        total = 0.0
        for run in runs(line, family):
            key, font, used = self._font(run.font)
            resources[f"/{key}"] = font
            for glyph in run.glyphs:
                # A later, longer text wins: a ligature stands for all its letters.
                if len(glyph.text) > len(used.get(glyph.number, "")):
                    used[glyph.number] = glyph.text
                else:
                    used.setdefault(glyph.number, glyph.text)
            out.append(b"/%s %s Tf %s" % (key.encode(), number(size), _shown(run, size)))
            total += run.width * size / 1000
        return b"\n".join(out), resources, total

    def finish(self) -> None:
        """Write the font programs and maps of all faces used."""
        for font, dictionary, used in self._used.values():
            core = core_glyphs(font)
            if all(core.get(glyph) == text for glyph, text in used.items()):
                self._describe(font, dictionary, core, *core_program(font))
            else:
                program = subset(font, frozenset(used))
                self._describe(font, dictionary, used, zlib.compress(program, 6), len(program))

    def _font(self, font: Face) -> tuple[str, pikepdf.Object, dict[int, str]]:
        key = f"PS{font.name.replace('-', '')}"
        if key not in self._used:
            dictionary = self._pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type0))
            self._used[key] = (font, dictionary, {})
        return key, self._used[key][1], self._used[key][2]

    def _describe(
        self, font: Face, dictionary: pikepdf.Dictionary, used: dict[int, str], program: bytes, length: int
    ) -> None:
        base = Name(f"/{_tag(used)}+{font.name}")
        stream = pikepdf.Stream(self._pdf, program, Filter=Name.FlateDecode, Length1=length)
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
            FontFile2=stream,
        )
        widths = b" ".join(b"%d [%s]" % (glyph, number(font.advances[glyph])) for glyph in sorted(used))
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
            W=pikepdf.Object.parse(b"[" + widths + b"]"),
        )
        dictionary.BaseFont = base
        dictionary.Encoding = Name("/Identity-H")
        dictionary.DescendantFonts = Array([self._pdf.make_indirect(descendant)])
        dictionary.ToUnicode = self._pdf.make_stream(_to_unicode(used))


def _shown(run: Run, size: float) -> bytes:
    """The operators for one run; glyphs that shaping moved (marks over letters) are moved by TJ and Ts."""
    glyphs = run.glyphs
    if all(
        not glyph.rise and not glyph.shift and abs(glyph.advance - run.font.advances[glyph.number]) < 0.01
        for glyph in glyphs
    ):
        return b"<%s> Tj" % b"".join(b"%04X" % glyph.number for glyph in glyphs)
    out = []
    risen = 0.0
    for glyph in glyphs:
        if glyph.rise != risen:
            out.append(b"%s Ts" % number(glyph.rise * size / 1000))
            risen = glyph.rise
        after = run.font.advances[glyph.number] + glyph.shift - glyph.advance
        out.append(b"[%s <%04X> %s] TJ" % (number(-glyph.shift), glyph.number, number(after)))
    if risen:
        out.append(b"0 Ts")
    return b" ".join(out)


def number(value: float) -> bytes:
    """A number as content streams write it."""
    return (f"{value:.3f}".rstrip("0").rstrip(".") or "0").encode()


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
