"""Documents converted by a LibreOffice that is kept, watched and replaced; and without it."""

import io
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import docx
import pikepdf
import psutil
import pypdf
import pytest
from PIL import Image

from generator import convert
from generator.convert import office as office_module
from generator.convert.office import Job, OfficeLimits, OfficeOverLimit, Offices, program
from generator.errors import BlankNotReadable, NoConverter, RefusedForSafety, WorkerStopped

pytestmark = [pytest.mark.office, pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")]
PDF = Job("MS Word 2007 XML", "writer_pdf_Export", ".docx", "pdf", {}, "")


def letter(*paragraphs, author="Dr. Nobody Shouldknow"):
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.core_properties.author = author
    document.core_properties.title = "A client's name"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(data, name, change):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry.filename, change(content) if entry.filename == name else content)
    return out.getvalue()


@pytest.fixture(scope="module")
def made():
    return convert.word_to_pdf(letter("The goal is rest.", "¿Cómo está?"), title="Plan – año", language="es")


def test_a_word_document_becomes_an_archival_and_accessible_pdf(made):
    assert made.engine == "LibreOffice"
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        root, metadata = pdf.Root, pdf.Root.Metadata.read_bytes().decode()
        assert re.search(r"pdfaid:part>2<", metadata) and re.search(r"pdfaid:conformance>B<", metadata)
        assert re.search(r"pdfuaid:part>1<", metadata)
        assert str(root.Lang) == "es"
        assert root.ViewerPreferences.DisplayDocTitle
        assert root.MarkInfo.Marked and "/StructTreeRoot" in root and "/OutputIntents" in root
        assert "/ID" in pdf.trailer and "/Encrypt" not in pdf.trailer
        assert str(pdf.docinfo["/Title"]) == "Plan – año" and "Plan – año" in metadata
        for page in pdf.pages:
            for font in page.resources.get("/Font", {}).values():
                described = font.get("/DescendantFonts", [font])[0].FontDescriptor
                assert any(f"/FontFile{n}" in described for n in ("", "2", "3")), "a font is not embedded"


def test_its_text_is_the_documents_and_its_properties_name_nobody(made):
    text = pypdf.PdfReader(io.BytesIO(made.data)).pages[0].extract_text()
    assert "The goal is rest." in text and "¿Cómo está?" in text
    assert b"Shouldknow" not in made.data and b"client's name" not in made.data
    assert not {"/Author", "/Subject", "/Keywords"} & set(pypdf.PdfReader(io.BytesIO(made.data)).metadata or {})


def test_a_killed_libreoffice_is_replaced_and_the_document_still_comes():
    binary, offices = program(), Offices()
    try:
        assert offices.convert(binary, PDF, letter("one")).startswith(b"%PDF-")
        keeper, office = offices._idle[0].pids
        os.kill(office, signal.SIGKILL)
        assert offices.convert(binary, PDF, letter("two")).startswith(b"%PDF-")
        assert offices._idle[0].pids[0] != keeper
        os.kill(offices._idle[0].pids[0], signal.SIGKILL)  # the keeper itself: its LibreOffice goes with it
        orphan = offices._idle[0].pids[1]
        until = time.monotonic() + 5
        while psutil.pid_exists(orphan) and psutil.Process(orphan).status() != psutil.STATUS_ZOMBIE:
            assert time.monotonic() < until, "LibreOffice outlived its keeper"
            time.sleep(0.05)
        assert offices.convert(binary, PDF, letter("three")).startswith(b"%PDF-")
    finally:
        offices.close()


def test_nothing_is_left_when_it_rests_and_it_starts_again_when_needed():
    binary, offices = program(), Offices(idle_seconds=0.5)
    offices.convert(binary, PDF, letter("one"))
    pids, folder = offices._idle[0].pids, offices._idle[0]._folder
    assert folder.is_dir()
    until = time.monotonic() + 10
    while any(psutil.pid_exists(pid) for pid in pids) or folder.exists():
        assert time.monotonic() < until, "it did not rest"
        time.sleep(0.05)
    assert offices.convert(binary, PDF, letter("two")).startswith(b"%PDF-")
    offices.close()


PARENT = """
import sys, time
from generator.convert.office import Offices, program, Job
offices = Offices()
offices.warm(program())
offices.convert(program(), Job("MS Word 2007 XML", "writer_pdf_Export", ".docx", "pdf", {}), open(sys.argv[1], "rb").read())
print(*offices._idle[0].pids, offices._idle[0]._folder, flush=True)
time.sleep(60)
"""


