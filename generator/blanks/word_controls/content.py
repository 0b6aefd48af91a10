"""Content controls: text, rich text, date, drop-down, combo box, check box; in a line, around paragraphs, a cell.

Repeating sections are in `rows`. See ECMA-376 part 1, 17.5.2; [MS-DOCX] 2.6.1.17 (checkbox), 2.6.1.20 (repeating).
"""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from generator.blanks.word_controls.fields import not_offered
from generator.blanks.word_text.layout import TextLine, sdt_properties
from generator.blanks.word_text.line import RPR, SDT, SDT_CONTENT, SYM, W14, Element, Line, P, T, w
from generator.blanks.word_text.spot import Span, Spot
from generator.blanks.word_text.write import new_run, put, set_property, without_prompt_look
from generator.ooxml import parse_xml
from generator.slots import Choice, SlotKind, Value

W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_VAL = w("val")
_REPEATS = (f"{{{W15}}}repeatingSection", f"{{{W15}}}repeatingSectionItem")
_HOLDS_NO_TEXT = frozenset(
    (
        *(
            w(name)
            for name in ("picture", "docPartObj", "docPartList", "group", "equation", "citation", "bibliography")
        ),
        *_REPEATS,
    )
)
_FIELDS = (SDT, w("fldChar"), w("tbl"))
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"


def control_spots(line: TextLine, seen: set[Element]) -> Iterator[Spot]:
    """The content controls of one line, and those around it that begin here; `seen` holds those already told."""
    for sdt in line.sdts:
        if sdt not in seen:
            seen.add(sdt)
            if is_place(sdt):
                yield _spot(sdt, line, 0, len(line.text))
            elif not _repeats(sdt):
                yield _part_spot(sdt, line, 0, 0)
    for control in line.line.controls:
        if _takes_text(control.sdt):
            yield _spot(control.sdt, line, control.start, control.end)
        else:
            yield _part_spot(control.sdt, line, control.start, control.start)


def write_control(spot: Spot, value: Value) -> str:
    """Write a value into a control; gives back why not, or "". The control itself stays."""
    if spot.sdt is None:
        return "the control is not where it was"
    properties = sdt_properties(spot.sdt)
    if spot.shape == "sdt-check":
        _write_check(spot.sdt, properties, bool(value) and value not in ("0", "No", "Off", "false"))
        return ""
    text = value if isinstance(value, str) else "Yes" if value is True else ""
    if spot.shape in ("sdt-list", "sdt-combo"):
        label, stored = _choice(properties, text)
        if label is None and spot.shape == "sdt-list":
            return not_offered(text, spot.choices)
        text = label if label is not None else text
        for one in (w("dropDownList"), w("comboBox")):
            kind = properties.find(one)
            if kind is not None and stored is not None:
                kind.set(w("lastValue"), stored)
    if spot.shape == "sdt-date":
        _store_date(properties, text)
    _write_text(spot.sdt, properties, text)
    return ""


def stored_values(spot: Spot, parts: Mapping[str, bytes], text: str) -> tuple[str, bytes] | None:
    """The custom XML part that a bound control shows, with the new text in it; Word shows that part, not our words.

    None where the control is not bound, or where its part is not in the file; then it is bound no more (17.5.2.6).
    """
    if spot.sdt is None:
        return None
    properties = sdt_properties(spot.sdt)
    binding = properties.find(w("dataBinding"))
    if binding is None:
        return None
    stored = _stored(binding, parts, text)
    if stored is None:
        # Word would show the other text again: that of the file's properties, or of a part that is gone.
        properties.remove(binding)
    return stored


def _stored(binding: Element, parts: Mapping[str, bytes], text: str) -> tuple[str, bytes] | None:
    name = _store_part(parts, binding.get(w("storeItemID")) or "")
    path = binding.get(w("xpath")) or ""
    if not name or not re.fullmatch(r"[\w/:\[\]@.-]+", path):
        return None
    prefixes = dict(re.findall(r"xmlns:(\w+)=['\"]([^'\"]+)['\"]", binding.get(w("prefixMappings")) or ""))
    root = parse_xml(parts[name], name)
    try:
        found = root.xpath(path, namespaces=prefixes or None)
    except etree.XPathError:
        return None
    nodes = [node for node in found if isinstance(node, etree._Element)] if isinstance(found, list) else []
    if len(nodes) != 1:
        return None
    for child in list(nodes[0]):
        nodes[0].remove(child)
    nodes[0].text = text
    return name, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _store_part(parts: Mapping[str, bytes], item: str) -> str:
    for name, data in parts.items():
        if re.fullmatch(r"customXml/itemProps\d+\.xml", name) and item and item.encode() in data:
            stored = name.replace("itemProps", "item")
            return stored if stored in parts else ""
    return ""


