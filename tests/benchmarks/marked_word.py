"""Where the blanks of a Word form come to lie once it is printed: each is painted in a colour of its own, and looked for.

A copy of the form gets a shade behind every blank (characters, an empty paragraph, or a whole empty cell), which moves
nothing; LibreOffice prints both. The blanks are those of a truth file (see `check_word_fill.py` for their regions).
"""

import copy
import ctypes
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as raw
from lxml import etree

from generator.convert import word_to_pdf
from generator.ooxml import NAMESPACES, W
from generator.slots import Rect

_HIDDEN = {"pPr", "rPr", "drawing", "pict", "object", "AlternateContent", "del", "sdtPr", "sdtEndPr", "moveFrom", "delText", "fldData"}  # fmt: skip
_TICKED = ("check", "check-glyph", "check-symbol", "check-legacy", "check-sdt", "check-bracket")


@dataclass(frozen=True)
class Printed:
    """One blank on one page. `rect` in points; `kind` is the truth file's, `names` are what a person may call it."""

    page: int
    rect: Rect
    kind: str
    names: tuple[str, ...]
    stays_empty: bool = False

    @property
    def is_check(self) -> bool:
        """Whether it is ticked."""
        return self.kind in _TICKED


def printed(form: bytes, truth: Mapping[str, object]) -> tuple[bytes, list[Printed]]:
    """The form as a flat PDF, and where its blanks lie on it."""
    blanks = [b for b in truth["blanks"] if not b.get("twin")]  # type: ignore[attr-defined]
    plain, painted = _plain_and_painted(form, blanks)
    marked = word_to_pdf(painted).data
    rects: dict[tuple[int, int], list[Rect]] = {}
    for page, number, rect in _painted_rects(marked, len(blanks)):
        rects.setdefault((number, page), []).append(rect)
    out = [
        Printed(
            page,
            _around(found),
            blanks[number]["kind"],
            _names(blanks[number]),
            bool(blanks[number].get("must_stay_empty")),
        )
        for (number, page), found in sorted(rects.items())
    ]
    return word_to_pdf(plain).data, out


def _names(blank: Mapping[str, object]) -> tuple[str, ...]:
    """The label, the heads of its row and column, and the printed words right before it (after it, for a box)."""
    before = str(blank.get("before", "")).rpartition(" | ")[2]
    before = re.split(r"[_☐\t]|\.{3,}", before)[-1]
    after = re.split(r" \| |[_☐]", str(blank.get("after", "")))[0]
    told = [str(blank["label"]), str(blank.get("row_label", "")), str(blank.get("col_label", "")), before]
    return tuple(t for t in (*told, after if blank["kind"] in _TICKED else "") if t.strip())