def test_a_killed_parent_leaves_no_libreoffice_behind_and_the_next_takes_its_folder_away(tmp_path):
    (tmp_path / "a.docx").write_bytes(letter("one"))
    parent = subprocess.Popen([sys.executable, "-c", PARENT, tmp_path / "a.docx"], stdout=subprocess.PIPE, text=True)
    keeper, office, folder = parent.stdout.readline().split()
    parent.kill()
    parent.wait()
    until = time.monotonic() + 10
    while any(psutil.pid_exists(int(pid)) for pid in (keeper, office)):
        assert time.monotonic() < until, "LibreOffice outlived its parent"
        time.sleep(0.1)
    Offices().close()
    assert not Path(folder).exists()


def test_two_at_once_have_profiles_of_their_own():
    binary, offices, out = program(), Offices(), {}
    try:
        threads = [
            threading.Thread(target=lambda n=n: out.update({n: offices.convert(binary, PDF, letter(f"text {n}"))}))
            for n in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for n in range(4):
            assert f"text {n}" in pypdf.PdfReader(io.BytesIO(out[n])).pages[0].extract_text()
        assert len({office._folder for office in offices._idle}) == 2
    finally:
        offices.close()


def test_a_document_over_the_limits_ends_once_and_is_not_tried_again():
    offices = Offices()
    try:
        with pytest.raises(OfficeOverLimit):
            offices.convert(program(), PDF, letter(*["word " * 200] * 800), OfficeLimits(seconds=0.3))
        assert not offices._idle
    finally:
        offices.close()


REMOTE = (
    b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
    b'Target="http://127.0.0.1:%d/x.png" TargetMode="External"/></Relationships>'
)
DRAWN = (
    b'<w:drawing xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    b'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    b'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><wp:inline><wp:extent cx="900000" cy="900000"/>'
    b'<wp:docPr id="9" name="x"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    b'<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="rIdX"/>'
    b'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
    b'<a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    b"</a:graphicData></a:graphic></wp:inline></w:drawing>"
)


@pytest.fixture
def listener():
    """A server on this machine that counts who calls."""
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    calls, ended = [], threading.Event()

    def serve():
        while not ended.is_set():
            try:
                caller, address = server.accept()
            except TimeoutError:
                continue
            calls.append(address)
            caller.close()

    thread = threading.Thread(target=serve)
    thread.start()
    yield server.getsockname()[1], calls
    ended.set()
    thread.join()
    server.close()


def beacon(port):
    """A document whose picture lies on a server; LibreOffice by itself fetches it."""
    data = with_part(
        letter("seen"), "word/_rels/document.xml.rels", lambda c: c.replace(b"</Relationships>", REMOTE % port)
    )
    return with_part(data, "word/document.xml", lambda c: c.replace(b"<w:t>seen</w:t>", b"<w:t>seen</w:t>" + DRAWN, 1))


def test_a_picture_on_a_server_is_never_fetched(listener):
    port, calls = listener
    made = convert.word_to_pdf(beacon(port))
    assert "seen" in pypdf.PdfReader(io.BytesIO(made.data)).pages[0].extract_text()
    assert not calls


def test_the_trap_is_a_trap_and_the_fences_alone_hold(listener, tmp_path):
    port, calls = listener
    offices = Offices()  # given the document as it came, not cleaned: only LibreOffice's own fences stand
    offices.convert(program(), PDF, beacon(port))
    offices.close()
    assert not calls
    (tmp_path / "a.docx").write_bytes(beacon(port))
    command = [
        program(),
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    for _ in range(2):  # the first run only makes the profile
        subprocess.run([*command, "--outdir", tmp_path, tmp_path / "a.docx"], capture_output=True, timeout=60)
    assert calls, "LibreOffice no longer fetches by itself; this test proves nothing any more"


@pytest.mark.skipif(sys.platform != "linux", reason="network namespaces are Linux's")
def test_libreoffice_has_no_network_where_the_system_allows_that():
    if subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode:
        pytest.skip("this system gives no network namespaces")
    offices = Offices()
    try:
        offices.convert(program(), PDF, letter("x"))
        office = offices._idle[0]
        assert office.is_alone
        for pid in office.pids:
            assert Path(f"/proc/{pid}/ns/net").readlink() != Path("/proc/self/ns/net").readlink()
    finally:
        offices.close()


def test_rtf_and_doc_and_odt_become_docx():
    source = letter("Client name: ____", "Goals: ____")
    offices = Offices()
    files = {
        ".doc": ("MS Word 97", "doc"),
        ".odt": ("writer8", "odt"),
        ".rtf": ("Rich Text Format", "rtf"),
    }
    try:
        for suffix, (writer, to) in files.items():
            other = offices.convert(program(), Job("MS Word 2007 XML", writer, ".docx", to, {}), source)
            back = docx.Document(io.BytesIO(convert.to_docx(other, suffix)))
            assert [p.text for p in back.paragraphs][:2] == ["Client name: ____", "Goals: ____"], suffix
    finally:
        offices.close()


def test_a_template_becomes_a_document_without_libreoffice(monkeypatch):
    monkeypatch.setattr(convert, "program", lambda: None)
    template = with_part(
        letter("a"), "[Content_Types].xml", lambda c: c.replace(b"document.main+xml", b"template.main+xml")
    )
    assert docx.Document(io.BytesIO(convert.to_docx(template, ".DOTX"))).paragraphs[0].text == "a"


@pytest.mark.parametrize(
    ("data", "suffix", "error"),
    [
        (b"nothing", ".doc", BlankNotReadable),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 3000, ".doc", BlankNotReadable),
        (b"PK\x05\x06" + b"\0" * 18, ".odt", BlankNotReadable),
        (b"{\\rtf1 {\\object\\objemb{\\*\\objdata 0105}}}", ".rtf", RefusedForSafety),
        (b"x", ".pages", BlankNotReadable),
    ],
)
def test_what_is_not_what_its_ending_says_is_refused_before_libreoffice_sees_it(data, suffix, error, monkeypatch):
    monkeypatch.setattr(convert, "_offices", lambda: pytest.fail("LibreOffice saw it"))
    with pytest.raises(error):
        convert.to_docx(data, suffix)


def test_without_libreoffice_dxpdf_makes_the_pdf_and_is_named(monkeypatch):
    monkeypatch.setattr(convert, "program", lambda: None)
    made = convert.word_to_pdf(letter("The goal is rest."), title="Plan", language="en")
    assert made.engine == "dxpdf"
    assert "The goal is rest." in pypdf.PdfReader(io.BytesIO(made.data)).pages[0].extract_text()
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert pdf.Root.ViewerPreferences.DisplayDocTitle and str(pdf.docinfo["/Title"]) == "Plan"


def test_when_libreoffice_fails_twice_dxpdf_steps_in(monkeypatch):
    class Broken(Offices):
        def convert(self, *args):
            raise office_module.OfficeFailed

    monkeypatch.setattr(convert, "_offices", Broken)
    assert convert.word_to_pdf(letter("rest")).engine == "dxpdf"


def test_without_any_engine_the_way_out_is_said(monkeypatch):
    monkeypatch.setattr(convert, "program", lambda: None)
    monkeypatch.setattr(convert, "_has_dxpdf", lambda: False)
    with pytest.raises(NoConverter, match="Install LibreOffice"):
        convert.word_to_pdf(letter("x"))
    with pytest.raises(NoConverter, match=r"save it as .docx"):
        convert.to_docx(b"{\\rtf1 x}", ".rtf")


def test_a_drawing_becomes_a_picture_of_the_size_asked_for():
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><rect width="200" height="100" fill="#336699"/>'
        b'<circle cx="50" cy="50" r="40" fill="#ffd700"/></svg>'
    )
    with Image.open(io.BytesIO(convert.svg_to_png(svg, width=400))) as image:
        assert abs(image.width - 400) <= 1 and abs(image.height - 200) <= 1
        assert image.convert("RGB").getpixel((100, 100)) == (255, 215, 0)
        assert image.convert("RGB").getpixel((380, 10)) == (51, 102, 153)


def test_a_libreoffice_without_uno_is_run_once_a_document(monkeypatch):
    monkeypatch.setattr(office_module, "python_with_uno", lambda binary: None)
    offices = Offices()
    try:
        made = offices.convert(
            program(),
            Job("MS Word 2007 XML", "writer_pdf_Export", ".docx", "pdf", {"SelectPdfVersion": 2}),
            letter("cold"),
        )
        assert "cold" in pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text()
        assert b"pdfaid:part" in made
        assert [path.name for path in offices._idle[0]._folder.glob("document*")] == []
    finally:
        offices.close()


def test_a_stopped_conversion_names_the_way_out(monkeypatch):
    class Slow(Offices):
        def convert(self, *args):
            raise OfficeOverLimit

    monkeypatch.setattr(convert, "_offices", Slow)
    with pytest.raises(WorkerStopped, match="save it as PDF"):
        convert.word_to_pdf(letter("x"))
