"""A tagged form stays tagged: what is continued is a section of its structure, in its language."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from generator.make_pdf import SheetWords, fill_pdf_fields, fill_pdf_task
from generator.slots import Fill
from tests.making import Form

LONG = "word " * 1200 + "end"


def tagged(*, document: bool = True) -> bytes:
    form = Form()
    form.text("why", Ff=1 << 12, rect=(50, 690, 250, 716), TU=String("Why"))
    form.text("how", Ff=1 << 12, rect=(50, 640, 250, 666), TU=String("How"))
    pdf = form.pdf
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root)) if document else root
    part = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Form, P=top, Pg=pdf.pages[0].obj, K=0))
    top.K = part
    if document:
        root.K = Array([top])
    pdf.pages[0].StructParents = 0
    root.ParentTree = Dictionary(Nums=Array([0, Array([part])]))
    root.ParentTreeNextKey = 1
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
    return form.bytes()


def read_by_structure(data: bytes) -> list[tuple[str, str, int]]:
    """What a screen reader goes through in the added section: role, language of the section, marked contents on all pages."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root.StructTreeRoot
        first = root.K[0] if isinstance(root.K, Array) else root.K
        top = first if Name.Document == first.S else root
        sections = [one for one in top.K if one.get("/S") == Name.Sect] if isinstance(top.K, Array) else []
        parents = pikepdf.NumberTree(root.ParentTree)
        out = []
        for section in sections:
            for element in section.K:
                for content in element.K:
                    owners = parents[int(content.Pg.StructParents)]
                    assert owners[int(content.MCID)].objgen == element.objgen
                    assert b"/MCID %d>>" % int(content.MCID) in content.Pg.Contents.read_bytes()
                out.append((str(element.S)[1:], str(section.Lang), len(element.K)))
        return out


@pytest.mark.parametrize("document", [True, False])
def test_the_sheets_of_a_tagged_form_are_a_section_of_headings_and_paragraphs_in_their_language(document):
    fills = [Fill("why", LONG), Fill("how", "brief " * 90)]
    data = fill_pdf_task(tagged(document=document), fills, SheetWords(title="Plan", language="es")).data
    roles = read_by_structure(data)
    assert [role for role, *_ in roles] == ["H1", "H2", "P", "H2", "P"]
    assert {language for _, language, _ in roles} == {"es-US"}
    assert roles[2][2] == 2  # the long text goes over two pages and is one paragraph


def test_everything_on_a_tagged_sheet_is_marked_once_and_nested_rightly():
    data, _ = fill_pdf_fields(tagged(), {"why": LONG})
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in list(pdf.pages)[1:]:
            depth = 0
            for operands, operator in pikepdf.parse_content_stream(page):
                depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(str(operator), 0)
                assert depth in (0, 1)
                if str(operator) in ("Tj", "TJ", "S"):
                    assert depth == 1, operands
                if str(operator) in ("BT", "ET"):
                    assert depth == 0
            assert page.obj.Tabs == Name.S


def test_filled_again_the_old_section_goes_with_its_sheets():
    once, _ = fill_pdf_fields(tagged(), {"why": LONG})
    again, _ = fill_pdf_fields(once, {"why": LONG, "how": "brief " * 90})
    assert [role for role, *_ in read_by_structure(again)] == ["H1", "H2", "P", "H2", "P"]
    emptied, _ = fill_pdf_fields(again, {"why": "short", "how": "so"})
    assert read_by_structure(emptied) == []
    with pikepdf.open(io.BytesIO(emptied)) as pdf:
        assert list(pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)) == [0]


def test_a_form_without_tags_gets_none():
    form = Form()
    form.text("why", Ff=1 << 12, rect=(50, 690, 250, 716))
    data, _ = fill_pdf_fields(form.bytes(), {"why": LONG})
    assert b"/StructParents" not in data and b"/StructElem" not in data
