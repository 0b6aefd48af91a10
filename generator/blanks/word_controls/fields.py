"""Legacy form fields (FORMTEXT, FORMCHECKBOX, FORMDROPDOWN) and merge fields, read and written.

See ECMA-376 part 1, 17.16.5 (field codes) and 17.16.17 (ffData).
"""

import re
from collections.abc import Iterator

from lxml import etree
from rapidfuzz import process

from generator.blanks.word_text.layout import TextLine
from generator.blanks.word_text.line import RPR, Element, Line, R, WordField, w
from generator.blanks.word_text.spot import Span, Spot
from generator.blanks.word_text.write import new_run, put
from generator.slots import Choice, SlotKind, Value

_VAL = w("val")
_OFF = ("0", "false", "off")
_CHOOSE = ("choose", "select", "elija", "choose one", "choose an item.", "select one")
_MERGE_NAME = re.compile(r'\s*MERGEFIELD\s+(?:"([^"]+)"|(\S+))', re.IGNORECASE)


def field_spots(line: TextLine) -> Iterator[Spot]:
    """The fields of one line that take a value."""
    for field in line.line.fields:
        if field.kind == "merge":
            yield _merge_spot(line, field)
        elif field.data is not None or field.kind == "form-text":
            yield _form_spot(line, field)


def write_field(spot: Spot, value: Value) -> str:
    """Write a value into its field; gives back why not, or "" when it is there. The field's own code stays.

    A merge field becomes plain text, as Word's own merging leaves it.
    """
    line = Line.read(spot.line.line.paragraph)
    field = next((one for one in line.fields if _is_same(one, spot)), None)
    if field is None:
        return "the field is not where it was"
    if field.kind == "form-check":
        return _write_check(field, value)
    text = value if isinstance(value, str) else "Yes" if value is True else ""
    if field.kind == "form-list":
        return _write_list(field, spot, text)
    if field.kind == "merge":
        _write_merge(line, field, text)
        return ""
    _write_text(line, field, text)
    return ""


def _is_same(field: WordField, spot: Spot) -> bool:
    if spot.word_field is None:
        return False
    mine, other = (one.begin if one.begin is not None else one.simple for one in (field, spot.word_field))
    return mine is other


def _merge_spot(line: TextLine, field: WordField) -> Spot:
    found = _MERGE_NAME.match(field.instruction)
    name = (found[1] or found[2]) if found else ""
    spot = Spot("merge", SlotKind.TEXT, [Span(line, field.start, field.end)], word_field=field)
    spot.name = name
    spot.hint = re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", name).strip()
    return spot


def _form_spot(line: TextLine, field: WordField) -> Spot:
    spot = Spot(field.kind, SlotKind.TEXT, [Span(line, field.start, field.end)], word_field=field)
    data = field.data if field.data is not None else etree.Element(w("ffData"))
    spot.name = _attribute(data.find(w("name")))
    spot.hint = _attribute(data.find(w("helpText"))) or _attribute(data.find(w("statusText")))
    enabled = data.find(w("enabled"))
    spot.is_read_only = enabled is not None and enabled.get(_VAL) in _OFF
    if field.kind == "form-check":
        spot.kind = SlotKind.CHECK
        box = data.find(w("checkBox"))
        spot.value = "Yes" if box is not None and _is_checked(box) else ""
    elif field.kind == "form-list":
        spot.kind = SlotKind.CHOICE
        entries = [_attribute(entry) for entry in data.iter(w("listEntry"))]
        spot.choices = tuple(Choice(one, one) for one in entries if one.strip())
        spot.value = _chosen(data, entries)
    else:
        spot.value = line.text[field.start : field.end].replace("\u2002", " ").strip()
        _read_text_input(spot, data.find(w("textInput")))
    return spot


def _read_text_input(spot: Spot, given: Element | None) -> None:
    if given is None:
        return
    length = _attribute(given.find(w("maxLength")))
    spot.max_length = int(length) if length.isdigit() and int(length) > 0 else None
    kind, shape = _attribute(given.find(w("type"))), _attribute(given.find(w("format")))
    if kind == "date":
        spot.kind = SlotKind.DATE
        spot.format = f"date:{shape.lower() if re.fullmatch(r'[dmyDMY/. -]+', shape) else 'mm/dd/yyyy'}"
    elif kind == "number":
        decimals = len(shape.partition(".")[2].strip("%$ "))
        spot.format = f"number:{decimals}"
    if spot.value == _attribute(given.find(w("default"))).strip():
        spot.value = ""


