"""Make a fillable PDF of a flat one: a field with a tooltip at every place that `pdf_flat` finds. The pages stay as they are.

A tagged file stays tagged: every new field gets its own Form element (ISO 32000-2, 14.8.4.8.3 and 14.7.5.4).
"""

import io
import re
import unicodedata
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from generator.blanks.pdf_flat import CHECK, FlatPdf, Place, find_places
from generator.errors import BlankIsEncrypted, BlankNotReadable, FormUnsupported

_MULTILINE, _COMB, _DO_NOT_SCROLL = 1 << 12, 1 << 24, 1 << 23
_PRINT = 4


def adopt(data: bytes) -> bytes:
    """The fillable file. Raises FormUnsupported where no place for an answer can be found, saying why."""
    found = find_places(data)
    if not found.places:
        raise FormUnsupported(nothing_found(found))
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            _add_fields(pdf, found.places)
            out = io.BytesIO()
            pdf.save(out, encryption=False, deterministic_id=True)
            return out.getvalue()
    except pikepdf.PasswordError:
        raise BlankIsEncrypted(
            "This PDF needs a password to be changed. Save a copy without one, and use that copy."
        ) from None
    except (pikepdf.PdfError, RuntimeError, ValueError):
        raise BlankNotReadable(
            "This file is not a PDF, or it is damaged. Get the form again and try with that."
        ) from None


def nothing_found(found: FlatPdf) -> str:
    """Why a file offers no place, and what to do."""
    if found.findings:
        return (
            "This PDF is a scan: pictures of pages, without text. Ask for the original file, or make its text readable "
            "with an OCR program first, and use that."
        )
    return "No places for answers can be found on this PDF: no fields, rules, boxes or empty cells. Check that it is a form."


def _add_fields(pdf: pikepdf.Pdf, places: Sequence[Place]) -> None:
    names: set[str] = set()
    fields = Array()
    widgets: list[tuple[pikepdf.Object, pikepdf.Object]] = []
    for place in places:
        page = pdf.pages[place.page].obj
        widget = pdf.make_indirect(_widget(pdf, place, _name(place, names), page))
        fields.append(widget)
        widgets.append((widget, page))
        if "/Annots" not in page:
            page.Annots = Array()
        page.Annots.append(widget)
    for number in {place.page for place in places}:
        pdf.pages[number].obj.Tabs = Name.S if "/StructTreeRoot" in pdf.Root else Name.R
    helvetica = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )
    dingbats = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats))
    pdf.Root.AcroForm = pdf.make_indirect(
        Dictionary(
            Fields=fields, DA=String("/Helv 0 Tf 0 g"), DR=Dictionary(Font=Dictionary(Helv=helvetica, ZaDb=dingbats))
        )
    )
    if "/StructTreeRoot" in pdf.Root:
        _tag(pdf, widgets)


def _widget(pdf: pikepdf.Pdf, place: Place, name: str, page: pikepdf.Object) -> Dictionary:
    x0, y0, x1, y1 = place.rect
    wide, high = place.shown[2] - place.shown[0], place.shown[3] - place.shown[1]
    widget = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, T=String(name), TU=String(place.label or name), F=_PRINT, P=page,
        Rect=Array([round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2)]),
    )  # fmt: skip
    widget.MK = Dictionary(R=place.turn * 90)  # text stands upright on a turned page
    if place.covers:
        widget.MK.BG = Array([1])
    if place.kind == CHECK:
        widget.FT, widget.V, widget.AS = Name.Btn, Name.Off, Name.Off
        widget.DA = String("/ZaDb 0 Tf 0 g")
        widget.MK.CA = String("8")
        widget.AP = Dictionary(N=Dictionary(Yes=_cross(pdf, x1 - x0, y1 - y0), Off=_drawn(pdf, b"", x1 - x0, y1 - y0)))
        return widget
    size = max(6.0, min(10.0, high * 0.72)) if high < 24 else 10.0
    widget.FT = Name.Tx
    widget.DA = String(f"/Helv {size:.4g} Tf 0 g")
    flags = 0
    if place.cells:
        flags, widget.MaxLen = _COMB | _DO_NOT_SCROLL, place.cells
    elif high >= 24 and wide > 60:
        flags = _MULTILINE
    if flags:
        widget.Ff = flags
    return widget


def _cross(pdf: pikepdf.Pdf, wide: float, high: float) -> pikepdf.Object:
    a, b = 0.2, 0.8
    lines = (
        f"q 1.1 w 0 G {wide * a:.2f} {high * a:.2f} m {wide * b:.2f} {high * b:.2f} l "
        f"{wide * a:.2f} {high * b:.2f} m {wide * b:.2f} {high * a:.2f} l S Q"
    )
    return _drawn(pdf, lines.encode(), wide, high)


def _drawn(pdf: pikepdf.Pdf, content: bytes, wide: float, high: float) -> pikepdf.Object:
    return pdf.make_indirect(
        pdf.make_stream(
            content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, round(wide, 2), round(high, 2)])
        )
    )


def _name(place: Place, taken: set[str]) -> str:
    """A name of plain letters made of the label, unique in the file."""
    plain = unicodedata.normalize("NFKD", place.label).encode("ascii", "ignore").decode().lower()
    base = "_".join(re.findall(r"[a-z0-9]+", plain)[:6]) or ("box" if place.kind == CHECK else "blank")
    name, n = base, 2
    while name in taken:
        name, n = f"{base}_{n}", n + 1
    taken.add(name)
    return name


def _tag(pdf: pikepdf.Pdf, widgets: Sequence[tuple[pikepdf.Object, pikepdf.Object]]) -> None:
    root = pdf.Root.StructTreeRoot
    parent = root
    kids = root.get("/K")
    first = kids[0] if isinstance(kids, Array) and len(kids) else kids
    if isinstance(first, Dictionary) and first.get("/S") == Name.Document:
        parent = first
    if "/ParentTree" not in root:
        root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array()))
    tree = pikepdf.NumberTree(root.ParentTree)
    key = max([int(root.get("/ParentTreeNextKey", 0)), *(int(k) + 1 for k in tree)], default=0)
    elements = []
    for widget, page in widgets:
        element = pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem, S=Name.Form, P=parent, Pg=page, K=Dictionary(Type=Name.OBJR, Obj=widget, Pg=page)
            )
        )
        widget.StructParent = key
        tree[key] = element
        elements.append(element)
        key += 1
    root.ParentTreeNextKey = key
    here = parent.get("/K")
    if isinstance(here, Array):
        for element in elements:
            here.append(element)
    else:
        parent.K = Array([*([] if here is None else [here]), *elements])