def _colour(number: int) -> tuple[int, int, int]:
    return (16 + 8 * (number % 28), 16 + 8 * (number // 28), 200)


def _plain_and_painted(form: bytes, blanks: Sequence[Mapping[str, object]]) -> tuple[bytes, bytes]:
    """The form with its controls and fields as the text they show, and the same with its blanks painted."""
    with zipfile.ZipFile(io.BytesIO(form)) as source:
        members = {name: source.read(name) for name in source.namelist()}
    roots = {name: etree.fromstring(data) for name, data in members.items() if re.match(r"word/[^/]+\.xml", name)}
    paragraphs = []
    for number, blank in enumerate(blanks):
        for region in blank["regions"]:  # type: ignore[attr-defined]
            if not region.get("twin"):
                (paragraph,) = roots[region["part"]].xpath(region["path"], namespaces=NAMESPACES)
                paragraphs.append((number, paragraph, int(region["start"]), int(region["end"])))
    painted = [(number, one) for number, *place in paragraphs for one in _to_paint(*place)]
    for root in roots.values():
        _as_shown(root)
    plain = _zipped(members, roots)
    for number, element in painted:
        _shade(element, "{:02X}{:02X}{:02X}".format(*_colour(number)))
    return plain, _zipped(members, roots)


def _zipped(members: Mapping[str, bytes], roots: Mapping[str, etree._Element]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in members.items():
            root = roots.get(name)
            target.writestr(
                name, data if root is None else etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            )
    return out.getvalue()


def _as_shown(root: etree._Element) -> None:
    """LibreOffice prints controls and fields without the look of their runs, so they are made plain text."""
    for control in reversed(list(root.iter(f"{{{W}}}sdt"))):
        content = control.find("w:sdtContent", NAMESPACES)
        for child in list(content) if content is not None else []:
            control.addprevious(child)
        control.getparent().remove(control)
    for begin in list(root.xpath("//w:fldChar[@w:fldCharType='begin']", namespaces=NAMESPACES)):
        runs = _field_runs(begin)
        told = "".join(run.findtext("w:instrText", "", NAMESPACES) for run in runs)
        if re.match(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)\b", told):
            continue
        entries = begin.xpath(".//w:ddList/w:listEntry/@w:val", namespaces=NAMESPACES)
        shown = "☐" if begin.find(".//w:checkBox", NAMESPACES) is not None else entries[0] if entries else ""
        for run in runs[1:] if shown else runs:
            if run.find("w:t", NAMESPACES) is None:
                run.getparent().remove(run)
        if shown:
            run = begin.getparent()
            run.remove(begin)
            _tell(etree.SubElement(run, f"{{{W}}}t"), shown)


def _to_paint(paragraph: etree._Element, start: int, end: int) -> list[etree._Element]:
    """The properties that are to get a shade: of runs, of an empty cell, or of the paragraph."""
    if end > start:
        return [_first(run, "rPr") for run in _runs_between(paragraph, start, end)]
    cell = next(paragraph.iterancestors(f"{{{W}}}tc"), None)
    if cell is not None and not "".join(cell.itertext()).strip():
        return [_first(cell, "tcPr")]
    return [_first(paragraph, "pPr")]


def _first(element: etree._Element, name: str) -> etree._Element:
    found = element.find(f"{{{W}}}{name}")
    if found is None:
        found = etree.Element(f"{{{W}}}{name}")
        element.insert(0, found)
    return found


def _shade(properties: etree._Element, colour: str) -> None:
    for old in properties.findall(f"{{{W}}}shd"):
        properties.remove(old)
    shade = etree.SubElement(properties, f"{{{W}}}shd")
    shade.set(f"{{{W}}}val", "clear")
    shade.set(f"{{{W}}}color", "auto")
    shade.set(f"{{{W}}}fill", colour)


def _letters(paragraph: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """Each leaf with characters, and how many of the truth file's it counts for (a box or list of the old kind: one)."""
    in_list = False

    def walk(node: etree._Element) -> Iterator[tuple[etree._Element, int]]:
        nonlocal in_list
        for child in node:
            name = etree.QName(child).localname if isinstance(child.tag, str) else "pPr"
            if name in _HIDDEN:
                continue
            if name == "fldChar":
                kind = child.get(f"{{{W}}}fldCharType")
                if kind == "begin" and (child.find(".//w:checkBox", NAMESPACES) is not None or child.find(".//w:ddList", NAMESPACES) is not None):  # fmt: skip
                    in_list = True
                    yield child, 1
                elif kind == "begin" and child.find("w:ffData", NAMESPACES) is None:
                    pass
                elif kind == "end":
                    in_list = False
            elif name == "instrText":
                if re.match(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)\b", child.text or ""):
                    in_list = True
            elif name == "fldSimple" and re.match(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)\b", child.get(f"{{{W}}}instr", "")):  # fmt: skip
                continue
            elif name == "t" and not in_list:
                yield child, len(child.text or "")
            elif name in ("tab", "br", "cr", "sym", "noBreakHyphen") and not in_list:
                yield child, 1
            else:
                yield from walk(child)

    yield from walk(paragraph)


def _runs_between(paragraph: etree._Element, start: int, end: int) -> list[etree._Element]:
    """The runs of just these characters; a run that goes on beyond them is parted first."""
    out: list[etree._Element] = []
    at = 0
    for leaf, count in list(_letters(paragraph)):
        low, high = max(start, at), min(end, at + count)
        if low < high and etree.QName(leaf).localname == "fldChar":
            out += _field_runs(leaf)
        elif low < high:
            out.append(_parted(leaf, low - at, high - at))
        at += count
    return out


def _field_runs(begin: etree._Element) -> list[etree._Element]:
    """All runs of a field, from the one that begins it to the one that ends it."""
    run = begin.getparent()
    out = [run]
    while run is not None and not run.xpath("w:fldChar[@w:fldCharType='end']", namespaces=NAMESPACES):
        run = run.getnext()
        if run is not None and etree.QName(run).localname == "r":
            out.append(run)
    return out


def _parted(leaf: etree._Element, low: int, high: int) -> etree._Element:
    """The run of the characters `low` to `high` of a leaf; what is beside them keeps runs of its own."""
    run = leaf.getparent()
    before, after = copy.deepcopy(run), copy.deepcopy(run)
    place = list(run).index(leaf)
    for child in reversed(list(run)):
        if child is not leaf and etree.QName(child).localname != "rPr":
            run.remove(child)
    for n, child in reversed(list(enumerate(before))):
        if n > place:
            before.remove(child)
    for n, child in reversed(list(enumerate(after))):
        if n < place and etree.QName(child).localname != "rPr":
            after.remove(child)
    if etree.QName(leaf).localname == "t":
        text = leaf.text or ""
        _tell(before[place], text[:low])
        _tell(next(c for c in after if etree.QName(c).localname == "t"), text[high:])
        _tell(leaf, text[low:high])
    else:
        before.remove(before[place])
        after.remove(next(c for c in after if c.tag == leaf.tag))
    run.addprevious(before)
    run.addnext(after)
    return run


def _tell(leaf: etree._Element, text: str) -> None:
    leaf.text = text
    leaf.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _painted_rects(pdf: bytes, count: int) -> Iterator[tuple[int, int, Rect]]:
    """Page, number of the blank and rectangle of everything painted in a blank's colour."""
    of = {_colour(n): n for n in range(count)}

    def blank(r: ctypes.c_uint, g: ctypes.c_uint, b: ctypes.c_uint) -> int | None:
        for (x, y, z), n in of.items():
            if max(abs(x - r.value), abs(y - g.value), abs(z - b.value)) <= 2:
                return n
        return None

    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    document = pypdfium2.PdfDocument(pdf)
    for number in range(len(document)):
        page = document[number]
        for thing in page.get_objects(max_depth=6):
            if thing.type != raw.FPDF_PAGEOBJ_PATH or not raw.FPDFPageObj_GetFillColor(thing.raw, r, g, b, a):
                continue
            raw.FPDFPath_GetDrawMode(thing.raw, mode, stroke)
            found = blank(r, g, b) if mode.value else None
            if found is not None:
                yield number, found, thing.get_bounds()
    document.close()


def _around(rects: Sequence[Rect]) -> Rect:
    return (min(r[0] for r in rects), min(r[1] for r in rects), max(r[2] for r in rects), max(r[3] for r in rects))
