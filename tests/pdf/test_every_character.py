"""Boxes and added sheets together hold every character of every answer, in any script that the fonts draw."""

import io
import re
import unicodedata
from collections import Counter

import pypdf
import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.blanks.pdf_fields import rooms
from generator.make_pdf import fill_pdf_fields
from generator.pdf_text.faces import FAMILIES, face
from generator.proof import Expected
from generator.proof.pdf import prove_pdf
from tests.making import Form


def blank() -> bytes:
    form = Form()
    form.text("one", Ff=1 << 12, rect=(50, 600, 300, 640))
    form.text("two", rect=(50, 560, 200, 576))
    return form.bytes()


NO_INK = {"\u034f", "\u115f", "\u1160", "\u2800", "\u3164", *(chr(code) for code in range(0xFE00, 0xFE10))}
BLANK = blank()
COVERED = sorted(
    chr(code)
    for code in set().union(*(face(family).cmap for family in FAMILIES))
    if unicodedata.category(chr(code)) not in ("Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp")
)
"""Every character that one of our fonts draws: Latin, Greek, Cyrillic, Arabic, Hebrew, marks that combine, signs."""
_anything = st.text(st.sampled_from(COVERED), min_size=1, max_size=300)
_one_script = st.sampled_from(
    ("\u0020\u024f", "\u0370\u03ff", "\u0400\u04ff", "\u05d0\u05ea", "\u0600\u06ff", "\u2000\u2bff")
).flatmap(
    lambda ends: st.text(
        st.sampled_from([*(one for one in COVERED if ends[0] <= one <= ends[1]), " ", " ", "\n"]),
        min_size=1,
        max_size=300,
    )
)
TEXTS = st.one_of(_anything, _one_script)


def seen(data: bytes) -> Counter[str]:
    """Every character on the pages as printed, by PDFium; shapes and ligatures are taken apart."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        pypdfium2.raw.FPDFPage_Flatten(page, 1)
    halves = []
    for number in range(len(document)):
        text = document[number].get_textpage()
        codes = (pypdfium2.raw.FPDFText_GetUnicode(text, at) for at in range(text.count_chars()))
        # 2 is what PDFium gives for a hyphen at the end of a line.
        halves += [ord("-") if code == 2 else code for code in codes if code not in (0, 0xFFFE, 0xFFFF)]
    # Halves of a character come in pairs, turned round amid right-to-left letters.
    turned = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\udc00-\udfff][\ud800-\udbff]")
    pairs = turned.sub(lambda found: "".join(sorted(found[0])), "".join(map(chr, halves)))
    return characters(pairs.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))


def asked_for(*texts: str) -> Counter[str]:
    """What must be seen. Amid right-to-left letters PDFium turns brackets round and spells signs out: there, letters and digits.

    Marks over one place are told once.
    """
    whole = "\n".join(texts)
    if any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in whole):
        whole = "".join(char for char in whole if unicodedata.category(char)[0] == "L" or char.isdecimal())
    wanted = characters(whole)
    return Counter({char: 1 if unicodedata.category(char)[0] == "M" else n for char, n in wanted.items()})


def characters(text: str) -> Counter[str]:
    """The characters that are printed with ink; shapes and marks are taken apart, a bracket is one either way round."""
    apart = (char for char in unicodedata.normalize("NFKD", text) if not char.isspace() and char not in NO_INK)
    return Counter("(" if unicodedata.mirrored(char) else char for char in apart)


def holds_every_character(one: str, two: str) -> None:
    given = {"one": one, "two": two}
    data, status = fill_pdf_fields(BLANK, given)
    assert set(status.values()) <= {"filled", "shrunk", "continued"}
    stored = pypdf.PdfReader(io.BytesIO(data)).get_fields()
    assert {name: stored[name]["/V"] for name in given} == given
    assert not asked_for(one, two) - seen(data)
    expected = [Expected(name, text, is_continued=status[name] == "continued") for name, text in given.items()]
    assert prove_pdf(data, expected).faults == ()


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
@example("\u0394\u2206", "\u2206\u0394")  # two characters, one glyph
@example("A-", "0-\n-0")
@example("\u1deb", "\u1deb 0")
@example("\u05c6\u064b\u064f\u0657", "0")
@example("a\u00a0b", "\u00a0\u00a0x y")
@example("\u0628\u0644\u0627 \u0644\u0627 " * 60, "\u05e9\u05dc\u05d5\u05dd " * 60)
@example("word " * 2000, "w" * 2000)
@example("\U0001d538\U0001d539", "\u0301\u0301a")
def test_boxes_and_sheets_together_hold_every_character(one, two):
    holds_every_character(one, two)


@pytest.mark.slow
@settings(max_examples=5_000, deadline=None)
@given(TEXTS, TEXTS)
def test_boxes_and_sheets_together_hold_every_character_of_ten_thousand_texts(one, two):
    holds_every_character(one, two)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_the_meter_agrees_with_the_writer_on_every_text(text):
    _, status = fill_pdf_fields(BLANK, {"one": text, "two": text})
    for name in ("one", "two"):
        assert rooms(BLANK, {name: text})[name].outcome.status == status[name]
