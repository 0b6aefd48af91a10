"""Where answers go on a PDF without fields. Each page is drawn here and names its trap."""

import io
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.colors import Color, black, white
from reportlab.pdfgen.canvas import Canvas

from generator import find_flat_fields
from generator.blanks.pdf_adopt import adopt
from generator.blanks.pdf_fields import open_pdf_fields
from generator.blanks.pdf_flat import find_places
from generator.errors import BlankNotReadable, FormUnsupported
from generator.slots import Fill


def page(draw: Callable[[Canvas], object], *, turn: int = 0, crop: tuple[int, int, int, int] | None = None) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), invariant=True)
    canvas.setFont("Helvetica", 10)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    if not turn and not crop:
        return out.getvalue()
    with pikepdf.open(out) as pdf:
        if turn:
            pdf.pages[0].obj.Rotate = turn
        if crop:
            pdf.pages[0].obj.CropBox = pikepdf.Array(list(crop))
        turned = io.BytesIO()
        pdf.save(turned)
        return turned.getvalue()


def found(data: bytes) -> list[tuple[str, str]]:
    return [(one.kind, one.label) for one in find_places(data).places]


def rule(canvas: Canvas, caption: str, y: int = 700, x: int = 72) -> None:
    canvas.drawString(x, y, caption)
    start = x + canvas.stringWidth(caption) + 4
    canvas.line(start, y - 1, start + 180, y - 1)


def test_a_rule_after_a_caption_takes_text_and_is_named_by_it():
    (place,) = find_places(page(lambda c: rule(c, "Client name:"))).places
    assert (place.kind, place.label) == ("text", "Client name:")
    assert (
        120 < place.rect[0] < 140 and place.rect[1] == pytest.approx(699, abs=1.5) and place.rect[3] - place.rect[1] > 9
    )


def test_a_run_of_underscores_takes_text():
    assert found(page(lambda c: c.drawString(72, 700, "Date of birth: ____________________"))) == [
        ("text", "Date of birth:")
    ]


def test_leading_dots_take_text():
    assert found(page(lambda c: c.drawString(72, 700, "Name " + "." * 40))) == [("text", "Name")]


def test_an_empty_cell_takes_text_and_the_one_with_its_head_does_not():
    def table(canvas: Canvas) -> None:
        canvas.grid([72, 200, 400], [660, 680, 700])
        canvas.drawString(75, 686, "Goal")
        canvas.drawString(75, 666, "Target date")

    assert found(page(table)) == [("text", "Goal"), ("text", "Target date")]


def test_a_cell_with_its_caption_on_top_takes_text_below_it():
    def cell(canvas: Canvas) -> None:
        canvas.rect(72, 650, 200, 40)
        canvas.setFont("Helvetica", 7)
        canvas.drawString(75, 681, "LAST NAME")

    (place,) = find_places(page(cell)).places
    assert place.label == "LAST NAME" and place.rect[3] < 682


@pytest.mark.parametrize("size", [7, 10, 14])
def test_a_square_before_a_word_is_ticked(size):
    def square(canvas: Canvas) -> None:
        canvas.rect(72, 700, size, size)
        canvas.drawString(72 + size + 4, 701, "Individual")

    assert found(page(square)) == [("check", "Individual")]


def test_a_row_of_touching_squares_is_one_answer_with_a_letter_each():
    def comb(canvas: Canvas) -> None:
        canvas.drawString(30, 703, "SSN:")
        for n in range(9):
            canvas.rect(72 + 14 * n, 700, 14, 14)

    (place,) = find_places(page(comb)).places
    assert (place.kind, place.cells) == ("text", 9)


def test_rules_under_headings_and_between_paragraphs_take_nothing():
    def prose(canvas: Canvas) -> None:
        canvas.drawString(72, 702, "TREATMENT PLAN")
        canvas.line(72, 700, 72 + canvas.stringWidth("TREATMENT PLAN"), 700)
        for n in range(4):
            canvas.drawString(
                72, 660 - 14 * n, "Words of a paragraph that says what this form is for, all over the page."
            )
        canvas.line(60, 590, 560, 590)

    assert found(page(prose)) == []


