"""Several finished PDFs become one packet, and each part stays what it was."""

import io

import pikepdf
import pypdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from generator.blanks.pdf_merge import merge_pdfs, prefix_of
from generator.errors import BlankIsEncrypted, BlankNotReadable, FormUnsupported
from generator.make_pdf import fill_pdf_fields
from tests.making import Form


def filled(name: str) -> bytes:
    form = Form()
    form.text("patient.name")
    form.check("consent", "Agree", rect=(50, 600, 62, 612))
    return fill_pdf_fields(form.bytes(), {"patient.name": name, "consent": "Agree"})[0]


def two_pages(change) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.add_blank_page()
    change(pdf)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def opened(*parts: bytes, **words: str) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(merge_pdfs([(f"Part {n}", part) for n, part in enumerate(parts, 1)], **words)))


def test_equal_field_names_stay_different_answers():
    data = merge_pdfs([("Plan", filled("Alex Morgan")), ("Contract", filled("Ana Núñez"))])
    fields = pypdf.PdfReader(io.BytesIO(data)).get_fields() or {}
    assert fields[f"{prefix_of(0)}.patient.name"]["/V"] == "Alex Morgan"
    assert fields[f"{prefix_of(1)}.patient.name"]["/V"] == "Ana Núñez"
    assert fields["form2.consent"]["/V"] == "/Agree"


def test_every_answer_still_shows_on_its_own_page():
    document = pypdfium2.PdfDocument(merge_pdfs([("A", filled("Alex Morgan")), ("B", filled("Ana Núñez"))]))
    for page in document:
        pypdfium2.raw.FPDFPage_Flatten(page, 1)
    texts = [page.get_textpage().get_text_range() for page in document]
    assert ["Alex Morgan" in texts[0], "Ana Núñez" in texts[1], "Ana" in texts[0]] == [True, True, False]


def test_a_packet_can_be_filled_on_and_continues_its_sheets():
    form = Form()
    form.text("why", rect=(50, 700, 110, 712))
    form.text("name", rect=(50, 600, 250, 616))
    part, _ = fill_pdf_fields(form.bytes(), {"why": "because of the long way home " * 9})
    packet = merge_pdfs([("A", part), ("B", part)])
    again, status = fill_pdf_fields(packet, {"form2.name": "Alex"})
    assert status == {"form2.name": "filled"}
    text = " ".join("".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(again)).split())
    assert text.count("long way home") == 18


def test_links_between_pages_and_named_places_lead_where_they_led():
    def link(pdf):
        pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String("end"), Array([pdf.pages[1].obj, Name.Fit])])))
        annotations = [
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), Dest=String("end")),
            Dictionary(
                Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]),
                A=Dictionary(S=Name.GoTo, D=Array([pdf.pages[1].obj, Name.Fit])),
            ),
        ]  # fmt: skip
        pdf.pages[0].obj.Annots = Array(annotations)

    with opened(two_pages(link), two_pages(link)) as packet:
        named, direct = packet.pages[2].obj.Annots
        assert named.Dest[0].objgen == direct.A.D[0].objgen == packet.pages[3].obj.objgen


def test_each_part_is_a_bookmark_with_its_own_below_and_its_own_page_numbers():
    def outline(pdf):
        with pdf.open_outline() as own:
            own.root.append(pikepdf.OutlineItem("Goals", 1))

    data = merge_pdfs([("Plan", two_pages(outline)), ("Contract", filled("Alex"))])
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert [one.title if not isinstance(one, list) else [below.title for below in one] for one in reader.outline] == [
        "Plan", ["Goals"], "Contract",
    ]  # fmt: skip
    assert reader.get_destination_page_number(reader.outline[1][0]) == 1
    assert reader.page_labels == ["1-1", "1-2", "2-1"]


def tagged(pdf) -> None:
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, RoleMap=Dictionary(Note=Name.P)))
    paragraphs = []
    for number, page in enumerate(pdf.pages):
        page.obj.StructParents = number
        page.obj.Contents = pdf.make_stream(b"/Note <</MCID 0>> BDC EMC")
        paragraphs.append(
            pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Note, P=root, Pg=page.obj, K=0, ID=String("x")))
        )
    root.K = Array(paragraphs)
    root.ParentTree = Dictionary(Nums=Array([0, Array([paragraphs[0]]), 1, Array([paragraphs[1]])]))
    root.IDTree = Dictionary(Names=Array([String("x"), paragraphs[0]]))
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def other_role(pdf) -> None:
    tagged(pdf)
    pdf.Root.StructTreeRoot.RoleMap.Note = Name.H1


