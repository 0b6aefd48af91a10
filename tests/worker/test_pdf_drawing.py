"""A page that draws without end is refused in one sentence before any reader draws it."""

import io
import time
import zlib

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from generator.errors import FileTooLarge
from generator.pdf_drawing import Drawing
from generator.pdf_limits import MOST_DRAWN, check_pdf

SAYS = "A page of this PDF draws far more than any form does. It was not used. Check the file."
LINE = b"0 0 m 9 9 l S\n"


def packed(pdf: pikepdf.Pdf, content: bytes, **words: object) -> pikepdf.Stream:
    stream = pdf.make_stream(b"", **words)
    stream.write(zlib.compress(content, 9), filter=Name.FlateDecode)
    return stream


def page(pdf: pikepdf.Pdf) -> pikepdf.Object:
    pdf.add_blank_page()
    return pdf.pages[0].obj


def too_much(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Contents = packed(pdf, LINE * (MOST_DRAWN // len(LINE) + 1))


def packed_twice(pdf: pikepdf.Pdf) -> None:
    stream = pdf.make_stream(b"")
    twice = zlib.compress(zlib.compress(LINE * MOST_DRAWN, 9), 9)
    stream.write(twice, filter=Array([Name.FlateDecode, Name.FlateDecode]))
    pdf.pages[0].Contents = stream


def one_stream_over_and_over(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Contents = Array([packed(pdf, LINE * 10_000)] * 1_000)


def drawings_in_drawings(pdf: pikepdf.Pdf) -> None:
    inner = packed(pdf, LINE, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    for _ in range(8):
        resources = Dictionary(XObject=Dictionary(X1=inner))
        words = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 9, 9]), "Resources": resources}
        inner = packed(pdf, b"/X#31 Do " * 10, **words)
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(Top=inner))
    pdf.pages[0].Contents = packed(pdf, b"/Top Do")


def a_drawing_that_draws_itself(pdf: pikepdf.Pdf) -> None:
    loop = packed(pdf, b"/X Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    loop.Resources = Dictionary(XObject=Dictionary(X=loop))
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(X=loop))
    pdf.pages[0].Contents = packed(pdf, b"/X Do")


@pytest.mark.parametrize(
    "trap",
    [too_much, packed_twice, one_stream_over_and_over, drawings_in_drawings, a_drawing_that_draws_itself],
)
def test_a_page_that_draws_without_end_is_refused_at_once(trap):
    pdf = pikepdf.new()
    page(pdf)
    trap(pdf)
    out = io.BytesIO()
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    began = time.process_time()
    with pytest.raises(FileTooLarge) as refused:
        check_pdf(out.getvalue())
    assert str(refused.value) == SAYS
    assert time.process_time() - began < 1


def test_a_drawing_counts_as_often_as_it_is_drawn_and_resources_may_stand_above_the_page():
    pdf = pikepdf.new()
    page(pdf)
    logo = packed(pdf, LINE * 10, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    del pdf.pages[0].obj["/Resources"]
    pdf.Root.Pages.Resources = Dictionary(XObject=Dictionary(Logo=logo))
    pdf.pages[0].Contents = pdf.make_stream(b"q /Logo Do Q /Logo Do")
    assert Drawing(10_000).of_page(pdf.pages[0].obj) == 21 + 2 * 10 * len(LINE)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300), st.lists(st.sampled_from(["FlateDecode", "A85", "AHx", "LZWDecode", "x"]), max_size=3))
def test_whatever_stands_in_a_stream_it_is_measured_without_a_crash(data, filters):
    pdf = pikepdf.new()
    page(pdf)
    stream = pdf.make_stream(b"")
    stream.write(data, filter=Array([Name(f"/{one}") for one in filters]))
    pdf.pages[0].Contents = stream
    assert 0 <= Drawing(100).of_page(pdf.pages[0].obj) <= 101