def test_what_is_for_the_office_is_left_alone():
    def office(canvas: Canvas) -> None:
        canvas.rect(300, 650, 200, 40)
        canvas.drawString(305, 678, "FOR OFFICE USE ONLY")
        rule(canvas, "Name:")

    assert found(page(office)) == [("text", "Name:")]


def test_a_watermark_across_the_page_hides_no_blank():
    def marked(canvas: Canvas) -> None:
        rule(canvas, "Name:")
        canvas.saveState()
        canvas.translate(90, 640)
        canvas.rotate(40)
        canvas.setFillColor(Color(0.8, 0.8, 0.8))
        canvas.setFont("Helvetica", 40)
        canvas.drawString(0, 0, "SAMPLE COPY")
        canvas.restoreState()

    assert found(page(marked)) == [("text", "Name:")]


def test_a_white_box_on_a_shade_takes_text():
    def shaded(canvas: Canvas) -> None:
        canvas.setFillColor(Color(0.85, 0.9, 0.95))
        canvas.rect(50, 600, 500, 150, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.rect(140, 690, 200, 18, stroke=0, fill=1)
        canvas.setFillColor(black)
        canvas.drawString(72, 695, "Last name")

    assert ("text", "Last name") in found(page(shaded))


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_on_a_turned_page_a_field_lies_where_the_reader_sees_it(turn):
    def turned(canvas: Canvas) -> None:
        if turn == 180:
            canvas.translate(612, 792)
            canvas.rotate(180)
        elif turn == 90:
            canvas.translate(612, 0)
            canvas.rotate(90)
        else:
            canvas.translate(0, 792)
            canvas.rotate(270)
        rule(canvas, "Name:", y=500)

    data = page(turned, turn=turn)
    (place,) = find_places(data).places
    assert place.label == "Name:"
    filled = open_pdf_fields(adopt(data)).fill([Fill("name", "Alex Morgan")])
    assert "Alex Morgan" in read_flat(filled.data)


def test_on_a_cropped_page_a_field_lies_on_its_rule():
    (whole,) = find_places(page(lambda c: rule(c, "Name:"))).places
    (cropped,) = find_places(page(lambda c: rule(c, "Name:"), crop=(40, 100, 600, 760))).places
    assert cropped.rect == pytest.approx(whole.rect, abs=0.6)


def test_a_page_that_is_only_a_picture_is_called_a_scan():
    def scan(canvas: Canvas) -> None:
        from PIL import Image
        from reportlab.lib.utils import ImageReader

        canvas.drawImage(ImageReader(Image.new("L", (100, 130), 200)), 0, 0, 612, 792)

    seen = find_places(page(scan))
    assert [finding.rule for finding in seen.findings] == ["page-is-a-scan"]
    with pytest.raises(FormUnsupported, match="scan"):
        adopt(page(scan))


def test_an_adopted_form_has_tooltips_in_reading_order_and_takes_answers():
    def form(canvas: Canvas) -> None:
        rule(canvas, "Client name:", y=700)
        rule(canvas, "Record number:", y=660)
        canvas.rect(72, 620, 10, 10)
        canvas.drawString(88, 621, "Individual")

    made = adopt(page(form))
    blank = open_pdf_fields(made)
    assert [slot.tooltip for slot in blank.slots] == ["Client name:", "Record number:", "Individual"]
    filled = blank.fill([Fill("client_name", "Alex Morgan"), Fill("individual", True)])
    values = pypdf.PdfReader(io.BytesIO(filled.data)).get_fields() or {}
    assert values["client_name"].value == "Alex Morgan" and values["individual"].value == "/Yes"


def test_a_tagged_file_stays_tagged_and_its_new_fields_are_tagged_too():
    with pikepdf.open(io.BytesIO(page(lambda c: rule(c, "Name:")))) as pdf:
        document = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document, K=pikepdf.Array())
        )
        pdf.Root.StructTreeRoot = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.StructTreeRoot, K=document, ParentTree=pikepdf.Dictionary(Nums=pikepdf.Array())
            )
        )
        document.P = pdf.Root.StructTreeRoot
        pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        tagged = io.BytesIO()
        pdf.save(tagged)
    with pikepdf.open(io.BytesIO(adopt(tagged.getvalue()))) as made:
        (element,) = made.Root.StructTreeRoot.K.K
        widget = made.pages[0].Annots[0]
        assert element.S == "/Form" and element.K.Obj.objgen == widget.objgen
        assert (
            pikepdf.NumberTree(made.Root.StructTreeRoot.ParentTree)[int(widget.StructParent)].objgen == element.objgen
        )
        assert made.Root.MarkInfo.Marked