def test_the_tags_of_the_parts_are_one_tree_that_each_page_leads_into():
    with opened(two_pages(tagged), two_pages(other_role)) as packet:
        root = packet.Root.StructTreeRoot
        found = dict(zip(*[iter(root.ParentTree.Nums)] * 2, strict=True))
        for page in packet.pages:
            (element,) = found[int(page.obj.StructParents)]
            assert element.Pg.objgen == page.obj.objgen
        roles = [str(root.RoleMap[element[0].S]) for element in found.values()]
        assert roles == ["/P", "/P", "/H1", "/H1"]
        assert [str(part.S) for part in root.K] == ["/Part", "/Part"]
        assert {bytes(element[0].ID) for element in found.values()} == {b"1-x", b"2-x"}
        assert packet.Root.MarkInfo.Marked is True


def test_a_packet_with_an_untagged_part_does_not_claim_to_be_tagged():
    with opened(two_pages(tagged), two_pages(lambda pdf: None)) as packet:
        assert packet.Root.MarkInfo.Marked is False
        assert "/K" in packet.Root.StructTreeRoot


def test_a_hidden_layer_stays_hidden():
    def layer(pdf):
        group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Notes")))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))

    with opened(filled("Alex"), two_pages(layer)) as packet:
        assert [str(one.Name) for one in packet.Root.OCProperties.D.OFF] == ["Notes"]


def test_pages_keep_what_they_had_from_above():
    def inherit(pdf):
        for page in pdf.pages:
            del page.obj["/MediaBox"]
        pdf.Root.Pages.MediaBox = Array([0, 0, 300, 400])
        pdf.Root.Pages.Rotate = 90

    with opened(two_pages(inherit)) as packet:
        assert [int(v) for v in packet.pages[1].mediabox] == [0, 0, 300, 400]
        assert packet.pages[1].obj.Rotate == 90


def test_a_font_for_typing_that_differs_gets_a_name_of_its_own():
    def form(base: str) -> bytes:
        made = Form()
        made.text("name", DA=String("/F1 9 Tf 0 g"))
        with pikepdf.open(io.BytesIO(made.bytes())) as pdf:
            font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(base))
            pdf.Root.AcroForm.DR = Dictionary(Font=Dictionary(F1=font))
            out = io.BytesIO()
            pdf.save(out)
        return out.getvalue()

    with opened(form("/Helvetica"), form("/Times-Roman"), form("/Helvetica")) as packet:
        fonts = packet.Root.AcroForm.DR.Font
        said = [str(parent.Kids[0].DA).split()[0] for parent in packet.Root.AcroForm.Fields]
        assert [str(fonts[name].BaseFont) for name in said] == ["/Helvetica", "/Times-Roman", "/Helvetica"]


def test_what_starts_something_does_not_go_over():
    def script(pdf):
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
        pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))

    packet = merge_pdfs([("A", two_pages(script))])
    with pikepdf.open(io.BytesIO(packet)) as pdf:
        pdf.save(whole := io.BytesIO(), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"JavaScript" not in whole.getvalue()


def test_a_signed_part_is_refused_by_its_title():
    form = Form()
    form.widget("signed", Name.Sig, V=Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite")))
    with pytest.raises(FormUnsupported, match="“Consent” is signed"):
        merge_pdfs([("Consent", form.bytes())])


def test_a_part_that_cannot_be_opened_is_named():
    form = Form()
    form.text("name")
    with pytest.raises(BlankNotReadable, match="“Plan”"):
        merge_pdfs([("Plan", b"%PDF-1.7 nothing")])
    with pytest.raises(BlankIsEncrypted, match="“Plan”"):
        merge_pdfs([("Plan", form.bytes(encryption=pikepdf.Encryption(owner="o", user="u")))])


def test_the_same_parts_make_the_same_packet():
    parts = [("A", filled("Alex")), ("B", filled("Ana"))]
    assert merge_pdfs(parts, "Packet", "en") == merge_pdfs(parts, "Packet", "en")


def test_real_forms_joined_look_as_they_did(shared):
    forms = sorted((shared / "corpus" / "pdf").glob("*.pdf"), key=lambda path: path.stat().st_size)[:6]
    parts = []
    for path in forms:
        try:
            parts.append((path.stem, fill_pdf_fields(path.read_bytes(), {})[0]))
        except BlankNotReadable:
            continue
    packet = pypdfium2.PdfDocument(merge_pdfs(parts))
    packet.init_forms()
    place = 0
    for _, data in parts:
        own = pypdfium2.PdfDocument(data)
        own.init_forms()
        for page in own:
            assert packet[place].render(scale=0.4).to_numpy().tobytes() == page.render(scale=0.4).to_numpy().tobytes()
            place += 1
    assert place == len(packet)
