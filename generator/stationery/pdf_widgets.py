"""Fields put onto laid-out pages: text fields with tooltips, in tab order, and as forms in the structure tree.

See ISO 32000-2, 12.7 (forms), 14.8.4.8.3 (Form structure type); PDF/UA-1, 7.18.
"""

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, String

from generator.blanks.tasks import EMBEDDED_MAP
from generator.charts.placing import MARK
from generator.stationery.page_layout import CHART, Laid, Spot

_PRINT, _MULTILINE, _COMB = 4, 1 << 12, 1 << 24


def put_fields(laid: Laid, *, language: str, map_toml: str, size: float, is_fixed: bool) -> bytes:
    """The fillable form. Spots of one name become one field with a widget on each.

    `size` is that of what is typed, in points; where it is not fixed, a long text may be smaller.
    """
    with pikepdf.open(io.BytesIO(laid.pdf)) as pdf:
        fields: dict[str, list[pikepdf.Object]] = {}
        for spot in _in_tab_order(laid.spots):
            page = pdf.pages[spot.page]
            if spot.name.startswith(CHART):
                _keep_place(pdf, page, spot)
                continue
            widget = pdf.make_indirect(_widget(spot, page))
            if "/Annots" not in page.obj:
                page.obj.Annots = Array()
            page.obj.Annots.append(widget)
            page.obj.Tabs = Name.S
            fields.setdefault(spot.name, []).append(widget)
            _add_to_structure(pdf, page, widget, spot)
        _add_form(pdf, fields, {spot.name: spot for spot in laid.spots}, size, is_fixed=is_fixed)
        pdf.Root.Lang = String("es-US" if language == "es" else "en-US")
        pdf.attachments[EMBEDDED_MAP] = AttachedFileSpec(
            pdf, map_toml.encode(), description="Which answer goes to which field", mime_type="application/toml"
        )
        _drop_what_readers_warn_of(pdf)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def _drop_what_readers_warn_of(pdf: pikepdf.Pdf) -> None:
    """Drop what the standard allows, tells nothing, and Poppler calls wrong: a mark that says no, the colour of rules.

    See ISO 32000-2, 14.7.1 (Suspects: false where absent), 14.8.5.4.3 (BorderColor).
    """
    if "/Suspects" in pdf.Root.MarkInfo:
        del pdf.Root.MarkInfo["/Suspects"]
    for element in pdf.objects:
        attributes = element.get("/A") if isinstance(element, Dictionary) else None
        for one in attributes if isinstance(attributes, Array) else [attributes]:
            if isinstance(one, Dictionary) and "/BorderColor" in one:
                del one["/BorderColor"]


def _in_tab_order(spots: Sequence[Spot]) -> list[Spot]:
    """As laid out; what stands in the foot of a page comes last on it."""
    return sorted(spots, key=lambda spot: (spot.page, spot.name.startswith("footer_")))


def _widget(spot: Spot, page: pikepdf.Page) -> pikepdf.Dictionary:
    high = float(page.mediabox[3])
    rect = (spot.left, high - spot.top - spot.height, spot.left + spot.width, high - spot.top)
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        Rect=Array([round(v, 2) for v in rect]),
        F=_PRINT,
        P=page.obj,
        Contents=String(spot.tooltip),
    )


def _keep_place(pdf: pikepdf.Pdf, page: pikepdf.Page, spot: Spot) -> None:
    """An empty XObject where the chart will stand, told of by a Figure."""
    of = Name("/" + spot.name.removeprefix(CHART))
    place = pdf.make_stream(
        b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, round(spot.width, 2), round(spot.height, 2)])
    )
    place[f"/{MARK}"] = of
    name = page.add_resource(place, Name.XObject, Name(f"/{MARK}-{str(of)[1:]}"))
    low = float(page.mediabox[3]) - spot.top - spot.height
    page.contents_add(b"q", prepend=True)
    page.contents_add(b"Q q 1 0 0 1 %.2f %.2f cm %s Do Q" % (spot.left, low, str(name).encode()))
    _add_to_structure(pdf, page, place, spot, kind=Name.Figure)[f"/{MARK}"] = of


def _add_form(
    pdf: pikepdf.Pdf, fields: dict[str, list[pikepdf.Object]], spots: dict[str, Spot], size: float, *, is_fixed: bool
) -> None:
    entries = Array()
    look = String(f"/Helv {size if is_fixed else 0:g} Tf 0 g")
    wanted = String(f"font: Helvetica {size:g}pt")
    for name, widgets in fields.items():
        spot = spots[name]
        words = Dictionary(FT=Name.Tx, T=String(name), TU=String(spot.tooltip), DA=look, DS=wanted)
        flags = (_MULTILINE if spot.is_multiline else 0) | (_COMB if spot.comb else 0)
        if flags:
            words.Ff = flags
        if spot.comb:
            words.MaxLen = spot.comb
        if name == "form_line":
            words.DA = String(f"/Helv {max(size * 0.8, 8):g} Tf 0.35 g")
        elif name.startswith("footer_") or name in ("agency_address", "agency_numbers"):
            words.DA = String("/Helv 8 Tf 0.35 g")
        if len(widgets) == 1:
            for key in words.keys():  # noqa: SIM118 (a PDF dictionary)
                widgets[0][key] = words[key]
            entries.append(widgets[0])
            continue
        parent = pdf.make_indirect(words)
        parent.Kids = Array(widgets)
        for widget in widgets:
            widget.Parent = parent
        entries.append(parent)
    helvetica = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )
    pdf.Root.AcroForm = Dictionary(
        Fields=entries, DA=String("/Helv 0 Tf 0 g"), DR=Dictionary(Font=Dictionary(Helv=helvetica))
    )


def _add_to_structure(
    pdf: pikepdf.Pdf, page: pikepdf.Page, widget: pikepdf.Object, spot: Spot, kind: pikepdf.Name = Name.Form
) -> pikepdf.Object:
    """An element for the widget (or picture) under the document, found again through the parent tree (14.7.5.4)."""
    root = pdf.Root.StructTreeRoot
    document = root.K[0] if isinstance(root.K, Array) else root.K
    reference = Dictionary(Type=Name.OBJR, Obj=widget, Pg=page.obj)
    element = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=kind, P=document, Pg=page.obj, K=reference, Alt=String(spot.tooltip))
    )
    if not isinstance(document.get("/K"), Array):
        document.K = Array([document.K] if "/K" in document else [])
    document.K.append(element)
    key = int(root.get("/ParentTreeNextKey", 0))
    widget.StructParent = key
    root.ParentTreeNextKey = key + 1
    tree = root.ParentTree
    leaf = tree
    while "/Kids" in leaf:
        leaf = leaf.Kids[-1]
    if "/Nums" not in leaf:
        leaf.Nums = Array()
    leaf.Nums.append(key)
    leaf.Nums.append(element)
    if "/Limits" in leaf:
        leaf.Limits = Array([leaf.Limits[0], key])
    return element