def test_the_public_function_speaks_plain_data_and_refuses_what_is_no_pdf():
    (one,) = find_flat_fields(page(lambda c: rule(c, "Name:")))
    assert one["page"] == 0 and one["kind"] == "text" and one["label"] == "Name:" and len(one["rect"]) == 4  # type: ignore[arg-type]
    with pytest.raises(BlankNotReadable):
        find_flat_fields(b"no PDF")


def test_one_rule_over_small_captions_is_as_many_blanks():
    def name(canvas: Canvas) -> None:
        rule(canvas, "My name is:")
        canvas.line(300, 699, 520, 699)
        canvas.setFont("Helvetica", 7)
        for x, caption in ((170, "first"), (280, "middle"), (440, "last")):
            canvas.drawString(x, 690, caption)

    assert [label for _, label in found(page(name))] == ["My name is:", "middle", "last"]


def test_words_under_a_rule_that_ask_for_answers_of_their_own_do_not_part_it():
    def two_lines(canvas: Canvas) -> None:
        rule(canvas, "Name:", x=72)
        canvas.drawString(110, 688, "Sex:")
        canvas.drawString(210, 688, "Age:")

    names = [place for place in find_places(page(two_lines)).places if place.rect[1] > 695]
    assert len(names) == 1


def test_captions_on_the_lines_of_one_cell_each_take_what_is_right_of_them():
    def address(canvas: Canvas) -> None:
        canvas.rect(72, 620, 250, 80)
        for y, captions in ((686, ((75, "Street"),)), (660, ((75, "City"),)), (634, ((75, "State"), (200, "Zip")))):
            for x, caption in captions:
                canvas.drawString(x, y, caption)

    assert [label for _, label in found(page(address))] == ["Street", "City", "State", "Zip"]


@pytest.mark.parametrize(("sign", "x"), [("$", 75), (".00", 150), ("%", 155), ("+", 75)])
def test_a_cell_with_only_a_unit_takes_the_amount_beside_it(sign, x):
    def amount(canvas: Canvas) -> None:
        canvas.rect(72, 690, 100, 18)
        canvas.drawString(x, 695, sign)

    (place,) = find_places(page(amount)).places
    width = canvas_width(sign)
    assert place.rect[2] <= x + 0.5 or place.rect[0] >= x + width - 0.5


def canvas_width(text: str) -> float:
    return float(Canvas(io.BytesIO()).stringWidth(text, "Helvetica", 10))


def test_heads_of_a_row_and_of_a_column_take_nothing_nor_does_the_corner_where_they_meet():
    def week(canvas: Canvas) -> None:
        canvas.grid([72, 172, 272, 372], [640, 660, 680, 720])
        for x, day in ((190, "Monday"), (290, "Tuesday")):
            canvas.drawString(x, 708, day)
        canvas.drawString(290, 684, "afternoon")
        canvas.drawString(75, 666, "Start")
        canvas.drawString(75, 646, "End")

    places = find_places(page(week)).places
    assert len(places) == 4 and all(place.rect[0] > 170 and place.rect[3] < 681 for place in places)