def _chosen(data: Element, entries: list[str]) -> str:
    chosen = next((node for name in ("result", "default") for node in data.iter(w(name))), None)
    number = _attribute(chosen) or "0"
    if not number.isdigit() or int(number) >= len(entries):
        return ""
    text = entries[int(number)]
    return "" if int(number) == 0 and (not text.strip() or text.strip().lower() in _CHOOSE) else text


def _is_checked(box: Element) -> bool:
    checked = box.find(w("checked"))
    state = checked if checked is not None else box.find(w("default"))
    return state is not None and state.get(_VAL) not in _OFF


def _write_check(field: WordField, value: Value) -> str:
    box = field.data.find(w("checkBox")) if field.data is not None else None
    if box is None:
        return "the field has no box"
    checked = box.find(w("checked"))
    if checked is None:
        checked = etree.SubElement(box, w("checked"))
    checked.set(_VAL, "1" if value and value not in ("0", "No", "Off", "false") else "0")
    return ""


def _write_list(field: WordField, spot: Spot, text: str) -> str:
    entries_of = field.data.find(w("ddList")) if field.data is not None else None
    if entries_of is None:
        return "the field has no list"
    entries = [_attribute(entry) for entry in entries_of.findall(w("listEntry"))]
    number = _matching(entries, text)
    if number is None:
        return not_offered(text, spot.choices)
    result = entries_of.find(w("result"))
    if result is None:
        result = etree.Element(w("result"))
        entries_of.insert(0, result)
    result.set(_VAL, str(number))
    return ""


def _matching(entries: list[str], text: str) -> int | None:
    folded = text.strip().casefold()
    return next((n for n, entry in enumerate(entries) if entry.strip().casefold() == folded), None)


def not_offered(text: str, choices: tuple[Choice, ...]) -> str:
    """Why a choice was refused, with the nearest ones that the form offers."""
    near = process.extract(text, [choice.label for choice in choices], limit=2)
    names = " and ".join(f'"{one[0]}"' for one in near)
    return f"the form's list does not offer this; nearest: {names}" if names else "the form's list is empty"


def _write_text(line: Line, field: WordField, text: str) -> None:
    if field.end > field.start:
        put(line, field.start, field.end, text)
        return
    if field.begin is None or field.finish is None:
        return
    properties = field.begin.find(RPR)
    run = new_run(text, None if properties is None else etree.fromstring(etree.tostring(properties)))
    if field.separate is None:
        mark = etree.Element(R)
        etree.SubElement(mark, w("fldChar")).set(w("fldCharType"), "separate")
        field.finish.addprevious(mark)
    field.finish.addprevious(run)


def _write_merge(line: Line, field: WordField, text: str) -> None:
    if field.simple is not None:
        if field.end > field.start:
            put(line, field.start, field.end, text)
        else:
            field.simple.append(new_run(text, None))
        for child in list(field.simple):
            field.simple.addprevious(child)
        parent = field.simple.getparent()
        if parent is not None:
            parent.remove(field.simple)
        return
    codes = _code_runs(line, field)
    if field.end > field.start:
        put(line, field.start, field.end, text)
    elif field.finish is not None:
        field.finish.addprevious(new_run(text, None))
    for run in codes:
        parent = run.getparent()
        if parent is not None:
            parent.remove(run)


def _code_runs(line: Line, field: WordField) -> list[Element]:
    """The runs of a field's marks and code, where they hold nothing else."""
    out, inside = [], False
    for run in line.paragraph.iter(R):
        if run is field.begin:
            inside = True
        if (inside and run.find(w("instrText")) is not None) or run in (field.begin, field.separate, field.finish):
            out.append(run)
        if run is field.separate:
            inside = False
    return out


def _attribute(node: Element | None) -> str:
    return (node.get(_VAL) or "") if node is not None else ""
