"""Chinese, Japanese and Korean from the machine's own fonts: a tiny font of ours in a folder where the system keeps fonts."""

import io

import pikepdf
import pypdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen

from generator.blanks.pdf_fields import rooms
from generator.make_pdf import fill_pdf_fields
from generator.pdf_text import system_fonts
from generator.pdf_text.breaks import pieces
from generator.proof import Expected
from generator.proof.pdf import prove_pdf
from generator.slots import Status
from tests.making import Form

SIGNS = "佐藤健一患者表示每天感到焦虑，。「」テスト김철수"
NAMED = "佐藤 健一"


def square(pen) -> None:
    """A sign's outline: a square that begins away from the edge."""
    pen.moveTo((100, 0))
    pen.lineTo((100, 800))
    pen.lineTo((900, 800))
    pen.lineTo((900, 0))
    pen.closePath()


def font(*, is_cubic: bool = False, fs_type: int = 0) -> bytes:
    """A font with an outline for each of `SIGNS`, of either kind of curves."""
    names = [".notdef", *(f"u{ord(sign):04X}" for sign in SIGNS)]
    build = FontBuilder(1000, isTTF=not is_cubic)
    build.setupGlyphOrder(names)
    build.setupCharacterMap({ord(sign): f"u{ord(sign):04X}" for sign in SIGNS})
    if is_cubic:
        drawn = {}
        for name in names:
            pen = T2CharStringPen(1000, None)
            square(pen)
            drawn[name] = pen.getCharString()
        build.setupCFF("TestSigns", {}, drawn, {})
    else:
        drawn = {}
        for name in names:
            pen = TTGlyphPen(None)
            square(pen)
            drawn[name] = pen.glyph()
        build.setupGlyf(drawn)
    build.setupHorizontalMetrics(dict.fromkeys(names, (1000, 100)))
    build.setupHorizontalHeader(ascent=880, descent=-120)
    build.setupNameTable({"familyName": "Test Signs", "styleName": "Regular", "psName": "TestSigns"})
    build.setupOS2(fsType=fs_type, ulUnicodeRange2=1 << (59 - 32))
    build.setupPost()
    out = io.BytesIO()
    build.save(out)
    return out.getvalue()


@pytest.fixture
def fonts(tmp_path, monkeypatch):
    """An empty folder where the system keeps fonts, and no other."""
    monkeypatch.setattr(system_fonts, "_folders", lambda: (tmp_path,))
    system_fonts.forget_system_fonts()
    yield tmp_path
    monkeypatch.undo()
    system_fonts.forget_system_fonts()


def form() -> bytes:
    made = Form()
    made.text("name", rect=(50, 700, 250, 716))
    made.text("said", rect=(50, 600, 150, 690), Ff=1 << 12)
    return made.bytes()


@pytest.mark.parametrize("is_cubic", [False, True], ids=["quadratic", "cubic"])
def test_a_sign_of_the_systems_font_is_drawn_embedded_and_proven(fonts, is_cubic):
    (fonts / "some.otf").write_bytes(font(is_cubic=is_cubic))
    data, status = fill_pdf_fields(form(), {"name": NAMED})
    assert status == {"name": "filled"}
    assert pypdf.PdfReader(io.BytesIO(data)).get_fields()["name"]["/V"] == NAMED
    assert prove_pdf(data, [Expected("name", NAMED)]).faults == ()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        used = pdf.pages[0].Annots[0].AP.N.Resources.Font
        assert any("TestSigns" in str(one.BaseFont) for one in used.values())
    assert len(data) < 20_000


def test_without_such_a_font_the_answer_is_refused_and_said_to_be(fonts):
    _, status = fill_pdf_fields(form(), {"name": NAMED})
    assert status == {"name": "refused"}
    assert "no font on this machine" in rooms(form(), {"name": NAMED})["name"].outcome.why


@pytest.mark.parametrize("fs_type", [0x0002, 0x0100, 0x0200])
def test_a_font_whose_maker_forbids_embedding_is_not_taken(fonts, fs_type):
    (fonts / "some.ttf").write_bytes(font(fs_type=fs_type))
    assert fill_pdf_fields(form(), {"name": NAMED})[1] == {"name": "refused"}


def test_what_is_no_font_does_not_stop_the_next_one(fonts):
    (fonts / "notosanscjk.ttc").write_bytes(b"no font")
    (fonts / "cjk.otf").write_bytes(b"")
    (fonts / "some.ttf").write_bytes(font())
    assert fill_pdf_fields(form(), {"name": NAMED})[1] == {"name": "filled"}


def test_lines_break_between_signs_and_a_long_answer_needs_no_sheet(fonts):
    (fonts / "some.ttf").write_bytes(font())
    said = "患者表示每天感到焦虑，" * 4
    data, status = fill_pdf_fields(form(), {"said": said})
    assert status == {"said": "filled"}
    assert prove_pdf(data, [Expected("said", said)]).faults == ()
    assert rooms(form(), {"said": said * 9})["said"].outcome.status is Status.CONTINUED


def test_no_line_begins_with_a_closing_sign_or_ends_with_an_opening_one():
    assert pieces("患者「表示」，ab。") == ("患", "者", "「表", "示」，", "ab。")
    assert pieces("well-being") == ("well-being",)
    assert pieces("") == ("",)