def test_the_title_in_the_middle_of_its_cell_leaves_no_blank_under_it():
    def titled(canvas: Canvas) -> None:
        canvas.grid([72, 300, 400], [660, 700])
        canvas.drawCentredString(186, 682, "VERIFIED STATEMENT")
        canvas.setFont("Helvetica", 7)
        canvas.drawString(303, 692, "CASE NO.")

    assert [label for _, label in found(page(titled))] == ["CASE NO."]


def test_what_stands_on_the_upper_edge_of_a_table_is_no_answer():
    def table(canvas: Canvas) -> None:
        canvas.drawString(200, 702, "Part I: Owners")
        canvas.grid([72, 300, 540], [640, 670, 700])

    assert all(place.rect[3] <= 700 for place in find_places(page(table)).places)


@pytest.mark.parametrize(
    "text", ["[ ] Individual", "[  ] Individual", "[] Individual", "( ) Individual", "(  )Individual"]
)
def test_empty_brackets_before_a_word_are_ticked(text):
    assert found(page(lambda c: c.drawString(72, 700, text))) == [("check", "Individual")]


@pytest.mark.parametrize("text", ["The client(s) may leave", "See section [2] for more", "Phone ( ) 555"])
def test_other_brackets_are_not(text):
    assert not [one for one in found(page(lambda c: c.drawString(72, 700, text))) if one[0] == "check"]


def test_short_lines_before_words_are_ticked_and_those_after_captions_take_text():
    def choices(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "____ Individual")
        canvas.drawString(180, 700, "____ Group")
        canvas.drawString(72, 660, "Age: ____")

    assert [kind for kind, _ in found(page(choices))] == ["check", "check", "text"]


@pytest.mark.parametrize("letter", "❏❑❍")
def test_empty_signs_of_a_font_of_signs_are_ticked(letter):
    def sign(canvas: Canvas) -> None:
        canvas.setFont("ZapfDingbats", 11)
        canvas.drawString(72, 700, letter)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(86, 700, "Individual")

    assert found(page(sign)) == [("check", "Individual")]


def test_signs_of_wingdings_whose_letters_are_not_told_are_ticked_too():
    made = page(lambda c: (c.drawString(72, 700, "o"), c.drawString(86, 700, "Individual")))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        signs = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=pikepdf.Name("/Wingdings-Regular")
        )
        pdf.pages[0].obj.Resources.Font.Signs = pdf.make_indirect(signs)
        content = pdf.pages[0].obj.Contents.read_bytes().replace(b"(o) Tj", b"/Signs 10 Tf (o) Tj /F1 10 Tf")
        pdf.pages[0].obj.Contents = pdf.make_stream(content)
        out = io.BytesIO()
        pdf.save(out)
    assert found(out.getvalue()) == [("check", "Individual")]


def test_a_ring_of_curves_round_a_ring_is_one_box():
    def ring(canvas: Canvas) -> None:
        canvas.circle(78, 704, 6)
        canvas.circle(78, 704, 4.5)
        canvas.drawString(90, 700, "Individual")

    assert found(page(ring)) == [("check", "Individual")]


def test_the_part_of_a_table_under_a_row_that_says_staff_only_is_left_alone():
    def office(canvas: Canvas) -> None:
        canvas.rect(72, 700, 400, 20)
        canvas.drawString(200, 706, "Child care staff only")
        canvas.grid([72, 272, 472], [650, 675, 700])
        canvas.setFont("Helvetica", 6)
        for x, y in ((74, 693), (274, 693), (74, 668), (274, 668)):
            canvas.drawString(x, y, "WORKER")
        canvas.setFont("Helvetica", 10)
        rule(canvas, "Name:", y=600)

    assert found(page(office)) == [("text", "Name:")]