def is_place(sdt: Element) -> bool:
    """Whether a control around whole paragraphs is one place to write, and not one around rows of a table."""
    return _takes_text(sdt) and sdt.find(f".//{w('tr')}") is None


def _repeats(sdt: Element) -> bool:
    return any(child.tag in _REPEATS for child in sdt_properties(sdt))


def _part_spot(sdt: Element, line: TextLine, start: int, end: int) -> Spot:
    """A control that holds a picture, a page number or other controls: told, but never written."""
    properties = sdt_properties(sdt)
    gallery = properties.find(f"{w('docPartObj')}/{w('docPartGallery')}")
    spot = Spot("sdt-part", SlotKind.RICH, [Span(line, start, end)], sdt=sdt, is_read_only=True)
    spot.hint = _attribute(properties.find(w("alias"))) or _attribute(gallery) or "a part that Word fills itself"
    spot.name = _attribute(properties.find(w("tag")))
    return spot


def _takes_text(sdt: Element) -> bool:
    """Whether a control is a place to write: not a picture, a group or a repeating section, nor one around others."""
    properties = sdt_properties(sdt)
    if any(child.tag in _HOLDS_NO_TEXT for child in properties):
        return False
    content = sdt.find(SDT_CONTENT)
    if content is None:
        return False
    if _shape(properties) != "sdt-rich":
        return True
    return next(content.iter(*_FIELDS), None) is None


def _shape(properties: Element) -> str:
    for child in properties:
        if child.tag == f"{{{W14}}}checkbox":
            return "sdt-check"
        for name, shape in (
            ("text", "sdt-text"),
            ("date", "sdt-date"),
            ("dropDownList", "sdt-list"),
            ("comboBox", "sdt-combo"),
        ):
            if child.tag == w(name):
                return shape
    return "sdt-rich"


_KINDS = {
    "sdt-text": SlotKind.TEXT,
    "sdt-rich": SlotKind.RICH,
    "sdt-date": SlotKind.DATE,
    "sdt-list": SlotKind.CHOICE,
    "sdt-combo": SlotKind.CHOICE,
    "sdt-check": SlotKind.CHECK,
}


def _spot(sdt: Element, line: TextLine, start: int, end: int) -> Spot:
    properties = sdt_properties(sdt)
    shape = _shape(properties)
    spot = Spot(shape, _KINDS[shape], [Span(line, start, end)], sdt=sdt)
    spot.name = _attribute(properties.find(w("tag")))
    spot.hint = _attribute(properties.find(w("alias")))
    shown = "".join(node.text or "" for node in sdt.iter(T)).strip()
    if _is_prompt(properties):
        spot.hint = " / ".join(one for one in (spot.hint, shown) if one)
    elif shape == "sdt-check":
        checked = properties.find(f"{{{W14}}}checkbox/{{{W14}}}checked")
        spot.value = "Yes" if checked is not None and checked.get(f"{{{W14}}}val") in ("1", "true") else ""
    else:
        spot.value = shown
    spot.is_read_only = _attribute(properties.find(w("lock"))) in ("contentLocked", "sdtContentLocked")
    if shape == "sdt-date":
        given = _attribute(properties.find(w("date") + "/" + w("dateFormat")))
        spot.format = f"date:{given.lower() if re.fullmatch(r'[dDmMyY/. -]+', given) else 'mm/dd/yyyy'}"
    spot.choices = tuple(Choice(stored, label) for label, stored in _items(properties))
    spot.is_editable = shape == "sdt-combo"
    return spot


def _is_prompt(properties: Element) -> bool:
    shown = properties.find(w("showingPlcHdr"))
    return shown is not None and shown.get(_VAL) not in ("0", "false")


