"""A changed PDF written as an addition to the file it was (ISO 32000-2, 7.5.6, incremental updates): what was signed stays as it is, byte for byte.

qpdf writes whole files only. So the objects of the file as it is now are held against those of the file as it was, and
those that differ are appended with a section of their own.
"""

import re
import zlib

import pikepdf

from generator.pdf_open import open_in_memory

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_WORTH_PACKING = 200


def appended(original: bytes, pdf: pikepdf.Pdf) -> bytes:
    """`original` with what `pdf`, opened from it and changed since, has that differs.

    Raises ValueError where the file does not end as files do, so that nothing can be appended.
    """
    found = _START.search(original[-2048:])
    if found is None:
        raise ValueError("the file has no end to append to")
    with open_in_memory(original) as before:
        known = {one.objgen: _content(one) for one in before.objects if _is_there(one)}
    changed = {
        one.objgen: body for one in pdf.objects if _is_there(one) and (body := _content(one)) != known.get(one.objgen)
    }
    if not changed:
        return original
    out = bytearray(original if original.endswith(b"\n") else original + b"\n")
    offsets: dict[tuple[int, int], int] = {}
    for (number, generation), (words, stream) in sorted(changed.items()):
        offsets[number, generation] = len(out)
        out += b"%d %d obj\n%s" % (number, generation, words)
        if stream is not None:
            out += b"\nstream\n" + stream + b"\nendstream"
        out += b"\nendobj\n"
    _section(out, pdf, offsets, int(found[1]), is_stream=not _is_table(original, int(found[1])))
    return bytes(out)


def _is_there(one: pikepdf.Object) -> bool:
    return one.objgen != (0, 0) and one is not None


def _content(one: pikepdf.Object) -> tuple[bytes, bytes | None]:
    """What stands in an object: its words, and the bytes of a stream as they are stored."""
    if not isinstance(one, pikepdf.Stream):
        return one.unparse(resolved=True), None
    data = one.read_raw_bytes()
    keys: dict[str, object] = {key: one[key] for key in one.keys() if key != "/Length"}  # noqa: SIM118 (a pikepdf object is no mapping)
    if "/Filter" not in keys and len(data) > _WORTH_PACKING:
        data = zlib.compress(data)
        keys["/Filter"] = pikepdf.Name.FlateDecode
    keys["/Length"] = len(data)
    return _words(keys), data


def _words(keys: dict[str, object]) -> bytes:
    return pikepdf.Dictionary(keys).unparse(resolved=True)  # type: ignore[arg-type,unused-ignore]


def _is_table(original: bytes, start: int) -> bool:
    """Whether the file's last section is a table (`xref`), not a stream: an addition is to be of the same kind."""
    return original[start : start + 32].lstrip().startswith(b"xref")


def _section(
    out: bytearray, pdf: pikepdf.Pdf, offsets: dict[tuple[int, int], int], before: int, *, is_stream: bool
) -> None:
    """The cross-reference section of the addition, and its trailer."""
    highest = max([number for number, _ in offsets] + [int(pdf.trailer.get("/Size", 1)) - 1])
    trailer: dict[str, object] = {key: pdf.trailer[key] for key in ("/Root", "/Info", "/ID") if key in pdf.trailer}
    trailer["/Prev"] = before
    start = len(out)
    if is_stream:
        highest += 1
        offsets = {**offsets, (highest, 0): start}
    numbers = sorted(offsets)
    trailer["/Size"] = highest + 1
    if not is_stream:
        out += b"xref\n"
        for number, generation in numbers:
            out += b"%d 1\n%010d %05d n \n" % (number, offsets[number, generation], generation)
        out += b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (_words(trailer), start)
        return
    rows = b"".join(b"\x01" + offsets[place].to_bytes(8, "big") + place[1].to_bytes(2, "big") for place in numbers)
    trailer |= {
        "/Type": pikepdf.Name.XRef,
        "/W": pikepdf.Array([1, 8, 2]),
        "/Index": pikepdf.Array([value for number, _ in numbers for value in (number, 1)]),
        "/Length": len(rows),
    }
    words = _words(trailer)
    out += b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (highest, words, rows, start)
