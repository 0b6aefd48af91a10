"""A brand file: what it may hold, and what is told when something in it cannot be used."""

import io

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.errors import FormUnknown, MapNotValid, PlanNotReadable
from generator.new_template import write_new_template
from generator.stationery.brand import Brand, read_brand
from generator.stationery.colour import contrast_with_white, legible
from generator.stationery.new_form import new_form
from tests.making import word_text

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4" fill="teal"/></svg>'


def brand_file(tmp_path, text):
    path = tmp_path / "brand.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def picture(size=(40, 20), kind="PNG"):
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind)
    return out.getvalue()


def rules(findings):
    return {finding.rule for finding in findings}


def test_only_the_name_is_needed(tmp_path):
    brand, findings = read_brand(brand_file(tmp_path, "name: Juniper\n"))
    assert (brand.name, brand.paper, brand.person, findings) == ("Juniper", "letter", "client", ())


@pytest.mark.parametrize("text", ["phone: 1\n", "- a\n", "name: [\n", ""])
def test_a_brand_without_a_name_or_that_is_no_yaml_is_told(tmp_path, text):
    with pytest.raises(PlanNotReadable):
        read_brand(brand_file(tmp_path, text))


def test_a_colour_without_contrast_is_darkened_and_told(tmp_path):
    brand, findings = read_brand(brand_file(tmp_path, "name: J\ncolor: '#ffee88'\n"))
    assert rules(findings) == {"brand-contrast"}
    assert contrast_with_white(brand.colour) >= 4.5


@given(st.from_regex(r"[0-9A-F]{6}", fullmatch=True))
@settings(max_examples=200, deadline=None)
def test_every_colour_can_be_made_legible(colour):
    assert contrast_with_white(legible(colour)) >= 4.5


def test_a_missing_logo_and_one_that_is_no_picture_are_told_and_left_out(tmp_path):
    assert rules(read_brand(brand_file(tmp_path, "name: J\nlogo: gone.png\n"))[1]) == {"brand-logo"}
    (tmp_path / "fake.png").write_bytes(b"%!PS-Adobe not a picture")
    brand, findings = read_brand(brand_file(tmp_path, "name: J\nlogo: fake.png\n"))
    assert (brand.logo, rules(findings)) == (None, {"brand-logo"})


@pytest.mark.parametrize(
    ("name", "data"),
    [("l.png", picture()), ("l.jpg", picture(kind="JPEG")), ("l.svg", SVG)],
    ids=["png", "jpeg", "svg"],
)
def test_png_jpeg_and_svg_stand_on_the_letterhead(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    brand, findings = read_brand(brand_file(tmp_path, f"name: J\nlogo: {name}\n"))
    assert findings == ()
    assert Image.open(io.BytesIO(brand.logo)).format == "PNG"
    made = new_form(brand, "safety-plan", kind="pdf")
    assert len(pypdf.PdfReader(io.BytesIO(made.data)).pages[0].images) == 1
    new_form(brand, "safety-plan", kind="word")


def test_a_logo_of_twelve_thousand_pixels_is_made_small(tmp_path):
    (tmp_path / "huge.png").write_bytes(picture((12_000, 9_000)))
    brand, findings = read_brand(brand_file(tmp_path, "name: J\nlogo: huge.png\n"))
    assert findings == ()
    assert max(Image.open(io.BytesIO(brand.logo)).size) <= 900


def test_a_name_of_120_characters_and_one_from_right_to_left_stand_on_both_kinds():
    for name in ("Juniper Fork " * 9 + "Ltd", "مركز الأمل للصحة النفسية"):
        brand = Brand(name=name.strip())
        assert name.strip() in word_text(new_form(brand, "one-page-plan", kind="word").data)
        text = pypdf.PdfReader(io.BytesIO(new_form(brand, "one-page-plan", kind="pdf").data)).pages[0].extract_text()
        assert name.isascii() is False or name.split()[0] in text


def test_sections_are_left_out_ordered_and_added_without_code(tmp_path):
    path = brand_file(
        tmp_path,
        """name: J
forms:
  safety-plan:
    leave_out: [crisis]
    order: [own]
    add:
    - id: own
      title: {en: Our house rules, es: Reglas de la casa}
      blocks:
      - facts: {columns: 1, keep: true, answers: [{id: hope, en: My hope, es: Mi esperanza, value: presenting_problem.patient_words}]}
""",
    )
    brand, _ = read_brand(path)
    text = word_text(new_form(brand, "safety-plan", kind="word").data)
    assert text.index("Our house rules") < text.index("My six steps")
    assert "Right now" not in text
    fields = pypdf.PdfReader(io.BytesIO(new_form(brand, "safety-plan", kind="pdf").data)).get_fields()
    assert "hope" in fields


def test_a_section_or_form_that_is_not_there_is_told(tmp_path):
    brand, _ = read_brand(brand_file(tmp_path, "name: J\nforms:\n  safety-plan:\n    leave_out: [nowhere]\n"))
    with pytest.raises(MapNotValid, match="nowhere"):
        new_form(brand, "safety-plan")
    with pytest.raises(FormUnknown, match="one-page-plan"):
        new_form(brand, "no-such")


def test_a_font_that_this_machine_lacks_is_told(tmp_path):
    made = new_form(Brand(name="J", font="Nowhere Sans"), "safety-plan", kind="pdf")
    assert "brand-font" in rules(made.findings)


def test_the_command_writes_the_file_by_its_ending(tmp_path):
    path = brand_file(tmp_path, "name: J\n")
    write_new_template(path, "safety-plan", tmp_path / "a.pdf", language="es")
    write_new_template(path, "safety-plan", tmp_path / "a.docx", language="en")
    assert (tmp_path / "a.pdf").read_bytes()[:5] == b"%PDF-"
    assert (tmp_path / "a.docx").read_bytes()[:2] == b"PK"