def _items(properties: Element) -> list[tuple[str, str]]:
    """Display text and stored value of each item; the first, empty one is the prompt."""
    out = []
    for item in properties.iter(w("listItem")):
        stored = item.get(w("value")) or ""
        label = item.get(w("displayText")) or stored
        if stored:
            out.append((label, stored))
    return out


def _choice(properties: Element, text: str) -> tuple[str | None, str | None]:
    folded = text.strip().casefold()
    for label, stored in _items(properties):
        if folded in (label.strip().casefold(), stored.strip().casefold()):
            return label, stored
    return None, None


def _write_check(sdt: Element, properties: Element, is_on: bool) -> None:
    box = properties.find(f"{{{W14}}}checkbox")
    if box is None:
        return
    checked = box.find(f"{{{W14}}}checked")
    if checked is None:
        checked = etree.Element(f"{{{W14}}}checked")
        box.insert(0, checked)
    checked.set(f"{{{W14}}}val", "1" if is_on else "0")
    state = box.find(f"{{{W14}}}{'checkedState' if is_on else 'uncheckedState'}")
    code = state.get(f"{{{W14}}}val") if state is not None else None
    font = state.get(f"{{{W14}}}font") if state is not None else None
    glyph = _glyph(code, "\u2612" if is_on else "\u2610")
    for node in sdt.iter(T, SYM):
        if node.tag == SYM:
            node.set(w("char"), f"{ord(glyph):04X}")
            if font:
                node.set(w("font"), font)
        elif node.text:
            node.text = glyph
            _set_font(node, font)
        else:
            continue
        break
    shown = properties.find(w("showingPlcHdr"))
    if shown is not None:
        properties.remove(shown)


def _set_font(node: Element, font: str | None) -> None:
    run = node.getparent()
    if font is None or run is None:
        return
    properties = run.find(RPR)
    fonts = properties.find(w("rFonts")) if properties is not None else None
    if fonts is not None and fonts.get(w("ascii")) != font:
        for key in ("ascii", "hAnsi", "eastAsia", "cs"):
            if fonts.get(w(key)) is not None:
                fonts.set(w(key), font)


def _glyph(code: str | None, otherwise: str) -> str:
    try:
        return chr(int(code, 16)) if code else otherwise
    except ValueError:
        return otherwise


def _store_date(properties: Element, text: str) -> None:
    """The date as Word keeps it, where the text says one day without doubt."""
    node = properties.find(w("date"))
    shape = _attribute(node.find(w("dateFormat"))) if node is not None else ""
    found = re.fullmatch(r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})", text.strip(), re.ASCII)
    if node is None or found is None:
        return
    a, b, c = found.groups()
    if len(a) == 4:
        year, month, day = a, b, c
    elif shape.lower().startswith("d"):
        year, month, day = c, b, a
    else:
        year, month, day = c, a, b
    if len(year) == 4 and 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
        node.set(w("fullDate"), f"{year}-{int(month):02}-{int(day):02}T00:00:00Z")


def _write_text(sdt: Element, properties: Element, text: str) -> None:
    own = properties.find(RPR)

    def answer_look(run_properties: Element) -> None:
        without_prompt_look(run_properties)
        if own is not None:
            for child in own:
                name = etree.QName(child).localname
                if run_properties.find(child.tag) is None:
                    _copy_property(run_properties, name, child)

    content = sdt.find(SDT_CONTENT)
    if content is None:
        return
    paragraphs = list(content.iter(P))
    if paragraphs:
        for n, paragraph in enumerate(paragraphs):
            line = Line.read(paragraph)
            put(line, 0, len(line.text), text if n == 0 else "", edit=answer_look)
    else:
        paragraph = next(sdt.iterancestors(P))
        line = Line.read(paragraph)
        control = next(one for one in line.controls if one.sdt is sdt)
        if control.end > control.start:
            put(line, control.start, control.end, text, edit=answer_look)
        else:
            fresh = etree.Element(RPR)
            answer_look(fresh)
            content.append(new_run(text, fresh))
    shown = properties.find(w("showingPlcHdr"))
    if shown is not None:
        properties.remove(shown)


def _copy_property(properties: Element, name: str, node: Element) -> None:
    try:
        set_property(properties, name, **{etree.QName(key).localname: str(value) for key, value in node.attrib.items()})
    except ValueError:
        return


def _attribute(node: Element | None) -> str:
    return (node.get(_VAL) or "") if node is not None else ""
