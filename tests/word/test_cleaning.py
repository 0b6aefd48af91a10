"""What acts when a Word file is opened is taken out and told; everything else stays as it was, byte for byte."""

import io
import zipfile

import pytest

from generator.blanks.word_tags import open_word_tags
from generator.errors import GeneratorError
from generator.worker import call
from tests.making import placed, word, word_text


def _with(changes: dict[str, object], *, add: dict[str, bytes] | None = None) -> bytes:
    """A Word file with parts changed by functions, and parts added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word("hello {{ a }}"))) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file,
    ):
        for entry in source.infolist():
            data = source.read(entry)
            file.writestr(entry.filename, changes[entry.filename](data) if entry.filename in changes else data)
        for name, data in (add or {}).items():
            file.writestr(name, data)
    return out.getvalue()


def _relation(kind: str, target: str, mode: str = "") -> object:
    line = f'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"{mode}/></Relationships>'
    return lambda data: data.replace(b"</Relationships>", line.encode())


def _field(*pieces: str) -> object:
    runs = "".join(f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in pieces)
    field = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    return lambda data: data.replace(b"</w:p>", field.encode(), 1)


BODY, RELS = "word/document.xml", "word/_rels/document.xml.rels"
CASES = {
    "a DDE field": ({BODY: _field(" DDEAUTO c:\\windows\\system32\\cmd.exe ")}, {}, "acting-fields", b"DDEAUTO"),
    "a DDE field over runs": ({BODY: _field(" DD", "EAUTO c:\\cmd.exe ")}, {}, "acting-fields", b"EAUTO"),
    "a fetched picture": ({BODY: _field(' INCLUDEPICTURE "http://127.0.0.1/b.png" ')}, {}, "acting-fields", b"INCLUDEPICTURE"),
    "a simple field": ({BODY: lambda d: d.replace(b"</w:p>", b'<w:fldSimple w:instr=" DDE x y "><w:r><w:t>shown</w:t></w:r></w:fldSimple></w:p>', 1)}, {}, "acting-fields", b"DDE x"),
    "an altChunk": ({BODY: lambda d: d.replace(b"<w:sectPr", b'<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rIdX"/><w:sectPr', 1), RELS: _relation("aFChunk", "evil.html")}, {"word/evil.html": b"<html/>"}, "outside-content", b"altChunk"),
    "an OLE object": ({RELS: _relation("oleObject", "embeddings/oleObject1.bin")}, {"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"}, "embedded-objects", b"oleObject1"),
    "a remote template": ({RELS: _relation("attachedTemplate", "http://127.0.0.1/evil.dotm", ' TargetMode="External"')}, {}, "outside-links", b"evil.dotm"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_acts_is_taken_out_and_told(name):
    changes, add, rule, trace = CASES[name]
    template = open_word_tags(_with(changes, add=add))
    assert rule in {finding.rule for finding in template.findings}
    made = template.render({"a": "world"})
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert all(trace not in part.encode() and trace not in package.read(part) for part in package.namelist())
    assert "hello world" in word_text(made)


def test_what_a_simple_field_showed_stays_as_text():
    changes, _, _, _ = CASES["a simple field"]
    assert "shown" in word_text(open_word_tags(_with(changes)).render({"a": "x"}))


def test_a_hyperlink_and_a_page_field_stay():
    changes = {
        RELS: _relation("hyperlink", "https://agency.example/", ' TargetMode="External"'),
        BODY: _field(" PAGE "),
    }
    template = open_word_tags(_with(changes))
    assert not template.findings
    with zipfile.ZipFile(io.BytesIO(template.render({"a": "x"}))) as package:
        assert b"https://agency.example/" in package.read(RELS)
        assert b" PAGE " in package.read(BODY)


def test_members_without_tags_are_copied_as_they_lie_in_the_zip():
    data = word("{{ a }}")
    made = open_word_tags(data).render({"a": "x"})
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(made)) as after:
        assert sorted(before.namelist()) == sorted(after.namelist())
        assert after.testzip() is None
        for entry in before.infolist():
            if entry.filename != BODY:
                copied = after.getinfo(entry.filename)
                assert (copied.CRC, copied.compress_size) == (entry.CRC, entry.compress_size)


def test_the_same_plan_gives_the_same_bytes():
    template = open_word_tags(word("{{ a }}"))
    assert template.render({"a": "x"}) == template.render({"a": "x"})


def test_pictures_in_a_loop_get_numbers_of_their_own():
    drawing = '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:docPr id="7" name="logo"/></wp:inline></w:drawing></w:r></w:p>'
    data = placed("body", "{%p for x in rows %}", "DRAWING", "{%p endfor %}")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as file:
        for name in source.namelist():
            part = source.read(name).decode()
            file.writestr(name, part.replace('<w:p><w:r><w:t xml:space="preserve">DRAWING</w:t></w:r></w:p>', drawing))
    made = open_word_tags(out.getvalue()).render({"rows": ["a", "b", "c"]})
    xml = zipfile.ZipFile(io.BytesIO(made)).read(BODY).decode()
    assert [f'docPr id="{n}"' in xml for n in (1001, 1002, 1003)] == [True] * 3


@pytest.mark.slow
def test_every_word_file_of_the_attack_corpus_ends_in_one_typed_error_or_a_document(shared, tmp_path):
    source = (shared / "measure" / "make_attacks.py").read_text()
    word_part = source[: source.index("# ---- PDF")].replace("sys.argv[1]", repr(str(tmp_path)))
    exec(compile(word_part, "make_attacks", "exec"), {})
    files = sorted(tmp_path.glob("*.docx"))
    assert len(files) > 50
    made = 0
    for path in files:
        try:
            call("template-names", path.read_bytes(), frozenset())
            made += bool(call("fill-word-tags", path.read_bytes(), []))
        except GeneratorError as error:
            assert str(error)
    assert 0 < made < 15
