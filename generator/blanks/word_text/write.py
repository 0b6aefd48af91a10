"""Writing text into a paragraph: new runs in the blank's own formatting, everything beside it untouched."""

import re
from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from generator.blanks.word_text.line import BR, PPR, RPR, SYM, TAB, Element, Line, Piece, R, T, w

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PROMPT_MARKS = frozenset((w("rStyle"), w("color"), w("i"), w("iCs")))
_LABEL_MARKS = frozenset(
    w(name)
    for name in ("rStyle", "b", "bCs", "i", "iCs", "caps", "smallCaps", "u", "color", "highlight", "shd", "vanish")
)
# The order of run properties (ECMA-376 part 1, 17.3.2.28, CT_RPr), as far as we set any.
_ORDER = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang"
).split()

Edit = Callable[[Element], None]


def printable(text: str) -> str:
    """The text without characters that no document can hold, line ends as one character."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))


def put(line: Line, start: int, end: int, text: str, *, edit: Edit | None = None, keep: str = "") -> Element | None:
    """Write `text` in place of the characters from `start` to `end`; `keep` follows it as it was (a line's rest).

    The new run has the properties of the first character there, changed by `edit`. Gives back the run, None where
    there is nothing to write.
    """
    runs = line.runs(start, end)
    if runs:
        properties = deepcopy(runs[0].find(RPR))
        anchor, place = runs[0], "before"
    else:
        anchor, place, properties = _insertion(line, start)
    written = None
    if keep:
        rest = new_run(keep, deepcopy(properties))
        anchor.addprevious(rest) if place == "before" else _add(anchor, rest, place)
        anchor, place = rest, "before"
    if text:
        own = deepcopy(properties)
        if edit is not None:
            own = own if own is not None else etree.Element(RPR)
            edit(own)
        written = new_run(text, own)
        anchor.addprevious(written) if place == "before" else _add(anchor, written, place)
    _clear(line, runs, start, end)
    return written


def new_run(text: str, properties: Element | None) -> Element:
    """A run with this text: line ends as breaks, tabs as tabs, right-to-left letters marked as such."""
    run = etree.Element(R)
    if _RIGHT_TO_LEFT.search(text):
        properties = properties if properties is not None else etree.Element(RPR)
        set_property(properties, "rtl")
    if properties is not None and len(properties):
        run.append(properties)
    fill_run(run, text)
    return run


def fill_run(run: Element, text: str) -> None:
    """Append text to a run."""
    for part in re.split("([\n\t])", text):
        if part == "\n":
            etree.SubElement(run, BR)
        elif part == "\t":
            etree.SubElement(run, TAB)
        elif part:
            node = etree.SubElement(run, T)
            node.text = part
            node.set(_SPACE, "preserve")


def set_property(properties: Element, name: str, **attributes: str) -> None:
    """Set one run property at its place in the order that the schema asks for."""
    tag = w(name)
    old = properties.find(tag)
    if old is not None:
        properties.remove(old)
    node = etree.Element(tag, {w(key): value for key, value in attributes.items()})
    rank = _ORDER.index(name)
    for n, child in enumerate(properties):
        known = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if known in _ORDER and _ORDER.index(known) > rank:
            properties.insert(n, node)
            return
    properties.append(node)


def without_prompt_look(properties: Element) -> None:
    """Take away the grey, the slant and the style of a prompt: what is written there is an answer."""
    for child in list(properties):
        if child.tag in _PROMPT_MARKS:
            properties.remove(child)


def without_label_look(properties: Element) -> None:
    """Take away what makes a label stand out, so that an answer after it is plain."""
    for child in list(properties):
        if child.tag in _LABEL_MARKS:
            properties.remove(child)


def underlined(properties: Element) -> None:
    """A line under the answer, as the underscores that it stands on."""
    if properties.find(w("u")) is None:
        set_property(properties, "u", val="single")


def ringed(properties: Element) -> None:
    """A frame around a word: what a pen would circle."""
    set_property(properties, "bdr", val="single", sz="8", space="0", color="auto")


def _insertion(line: Line, place: int) -> tuple[Element, str, Element | None]:
    """Where a new run goes when no character is replaced: beside its neighbour, or into an empty paragraph."""
    if line.pieces:
        line.runs(place, place)  # cuts there
        before = [piece for piece in line.pieces if piece.start + len(piece.text) <= place]
        if before:
            piece = before[-1]
            anchor = _outermost(piece, line)
            return anchor, "after", deepcopy(piece.run.find(RPR))
        return line.pieces[0].run, "before", deepcopy(line.pieces[0].run.find(RPR))
    paragraph = line.paragraph
    own = paragraph.find(PPR)
    mark = own.find(RPR) if own is not None else None
    properties = _mark_properties(mark)
    empty_run = paragraph.find(R)
    if empty_run is not None and empty_run.find(RPR) is not None:
        properties = deepcopy(empty_run.find(RPR))
    if own is not None:
        return own, "after", properties
    return paragraph, "first", properties


def _outermost(piece: Piece, line: Line) -> Element:
    """The run itself, or the hyperlink or field around it when that ends with it: text goes after, not into it."""
    node = piece.run
    parent = node.getparent()
    while parent is not None and parent is not line.paragraph and parent.tag in (w("hyperlink"), w("fldSimple")):
        node, parent = parent, parent.getparent()
    for one in line.fields:
        if one.finish is not None and one.end == piece.start + len(piece.text) and one.kind != "merge":
            return one.finish
    return node


def _mark_properties(mark: Element | None) -> Element | None:
    """The properties of a paragraph's mark as those of a run: what only a mark has is left out."""
    if mark is None:
        return None
    out = deepcopy(mark)
    for child in list(out):
        if child.tag in (w("ins"), w("del"), w("moveFrom"), w("moveTo"), w("rPrChange"), w("vanish"), w("specVanish")):
            out.remove(child)
    return out


def _add(anchor: Element, node: Element, place: str) -> None:
    if place == "first":
        anchor.insert(0, node)
    else:
        anchor.addnext(node)


def _clear(line: Line, runs: list[Element], start: int, end: int) -> None:
    """Take the replaced characters out, and runs that hold nothing any more."""
    for piece in line.pieces:
        if piece.start >= start and piece.start + len(piece.text) <= end and piece.run in runs:
            parent = piece.node.getparent()
            if parent is not None and piece.node.tag in (T, TAB, BR, SYM, w("cr"), w("ptab"), w("noBreakHyphen")):
                parent.remove(piece.node)
    for run in runs:
        parent = run.getparent()
        if parent is not None and all(child.tag == RPR for child in run):
            parent.remove(run)