def test_a_cell_with_letters_turned_into_outlines_or_a_picture_is_not_empty():
    def drawn(canvas: Canvas) -> None:
        canvas.grid([72, 300, 500], [680, 700])
        for n in range(8):  # eight letters "A"
            letter = canvas.beginPath()
            letter.moveTo(90 + 9 * n, 686)
            letter.lineTo(94 + 9 * n, 695)
            letter.lineTo(97 + 9 * n, 686)
            canvas.drawPath(letter, stroke=0, fill=1)

    (place,) = find_places(page(drawn)).places
    assert place.rect[0] > 295


def test_a_box_that_shows_the_shape_of_a_date_takes_the_date():
    def shaped(canvas: Canvas) -> None:
        canvas.drawString(30, 694, "Birth:")
        canvas.rect(72, 690, 90, 16)
        canvas.drawString(76, 694, "MM/DD/YYYY")

    (place,) = find_places(page(shaped)).places
    assert place.rect[0] < 76 and place.rect[2] > 150


def test_a_table_without_outer_sides_has_whole_cells():
    def open_table(canvas: Canvas) -> None:
        for y in (700, 670, 640, 610):
            canvas.line(72, y, 500, y)
        canvas.line(300, 700, 300, 610)
        for y, expense in ((682, "Rent"), (652, "Food"), (622, "Travel")):
            canvas.drawString(75, y, expense)

    places = find_places(page(open_table)).places
    assert [place.label for place in places] == ["Rent", "Food", "Travel"]
    assert all(place.rect[3] - place.rect[1] > 25 and place.rect[2] == pytest.approx(500, abs=3) for place in places)


def test_between_two_tables_under_each_other_nothing_is_written():
    def tables(canvas: Canvas) -> None:
        canvas.grid([72, 300, 500], [660, 680, 700])
        canvas.grid([72, 300, 500], [600, 620, 640])

    places = find_places(page(tables)).places
    assert len(places) == 8 and not any(place.rect[1] < 655 and place.rect[3] > 645 for place in places)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(40, 400), st.integers(1, 34), st.integers(30, 160)), min_size=1, max_size=8))
def test_however_rules_lie_places_are_on_the_page_and_do_not_cover_each_other(rules):
    def lines(canvas: Canvas) -> None:
        for x, row, width in rules:
            canvas.drawString(10, 20 * row + 10, "Q:")
            canvas.line(x, 20 * row + 9, x + width, 20 * row + 9)

    places = find_places(page(lines)).places
    for i, a in enumerate(places):
        assert 0 <= a.rect[0] < a.rect[2] <= 612 and 0 <= a.rect[1] < a.rect[3] <= 792
        for b in places[i + 1 :]:
            wide = min(a.rect[2], b.rect[2]) - max(a.rect[0], b.rect[0])
            high = min(a.rect[3], b.rect[3]) - max(a.rect[1], b.rect[1])
            assert wide <= 0.5 or high <= 0.5 or wide * high < 0.41 * min(area(a.rect), area(b.rect))


def area(r: tuple[float, float, float, float]) -> float:
    return (r[2] - r[0]) * (r[3] - r[1])


