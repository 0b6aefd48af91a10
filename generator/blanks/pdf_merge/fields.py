"""The fields of the parts under one roof: a parent field for each part, whose name goes before those of its fields.

See ISO 32000-2, 12.7.3 (interactive form dictionary) and 12.7.4.2 (field names).
"""

import re
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from generator.blanks.pdf_fields.fields import dictionary, is_true, items, keys, list_forgotten

_FONT = re.compile(rb"/(\S+)(\s+-?[\d.]+\s+Tf)")
_DEEPEST = 64


def carry_fields(source: pikepdf.Pdf) -> Array:
    """The topmost fields of a part, those included that its form forgot to list."""
    list_forgotten(source)
    return Array([one for one in items(source.Root.AcroForm.Fields) if isinstance(one, Dictionary)])


def join_fields(
    out: pikepdf.Pdf, graphs: Sequence[pikepdf.Dictionary], prefixes: Sequence[str], titles: Sequence[str]
) -> None:
    """Put the fields of all parts into one form; what a part's form said for all its fields is said by its parent field."""
    parents, order = [], []
    fonts = Dictionary()
    needs_appearances = False
    for graph, prefix, title in zip(graphs, prefixes, titles, strict=True):
        fields, form = items(graph.Fields), graph.Form
        if not fields:
            continue
        renamed = _join_fonts(fonts, dictionary(dictionary(form.get("/DR")).get("/Font")))
        parent = out.make_indirect(Dictionary(T=String(prefix), TU=String(title or prefix), Kids=Array(fields)))
        for key in ("/DA", "/Q"):
            if key in form:
                parent[key] = form[key]
        for one in fields:
            one.Parent = parent
        _rename_fonts(parent, renamed)
        parents.append(parent)
        order += list(items(form.get("/CO")))
        needs_appearances |= is_true(form.get("/NeedAppearances"))
    if not parents:
        return
    out.Root.AcroForm = out.make_indirect(Dictionary(Fields=Array(parents), DA=String("/Helv 0 Tf 0 g")))
    if "/Helv" not in fonts:
        fonts["/Helv"] = out.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name("/WinAnsiEncoding"))
        )
    out.Root.AcroForm.DR = Dictionary(Font=fonts)
    if order:
        out.Root.AcroForm.CO = Array(order)
    if needs_appearances:
        out.Root.AcroForm.NeedAppearances = True


def _join_fonts(known: pikepdf.Dictionary, more: pikepdf.Object) -> dict[bytes, bytes]:
    """Add a part's fonts for typing; gives the new names of those whose name means another font in a part before."""
    renamed: dict[bytes, bytes] = {}
    for key in keys(more):
        font, name = more[key], key
        number = 1
        while name in known and not _is_same(known[name], font):
            number += 1
            name = f"{key}.{number}"
        known[name] = font
        if name != key:
            renamed[key[1:].encode()] = name[1:].encode()
    return renamed


def _is_same(one: object, other: object) -> bool:
    if not isinstance(one, Dictionary) or not isinstance(other, Dictionary):
        return False
    if one.objgen != (0, 0) and one.objgen == other.objgen:
        return True
    plain = ("/Subtype", "/BaseFont", "/Encoding")
    return (
        "/FontDescriptor" not in one
        and "/FontDescriptor" not in other
        and all(repr(one.get(key)) == repr(other.get(key)) for key in plain)
    )


def _rename_fonts(top: pikepdf.Object, renamed: dict[bytes, bytes]) -> None:
    """Default appearances name fonts; say their new names, wherever below a field they stand."""
    if not renamed:
        return
    waiting, seen = [top], set[tuple[int, int]]()
    while waiting:
        one = waiting.pop()
        if not isinstance(one, Dictionary) or (one.objgen != (0, 0) and one.objgen in seen):
            continue
        seen.add(one.objgen)
        if isinstance(one.get("/DA"), String):
            new = _FONT.sub(lambda m: b"/" + renamed.get(m[1], m[1]) + m[2], bytes(one.DA))
            one.DA = String(new)
        waiting += items(one.get("/Kids"))