def read_flat(data: bytes) -> str:
    """The text of the pages with their fields drawn in, by PDFium."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    first = document[0]
    first.flatten()
    return str(document[0].get_textpage().get_text_range())


@pytest.mark.slow
def test_places_of_real_forms_are_found(shared: Path):
    sys.path.insert(0, str(shared / "measure"))
    import flat_fields

    totals = {"spot text": [0, 0, 0], "spot check": [0, 0, 0]}
    pages, seconds = 0, 0.0
    for path in sorted((shared / "corpus" / "pdf").glob("*.pdf")):
        try:
            truth = flat_fields.read_truth(path)
        except pikepdf.PdfError:
            continue
        if len(truth.places) < 5:
            continue
        copy = Path(path.name)
        target = io.BytesIO()
        flat_fields.flat_copy(path, target, "drawn")
        assert copy.suffix == ".pdf"
        start = time.perf_counter()
        seen = find_places(target.getvalue())
        seconds, pages = seconds + time.perf_counter() - start, pages + truth.pages
        score = flat_fields.score(truth, [flat_fields.Place(p.page, p.rect, p.kind) for p in seen.places])
        for key, total in totals.items():
            for n in range(3):
                total[n] += score[key][n]
    f1 = {key: 2 * right / (given + true) for key, (right, given, true) in totals.items()}
    assert f1["spot text"] >= 0.82 and f1["spot check"] >= 0.87
    assert seconds / pages < 0.5


@pytest.mark.parametrize("shape", ["__/__/____", "__ / __ / ____", "(___) ___-____", "___-__-____"])
def test_the_shape_of_a_date_or_number_in_underscores_is_one_place(shape):
    def line(canvas: Canvas) -> None:
        canvas.drawString(72, 700, f"Client: __________________ Born: {shape} Age: ______")

    assert found(page(line)) == [("text", "Client:"), ("text", "Born:"), ("text", "Age:")]


@pytest.mark.parametrize(
    "prompt", ["Click or tap here to enter text.", "Choose an item.", "«Client_Name»", "[client name]"]
)
def test_words_that_only_say_to_write_here_are_a_place_of_their_own(prompt):
    def line(canvas: Canvas) -> None:
        canvas.drawString(72, 700, f"Client: {prompt}")
        canvas.drawString(72, 660, "See section 4 [check one] of the rules [Rev. 2010].")

    (place,) = find_places(page(line)).places
    assert (place.kind, place.label, place.covers) == ("text", "Client:", True)


def test_a_cell_with_a_prompt_is_empty_and_the_answer_covers_the_prompt():
    def table(canvas: Canvas) -> None:
        canvas.grid([72, 200, 400], [680, 700])
        canvas.drawString(75, 686, "Client name")
        canvas.drawString(203, 686, "Click here to enter text.")

    blank = adopt(page(table))
    (field,) = open_pdf_fields(blank).slots
    assert field.tooltip == "Client name" and field.rect is not None and field.rect[2] - field.rect[0] > 190
    filled = open_pdf_fields(blank).fill([Fill(field.id, "Maribeth")]).data
    widget = pypdf.PdfReader(io.BytesIO(filled)).pages[0]["/Annots"][0].get_object()
    drawn = widget["/AP"]["/N"].get_data().decode("latin-1")
    assert re.search(r"\b1 g\b", drawn) and drawn.index(" re") < drawn.index("BT")


def test_the_number_of_a_row_is_no_caption_and_no_place():
    def table(canvas: Canvas) -> None:
        canvas.grid([72, 100, 400], [620, 660, 700, 720])
        canvas.drawString(105, 706, "Objective")
        canvas.drawString(80, 688, "1")
        canvas.drawString(80, 648, "2")

    assert found(page(table)) == [("text", "Objective"), ("text", "Objective 2")]


def test_a_caption_of_two_lines_beside_a_tall_cell_is_read_whole_and_no_other_rows():
    def table(canvas: Canvas) -> None:
        canvas.grid([72, 160, 400], [640, 670, 700])
        canvas.drawString(75, 688, "Emergency")
        canvas.drawString(75, 676, "contact")
        canvas.drawString(75, 658, "Date of")
        canvas.drawString(75, 646, "birth")

    assert found(page(table)) == [("text", "Emergency contact"), ("text", "Date of birth")]


def test_cells_for_a_digit_each_in_three_groups_are_one_date_with_its_separators():
    def comb(canvas: Canvas) -> None:
        canvas.drawString(30, 704, "Born:")
        x = 72
        for count in (2, 2, 4):
            canvas.grid([x + 14 * n for n in range(count + 1)], [700, 714])
            x += 14 * (count + 1)

    (place,) = find_places(page(comb)).places
    assert (place.kind, place.label, place.cells) == ("text", "Born:", 10)
